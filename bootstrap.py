"""From a fresh clone to a running product, with nothing but Python, git and a shell.

    python3 bootstrap.py demo      the filled dashboard on the shipped history, in your browser
    python3 bootstrap.py test      the tests (what follows is given to pytest; "-m slow" runs the long ones)
    python3 bootstrap.py faults    kills and failures, with their figures; --full takes hours and renews docs/faults.md
    python3 bootstrap.py bench     how fast it is, beside other ways, into docs/benchmarks.md (--short: printed only)
    python3 bootstrap.py audit     known faults of the locked packages, their list (SBOM), and secrets left lying
    python3 bootstrap.py sbom      only the list: build/sbom/*.cdx.json
    python3 bootstrap.py check     every check that is not a test: format, lint, types, imports, packs, locks
    python3 bootstrap.py install   only make the environment
    python3 bootstrap.py offline FOLDER  fill a folder with all that a machine without a network needs
    python3 bootstrap.py lock      renew requirements/*.txt (needs the network)

Everything is installed into ``.venv`` beside this file, from locked versions whose hashes are checked. The
standard library is all this file needs; it starts on an old Python to say which one is wanted.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

OLDEST, TOO_NEW = (3, 11), (3, 14)

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
STAMP = ENVIRONMENT / "installed.json"
REQUIREMENTS = ROOT / "requirements"

NEEDS = {
    "demo": "base",
    "install": "base",
    "audit": "base",
    "sbom": "base",
    "offline": "base",
    "test": "dev",
    "faults": "dev",
    "check": "dev",
    "lock": "dev",
    "bench": "bench",
}
ALSO_HOLDS = {"dev": ["base"], "bench": ["base", "dev"]}  # each lock holds whatever these do

# As pip does; by itself uv knows no authority of a company's own. Its older and its newer name.
UV_TRUSTS_WHAT_THE_SYSTEM_TRUSTS = {"UV_NATIVE_TLS": "1", "UV_SYSTEM_CERTS": "1"}

LOCKS = {
    "base": ["pyproject.toml", "requirements/build.in"],
    "dev": ["pyproject.toml", "--extra", "dev", "requirements/build.in", "--constraint", "requirements/base.txt"],
    # What is only measured beside: never installed to run or to test.
    "bench": [
        "pyproject.toml",
        "--extra=dev",
        "--group=bench",
        "requirements/build.in",
        "--constraint=requirements/dev.txt",
    ],
    # What an image holds: the versions that the tests ran with, with what talks to PostgreSQL.
    "server": ["pyproject.toml", "--extra=postgres", "requirements/build.in", "--constraint=requirements/dev.txt"],
    "installer": ["requirements/installer.in"],
    "audit": ["requirements/audit.in"],
}
LOCK_OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-annotate",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
]

AUDITS = {"audit": [], "sbom": ["parts"]}
AT_ONCE = ["-n", "auto", "--maxprocesses=4", "--dist=worksteal"]  # the tests run beside each other, one per core

CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "pack": ["iw-monitor", "check", "indicators/multi-front"],
    "second pack": ["iw-monitor", "check", "indicators/volcano-unrest"],
    "cases": ["iw-monitor", "test", "indicators/multi-front"],
    "second cases": ["iw-monitor", "test", "indicators/volcano-unrest"],
}


class BootstrapError(Exception):
    """The environment cannot be made; the message says what to do."""


# --- The right Python ---


def fits(version: "tuple[int, ...]") -> bool:
    """Tell whether the project runs on this version of Python."""
    return OLDEST <= tuple(version[:2]) < TOO_NEW


def continue_on_a_python_that_fits() -> None:
    """Start again on another Python of this machine when this one does not fit, or say which is wanted."""
    if fits(tuple(sys.version_info[:2])):
        return
    for minor in range(TOO_NEW[1] - 1, OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and works(other, "-c", ""):
            sys.exit(subprocess.call([other, *sys.argv]))
    sys.exit(
        f"iw_monitor needs Python 3.{OLDEST[1]} to 3.{TOO_NEW[1] - 1}; this is {sys.version.split()[0]} "
        f"({sys.executable}), and no other was found on the PATH.\n"
        "Install one of them and run it again as, for example: python3.12 bootstrap.py demo"
    )


# --- Running programs ---


def without_addresses(text: str) -> str:
    """Return the text with every address replaced: where packages come from is the machine's own affair."""
    return re.sub(r"\b[a-z][a-z0-9+.-]*://[^\s'\"<>)]*", "(address)", text, flags=re.IGNORECASE)


def quietly(*command: "str | Path") -> str:
    """Run a program and return what it printed.

    Raises:
        BootstrapError: it did not succeed; with its last lines, without addresses.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=str(ROOT),
            env={**UV_TRUSTS_WHAT_THE_SYSTEM_TRUSTS, **os.environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        raise BootstrapError(f"{command[0]} does not start: {error}") from error
    printed = without_addresses(done.stdout.decode("utf-8", "replace"))
    if done.returncode != 0:
        raise BootstrapError("\n".join(printed.strip().splitlines()[-12:]) or f"{command[0]} failed")
    return printed


def works(*command: "str | Path") -> bool:
    """Tell whether a program runs and succeeds."""
    try:
        quietly(*command)
    except BootstrapError:
        return False
    return True


def program(name: str) -> str:
    """Return the path of a program in the environment."""
    return str(PROGRAMS / (name + (".exe" if os.name == "nt" else "")))


def hand_over(*command: str) -> int:
    """Let a program take this one's place, so that signals and the exit code are its own."""
    sys.stdout.flush()
    if os.name == "nt":
        return subprocess.call(command)
    os.execv(command[0], command)


# --- The environment ---


def wanted(lock: str) -> "dict[str, str]":
    """Return what an environment must have been made from to be used as it is."""
    content = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", f"requirements/{lock}.txt"))
    return {
        "content": hashlib.sha256(content).hexdigest(),
        "place": str(ROOT),
        "python": ".".join(str(part) for part in sys.version_info[:3]),
    }


def installed() -> "dict[str, dict[str, str]]":
    """Return what the environment was made from, or nothing if it does not start."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and works(PYTHON, "-c", "") else {}


def is_ready(lock: str) -> bool:
    """Tell whether the environment holds what the lock says; it may have been made from one that holds more."""
    have = installed()
    return any(
        have[name] == wanted(name) for name in have if name in LOCKS and lock in {name, *ALSO_HOLDS.get(name, [])}
    )


def make_environment() -> None:
    """Make an empty ``.venv``, with pip in it where that can be had."""
    shutil.rmtree(str(ENVIRONMENT), ignore_errors=True)
    uv = shutil.which("uv")
    if uv:
        quietly(uv, "venv", "--quiet", "--python", sys.executable, ENVIRONMENT)
        return
    try:
        quietly(sys.executable, "-m", "venv", ENVIRONMENT)
    except BootstrapError:
        # Debian and its kin leave ensurepip out; the environment itself can still be made.
        shutil.rmtree(str(ENVIRONMENT), ignore_errors=True)
        quietly(sys.executable, "-m", "venv", "--without-pip", ENVIRONMENT)


def pip() -> "list[str]":
    """Return the command that is pip for the environment: its own, or the machine's working on it.

    Raises:
        BootstrapError: there is neither, and none can be made.
    """
    own, machines = [str(PYTHON), "-m", "pip"], [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    for command in (own, machines):
        if works(*command, "--version"):
            return command
    if works(PYTHON, "-m", "ensurepip"):
        return own
    raise BootstrapError(
        "This Python has no pip and cannot make one (no ensurepip). Install one of these and run this again:\n"
        "  Debian, Ubuntu: apt install python3-venv\n"
        "  anywhere:       uv (any way you like), on the PATH"
    )


def installers() -> "Iterator[list[str]]":
    """Yield the commands that can install into the environment, the fastest first; a later one costs something to get.

    Raises:
        BootstrapError: there is no pip to go on with.
    """
    on_path = shutil.which("uv")
    if on_path:
        yield [on_path, "pip", "install", "--python", str(PYTHON)]
    with_pip = [*pip(), "install", "--disable-pip-version-check"]
    if not on_path and works(*with_pip, "--require-hashes", "-r", REQUIREMENTS / "installer.txt"):
        yield [program("uv"), "pip", "install", "--python", str(PYTHON)]
    yield with_pip


def install_into_environment(lock: str) -> None:
    """Install the locked packages, then the project itself from this folder.

    The project is built with locked tools too: nothing is fetched that has no hash.

    Raises:
        BootstrapError: no way of installing worked; with what each said.
    """
    failures = []
    try:
        for way in installers():
            try:
                quietly(*way, "--quiet", "--require-hashes", "-r", REQUIREMENTS / f"{lock}.txt")
                quietly(*way, "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT)
            except BootstrapError as failure:
                failures.append(str(failure))
            else:
                return
    except BootstrapError as failure:  # not even a way
        failures.append(str(failure))
    raise BootstrapError("\n".join(failures))


def ensure(lock: str) -> None:
    """Make the environment hold what the lock says; do nothing if it does."""
    if is_ready(lock):
        return
    print("Installing the locked packages into .venv (once; half a minute to a few minutes) ...", flush=True)
    began = time.monotonic()
    have = installed()
    if not have or any(stamp[key] != wanted(lock)[key] for stamp in have.values() for key in ("place", "python")):
        make_environment()
    STAMP.unlink() if STAMP.exists() else None
    install_into_environment(lock)
    STAMP.write_text(json.dumps({lock: wanted(lock)}), encoding="utf-8")
    print(f"Installed in {time.monotonic() - began:.0f} s.", flush=True)


def ensure_auditors() -> None:
    """Put the tools of an audit into a folder of their own inside the environment, where nothing of ours sees them."""
    folder = ENVIRONMENT / "audit"
    stamp, content = folder / "lock.txt", (REQUIREMENTS / "audit.txt").read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == content:
        return
    shutil.rmtree(str(folder), ignore_errors=True)
    way = next(installers())
    quietly(*way, "--quiet", "--target", folder, "--require-hashes", "-r", REQUIREMENTS / "audit.txt")
    stamp.write_text(content, encoding="utf-8")


# --- The commands ---


def keep_bytecode() -> None:
    """Let programs of one run share what Python compiles, in a place of its own whatever the machine says of others."""
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""
    os.environ["PYTHONPYCACHEPREFIX"] = str(ENVIRONMENT / "bytecode")


def check() -> int:
    """Run every check and say at the end which failed."""
    failed = []
    for name, command in CHECKS.items():
        began = time.monotonic()
        code = subprocess.call([program(command[0]), *command[1:]], cwd=str(ROOT))
        print(f"{'FAILED' if code else 'ok    '} {name} ({time.monotonic() - began:.1f} s)", flush=True)
        failed += [name] if code else []
    addresses = lines_with_addresses()
    print("\n".join([*addresses, ("FAILED" if addresses else "ok    ") + " locks"]), flush=True)
    failed += ["locks"] if addresses else []
    print("All checks passed." if not failed else f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def lines_with_addresses() -> "list[str]":
    """Return the lines of the locks that name a host, a path or an option: a lock holds names, versions and hashes."""
    plain = re.compile(r"^([a-z0-9.-]+(\[[a-z,-]+\])?==[\w.+!]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?)$")
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line}"
        for path in sorted(REQUIREMENTS.glob("*.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if not plain.match(line)
    ]


def lock_all() -> int:
    """Renew every lock from pyproject.toml and requirements/*.in."""
    uv = shutil.which("uv") or program("uv")
    for name, sources in LOCKS.items():
        output = f"requirements/{name}.txt"
        quietly(uv, "pip", "compile", *LOCK_OPTIONS, "--upgrade", *sources, "--output-file", output)
        print(f"renewed {output}")
    return 1 if lines_with_addresses() else 0


def pack_offline(folder: Path) -> int:
    """Fill a folder with everything that an installation needs on a machine like this one that has no network.

    What the lock holds is fetched with its hashes checked; what comes as source only is made into a wheel. The list of
    hashes that is written beside the wheels is what the other machine checks.

    Raises:
        BootstrapError: the folder is not empty, or something cannot be had.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BootstrapError(f"{folder} is not empty. Name a new folder.")
    wheel = [*pip(), "wheel", "--quiet", "--disable-pip-version-check", "--wheel-dir", str(folder)]
    quietly(*wheel, "--require-hashes", "-r", REQUIREMENTS / "server.txt")
    quietly(*wheel, "--no-deps", "--no-build-isolation", ROOT)
    wheels = sorted(folder.glob("*.whl"))
    with (folder / "requirements.txt").open("w", encoding="utf-8") as listed:
        for one in wheels:
            name, version = one.name.split("-")[:2]
            listed.write(f"{name}=={version} --hash=sha256:{hashlib.sha256(one.read_bytes()).hexdigest()}\n")
    print(
        f"{folder}: {len(wheels)} wheels. On the other machine, with the same Python {sys.version_info[0]}."
        f"{sys.version_info[1]}:\n"
        f"  python3 -m venv /opt/iw-monitor\n"
        f"  /opt/iw-monitor/bin/pip install --no-index --find-links {folder} --require-hashes "
        f"-r {folder / 'requirements.txt'}"
    )
    return 0


def own_work(command: str, rest: "list[str]") -> "int | None":
    """Do what needs no other program to take over, and return the exit code; None if one has to.

    Raises:
        BootstrapError: it cannot be done.
    """
    if command == "check":
        return check()
    if command == "lock":
        return lock_all()
    if command == "offline":
        return pack_offline(Path(rest[0]).resolve() if rest else ROOT / "build" / "offline")
    if command in AUDITS:
        ensure_auditors()
    return 0 if command == "install" else None


def other_work(command: str, rest: "list[str]") -> int:
    """Let the program that a command is about take over, from the project's folder; return the exit code."""
    if command == "demo":
        return hand_over(program("iw-monitor"), "demo", *rest)
    os.chdir(str(ROOT))
    if command == "test":
        return hand_over(str(PYTHON), "-m", "pytest", *AT_ONCE, *rest)
    if command == "bench":
        return hand_over(str(PYTHON), "-m", "bench", *rest)
    if command in AUDITS:
        return hand_over(str(PYTHON), "-m", "audit", *AUDITS[command], *rest)
    return hand_over(str(PYTHON), "-m", "tests.faults", *rest)


def main(arguments: "list[str]") -> int:
    """Run one command; return its exit code."""
    command, rest = (arguments[0] if arguments else ""), arguments[1:]
    if command not in NEEDS:
        print(__doc__)
        return 0 if command in ("-h", "--help", "help") else 2
    try:
        ensure(NEEDS[command])
        if command in ("bench", "check", "test", "faults"):
            keep_bytecode()
        done = own_work(command, rest)
    except BootstrapError as failure:
        print(f"bootstrap: {failure}", file=sys.stderr)
        return 1
    return other_work(command, rest) if done is None else done


if __name__ == "__main__":
    continue_on_a_python_that_fits()
    sys.exit(main(sys.argv[1:]))
