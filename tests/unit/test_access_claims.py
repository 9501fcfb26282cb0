"""What an ID token says of somebody is read strictly: odd shapes, other programs' tokens and old ones let nobody in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from iw_monitor.access.claims import ClaimRules, UnusableClaimsError, read_claims
from iw_monitor.access.names import is_name
from iw_monitor.access.role_table import RoleTable
from iw_monitor.model.accounts import Identity, Role
from tests.builders import MONDAY

TABLE = RoleTable({"*": {"watch": Role.VIEWER, "desk": Role.EDITOR}, "harbour": {"desk": Role.ADMIN}})
ISSUED = int(MONDAY.timestamp())
SCRIPT = "<script>alert(1)</script>"


def rules(**changes: Any) -> ClaimRules:
    usual: dict[str, Any] = {
        "client_id": "iw",
        "roles_claim": "groups",
        "name_claim": "preferred_username",
        "display_name_claim": "name",
        "longest": timedelta(hours=12),
        "table": TABLE,
    }
    return ClaimRules(**usual | changes)


def token(**changes: Any) -> dict[str, Any]:
    usual = {
        "iss": "https://id.example",
        "sub": "8a01",
        "aud": "iw",
        "iat": ISSUED,
        "preferred_username": "Ada",
        "name": "Ada L.",
        "groups": ["desk"],
    }
    return {name: value for name, value in (usual | changes).items() if value is not ...}


def test_who_somebody_is_are_issuer_and_subject_and_nothing_else() -> None:
    found = read_claims(token(email="ceo@x.example"), rules(), MONDAY)
    assert found.identity == Identity("https://id.example", "8a01")
    assert (found.name, found.display_name) == ("ada", "Ada L.")
    assert found.said_at == MONDAY


@pytest.mark.parametrize(
    ("groups", "roles"),
    [
        (["watch"], {"*": Role.VIEWER}),
        (["watch", "desk", "kitchen"], {"*": Role.EDITOR, "harbour": Role.ADMIN}),
        ("watch", {"*": Role.VIEWER}),
        (["kitchen"], {}),
        (["WATCH", "watc", "watch "], {}),
        ([], {}),
        (..., {}),
        (None, {}),
    ],
)
def test_the_highest_match_wins_and_no_match_is_no_role(groups: Any, roles: dict[str, Role]) -> None:
    assert read_claims(token(groups=groups), rules(), MONDAY).roles == roles


def test_a_claim_may_lie_deep_in_the_token() -> None:
    deep = token(groups=..., realm_access={"roles": ["desk", "offline_access"]})
    assert read_claims(deep, rules(roles_claim="realm_access.roles"), MONDAY).roles["*"] is Role.EDITOR


@pytest.mark.parametrize("groups", [{"desk": True}, 7, True, [["desk"]], ["desk", 7], [{"name": "desk"}]])
def test_a_claim_of_another_shape_is_refused_and_not_guessed_at(groups: Any) -> None:
    with pytest.raises(UnusableClaimsError, match="groups is not a text or a list of texts"):
        read_claims(token(groups=groups), rules(), MONDAY)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"aud": "another"}, "another program"),
        ({"aud": ["another", "third"]}, "another program"),
        ({"aud": ...}, "another program"),
        ({"iss": ...}, "iss is not a text"),
        ({"sub": ...}, "sub is not a text"),
        ({"sub": ""}, "sub is not a text"),
        ({"sub": 8}, "sub is not a text"),
        ({"sub": "x" * 1_001}, "sub is not a text"),
        ({"sub": "a\nb"}, "sub is not a text"),
        ({"iat": ...}, "iat is not a time"),
        ({"iat": "now"}, "iat is not a time"),
        ({"iat": True}, "iat is not a time"),
        ({"iat": 1e300}, "iat is not a time"),
        ({"iat": float("nan")}, "iat is not a time"),
        ({"iat": ISSUED - 12 * 3_600}, "too old"),
        ({"iat": ISSUED + 121}, "from the future"),
    ],
)
def test_what_is_not_meant_for_us_or_cannot_be_meant_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(UnusableClaimsError, match=says):
        read_claims(token(**changes), rules(), MONDAY)


def test_a_token_for_several_programs_is_meant_for_us_too() -> None:
    assert read_claims(token(aud=["another", "iw"]), rules(), MONDAY).roles


def test_a_token_is_good_until_it_reaches_the_limit_and_clocks_may_differ_a_little() -> None:
    almost = MONDAY + timedelta(hours=12) - timedelta(seconds=1)
    assert read_claims(token(), rules(), almost).said_at == MONDAY
    assert read_claims(token(iat=ISSUED + 120), rules(), MONDAY).said_at == MONDAY  # never later than now


@pytest.mark.parametrize("name", [..., "", 7, None, SCRIPT, "a b", "\u0430da"])
def test_who_has_no_name_that_can_stand_in_the_journal_gets_one_that_is_theirs_alone(name: Any) -> None:
    one = read_claims(token(preferred_username=name), rules(), MONDAY).name
    other = read_claims(token(preferred_username=name, sub="8a02"), rules(), MONDAY).name
    assert one.startswith("oidc-")
    assert is_name(one)
    assert one != other


def test_a_long_name_leaves_room_for_a_number() -> None:
    assert len(read_claims(token(preferred_username="a" * 200), rules(), MONDAY).name) == 56


@pytest.mark.parametrize(("said", "shown"), [("Ada\u202eevil", "ada"), (7, "ada"), ("x" * 300, "x" * 80)])
def test_what_is_shown_of_somebody_prints(said: Any, shown: str) -> None:
    assert read_claims(token(name=said), rules(), MONDAY).display_name == shown


def test_a_table_opens_the_packs_it_names_and_a_star_opens_all() -> None:
    assert RoleTable({"harbour": {"desk": Role.EDITOR}}).opens("harbour")
    assert not RoleTable({"harbour": {"desk": Role.EDITOR}}).opens("desert")
    assert not RoleTable({"harbour": {}}).opens("harbour")
    assert TABLE.opens("desert")
