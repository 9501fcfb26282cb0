"""The operator's file of channels: ``channels.toml``. It holds addresses and secrets, so only its owner may read it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from iw_monitor.errors import Finding, InputError

_OWNER_ONLY = 0o077
_OUR_OWN = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})  # webhooks past our guard and signature


class _Strict(BaseModel):
    """No unknown keys, no silent conversion, and secrets that do not print."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class AppriseChannel(_Strict):
    """Mail, chat and some hundred services more, by their apprise addresses."""

    kind: Literal["apprise"]
    urls: Annotated[tuple[SecretStr, ...], Field(min_length=1, strict=False)]


class WebhookChannel(_Strict):
    """A signed POST to an address of one's own."""

    kind: Literal["webhook"]
    url: SecretStr
    secret: Annotated[SecretStr, Field(min_length=16)]
    allow_private: bool = False  # an address in one's own network, or without encryption


class FileChannel(_Strict):
    """A line of JSON at the end of a file."""

    kind: Literal["file"]
    path: Annotated[str, Field(min_length=1)]


class DeadMan(_Strict):
    """What is called again and again while a worker evaluates; who answers there tells people when the calls stop."""

    url: SecretStr
    allow_private: bool = False


Channel = Annotated[AppriseChannel | WebhookChannel | FileChannel, Field(discriminator="kind")]
ChannelName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,62}$")]


class Channels(_Strict):
    """Where each channel that packs name leads."""

    channels: dict[ChannelName, Channel] = Field(default={})
    dead_man: DeadMan | None = None


def read_channels(path: Path) -> Channels:
    """Return what a file of channels says.

    Raises:
        InputError: it cannot be used; with everything that is wrong with it, and no secret of it.
    """
    try:
        raw = path.read_bytes()
        mode = path.stat().st_mode
    except OSError as error:
        said = f"it cannot be read ({error.strerror or 'unknown error'})"
        raise InputError([_finding(path, "N101", "", said, "Name a file of channels in IW_CHANNELS")]) from error
    findings = []
    if os.name == "posix" and mode & _OWNER_ONLY:
        problem = "it holds secrets, and others than its owner may read it"
        findings.append(_finding(path, "N106", "", problem, f"Run: chmod 600 {path.as_posix()}"))
    try:
        channels = Channels.model_validate(tomllib.loads(raw.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        where = f" ({error})" if isinstance(error, tomllib.TOMLDecodeError) else ""
        findings.append(_finding(path, "N102", "", f"it is not TOML in UTF-8{where}", "See docs/alerting.md"))
        raise InputError(findings) from error
    except ValidationError as error:
        findings += [_of(path, one) for one in error.errors(include_url=False, include_input=False)]
        raise InputError(findings) from error
    findings += [one for name, channel in channels.channels.items() for one in _address_findings(path, name, channel)]
    if channels.dead_man is not None:
        findings += _web_findings(path, "dead_man.url", channels.dead_man)
    if findings:
        raise InputError(findings)
    return channels


def _of(path: Path, error: Mapping[str, Any]) -> Finding:
    kinds = {"apprise", "webhook", "file"}
    field = ".".join(str(step) for step in error["loc"] if step not in kinds)
    if error["type"] == "extra_forbidden":
        return _finding(path, "N103", field, "is not known here", "See docs/alerting.md for the keys of each kind")
    if error["type"] in ("missing", "union_tag_not_found"):
        missing = field if error["type"] == "missing" else f"{field}.kind"
        return _finding(path, "N104", missing, "is missing", "Add it")
    if error["type"] == "union_tag_invalid":
        return _finding(path, "N105", f"{field}.kind", "is no kind of channel", "Use apprise, webhook or file")
    remedy = "Use at least 16 characters, drawn at random" if field.endswith("secret") else "See docs/alerting.md"
    return _finding(path, "N105", field, "cannot be used", remedy)


def _address_findings(path: Path, name: str, channel: Channel) -> Iterator[Finding]:
    if isinstance(channel, WebhookChannel):
        yield from _web_findings(path, f"channels.{name}.url", channel)
    if isinstance(channel, AppriseChannel):
        for place, url in enumerate(channel.urls):
            scheme = urlsplit(url.get_secret_value()).scheme.lower()
            field = f"channels.{name}.urls.{place}"
            if not scheme:
                yield _finding(path, "N107", field, "is no address of apprise", "Write it like mailtos://…")
            elif scheme in _OUR_OWN:
                problem = f"{scheme}:// would post unsigned, and past the guard of private addresses"
                yield _finding(path, "N107", field, problem, 'Use a channel of kind = "webhook"')


def _web_findings(path: Path, field: str, called: WebhookChannel | DeadMan) -> Iterator[Finding]:
    parts = urlsplit(called.url.get_secret_value())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield _finding(path, "N107", field, "is no web address", "Write it like https://…")
    elif parts.username is not None:
        yield _finding(path, "N107", field, "holds a name or a password", "Leave it out: each post is signed")
    elif parts.scheme == "http" and not called.allow_private:
        yield _finding(path, "N108", field, "is not encrypted", "Use https, or set allow_private = true")


def _finding(path: Path, code: str, field: str, problem: str, remedy: str) -> Finding:
    return Finding(code=code, file=path.as_posix(), line=0, field=field, problem=problem, remedy=remedy)
