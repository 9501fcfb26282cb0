"""Signing in, staying signed in, and being kept out: the verbs of accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import argon2
import pytest

from iw_monitor.access.hashing import Hasher
from iw_monitor.access.sessions import Signer, new_session_id
from iw_monitor.errors import AccessDeniedError, InputError, LockedOutError
from iw_monitor.model.accounts import Role
from iw_monitor.service.accounts import WRONG, Accounts, open_accounts
from iw_monitor.store.journal import Journal
from tests.accounts_site import HERE, OTHER_PASSWORD, PASSWORD, SECRET, Clock, accounts_on, add


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(clock: Clock) -> Iterator[Journal]:
    with Journal.open("sqlite://", clock=clock) as opened:
        yield opened


@pytest.fixture
def accounts(journal: Journal, clock: Clock) -> Accounts:
    return accounts_on(journal, clock)


def sign_in(accounts: Accounts, name: str = "ada", password: str = PASSWORD, address: str = HERE) -> str:
    return accounts.sign_in(name, password, address=address)


def fail(accounts: Accounts, times: int, name: str = "ada", address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(AccessDeniedError, match=WRONG):
            sign_in(accounts, name, "a wrong password", address)


def name_of(accounts: Accounts, cookie: str | None) -> str | None:
    actor = accounts.actor_of(cookie)
    return None if actor is None else actor.name


def acts(journal: Journal) -> list[str]:
    return [one.content["act"] for one in journal.entries()]


# --- Accounts ---


def test_a_user_that_cannot_be_added_is_refused_with_everything_that_is_wrong(accounts: Accounts) -> None:
    with pytest.raises(InputError) as caught:
        accounts.add_user("ada", "ada", roles={}, author="root", via="cli")
    assert [one.code for one in caught.value.findings] == ["A111", "A113"]
    add(accounts, "ada")
    with pytest.raises(InputError, match="A201"):
        add(accounts, " ADA ")
    with pytest.raises(InputError, match="A203"):
        accounts.add_user("ben", PASSWORD, roles={"": Role.ADMIN}, author="root", via="cli")
    assert [one.name for one in accounts.users()] == ["ada"]


def test_a_verb_on_nobody_says_so(accounts: Accounts) -> None:
    for verb in (
        lambda: accounts.user("eve"),
        lambda: accounts.set_password("eve", PASSWORD, author="root", via="cli"),
        lambda: accounts.set_role("eve", Role.ADMIN, pack="*", author="root", via="cli"),
        lambda: accounts.disable("eve", author="root", via="cli"),
        lambda: accounts.enable("eve", author="root", via="cli"),
        lambda: accounts.sign_out_user("eve", author="root", via="cli"),
    ):
        with pytest.raises(InputError, match="A202 name: there is no user 'eve'"):
            verb()


def test_a_role_on_one_pack_leaves_those_on_others_alone(accounts: Accounts) -> None:
    add(accounts, "ada", Role.VIEWER)
    accounts.set_role("ada", Role.EDITOR, pack="harbour", author="root", via="cli")
    after = accounts.set_role("ada", None, pack="*", author="root", via="cli")
    assert after.roles == {"harbour": Role.EDITOR}
    assert accounts.user("ada") == after


# --- Signing in ---


def test_who_signed_in_is_known_by_the_cookie_until_signing_out(accounts: Accounts) -> None:
    add(accounts, "ada", Role.EDITOR, pack="harbour", shown="Ada L.")
    cookie = sign_in(accounts, " ADA ")
    actor = accounts.actor_of(cookie)
    assert actor is not None
    assert (actor.name, actor.display_name, dict(actor.roles), actor.via) == (
        "ada",
        "Ada L.",
        {"harbour": Role.EDITOR},
        "local",
    )
    accounts.sign_out(cookie)
    assert accounts.actor_of(cookie) is None  # nor by the same cookie once more


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ada", "a wrong password"),
        ("eve", PASSWORD),
        ("", ""),
        ("ada", ""),
        ("ada", PASSWORD.upper()),
        ("a\x00", "\ud800"),
    ],
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(accounts: Accounts, name: str, password: str) -> None:
    add(accounts, "ada")
    with pytest.raises(AccessDeniedError) as caught:
        sign_in(accounts, name, password)
    assert str(caught.value) == WRONG


def test_neither_password_nor_session_stands_in_the_database(accounts: Accounts, journal: Journal) -> None:
    add(accounts, "ada")
    cookie = sign_in(accounts)
    with journal._engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        kept = "\n".join(driver.iterdump())
    assert "argon2id" in kept
    assert PASSWORD not in kept
    assert cookie.partition(".")[0] not in kept
    assert SECRET.hex() not in kept


def test_a_session_survives_a_restart(accounts: Accounts, journal: Journal, clock: Clock) -> None:
    add(accounts, "ada")
    cookie = sign_in(accounts)
    assert name_of(accounts_on(journal, clock), cookie) == "ada"


def test_another_secret_makes_every_cookie_worthless(accounts: Accounts, journal: Journal, clock: Clock) -> None:
    add(accounts, "ada")
    cookie = sign_in(accounts)
    assert accounts_on(journal, clock, bytes(32)).actor_of(cookie) is None


def test_a_session_that_nobody_began_is_nobody_even_if_it_were_signed(accounts: Accounts) -> None:
    add(accounts, "ada")
    sign_in(accounts)
    assert accounts.actor_of(Signer(SECRET).cookie_value(new_session_id())) is None
    assert accounts.actor_of(None) is None


def test_the_id_of_another_session_under_ones_own_signature_is_nobody(accounts: Accounts) -> None:
    add(accounts, "ada")
    add(accounts, "eve")
    hers, mine = sign_in(accounts, "ada"), sign_in(accounts, "eve")
    assert accounts.actor_of(f"{hers.partition('.')[0]}.{mine.partition('.')[2]}") is None


def test_an_idle_session_expires_and_one_in_use_does_not_until_its_week_is_over(
    accounts: Accounts, clock: Clock
) -> None:
    add(accounts, "ada")
    idle, used = sign_in(accounts), sign_in(accounts)
    clock.move(hours=11)
    assert name_of(accounts, used) == "ada"
    clock.move(hours=1)
    assert accounts.actor_of(idle) is None
    for _ in range(15):
        assert name_of(accounts, used) == "ada"
        clock.move(hours=11)
    assert accounts.actor_of(used) is None


def test_signing_out_everywhere_ends_ones_own_sessions_and_nobody_elses(accounts: Accounts) -> None:
    add(accounts, "ada")
    add(accounts, "ben")
    first, second, other = sign_in(accounts), sign_in(accounts), sign_in(accounts, "ben")
    assert accounts.sign_out_everywhere(first) == 2
    assert [name_of(accounts, one) for one in (first, second, other)] == [None, None, "ben"]
    assert accounts.sign_out_everywhere(first) == 0  # a dead cookie ends nothing
    assert accounts.sign_out_everywhere("forged") == 0


def test_a_role_taken_away_counts_at_once(accounts: Accounts) -> None:
    add(accounts, "ada", Role.EDITOR)
    cookie = sign_in(accounts)
    accounts.set_role("ada", None, pack="*", author="root", via="cli")
    actor = accounts.actor_of(cookie)
    assert actor is not None
    assert not actor.may(Role.VIEWER, "harbour")


def test_a_new_password_or_disabling_ends_what_was_signed_in_before(accounts: Accounts) -> None:
    add(accounts, "ada")
    cookie = sign_in(accounts)
    assert accounts.set_password("ada", OTHER_PASSWORD, author="root", via="cli") == 1
    assert accounts.actor_of(cookie) is None
    fail(accounts, 1)
    again = sign_in(accounts, password=OTHER_PASSWORD)
    accounts.disable("ada", author="root", via="cli")
    assert accounts.actor_of(again) is None
    with pytest.raises(AccessDeniedError, match=WRONG):
        sign_in(accounts, password=OTHER_PASSWORD)
    accounts.enable("ada", author="root", via="cli")
    assert accounts.actor_of(again) is None
    assert name_of(accounts, sign_in(accounts, password=OTHER_PASSWORD)) == "ada"


def test_a_hash_with_older_parameters_is_renewed_at_sign_in_and_the_session_stays(
    accounts: Accounts, journal: Journal, clock: Clock
) -> None:
    add(accounts, "ada")
    dearer = Hasher(argon2.PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    newer = Accounts(journal, clock=clock, secret=lambda: SECRET, hasher=dearer)
    cookie = sign_in(newer)
    assert "m=16,t=2" in str(newer._store.password_hash("ada"))
    assert name_of(newer, cookie) == "ada"
    assert name_of(newer, sign_in(newer)) == "ada"


# --- Lock-out ---


def test_after_five_failures_even_the_right_password_waits(accounts: Accounts, clock: Clock) -> None:
    add(accounts, "ada")
    fail(accounts, 5)
    with pytest.raises(LockedOutError, match=r"Too many failed attempts\. Try again after 00:00:30 UTC"):
        sign_in(accounts)
    clock.move(seconds=30)
    assert name_of(accounts, sign_in(accounts)) == "ada"


def test_the_wait_doubles_and_a_refused_attempt_does_not_lengthen_it(accounts: Accounts, clock: Clock) -> None:
    add(accounts, "ada")
    fail(accounts, 5)
    clock.move(seconds=30)
    fail(accounts, 1)
    for _ in range(50):
        with pytest.raises(LockedOutError):
            sign_in(accounts)
    clock.move(seconds=60)
    assert name_of(accounts, sign_in(accounts)) == "ada"


def test_an_account_is_locked_whatever_address_is_tried_from_and_others_are_not(accounts: Accounts) -> None:
    add(accounts, "ada")
    add(accounts, "ben")
    for number in range(5):
        fail(accounts, 1, address=f"192.0.2.{number}")
    with pytest.raises(LockedOutError):
        sign_in(accounts, address="198.51.100.1")
    assert name_of(accounts, sign_in(accounts, "ben")) == "ben"


def test_one_address_that_tries_many_names_is_locked_and_other_addresses_are_not(accounts: Accounts) -> None:
    add(accounts, "ada")
    for number in range(20):
        fail(accounts, 1, name=f"user{number}")
    with pytest.raises(LockedOutError):
        sign_in(accounts)
    assert name_of(accounts, sign_in(accounts, address="198.51.100.1")) == "ada"


def test_an_unknown_name_is_locked_just_as_a_known_one(accounts: Accounts) -> None:
    add(accounts, "ada")
    fail(accounts, 5, name="eve", address="198.51.100.1")
    with pytest.raises(LockedOutError):
        sign_in(accounts, "eve", address="198.51.100.1")


def test_ones_own_account_does_not_open_an_address_for_guessing(accounts: Accounts, clock: Clock) -> None:
    add(accounts, "eve")
    for number in range(19):
        fail(accounts, 1, name=f"user{number}")
        sign_in(accounts, "eve")
    fail(accounts, 1, name="user19")
    with pytest.raises(LockedOutError):
        sign_in(accounts, "eve")


def test_a_successful_sign_in_forgets_the_failures_before_it(accounts: Accounts) -> None:
    add(accounts, "ada")
    for _ in range(3):
        fail(accounts, 4)
        sign_in(accounts)


def test_a_lock_out_stands_in_the_journal_and_single_failures_cannot_fill_it(
    accounts: Accounts, journal: Journal, clock: Clock
) -> None:
    add(accounts, "ada")
    fail(accounts, 4)
    for number in range(12):
        fail(accounts, 1, name=f"nobody{number}")
    assert acts(journal) == ["created"]
    fail(accounts, 1)
    for _ in range(20):
        with pytest.raises(LockedOutError):
            sign_in(accounts)
    assert acts(journal) == ["created", "locked"]
    assert journal.verify() == 2


def test_who_is_signed_in_already_is_not_touched_by_a_lock_out(accounts: Accounts) -> None:
    add(accounts, "ada")
    cookie = sign_in(accounts)
    fail(accounts, 5, address="198.51.100.1")
    assert name_of(accounts, cookie) == "ada"


# --- With everything else busy ---


def test_a_page_is_shown_even_while_the_database_is_busy(tmp_path: Path, clock: Clock) -> None:
    url = f"sqlite:///{tmp_path}/journal.db"
    with Journal.open(url, clock=clock, patience=timedelta(seconds=0.2)) as journal:
        accounts = accounts_on(journal, clock)
        add(accounts, "ada")
        cookie = sign_in(accounts)
        clock.move(hours=1)
        with Journal.open(url, clock=clock) as other, other._writing():
            assert name_of(accounts, cookie) == "ada"
            assert name_of(accounts, cookie) == "ada"


def test_a_site_finds_its_secret_beside_the_journal(tmp_path: Path, clock: Clock) -> None:
    url = f"sqlite:///{tmp_path}/journal.db"
    with open_accounts(url, clock=clock) as accounts:
        name = accounts.cookie_name
    with open_accounts(url, clock=clock) as again:
        assert again.cookie_name == name
