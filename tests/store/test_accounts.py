"""Accounts in the journal's database, on every engine: what is now in tables, how it came to be in the chain."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from iw_monitor.errors import AccessDeniedError, BrokenChainError, LockedOutError, StoreError
from iw_monitor.model.accounts import Attempts, Identity, Role, Session, User, Vouched
from iw_monitor.service.accounts import WRONG, Accounts
from iw_monitor.store.account_rows import Place
from iw_monitor.store.accounts import AccountStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.secret import is_shared, read_or_make_secret, secret_file, site_secret
from iw_monitor.store.tables import metadata
from tests.accounts_site import PASSWORD, QUICK, SECRET
from tests.builders import DAY, HOUR, MONDAY, a_submission
from tests.store.conftest import Clock

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes on this platform")


@pytest.fixture
def store(journal: Journal) -> AccountStore:
    return AccountStore(journal)


def add(store: AccountStore, name: str = "ada", **roles: Role) -> User:
    added = store.add(
        name, display_name=name.title(), roles=roles, password_hash=f"hash of {name}", author="root", via="cli"
    )
    assert added is not None
    return added


def a_session(key: str = "a", user: str = "ada") -> Session:
    return Session(key=key * 64, user=user, begun_at=MONDAY, used_at=MONDAY, ends_at=MONDAY + 7 * DAY)


def told(journal: Journal) -> list[tuple[str, object, object]]:
    return [(body["act"], body["before"], body["after"]) for body in (one.content for one in journal.entries())]


# --- Users ---


def test_a_user_comes_back_as_added(store: AccountStore) -> None:
    add(store, "ben")
    added = add(store, harbour=Role.EDITOR, desert=Role.VIEWER)
    assert store.user("ada") == added
    assert added.roles == {"desert": Role.VIEWER, "harbour": Role.EDITOR}
    assert added.created_at == added.password_set_at == MONDAY
    assert [one.name for one in store.users()] == ["ada", "ben"]
    assert store.user("eve") is None


def test_a_name_is_given_once(store: AccountStore, journal: Journal) -> None:
    add(store)
    again = store.add("ada", display_name="Other", roles={}, password_hash="other", author="eve", via="cli")
    assert again is None
    assert store.password_hash("ada") == "hash of ada"
    assert journal.position() == 1


def test_each_change_is_one_entry_with_before_and_after_and_no_password(
    store: AccountStore, journal: Journal, clock: Clock
) -> None:
    add(store, harbour=Role.VIEWER)
    store.set_roles("ada", lambda _: {"harbour": Role.EDITOR}, author="root", via="cli")
    store.set_password("ada", "another hash", author="root", via="cli")
    clock.move(HOUR)
    store.set_enabled("ada", False, author="root", via="cli")
    store.set_enabled("ada", True, author="root", via="cli")
    store.sign_out("ada", author="root", via="cli")
    store.note_lockout("ada", MONDAY, failures=5, author="sign-in", via="page")
    viewer = {"disabled": False, "display_name": "Ada", "roles": {"harbour": "viewer"}}
    editor = {**viewer, "roles": {"harbour": "editor"}}
    off = {**editor, "disabled": True}
    assert told(journal) == [
        ("created", None, viewer),
        ("roles", viewer, editor),
        ("password", editor, {**editor, "sessions_ended": 0}),
        ("disabled", editor, off),
        ("enabled", off, editor),
        ("signed out", editor, {**editor, "sessions_ended": 0}),
        ("locked", {}, {"failures": 5, "locked_until": MONDAY.isoformat()}),
    ]
    entries = list(journal.entries())
    assert {(one.kind, one.pack) for one in entries} == {("account", "")}
    assert not any("hash" in one.body for one in entries)
    assert journal.verify() == 7


def test_a_change_that_changes_nothing_is_not_told(store: AccountStore, journal: Journal) -> None:
    add(store, harbour=Role.VIEWER)
    store.set_roles("ada", lambda user: user.roles, author="root", via="cli")
    store.set_enabled("ada", True, author="root", via="cli")
    assert journal.position() == 1


def test_a_change_of_nobody_changes_nothing(store: AccountStore, journal: Journal) -> None:
    for change in (
        lambda: store.set_roles("eve", lambda _: {}, author="root", via="cli"),
        lambda: store.set_password("eve", "hash", author="root", via="cli"),
        lambda: store.set_enabled("eve", False, author="root", via="cli"),
        lambda: store.sign_out("eve", author="root", via="cli"),
    ):
        with pytest.raises(LookupError, match="eve"):
            change()
    store.note_lockout("eve", MONDAY, failures=5, author="sign-in", via="page")
    assert journal.position() == 0


def test_entries_of_accounts_and_reports_are_one_chain(store: AccountStore, journal: Journal) -> None:
    journal.append([a_submission()], via="cli")
    add(store)
    journal.append([a_submission()], via="cli")
    assert [one.kind for one in journal.entries()] == ["observation", "account", "observation"]
    assert journal.verify() == 3
    assert len(journal.columns("harbour")) == 2


def test_an_entry_of_an_account_that_cannot_be_read_breaks_the_chain(
    open_file: Callable[..., Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_file() as journal:
        store = AccountStore(journal)
        monkeypatch.setattr("iw_monitor.store.account_records.Act.CREATED._value_", "crowned")
        add(store)
        monkeypatch.undo()
        with pytest.raises(BrokenChainError, match="journal entry 1 cannot be read: 'crowned' is not a valid Act"):
            journal.verify()


def test_of_two_who_add_the_same_name_at_once_one_is_told_that_it_is_taken(
    open_file: Callable[..., Journal],
) -> None:
    with open_file() as one, open_file() as other:
        added: list[User | None] = []
        start = threading.Barrier(2)

        def run(store: AccountStore) -> None:
            start.wait()
            user = store.add("ada", display_name="Ada", roles={}, password_hash="h", author="root", via="cli")
            added.append(user)

        threads = [threading.Thread(target=run, args=(AccountStore(journal),)) for journal in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(user is None for user in added) == [False, True]
        assert one.verify() == 1


def test_somebody_can_sign_in_while_one_user_is_enabled(store: AccountStore) -> None:
    assert not store.has_enabled()
    add(store)
    assert store.has_enabled()
    store.set_enabled("ada", False, author="root", via="cli")
    assert not store.has_enabled()
    assert store.password_hash("ada") is None


# --- Sessions ---


def test_a_session_is_found_with_its_user_as_the_user_is_now(store: AccountStore) -> None:
    add(store, harbour=Role.VIEWER)
    assert store.begin_session(a_session(), password_hash="hash of ada")
    changed = store.set_roles("ada", lambda _: {"harbour": Role.ADMIN}, author="root", via="cli")
    assert store.session("a" * 64) == (a_session(), changed)
    assert store.session("b" * 64) is None


def test_a_session_does_not_begin_with_a_password_that_was_changed_meanwhile(store: AccountStore) -> None:
    add(store)
    store.set_password("ada", "another hash", author="root", via="cli")
    assert not store.begin_session(a_session(), password_hash="hash of ada")
    assert store.sessions("ada") == ()


def test_a_new_password_and_disabling_end_all_sessions_of_that_user_alone(store: AccountStore) -> None:
    for name, keys in {"ada": "12", "ben": "34"}.items():
        add(store, name)
        assert all(store.begin_session(a_session(key, name), password_hash=f"hash of {name}") for key in keys)
    assert store.set_password("ada", "another hash", author="root", via="cli") == 2
    assert all(one.ended_at == MONDAY for one in store.sessions("ada"))
    assert all(one.ended_at is None for one in store.sessions("ben"))
    store.set_enabled("ben", False, author="root", via="cli")
    assert all(one.ended_at == MONDAY for one in store.sessions("ben"))


def test_a_session_ends_once(store: AccountStore) -> None:
    add(store)
    assert store.begin_session(a_session(), password_hash="hash of ada")
    store.end_session("a" * 64, MONDAY + HOUR)
    store.end_session("a" * 64, MONDAY + 2 * HOUR)
    assert store.sessions("ada") == (replace(a_session(), ended_at=MONDAY + HOUR),)
    assert store.end_sessions("ada", MONDAY + 3 * HOUR) == 0


def test_use_is_noted_and_never_runs_backwards(store: AccountStore) -> None:
    add(store)
    assert store.begin_session(a_session(), password_hash="hash of ada")
    store.note_use("a" * 64, MONDAY + 2 * HOUR)
    store.note_use("a" * 64, MONDAY + HOUR)
    assert store.sessions("ada")[0].used_at == MONDAY + 2 * HOUR


def test_sessions_that_are_over_do_not_pile_up(store: AccountStore) -> None:
    add(store)
    assert store.begin_session(a_session("a"), password_hash="hash of ada")
    then = MONDAY + 8 * DAY
    later = Session(key="b" * 64, user="ada", begun_at=then, used_at=then, ends_at=then + DAY)
    assert store.begin_session(later, password_hash="hash of ada")
    assert store.sessions("ada") == (later,)


def test_signing_in_and_out_adds_nothing_to_the_journal(store: AccountStore, journal: Journal) -> None:
    add(store)
    assert store.begin_session(a_session(), password_hash="hash of ada")
    store.note_use("a" * 64, MONDAY + HOUR)
    store.end_sessions("ada", MONDAY)
    assert journal.position() == 1  # or every page would be computed anew


# --- Vouched for by an identity provider ---


def vouched(subject: str = "8a01", name: str = "ada", **roles: Role) -> Vouched:
    identity = Identity("https://id.example", subject)
    return Vouched(identity=identity, name=name, display_name=name.title(), roles=roles, said_at=MONDAY)


def admit(store: AccountStore, one: Vouched, key: str = "a") -> User | None:
    return store.admit(one, a_session(key, user=""), author="sign-in", via="page")


def test_who_is_vouched_for_gets_an_account_at_the_first_time_and_is_known_again(
    store: AccountStore, journal: Journal
) -> None:
    first = admit(store, vouched(harbour=Role.EDITOR))
    assert first is not None
    assert store.user("ada") == first
    assert first.identity == Identity("https://id.example", "8a01")
    assert admit(store, vouched(name="another", harbour=Role.EDITOR), "b") == replace(first, display_name="Another")
    assert [one.key[0] for one in store.sessions("ada")] == ["a", "b"]
    assert [(act, after) for act, _, after in told(journal)] == [
        (act, {"disabled": False, "display_name": shown, "roles": {"harbour": "editor"}} | first_identity())
        for act, shown in (("created", "Ada"), ("vouched", "Another"))
    ]


def first_identity() -> dict[str, str]:
    return {"issuer": "https://id.example", "subject": "8a01"}


def test_the_same_said_again_is_not_told_again(store: AccountStore, journal: Journal) -> None:
    for key in "abc":
        admit(store, vouched(harbour=Role.EDITOR), key)
    assert journal.position() == 1


def test_who_has_no_role_or_is_disabled_gets_no_session_and_keeps_none(store: AccountStore, journal: Journal) -> None:
    assert admit(store, vouched()) is None
    assert journal.position() == 0
    admit(store, vouched(harbour=Role.EDITOR))
    assert admit(store, vouched(), "b") is None
    assert all(one.ended_at is not None for one in store.sessions("ada"))
    store.set_enabled("ada", False, author="root", via="cli")
    assert admit(store, vouched(harbour=Role.ADMIN), "c") is None
    assert len(store.sessions("ada")) == 1


def test_who_is_vouched_for_has_no_password_and_takes_no_name_away(store: AccountStore) -> None:
    add(store)
    assert not any(store.password_hash(name) for name in ("ada-2", "ada-3"))
    for subject, key in (("8a01", "a"), ("8a02", "b")):
        admit(store, vouched(subject, harbour=Role.EDITOR), key)
    assert [one.name for one in store.users()] == ["ada", "ada-2", "ada-3"]
    assert store.password_hash("ada-2") is None
    store.set_enabled("ada", False, author="root", via="cli")
    assert not store.has_enabled()


# --- Failed attempts ---


def test_what_is_counted_is_changed_in_one_go_and_forgotten_again(store: AccountStore) -> None:
    here: tuple[Place, Place] = (("account", 7), ("address", 7))
    three = Attempts(failures=3, last_at=MONDAY)
    assert store.count(here, lambda _: {here[0]: three}) == {}
    assert store.count(here, lambda before: {here[1]: before[here[0]], here[0]: None}) == {here[0]: three}
    assert store.count(here, lambda _: {}) == {here[1]: three}


def test_attempts_at_once_are_all_counted(open_file: Callable[..., Journal]) -> None:
    place: Place = ("account", 1)

    def one_more(before: Mapping[Place, Attempts]) -> Mapping[Place, Attempts]:
        held = before.get(place)
        return {place: Attempts(failures=1 if held is None else held.failures + 1, last_at=MONDAY)}

    with open_file() as journal:
        store = AccountStore(journal)
        threads = [threading.Thread(target=store.count, args=((place,), one_more)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.count((place,), lambda _: {})[place].failures == 8


@pytest.mark.parametrize("name", ["a\x00b", "\ud800", "'; DROP TABLE entry; --", "x" * 100_000, "%", ""])
def test_a_name_that_no_database_can_hold_is_a_wrong_one_on_every_engine(
    journal: Journal, clock: Clock, name: str
) -> None:
    accounts = Accounts(journal, clock=clock, secret=lambda: SECRET, hasher=QUICK)
    for _ in range(5):
        with pytest.raises(AccessDeniedError, match=WRONG):
            accounts.sign_in(name, PASSWORD, address="192.0.2.7")
    with pytest.raises(LockedOutError):
        accounts.sign_in(name, PASSWORD, address="192.0.2.7")
    assert journal.position() == 0


def test_signing_in_works_on_every_engine(journal: Journal, clock: Clock) -> None:
    accounts = Accounts(journal, clock=clock, secret=lambda: SECRET, hasher=QUICK)
    accounts.add_user("ada", PASSWORD, roles={"harbour": Role.EDITOR}, author="root", via="cli")
    cookie = accounts.sign_in("ada", PASSWORD, address="192.0.2.7")
    actor = accounts.actor_of(cookie)
    assert actor is not None
    assert actor.may(Role.EDITOR, "harbour")
    accounts.sign_out(cookie)
    assert accounts.actor_of(cookie) is None


# --- An older journal ---


def test_a_journal_from_before_there_were_accounts_gets_their_tables_and_keeps_its_entries(
    open_file: Callable[..., Journal],
) -> None:
    with open_file() as journal:
        journal.append([a_submission()], via="cli")
        with journal._engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                if table.name not in ("entry", "observation", "retraction"):  # what there was from the beginning
                    connection.execute(text(f"DROP TABLE {table.name}"))
            connection.execute(text("UPDATE iw_monitor_schema SET version_num = '0001'"))
    with open_file() as journal:
        add(AccountStore(journal))
        assert journal.verify() == 2


# --- The secret ---


def test_a_secret_is_made_once_and_read_from_then_on(tmp_path: Path) -> None:
    file = tmp_path / "new" / "secret"
    made = read_or_make_secret(file)
    assert len(made) == 32
    assert read_or_make_secret(file) == made
    assert [one.name for one in file.parent.iterdir()] == ["secret"]
    assert read_or_make_secret(tmp_path / "other") != made


@POSIX
def test_an_operator_gives_the_secret_by_the_environment_or_names_its_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/journal.db"
    file = tmp_path / "secrets" / "site"
    made = site_secret(url, {"IW_SITE_SECRET_FILE": str(file)})
    assert read_or_make_secret(file) == made
    given = {"IW_SITE_SECRET": f" {SECRET.hex()}\n", "IW_SITE_SECRET_FILE": str(file)}
    assert site_secret(url, given) == SECRET
    assert not secret_file(url).exists()
    assert site_secret(url, {}) != made
    assert secret_file(url).exists()


def test_on_a_servers_database_web_processes_share_a_secret_only_if_one_is_given() -> None:
    server = "postgresql://watch@db.example/watch"
    assert not is_shared(server, {"IW_SITE_SECRET": " "})
    assert is_shared(server, {"IW_SITE_SECRET": SECRET.hex()})
    assert is_shared(server, {"IW_SITE_SECRET_FILE": "/run/secrets/site"})
    assert is_shared("sqlite:////srv/journal.db", {})


@pytest.mark.parametrize("given", ["short", SECRET.hex()[:-2], "zz" * 32])
def test_a_given_secret_that_is_none_is_refused_without_being_repeated(given: str) -> None:
    with pytest.raises(StoreError, match="openssl rand -hex 32") as refused:
        site_secret("sqlite://", {"IW_SITE_SECRET": given})
    assert given not in str(refused.value)


def test_the_secret_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    read_or_make_secret(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o640)
    with pytest.raises(StoreError, match="may be read by others on this machine"):
        read_or_make_secret(file)


@pytest.mark.parametrize("content", [b"", b"short", b"zz" * 32, b"\xff\xfe", b"00" * 31])
def test_a_file_that_holds_no_secret_is_not_used_and_not_overwritten(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "secret"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(StoreError, match="does not hold the secret that signs cookies"):
        read_or_make_secret(file)
    assert file.read_bytes() == content


def test_a_secret_that_cannot_be_read_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir(mode=0o700)
    with pytest.raises(StoreError, match="cannot be used"):
        read_or_make_secret(tmp_path / "secret")


def test_the_secret_lies_beside_the_journal_or_in_the_users_data_folder(tmp_path: Path) -> None:
    assert secret_file(f"sqlite:///{tmp_path}/a.db") == tmp_path / "a.db.secret"
    assert secret_file("postgresql://server/base").is_relative_to(os.environ["HOME"])


def test_of_two_programs_that_start_at_once_both_have_the_same_secret(tmp_path: Path) -> None:
    found: list[bytes] = []
    start = threading.Barrier(4)

    def run() -> None:
        start.wait()
        found.append(read_or_make_secret(tmp_path / "secret"))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
