"""The secret of a site: what signs its cookies. Kept beside the journal, so that a restart signs nobody out."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from iw_monitor.errors import StoreError
from iw_monitor.store.engine import read_url, sqlite_file
from iw_monitor.store.place import default_file

GIVEN, GIVEN_FILE = "IW_SITE_SECRET", "IW_SITE_SECRET_FILE"
_BYTES = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def site_secret(url: str, environment: Mapping[str, str]) -> bytes:
    """Return the secret of a journal's site: as the environment gives it, from the file it names, or its own file.

    Raises:
        StoreError: what is given is no secret, or the file cannot be used.
    """
    if given := environment.get(GIVEN, "").strip():
        return _given(given)
    named = environment.get(GIVEN_FILE, "").strip()
    return read_or_make_secret(Path(named) if named else secret_file(url))


def is_shared(url: str, environment: Mapping[str, str]) -> bool:
    """Say whether every web process of a journal signs with one secret.

    Those on one file find the same beside it. On a server's database each makes its own, unless one is given.
    """
    given = any(environment.get(name, "").strip() for name in (GIVEN, GIVEN_FILE))
    return given or sqlite_file(read_url(url)) is not None


def _given(text: str) -> bytes:
    try:
        held = bytes.fromhex(text)
    except ValueError:
        held = b""
    if len(held) < _BYTES:
        raise StoreError(
            f"{GIVEN}, which signs cookies, is not {2 * _BYTES} hexadecimal digits or more. Make one with: "
            "openssl rand -hex 32"
        )
    return held


def secret_file(url: str) -> Path:
    """Return where the secret of a journal's site lies: beside its file, else in the user's data folder."""
    file = sqlite_file(read_url(url))
    return default_file().with_name("site.secret") if file is None else file.with_name(f"{file.name}.secret")


def read_or_make_secret(file: Path) -> bytes:
    """Return the secret that a file holds; if there is none, make one that only its owner may read.

    Raises:
        StoreError: the file cannot be read or made, others may read it, or it holds something else.
    """
    try:
        if not file.exists():
            _make(file)
        _refuse_open_to_others(file)
        held = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except OSError as error:
        raise StoreError(
            f"The secret {file}, which signs cookies, cannot be used: {error.strerror}. "
            "Give this program the right to read it, or remove it: then everybody has to sign in again."
        ) from error
    except ValueError:
        held = b""
    if len(held) < _BYTES:
        raise StoreError(
            f"{file} does not hold the secret that signs cookies. Remove it: then everybody has to sign in again."
        )
    return held


def _make(file: Path) -> None:
    """Write the whole secret first and give it its name then: of two programs that start at once, one wins."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # for its owner only
    made = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(f"{secrets.token_hex(_BYTES)}\n")
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(made, file)
        except FileExistsError:
            return
    finally:
        made.unlink(missing_ok=True)


def _refuse_open_to_others(file: Path) -> None:
    if os.name == "posix" and file.stat().st_mode & _OTHERS:
        raise StoreError(
            f"The secret {file}, which signs cookies, may be read by others on this machine. "
            f"Run 'chmod 600 {file}'; if others may have read it, remove it: then everybody has to sign in again."
        )
