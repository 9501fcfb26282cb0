"""Tokens: made once, kept as a hash, never more than their owner, and each change in the journal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from iw_monitor.access import tokens as rules
from iw_monitor.access.hashing import Hasher
from iw_monitor.cli.program import app
from iw_monitor.errors import InputError
from iw_monitor.model.accounts import EVERY_PACK, Role, User
from iw_monitor.model.tokens import Scope, Token
from iw_monitor.service import accounts as service
from iw_monitor.service.tokens import Tokens
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from tests.accounts_site import PASSWORD, QUICK, Clock, accounts_on, add
from tests.api_site import House, a_house
from tests.builders import DAY, MONDAY


@pytest.fixture
def house() -> Iterator[House]:
    with a_house() as found:
        yield found


@pytest.fixture(scope="module")
def quiet() -> Iterator[House]:
    """Return a house for tests that change nothing in it: making one takes most of their time."""
    with a_house() as found:
        yield found


def a_token(**changes: Any) -> Token:
    ordinary: dict[str, Any] = {
        "id": "0123456789ab",
        "key": "k",
        "owner": "ada",
        "name": "port feed",
        "pack": "harbour",
        "scope": Scope.WRITE,
        "created_at": MONDAY,
        "expires_at": MONDAY + DAY,
    }
    return Token(**{**ordinary, **changes})


def an_owner(**roles: Role) -> User:
    named = {EVERY_PACK if pack == "every" else pack: role for pack, role in roles.items()}
    return User(name="ada", display_name="Ada", roles=named, created_at=MONDAY, password_set_at=MONDAY)


@pytest.mark.parametrize(
    ("scope", "pack", "held", "role"),
    [
        (Scope.READ, "harbour", {"harbour": Role.ADMIN}, Role.VIEWER),
        (Scope.WRITE, "harbour", {"every": Role.ADMIN}, Role.EDITOR),
        (Scope.WRITE, "harbour", {"harbour": Role.VIEWER}, Role.VIEWER),
        (Scope.APPROVE, EVERY_PACK, {"harbour": Role.EDITOR}, Role.EDITOR),
        (Scope.APPROVE, EVERY_PACK, {"every": Role.ADMIN}, Role.APPROVER),
        (Scope.WRITE, "desert", {"every": Role.ADMIN}, None),
        (Scope.WRITE, "harbour", {"desert": Role.ADMIN}, None),
    ],
)
def test_a_token_acts_in_the_lower_of_its_scope_and_its_owners_role(
    scope: Scope, pack: str, held: dict[str, Role], role: Role | None
) -> None:
    actor = a_token(scope=scope, pack=pack).actor(an_owner(**held))
    assert [one for one in Role if actor.may(one, "harbour")] == [one for one in Role if role and one <= role]


def test_a_token_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="expires after"):
        a_token(expires_at=MONDAY)


def test_only_the_hash_of_a_token_is_kept(tmp_path: Path) -> None:
    file, clock = tmp_path / "journal.db", Clock()
    with Journal.open(file_url(file), clock=clock) as journal:
        add(accounts_on(journal, clock), "ada")
        tokens = Tokens(journal, clock=clock)
        secret, kept = tokens.add("ada", name="x", scope=Scope.READ, pack="*", life=DAY, author="root", via="cli")
        assert rules.is_token(secret)
        assert kept.key == rules.key_of(secret)
        assert tokens.bearer(secret) is not None
    for written in tmp_path.iterdir():
        assert secret.encode() not in written.read_bytes()


def test_each_change_of_a_token_is_an_entry_without_what_it_could_be_guessed_by(house: House) -> None:
    house.token(Scope.READ)
    (kept,) = house.tokens.tokens()
    for _ in range(2):  # the second time nothing is left to do
        house.tokens.revoke(kept.id, author="root", via="cli")
    told = [json.loads(one.body) for one in house.site.journal.entries() if '"token' in one.body]
    assert [(one["act"], one["name"], one["after"]["token"]) for one in told] == [
        ("token added", "ada", kept.id),
        ("token revoked", "ada", kept.id),
    ]
    assert kept.key not in json.dumps(told)
    assert house.site.journal.verify() == house.site.journal.position()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"owner": "nobody"}, "A202"),
        ({"name": " "}, "A301"),
        ({"name": "x" * 81}, "A301"),
        ({"life": timedelta(0)}, "A302"),
        ({"life": timedelta(days=367)}, "A302"),
        ({"scope": Scope.APPROVE}, "A304"),
        ({"pack": "*"}, "A304"),
        ({"pack": ""}, "A203"),
    ],
)
def test_a_token_that_could_not_be_meant_is_refused(quiet: House, changed: dict[str, Any], code: str) -> None:
    asked: dict[str, Any] = {
        "owner": "ada",
        "name": "x",
        "scope": Scope.WRITE,
        "pack": "harbour",
        "life": DAY,
        **changed,
    }
    with pytest.raises(InputError) as refused:
        quiet.tokens.add(asked.pop("owner"), author="root", via="cli", **asked)
    assert [one.code for one in refused.value.findings] == [code]


def test_there_is_no_token_for_somebody_who_is_disabled(house: House) -> None:
    house.accounts.disable("ada", author="root", via="cli")
    with pytest.raises(InputError, match="who can sign in"):
        house.token()


# --- By command line ---


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    def quick() -> Hasher:
        return QUICK

    monkeypatch.setattr(service, "Hasher", quick)
    file = str(tmp_path / "journal.db")
    added = ["user", "add", "ada", "--role", "editor", "--password-stdin", "--db", file, "--author", "root"]
    assert CliRunner().invoke(app, added, input=f"{PASSWORD}\n").exit_code == 0
    return file


def token(journal: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["token", *arguments, "--db", journal])


def test_a_token_is_printed_once_listed_and_revoked(journal: str) -> None:
    added = token(journal, "add", "ada", "--name", "port feed", "--scope", "write", "--author", "root")
    secret = added.stdout.strip()
    assert rules.is_token(secret)
    listed = token(journal, "list").stdout
    found = re.fullmatch(r"(\w{12}) \(port feed\): ada may write \*, expires [\d-]+ [\d:]+Z, never used\n", listed)
    assert found, listed
    assert secret not in listed + added.stderr
    assert token(journal, "revoke", found[1]).stdout == f"{found[1]} (port feed, of ada) is revoked.\n"
    assert token(journal, "list").stdout == ""
    assert "revoked" in token(journal, "list", "--all").stdout


def test_a_token_lasts_ninety_days_unless_it_is_said_otherwise(journal: str) -> None:
    for more in ((), ("--expires", "2d")):
        assert token(journal, "add", "ada", "--name", "x", *more).exit_code == 0
    with Journal.open(file_url(Path(journal)), clock=Clock()) as opened:
        lives = [one.expires_at - one.created_at for one in Tokens(opened, clock=Clock()).tokens()]
    assert lives == [timedelta(days=90), timedelta(days=2)]


def test_what_cannot_be_done_is_said_in_a_sentence(journal: str) -> None:
    with pytest.raises(InputError, match="A304"):
        _raise(token(journal, "add", "ada", "--name", "x", "--scope", "approve"))
    with pytest.raises(InputError, match="A303"):
        _raise(token(journal, "revoke", "none"))


def _raise(result: Result) -> None:
    assert result.exception is not None
    raise result.exception
