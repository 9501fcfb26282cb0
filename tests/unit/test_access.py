"""The rules of access: roles, names, passwords, lock-out, sessions, cookies, and where a browser may be sent."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, cast

import argon2
import pytest

import iw_monitor.access
from iw_monitor.access import lockout, sessions
from iw_monitor.access.bound import is_loopback
from iw_monitor.access.codes import MEANINGS
from iw_monitor.access.hashing import Hasher
from iw_monitor.access.local_path import local_path
from iw_monitor.access.lockout import Counted, Place
from iw_monitor.access.names import checked_display_name, checked_name
from iw_monitor.access.passwords import check_password
from iw_monitor.access.sessions import Signer
from iw_monitor.errors import AccessDeniedError, InputError
from iw_monitor.model.accounts import Actor, Attempts, Role, Session
from iw_monitor.service.permission import require
from tests.accounts_site import PASSWORD, QUICK, SECRET
from tests.builders import MONDAY

SECOND = timedelta(seconds=1)


def an_actor(**roles: Role) -> Actor:
    return Actor(name="ada", display_name="Ada", roles=roles, via="local")


def codes_of(password: str, name: str = "ada", shown: str = "") -> list[str]:
    try:
        check_password(password, name=name, display_name=shown)
    except InputError as error:
        assert not password or password not in str(error)
        return [one.code for one in error.findings]
    return []


# --- Roles ---


def test_each_role_may_do_all_that_the_ones_before_it_may() -> None:
    assert list(Role) == sorted(Role) == [Role.VIEWER, Role.EDITOR, Role.APPROVER, Role.ADMIN]
    for held in Role:
        for asked in Role:
            assert an_actor(harbour=held).may(asked, "harbour") is (held >= asked)


def test_a_role_on_one_pack_is_none_on_another_and_a_star_stands_for_all() -> None:
    assert not an_actor(harbour=Role.ADMIN).may(Role.VIEWER, "desert")
    everywhere = Actor(name="ada", display_name="Ada", roles={"*": Role.VIEWER, "harbour": Role.EDITOR}, via="local")
    assert everywhere.may(Role.VIEWER, "desert")
    assert not everywhere.may(Role.EDITOR, "desert")
    assert everywhere.may(Role.EDITOR, "harbour")


def test_the_roles_of_an_actor_cannot_be_changed_afterwards() -> None:
    given = {"harbour": Role.VIEWER}
    actor = Actor(name="ada", display_name="Ada", roles=given, via="local")
    given["harbour"] = Role.ADMIN
    assert not actor.may(Role.EDITOR, "harbour")
    with pytest.raises(TypeError):
        cast("Any", actor.roles)["harbour"] = Role.ADMIN


@pytest.mark.parametrize("word", ["", "root", "*", "5"])
def test_a_word_that_is_no_role_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="is not a role; use one of viewer, editor, approver, admin"):
        Role.named(word)


def test_a_viewer_may_not_write_and_is_told_what_would_let_them() -> None:
    viewer = an_actor(harbour=Role.VIEWER)
    with pytest.raises(AccessDeniedError, match="Ada does not have the role editor on harbour"):
        require(viewer, Role.EDITOR, "harbour")
    assert require(viewer, Role.VIEWER, "harbour") is viewer


def test_nobody_may_nothing() -> None:
    with pytest.raises(AccessDeniedError, match="Sign in first"):
        require(None, Role.VIEWER, "harbour")


# --- Names ---


@pytest.mark.parametrize(
    ("typed", "kept"), [("ada", "ada"), (" Ada\n", "ada"), ("a.b-c_d@e.example", "a.b-c_d@e.example")]
)
def test_a_name_is_kept_in_lower_case(typed: str, kept: str) -> None:
    assert checked_name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", " ", "<script>alert(1)</script>", "a b", "-ada", "ada.", "\u0430da", "x" * 65, "a\x00b", "ad\ud800"],
)
def test_a_name_with_anything_else_in_it_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="A101"):
        checked_name(typed)


def test_a_displayed_name_may_be_in_any_script_but_holds_nothing_that_does_not_print() -> None:
    assert checked_display_name(" Ada Łovelace 愛 ", name="ada") == "Ada Łovelace 愛"
    assert checked_display_name("", name="ada") == "ada"
    for bad in ("x" * 81, "Ada\u202eevil", "a\x00", "a\nb"):
        with pytest.raises(InputError, match="A102"):
            checked_display_name(bad, name="ada")


# --- Passwords ---


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "correct horse battery staple", "x7#Qm-vv02,Lp", "grüne Äpfel 17 €", "愛の鐘は七つ鳴りやまぬ夜明"],
)
def test_a_long_password_of_any_signs_is_fine(password: str) -> None:
    assert codes_of(password) == []


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "A111"),
        ("eleven char", "A111"),
        ("x7" * 200 + "abcdefgh", "A112"),
        ("ada-lovelace-1815", "A113"),
        ("my LOVELACE key", "A113"),
        ("passwordpassword", "A114"),
        ("Password1234!", "A114"),
        ("P@ssw0rd2024!!", "A114"),
        ("qwertyuiop12", "A114"),
        ("abcdefghijkl", "A114"),
        ("lkjihgfedcba", "A114"),
        ("123456789012", "A114"),
        ("aaaaaaaaaaaa", "A114"),
        ("abc1abc1abc1", "A114"),
        ("changeme-2024", "A114"),
        ("iw-monitor-2024", "A114"),
        ("with a\x00 zero in it", "A115"),
        ("half a letter \ud800", "A115"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_without_being_repeated(password: str, code: str) -> None:
    assert code in codes_of(password, name="ada", shown="Ada Lovelace")


def test_every_code_has_a_meaning() -> None:
    folder = Path(iw_monitor.access.__file__).parent
    used = {
        node.value
        for path in (*folder.glob("*.py"), *(folder.parent / "service" / name for name in ("accounts.py", "tokens.py")))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value[:1] == "A"
        and len(node.value) == 4
        and node.value[1:].isdigit()
    }
    assert used == set(MEANINGS)


# --- Hashing ---


def test_a_password_matches_its_hash_and_no_other() -> None:
    kept = QUICK.hash(PASSWORD)
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
    assert kept != QUICK.hash(PASSWORD)  # salted
    assert QUICK.matches(PASSWORD, kept)
    assert not QUICK.matches(PASSWORD + "x", kept)
    assert not QUICK.matches("", kept)


def test_a_letter_matches_however_the_keyboard_composed_it() -> None:
    assert QUICK.matches("u\u0308ber alle sieben Berge", QUICK.hash("\u00fcber alle sieben Berge"))


@pytest.mark.parametrize("kept", [None, "", "not a hash", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"])
def test_what_is_no_hash_matches_nothing(kept: str | None) -> None:
    assert not QUICK.matches("", kept)
    assert not QUICK.matches(PASSWORD, kept)


@pytest.mark.parametrize("password", ["x" * 100_000, "\ud800" * 12, "\x00" * 12])
def test_absurd_passwords_are_wrong_ones(password: str) -> None:
    assert not QUICK.matches(password, QUICK.hash(PASSWORD))


def test_the_shipped_parameters_are_those_of_the_standard_and_older_ones_are_renewed() -> None:
    # RFC 9106, section 4, second recommended option: argon2id, t=3, p=4, m=64 MiB.
    kept = Hasher().hash(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert not Hasher().is_outdated(kept)
    assert Hasher().is_outdated(QUICK.hash(PASSWORD))


class CountingArgon(argon2.PasswordHasher):
    """Counts how often something was verified, and with which parameters."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.verified.append(str(hash).rpartition("$")[0].rpartition("$")[0])
        return super().verify(hash, password)


def test_an_unknown_user_costs_as_much_work_as_a_wrong_password() -> None:
    counting = CountingArgon()
    hasher = Hasher(counting)
    kept = hasher.hash(PASSWORD)
    hasher.matches("a wrong password", kept)
    hasher.matches("a wrong password", None)
    assert len(counting.verified) == 2
    assert counting.verified[0] == counting.verified[1]


# --- Lock-out ---


def test_waits_begin_after_a_few_failures_double_and_have_an_end() -> None:
    waits = [
        lockout.wait_after(Counted.ACCOUNT, count).total_seconds() for count in (0, 4, 5, 6, 7, 8, 9, 10, 11, 9_999)
    ]
    assert waits == [0, 0, 30, 60, 120, 240, 480, 900, 900, 900]


def test_many_people_behind_one_address_have_more_attempts_together() -> None:
    assert not lockout.wait_after(Counted.ADDRESS, 19)
    assert lockout.wait_after(Counted.ADDRESS, 20)


PLACE = Place(Counted.ACCOUNT, 1)


def test_the_wait_counts_from_the_last_failure() -> None:
    held = {PLACE: Attempts(failures=5, last_at=MONDAY)}
    assert lockout.locked_until(held, MONDAY + 29 * SECOND) == MONDAY + 30 * SECOND
    assert lockout.locked_until(held, MONDAY + 30 * SECOND) is None
    assert lockout.locked_until({}, MONDAY) is None


def test_a_clock_that_was_set_back_locks_nobody_out_for_long() -> None:
    held = {PLACE: Attempts(failures=5, last_at=MONDAY + timedelta(days=400))}
    assert lockout.locked_until(held, MONDAY) == MONDAY + lockout.LONGEST_WAIT


def test_failures_are_forgotten_after_a_quiet_day() -> None:
    many = Attempts(failures=50, last_at=MONDAY)
    assert lockout.one_more(many, MONDAY + timedelta(hours=23)).failures == 51
    assert lockout.one_more(many, MONDAY + timedelta(hours=24)).failures == 1


def test_memory_for_failures_is_fixed_and_nobody_can_tell_which_names_share_a_place() -> None:
    names = [f"user{number}" for number in range(2_000)]
    here = {lockout.places(name=name, address="", secret=SECRET)[0].number for name in names}
    there = {lockout.places(name=name, address="", secret=b"another secret")[0].number for name in names}
    assert max(here | there) < lockout.PLACES
    assert len(here) > 1_900  # few share a place
    assert len(here & there) < 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("no address", "none either", False),
    ],
)
def test_an_ipv6_subscriber_is_one_address(one: str, other: str, same: bool) -> None:
    first, second = (lockout.places(name="", address=text, secret=SECRET)[1] for text in (one, other))
    assert (first == second) is same


# --- Sessions and cookies ---


def a_session(**changes: Any) -> Session:
    ordinary: dict[str, Any] = {
        "key": "0" * 64,
        "user": "ada",
        "begun_at": MONDAY,
        "used_at": MONDAY,
        "ends_at": MONDAY + sessions.LONGEST,
    }
    return Session(**ordinary | changes)


def test_a_session_ends_after_a_watch_without_use() -> None:
    assert sessions.is_alive(a_session(), MONDAY + sessions.IDLE - SECOND)
    assert not sessions.is_alive(a_session(), MONDAY + sessions.IDLE)


def test_a_session_ends_in_the_end_however_much_it_is_used() -> None:
    used = a_session(used_at=MONDAY + sessions.LONGEST - SECOND)
    assert sessions.is_alive(used, MONDAY + sessions.LONGEST - SECOND)
    assert not sessions.is_alive(used, MONDAY + sessions.LONGEST)


def test_a_session_that_was_signed_out_is_over() -> None:
    assert not sessions.is_alive(a_session(ended_at=MONDAY), MONDAY)


def test_the_id_of_a_session_has_256_random_bits_and_only_its_hash_is_kept() -> None:
    ids = {sessions.new_session_id() for _ in range(100)}
    assert len(ids) == 100
    assert {len(one) for one in ids} == {43}
    one = ids.pop()
    assert one not in repr(sessions.begin(one, "ada", MONDAY))


def test_a_cookie_that_we_signed_gives_the_session_back() -> None:
    signer = Signer(SECRET)
    session_id = sessions.new_session_id()
    assert signer.session_id(signer.cookie_value(session_id)) == session_id
    assert repr(signer) == object.__repr__(signer)  # not the secret


def forged(value: str) -> list[str | None]:
    session_id, signature = value.split(".")
    other = sessions.new_session_id()
    return [
        None, "", ".", session_id, f"{session_id}.", f"{other}.{signature}", f"{session_id}.{signature[:-1]}0x",
        f"{session_id}.{'0' * 64}", value.upper(), value + " ", f"{value}\n",
        Signer(bytes(32)).cookie_value(session_id),
        "ü" * 43 + "." + signature, f"{session_id}.{Signer(SECRET).token('/auth/login', session_id)}",
    ]  # fmt: skip


def test_a_cookie_that_we_did_not_sign_is_nobody() -> None:
    signer = Signer(SECRET)
    for value in forged(signer.cookie_value(sessions.new_session_id())):
        assert signer.session_id(value) is None, value


def test_two_sites_on_one_machine_have_cookies_of_different_names() -> None:
    assert Signer(SECRET).cookie_name != Signer(bytes(32)).cookie_name


def test_a_secret_that_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        Signer(b"short")


def test_a_forms_token_holds_for_one_form_and_one_browser() -> None:
    signer = Signer(SECRET)
    token = signer.token("/auth/login", "browser")
    assert signer.is_token(token, "/auth/login", "browser")
    assert not signer.is_token(token, "/auth/logout", "browser")
    assert not signer.is_token(token, "/auth/login", "another")
    assert not signer.is_token("", "/auth/login", "browser")
    assert not signer.is_token("\ud800ü", "/auth/login", "browser")


# --- Where the server listens, and where a browser is sent ---


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_loopback_is_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "::", "192.168.1.5", "example.org", "localhost.example.org", "127.0.0.1.nip.io"]
)
def test_everything_else_is_reached_by_others(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("path", ["/", "/why", "/why?problem=war&as_of=2024-01-31T18:00Z", "/a%20b?x=%C3%A9"])
def test_a_path_of_this_site_is_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "why", "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
        "/%2fevil.example", "/%5cevil.example", "/\tevil", "/\n/evil.example", "/%0d%0aLocation:%20//evil.example",
        "javascript:alert(1)", "/auth/logout", "/auth/login?next=/", "/" + "x" * 3_000, "/\u2028", " //evil.example",
        "http:evil.example", "/x\\..\\\\evil", "/.\\evil", "/\x00",
    ],
)  # fmt: skip
def test_no_other_address_is_ever_gone_to(path: str) -> None:
    assert local_path(path) == "/"
