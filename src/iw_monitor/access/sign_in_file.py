"""The sign-in file: TOML that says which identity provider or proxy is believed, and which roles that gives."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

import jmespath
from jmespath.exceptions import JMESPathError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from iw_monitor.access.bound import is_loopback
from iw_monitor.access.proxy_headers import Network
from iw_monitor.access.role_table import RoleTable
from iw_monitor.errors import Finding, InputError
from iw_monitor.model.accounts import Role

_HEADER = re.compile(r"[A-Za-z0-9-]{1,64}")
_OURS = ("x-iw-", "host", "cookie", "origin")  # headers that mean something else already


# --- Values ---


def _safe_url(text: str) -> str:
    found = urlsplit(text)
    if found.scheme == "https" and found.hostname:
        return text
    if found.scheme == "http" and is_loopback(found.hostname or ""):
        return text
    raise ValueError("is not an address that begins with https://; plain http is for this machine alone")


def _path(text: str) -> str:
    try:
        jmespath.compile(text)
    except JMESPathError as error:
        raise ValueError("is not a JMESPath such as groups or realm_access.roles") from error
    return text


def _header(text: str) -> str:
    if not _HEADER.fullmatch(text) or text.lower().startswith(_OURS):
        raise ValueError("is not the name of a header that a proxy may set, such as X-Forwarded-User")
    return text


def _network(text: Any) -> Any:
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise ValueError("is not an address or a network such as 10.0.0.2 or 10.0.0.0/28") from error


def _role(text: Any) -> Role:
    return Role.named(text if isinstance(text, str) else "")


Url = Annotated[str, AfterValidator(_safe_url)]
Text = Annotated[str, Field(min_length=1, max_length=500)]
Path_ = Annotated[str, AfterValidator(_path)]
Header = Annotated[str, AfterValidator(_header)]
Peer = Annotated[Network, BeforeValidator(_network)]
RoleName = Annotated[Role, BeforeValidator(_role)]
Hours = Annotated[int, Field(ge=1, le=168)]


# --- The file ---


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class OidcSection(_Section):
    """The identity provider. Its secret is in the environment (IW_OIDC_CLIENT_SECRET), or in a file."""

    metadata_url: Url
    client_id: Text
    client_secret_file: Text | None = None
    label: Text = "your identity provider"
    scope: Text = "openid profile email"
    roles_claim: Path_ = "groups"
    name_claim: Text = "preferred_username"
    display_name_claim: Text = "name"
    max_age_hours: Hours = 12


class ProxySection(_Section):
    """The proxy in front. A secret that it sends is in the environment (IW_PROXY_SECRET), or in a file."""

    peers: Annotated[list[Peer], Field(min_length=1)]
    user_header: Header
    roles_header: Header
    display_name_header: Header | None = None
    separator: Annotated[str, Field(min_length=1, max_length=1)] = ","
    secret_header: Header | None = None
    secret_file: Text | None = None
    sign_out_url: Url | None = None
    max_age_hours: Hours = 12


class SignInFile(_Section):
    """Everything that a sign-in file may say."""

    oidc: OidcSection | None = None
    proxy: ProxySection | None = None
    roles: dict[Text, dict[Text, RoleName]]

    @property
    def table(self) -> RoleTable:
        """Which value gives which role on which pack."""
        return RoleTable(self.roles)


def hours(number: int) -> timedelta:
    """Return a number of the file as a length of time."""
    return timedelta(hours=number)


def read_sign_in_file(text: str, *, name: str) -> SignInFile:
    """Return what a sign-in file says.

    Raises:
        InputError: it is not TOML, or says what cannot be meant; with everything that is wrong with it.
    """
    try:
        return SignInFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InputError([_not_toml(error, name)]) from error
    except ValidationError as error:
        raise InputError([_finding(one, text, name) for one in error.errors(include_url=False)]) from error


# --- What is wrong with it ---


def _not_toml(error: tomllib.TOMLDecodeError, name: str) -> Finding:
    line = re.search(r"at line (\d+)", str(error))
    return Finding(
        code="A402",
        file=name,
        line=int(line[1]) if line else 0,
        field="",
        problem=f"is not TOML ({error})",
        remedy="Write it as in docs/operators.md",
    )


def _finding(error: ErrorDetails, text: str, name: str) -> Finding:
    where = tuple(str(part) for part in error["loc"])
    code, problem, remedy = _in_words(error)
    line = line_of(text, where)
    return Finding(code=code, file=name, line=line, field=".".join(where), problem=problem, remedy=remedy)


def _in_words(error: ErrorDetails) -> tuple[str, str, str]:
    kind = error["type"]
    if kind == "extra_forbidden":
        return "A403", "is not a key that there is", "Remove it, or see docs/operators.md for how it is spelt"
    if kind == "missing":
        return "A404", "is missing", "Add it; docs/operators.md says what it is"
    said = error["msg"].removeprefix("Value error, ").removesuffix(".")
    problem = said if kind == "value_error" else f"cannot be used: {said[:1].lower()}{said[1:]}"
    return "A405", problem, "Correct it; docs/operators.md says what it is"


def line_of(text: str, where: tuple[str, ...]) -> int:
    """Return the line of a key, or of the nearest table around it; 0 if neither stands there by itself."""
    found = {path: number for number, path in _lines(text) if path == where[: len(path)]}
    return found[max(found, key=len)] if found else 0


def _lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([^\[\]]+)\]", line):
            table = _keys(header[1])
            yield number, table
        elif key := re.match(r"""\s*([\w.-]+|"[^"]*"|'[^']*')\s*=""", line):
            yield number, (*table, *_keys(key[1]))


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"' ") for part in re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", dotted))
