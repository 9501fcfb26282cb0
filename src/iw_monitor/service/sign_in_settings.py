"""How a site lets people sign in: the way that was chosen, its file, and its secrets from where they are kept."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from iw_monitor.access.claims import ClaimRules
from iw_monitor.access.codes import finding
from iw_monitor.access.proxy_headers import ProxyRules
from iw_monitor.access.sign_in_file import OidcSection, ProxySection, SignInFile, hours, line_of, read_sign_in_file
from iw_monitor.errors import Finding, InputError
from iw_monitor.model.accounts import Way

OIDC_SECRET, PROXY_SECRET = "IW_OIDC_CLIENT_SECRET", "IW_PROXY_SECRET"
_LARGEST = 65_536  # bytes of a sign-in file
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcSettings:
    """The identity provider, and how what it says is read."""

    metadata_url: str
    client_id: str
    client_secret: str = field(repr=False)
    label: str
    scope: str
    rules: ClaimRules


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """How people sign in."""

    way: Way = Way.LOCAL
    oidc: OidcSettings | None = None
    proxy: ProxyRules | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Source:
    """A sign-in file as it was read, and where secrets are looked for."""

    said: SignInFile
    text: str
    path: Path
    environment: Mapping[str, str]

    def finding(self, code: str, where: str, problem: str, remedy: str) -> Finding:
        """Return a finding in the file."""
        file, line = self.path.as_posix(), line_of(self.text, tuple(where.split(".")))
        return Finding(code=code, file=file, line=line, field=where, problem=problem, remedy=remedy)


def read_sign_in(way: Way, file: Path | None, *, packs: Collection[str], environment: Mapping[str, str]) -> SignIn:
    """Return how people sign in.

    Args:
        way: the one that was chosen.
        file: the sign-in file, which local accounts do not need.
        packs: the ids of the packs that are shown.
        environment: where secrets may be.

    Raises:
        InputError: something is missing or cannot be meant, or nobody could come in; with everything at once.
    """
    if way is Way.LOCAL:
        return SignIn()
    if file is None:
        problem = f"signing in by {way} needs a file that says whom to believe"
        remedy = "Write one as docs/operators.md shows, and name it with --sign-in-file"
        raise InputError([finding("A404", "sign-in file", problem, remedy)])
    text = _read(file)
    source = _Source(read_sign_in_file(text, name=file.as_posix()), text, file, environment)
    section = source.said.oidc if way is Way.OIDC else source.said.proxy
    found: list[Finding] = []
    if section is None:
        remedy = "Add it as in docs/operators.md"
        found.append(source.finding("A404", way.value, f"the table [{way}] is missing", remedy))
    for pack in packs:
        if source.said.table.opens(pack):
            continue
        problem = f"gives nobody a role on the pack {pack}"
        remedy = f'Add a line such as watch-officers = "editor" below [roles.{pack}] or [roles."*"]'
        found.append(source.finding("A407", "roles", problem, remedy))
    made = _with_secret(source, section, found)
    if found or made is None:
        raise InputError(found)
    return made


def _with_secret(source: _Source, section: OidcSection | ProxySection | None, found: list[Finding]) -> SignIn | None:
    if isinstance(section, OidcSection):
        secret = _secret(source, ("oidc.client_secret_file", section.client_secret_file), OIDC_SECRET, found)
        return SignIn(way=Way.OIDC, oidc=_oidc(section, source.said, secret))
    if isinstance(section, ProxySection):
        named = ("proxy.secret_file", section.secret_file)
        secret = _secret(source, named, PROXY_SECRET, found) if section.secret_header else ""
        return SignIn(way=Way.PROXY, proxy=_proxy(section, source.said, secret))
    return None


def _oidc(section: OidcSection, said: SignInFile, secret: str) -> OidcSettings:
    return OidcSettings(
        metadata_url=section.metadata_url,
        client_id=section.client_id,
        client_secret=secret,
        label=section.label,
        scope=section.scope,
        rules=ClaimRules(
            client_id=section.client_id,
            roles_claim=section.roles_claim,
            name_claim=section.name_claim,
            display_name_claim=section.display_name_claim,
            longest=hours(section.max_age_hours),
            table=said.table,
        ),
    )


def _proxy(section: ProxySection, said: SignInFile, secret: str) -> ProxyRules:
    return ProxyRules(
        peers=tuple(section.peers),
        user_header=section.user_header,
        roles_header=section.roles_header,
        display_name_header=section.display_name_header or "",
        separator=section.separator,
        secret_header=section.secret_header or "",
        secret=secret,
        longest=hours(section.max_age_hours),
        sign_out_url=section.sign_out_url or "",
        table=said.table,
    )


# --- Files ---


def _read(file: Path) -> str:
    try:
        held = file.read_bytes()
        if len(held) > _LARGEST:
            raise ValueError("it is larger than 64 KiB")
        return held.decode("utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        remedy = "Name a file that this program may read, with --sign-in-file"
        raise InputError([finding("A401", file.as_posix(), f"cannot be read: {why}", remedy)]) from error


def _secret(source: _Source, named: tuple[str, str | None], variable: str, found: list[Finding]) -> str:
    """Return a secret from the file that is named, else from the environment; what is wrong joins ``found``."""
    where, given = named
    if given is None:
        held = source.environment.get(variable, "").strip()
        problem, remedy = f"is not given, and {variable} is not set", f"Set {variable}, or name a file"
    else:
        file = source.path.parent / given
        held, problem = _from_file(file)
        remedy = f"Make {file.as_posix()} hold it, for its owner only (chmod 600)"
    if not held:
        found.append(source.finding("A406", where, problem, remedy))
    return held


def _from_file(file: Path) -> tuple[str, str]:
    """Return what a file of one line holds, or nothing and why."""
    try:
        if os.name == "posix" and file.stat().st_mode & _OTHERS:
            return "", "may be read by others on this machine"
        return file.read_text(encoding="utf-8").strip(), "is empty"
    except (OSError, ValueError) as error:
        return "", f"cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}"
