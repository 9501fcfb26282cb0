"""What an ID token says of somebody: who they are, what they are called, and which roles that means here.

The token's signature, issuer, times and nonce were checked by the library that fetched it. Here stand our own rules:
for whom it is meant, how old it may be, and no guessing at odd shapes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jmespath

from iw_monitor.access.names import LONGEST_DISPLAY_NAME, is_name, plain_name
from iw_monitor.access.role_table import RoleTable
from iw_monitor.errors import AccessDeniedError
from iw_monitor.model.accounts import Identity, Vouched

CLOCKS_DIFFER_BY = timedelta(minutes=2)
_LONGEST_BASE = 56  # of a name: room is left for "-2"
_LONGEST_ID = 1_000


class UnusableClaimsError(AccessDeniedError):
    """An ID token says something that cannot be meant; refused, and worth an operator's look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRules:
    """How ID tokens are read."""

    client_id: str
    roles_claim: str  # a JMESPath to a text or a list of texts, such as groups or realm_access.roles
    name_claim: str
    display_name_claim: str
    longest: timedelta  # from the moment the token was issued
    table: RoleTable


def read_claims(claims: Mapping[str, Any], rules: ClaimRules, now: datetime) -> Vouched:
    """Return for whom an ID token vouches.

    Raises:
        UnusableClaimsError: something in it has a shape that is not known, or it is not meant for us, or too old.
    """
    identity = Identity(_text(claims, "iss"), _text(claims, "sub"))
    _check_audience(claims, rules.client_id)
    name = _name(claims.get(rules.name_claim), identity)
    return Vouched(
        identity=identity,
        name=name,
        display_name=_display_name(claims.get(rules.display_name_claim), name),
        roles=rules.table.roles_of(_values(claims, rules.roles_claim)),
        said_at=_issued_at(claims, rules.longest, now),
    )


def _text(claims: Mapping[str, Any], claim: str) -> str:
    found = claims.get(claim)
    if not isinstance(found, str) or not 0 < len(found) <= _LONGEST_ID or not found.isprintable():
        raise UnusableClaimsError(_says_wrong(claim, "a text"))
    return found


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    meant = claims.get("aud")
    if client_id not in (meant if isinstance(meant, list) else [meant]):
        raise UnusableClaimsError("The identity provider's answer was meant for another program.")


def _issued_at(claims: Mapping[str, Any], longest: timedelta, now: datetime) -> datetime:
    found = claims.get("iat")
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise UnusableClaimsError(_says_wrong("iat", "a time"))
    try:
        issued = datetime.fromtimestamp(found, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise UnusableClaimsError(_says_wrong("iat", "a time")) from error
    if issued > now + CLOCKS_DIFFER_BY:
        raise UnusableClaimsError("The identity provider's answer comes from the future. Look at both clocks.")
    if now - issued >= longest:
        raise UnusableClaimsError("The identity provider's answer is too old. Sign in again.")
    return min(issued, now)


def _values(claims: Mapping[str, Any], path: str) -> list[str]:
    """Return what stands at a path: one text or a list of them; nothing there is nothing."""
    found = jmespath.search(path, dict(claims))
    listed = [found] if isinstance(found, str) else found
    if listed is None:
        return []
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise UnusableClaimsError(_says_wrong(path, "a text or a list of texts"))
    return listed


def _name(found: Any, identity: Identity) -> str:
    """Return what the journal may call somebody: what the provider calls them, or else a mark of who they are."""
    name = plain_name(found)[:_LONGEST_BASE] if isinstance(found, str) else ""
    if is_name(name):
        return name
    digest = hashlib.sha256(f"{identity.issuer}\n{identity.subject}".encode("utf-8", "replace")).hexdigest()
    return f"oidc-{digest[:12]}"


def _display_name(found: Any, name: str) -> str:
    shown = found.strip()[:LONGEST_DISPLAY_NAME] if isinstance(found, str) else ""
    return shown if shown and shown.isprintable() else name


def _says_wrong(claim: str, wanted: str) -> str:
    return f"The identity provider's answer cannot be used: {claim} is not {wanted}. Tell an administrator."
