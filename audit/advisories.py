"""Faults that are known of the locked packages: asked of OSV, else of PyPI; silence is no answer.

A service that does not know a package says the same as one that knows nothing bad of it. So each is first asked for a
version whose faults everybody knows; one that finds none there has not been asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from audit.tools import FINE, OPEN, WRONG, Tools, pinned

SERVICES = {"osv": "OSV", "pypi": "PyPI"}
KNOWN_TO_BE_FAULTY = "jinja2==2.10"  # CVE-2019-10906, a way out of the sandbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a service says of packages."""

    faults: tuple[str, ...] = ()  # one line each
    unknown: tuple[str, ...] = ()  # packages that it could not say anything of


def advisories(tools: Tools, say: Callable[[str], None]) -> int:
    """Say what is known to be wrong with the packages of all locks."""
    rounds = _rounds(pinned(tools.root))
    count = sum(map(len, rounds))
    service = next((one for one in SERVICES if _ask(tools, one, [KNOWN_TO_BE_FAULTY]).faults), None)
    if service is None:
        say(f"NOT AUDITED  {count} packages: neither {' nor '.join(SERVICES.values())} could be asked from here.")
        return OPEN
    answers = [_ask(tools, service, wanted) for wanted in rounds]
    faults = [fault for one in answers for fault in one.faults]
    unknown = [name for one in answers for name in one.unknown]
    for fault in faults:
        say(f"FAULT        {fault}")
    for name in unknown:
        say(f"NOT AUDITED  {name}: {SERVICES[service]} does not know it")
    say(f"advisories   {count - len(unknown)} of {count} packages asked of {SERVICES[service]}, {len(faults)} faults")
    if faults:
        return WRONG
    return OPEN if unknown else FINE


def _rounds(versions: Mapping[str, set[str]]) -> list[list[str]]:
    """Return all packages in lists that name each of them once: that is what can be asked at a time."""
    most = max(map(len, versions.values()), default=0)
    return [
        [f"{name}=={sorted(several)[number]}" for name, several in versions.items() if number < len(several)]
        for number in range(most)
    ]


def _ask(tools: Tools, service: str, packages: Iterable[str]) -> Answer:
    with TemporaryDirectory(prefix="iw-audit-") as folder:
        file = Path(folder, "packages.txt")
        file.write_text("\n".join(packages), encoding="utf-8")
        options = ["--disable-pip", "--no-deps", "--format=json", "--progress-spinner=off", "--timeout=15"]
        ran = tools.python("pip_audit", "-r", str(file), "-s", service, *options)
    return read(ran.out)


def read(said: str) -> Answer:
    """Return what a service said; one that said nothing that can be read said nothing of any package."""
    try:
        listed: list[dict[str, Any]] = list(json.loads(said)["dependencies"])
    except (ValueError, KeyError, TypeError):
        return Answer()
    return Answer(
        faults=tuple(_told(one, fault) for one in listed for fault in one.get("vulns", ())),
        unknown=tuple(one["name"] for one in listed if "skip_reason" in one),
    )


def _told(package: dict[str, Any], fault: dict[str, Any]) -> str:
    mended = ", ".join(fault.get("fix_versions", ())) or "no version yet"
    names = ", ".join([fault["id"], *fault.get("aliases", ())])
    return f"{package['name']} {package['version']}: {names}; mended in {mended}"
