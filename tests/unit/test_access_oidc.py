"""Signing in at an identity provider becomes a session of ours; Streamlit's own cookie opens nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from streamlit import auth_util
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from iw_monitor.access.claims import ClaimRules
from iw_monitor.access.role_table import RoleTable
from iw_monitor.errors import InputError
from iw_monitor.model.accounts import Identity, Role, Way
from iw_monitor.service.sign_in_settings import OidcSettings, SignIn
from iw_monitor.store.journal import Journal
from iw_monitor.web.gate import Gate
from iw_monitor.web.guard import Guard
from iw_monitor.web.oidc_door import OidcDoor
from iw_monitor.web.sign_in import SignInPages
from iw_monitor.web.streamlit_sign_in import claims_in
from tests.accounts_site import Clock, accounts_on, add, admission_of
from tests.unit.test_access_web import ORIGIN, Browser, _secret_socket

SCRIPT = "<script>alert(1)</script>"
USER = "_streamlit_user"
PROVIDER = "https://id.example/authorize?state=1"


def settings(**tables: dict[str, Role]) -> OidcSettings:
    rules = ClaimRules(
        client_id="iw",
        roles_claim="groups",
        name_claim="preferred_username",
        display_name_claim="name",
        longest=timedelta(hours=8),
        table=RoleTable(tables or {"*": {"desk": Role.EDITOR, "watch": Role.VIEWER}}),
    )
    return OidcSettings(
        metadata_url="https://id.example/x",
        client_id="iw",
        client_secret="s",
        label=f"Example {SCRIPT}",
        scope="openid",
        rules=rules,
    )


def cookies_for(user: dict[str, Any] | None) -> list[tuple[str, str]]:
    """Return the cookies that the installed Streamlit would set for whom a provider named."""
    made: list[tuple[str, str]] = []

    def sign(name: str, text: str) -> bytes:
        return create_signed_value(get_cookie_secret(), name, text)

    if user is not None:
        said = {**user, "origin": ORIGIN, "is_logged_in": True, "provider": "default"}
        auth_util.set_cookie_with_chunks(
            lambda name, text: made.append((name, sign(name, text).decode())), sign, USER, said, cookie_attr_size=60
        )
    return made


@dataclass
class House:
    """A guarded application that answers as Streamlit's routes do, and believes a provider."""

    journal: Journal
    clock: Clock
    sign_in: SignIn = field(default_factory=lambda: SignIn(way=Way.OIDC, oidc=settings()))
    claims: dict[str, Any] | None = None  # of whoever comes back next
    reached: bool = True  # whether the provider answers

    @property
    def app(self) -> Starlette:
        accounts = accounts_on(self.journal, self.clock)
        admission = admission_of(
            accounts, pack="harbour", bound_to="0.0.0.0", sign_in=self.sign_in, clock=self.clock, public_url=ORIGIN
        )
        routes = [
            *SignInPages(admission).ways_out,
            Route("/auth/login", self._login),
            Route("/oauth2callback", self._callback),
            Route("/{rest:path}", self._page),
            WebSocketRoute("/_stcore/stream", _secret_socket),
        ]
        guard = Middleware(Guard, bound_to="0.0.0.0", scripts=())
        door = Middleware(OidcDoor, admission=admission, label="Example " + SCRIPT, address=ORIGIN)
        return Starlette(routes=routes, middleware=[guard, Middleware(Gate, admission=admission), door])

    async def _login(self, request: Request) -> Response:
        if not self.reached or "provider" not in request.query_params:
            return PlainTextResponse("Authentication error", status_code=400)
        answer = RedirectResponse(PROVIDER, status_code=302)
        answer.set_cookie("_streamlit_session", "state")
        return answer

    async def _callback(self, _request: Request) -> Response:
        answer = RedirectResponse("/", status_code=302)
        for name, value in cookies_for(self.claims):
            answer.set_cookie(name, value, max_age=30 * 24 * 3_600)
        return answer

    async def _page(self, request: Request) -> Response:
        return PlainTextResponse(f"the secret page, sent with {sorted(request.cookies)}")

    def told(self, **changes: Any) -> dict[str, Any]:
        usual = {
            "iss": "https://id.example",
            "sub": "8a01",
            "aud": "iw",
            "iat": int(self.clock.now.timestamp()),
            "preferred_username": "ada",
            "name": "Ada L.",
            "groups": ["desk"],
        }
        return usual | changes

    def sign_in_as(self, browser: Browser, goal: str = "/", **changes: Any) -> Any:
        self.claims = self.told(**changes)
        browser.get(f"/auth/oidc?next={goal}")
        return browser.get("/oauth2callback?code=1&state=1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(clock: Clock) -> Iterator[Journal]:
    with Journal.open("sqlite://", clock=clock) as opened:
        yield opened


@pytest.fixture
def house(journal: Journal, clock: Clock) -> House:
    return House(journal, clock)


# --- What Streamlit says ---


@pytest.mark.parametrize("groups", [["desk"], [sha256(bytes([one])).hexdigest() for one in range(200)]])
def test_the_claims_are_those_the_installed_streamlit_signed_however_many_cookies_they_take(groups: list[str]) -> None:
    said = {"iss": "i", "sub": "s", "groups": groups}
    made = cookies_for(said)
    assert (len(made) > 1) is (len(groups) > 1)
    assert claims_in([f"{name}={value}; Path=/; HttpOnly" for name, value in made]) == said


@pytest.mark.parametrize("value", ["", "x", "e30.x.y", "e30.aBcDeF.forged"])
def test_a_cookie_that_streamlit_did_not_sign_says_nothing(value: str) -> None:
    assert claims_in([f"{USER}={value}; Path=/"]) is None
    assert claims_in([]) is None


def test_a_cookie_signed_under_another_name_says_nothing() -> None:
    ((_, value),) = cookies_for({"iss": "i", "sub": "s"})
    assert claims_in([f"{USER}={value}"]) is not None
    assert claims_in([f"{USER}={create_signed_value(get_cookie_secret(), 'other', 'x').decode()}"]) is None


# --- In ---


def test_nobody_sees_anything_before_and_the_way_leads_to_the_provider_and_back_to_the_page(house: House) -> None:
    browser = Browser(house.app)
    answer = browser.get("/why?problem=war")
    assert answer.headers["location"] == "/auth/login?next=%2Fwhy%3Fproblem%3Dwar"
    assert browser.socket() == "websocket.close"
    page = browser.get(answer.headers["location"])
    assert '<a class="button" href="/auth/oidc?next=%2Fwhy%3Fproblem%3Dwar">' in page.body
    assert SCRIPT not in page.body
    assert browser.get("/auth/oidc?next=%2Fwhy%3Fproblem%3Dwar").headers["location"] == PROVIDER
    house.claims = house.told()
    answer = browser.get("/oauth2callback?code=1&state=1")
    assert (answer.status, answer.headers["location"]) == (303, "/why?problem=war")
    assert browser.get("/why?problem=war").body.startswith("the secret page")
    assert browser.socket() == "websocket.accept"
    assert browser.get("/auth/login?next=/why").headers["location"] == "/why"


def test_the_browser_gets_our_session_and_never_the_cookie_of_thirty_days(house: House) -> None:
    browser = Browser(house.app)
    house.sign_in_as(browser)
    names = {name.rpartition("_")[0] if name.startswith("iw_") else name for name in browser.cookies}
    assert names == {"iw_session", "_streamlit_session"}


@pytest.mark.parametrize("goal", ["https://evil.example", "//evil.example", "/\\evil.example", "/auth/logout"])
def test_after_signing_in_nobody_is_led_to_another_site(house: House, goal: str) -> None:
    browser = Browser(house.app)
    assert house.sign_in_as(browser, goal).headers["location"] == "/"
    name = next(one for one in browser.cookies if one.startswith("iw_session")).replace("session", "goal")
    browser.cookies[name] = goal
    house.claims = house.told()
    assert browser.get("/oauth2callback?code=1&state=1").headers["location"] == "/"


def test_under_another_name_one_is_sent_to_the_name_that_the_provider_knows(house: House) -> None:
    browser = Browser(house.app, host="localhost:8501", origin="http://localhost:8501")
    for path in ("/auth/login", "/auth/oidc"):
        assert browser.get(f"{path}?next=%2Fwhy").headers["location"] == f"{ORIGIN}{path}?next=%2Fwhy"


def test_a_provider_that_does_not_answer_is_said(house: House) -> None:
    house.reached = False
    answer = Browser(house.app).get("/auth/oidc")
    assert answer.status == 502
    assert "does not answer" in answer.body


def test_what_a_visitor_adds_to_the_way_out_reaches_nobody(house: House) -> None:
    house.reached = True
    assert Browser(house.app).get("/auth/oidc?provider=forged&next=/").headers["location"] == PROVIDER


def test_only_reading_is_possible_there(house: House) -> None:
    for path in ("/auth/login", "/auth/oidc", "/oauth2callback"):
        assert Browser(house.app).post(path, {}).status == 405


# --- Roles and names ---


def test_no_match_is_no_access_and_nothing_is_written_of_a_stranger(house: House, journal: Journal) -> None:
    browser = Browser(house.app)
    answer = house.sign_in_as(browser, groups=["kitchen"], name=SCRIPT)
    assert answer.status == 403
    assert "<h1>No access</h1>" in answer.body
    assert "has no role on this monitor" in answer.body
    assert SCRIPT not in answer.body
    assert not any(name.startswith("iw_session") for name in browser.cookies)
    assert browser.get("/").status == 303
    assert journal.position() == 0


def test_a_shape_that_is_not_known_is_refused_and_logged(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "iw_monitor.sign_in"):
        answer = house.sign_in_as(Browser(house.app), groups={"desk": True}, sub="8a\u20229")
    assert answer.status == 403
    assert "groups is not a text or a list of texts" in answer.body
    assert "groups is not a text" in caplog.text
    assert "'8a" in caplog.text


def test_who_lost_the_role_at_the_provider_loses_every_session_here(house: House) -> None:
    old, new = Browser(house.app), Browser(house.app)
    house.sign_in_as(old)
    assert old.get("/").status == 200
    assert house.sign_in_as(new, groups=["kitchen"]).status == 403
    assert old.get("/").status == 303


def test_two_people_of_one_name_stay_two_and_the_first_name_in_the_journal_stays(
    house: House, journal: Journal, clock: Clock
) -> None:
    accounts = accounts_on(journal, clock)
    add(accounts, "ada")  # with a password, from before
    house.sign_in_as(Browser(house.app), sub="8a01")
    house.sign_in_as(Browser(house.app), sub="8a05")
    house.sign_in_as(Browser(house.app), sub="8a01", preferred_username="boss", name="The Boss")
    assert [(one.name, one.display_name, one.identity) for one in accounts.users()] == [
        ("ada", "ada", None),
        ("ada-2", "The Boss", Identity("https://id.example", "8a01")),
        ("ada-3", "Ada L.", Identity("https://id.example", "8a05")),
    ]


def test_the_same_subject_at_another_provider_is_somebody_else(house: House, journal: Journal, clock: Clock) -> None:
    house.sign_in_as(Browser(house.app))
    house.sign_in_as(Browser(house.app), iss="https://other.example")
    assert [one.name for one in accounts_on(journal, clock).users()] == ["ada", "ada-2"]


def test_nobody_gets_the_name_under_which_the_monitor_itself_writes(
    house: House, journal: Journal, clock: Clock
) -> None:
    house.sign_in_as(Browser(house.app), preferred_username="sign-in")
    assert [one.name for one in accounts_on(journal, clock).users()] == ["sign-in-2"]


def test_password_and_role_of_somebody_vouched_for_are_not_changed_here(
    house: House, journal: Journal, clock: Clock
) -> None:
    house.sign_in_as(Browser(house.app))
    accounts = accounts_on(journal, clock)
    with pytest.raises(InputError, match=r"A204 name: ada signs in at https://id\.example"):
        accounts.set_password("ada", "seven grey herons", author="root", via="cli")
    with pytest.raises(InputError, match="A204"):
        accounts.set_role("ada", Role.ADMIN, pack="*", author="root", via="cli")
    assert not accounts.has_users()  # nobody with a password


# --- Out ---


def test_the_session_ends_at_the_limit_counted_from_the_token_however_busy_it_is(house: House, clock: Clock) -> None:
    browser = Browser(house.app)
    house.sign_in_as(browser, iat=int(clock.now.timestamp()) - 2 * 3_600)
    for _ in range(11):
        clock.move(minutes=30)
        assert browser.get("/").status == 200
    clock.move(minutes=30)
    assert browser.get("/").status == 303


def test_an_old_token_lets_nobody_in(house: House, clock: Clock) -> None:
    answer = house.sign_in_as(Browser(house.app), iat=int(clock.now.timestamp()) - 8 * 3_600)
    assert answer.status == 403
    assert "too old" in answer.body


def test_signed_out_everywhere_or_disabled_every_browser_is_out(house: House, journal: Journal, clock: Clock) -> None:
    accounts = accounts_on(journal, clock)
    here, there = Browser(house.app), Browser(house.app)
    for browser in (here, there):
        house.sign_in_as(browser)
    here.sign_out("/auth/logout-everywhere")
    assert there.get("/").status == 303
    house.sign_in_as(there)
    accounts.sign_out_user("ada", author="root", via="cli")
    assert there.get("/").status == 303
    house.sign_in_as(there)
    accounts.disable("ada", author="root", via="cli")
    assert there.get("/").status == 303
    assert house.sign_in_as(there).status == 403


# --- Trying to get in ---


def test_a_streamlit_cookie_opens_nothing_even_one_that_streamlit_signed(house: House) -> None:
    browser = Browser(house.app)
    browser.cookies |= dict(cookies_for(house.told()))
    assert browser.get("/").status == 303
    assert browser.socket() == "websocket.close"
    browser.get("/auth/oidc")
    assert not any(name.startswith("iw_session") for name in browser.cookies)


def test_no_browser_can_tell_streamlit_who_it_is(house: House) -> None:
    browser = Browser(house.app)
    house.sign_in_as(browser)
    forged = (USER, f"{USER}_1", f"{USER}_tokens", f"{USER}_tokens_1")
    browser.cookies |= dict.fromkeys(forged, "x")
    assert not [name for name in forged if f"'{name}'" in browser.get("/").body]


def test_a_callback_that_streamlit_refuses_signs_nobody_in(house: House) -> None:
    browser = Browser(house.app)
    house.claims = None
    answer = browser.get("/oauth2callback?code=stolen&state=guessed")
    assert answer.status == 403
    assert "did not sign you in" in answer.body
    assert browser.get("/").status == 303


def test_a_session_of_an_account_with_a_password_is_none_where_a_provider_vouches(
    house: House, journal: Journal, clock: Clock
) -> None:
    accounts = accounts_on(journal, clock)
    add(accounts, "root", Role.ADMIN)
    browser = Browser(house.app)
    browser.cookies[accounts.cookie_name] = accounts.sign_in("root", "seven grey herons", address="x")
    assert browser.get("/").status == 303


def test_a_session_that_a_provider_vouched_for_is_none_where_passwords_count(house: House) -> None:
    browser = Browser(house.app)
    house.sign_in_as(browser)
    house.sign_in = SignIn()
    browser.app = house.app
    assert browser.get("/").status == 303
