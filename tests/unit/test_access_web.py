"""The sign-in routes and the gate, asked as a browser and as somebody who wants to get in would ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Scope
from starlette.websockets import WebSocket

from iw_monitor.errors import ServerError, StoreError
from iw_monitor.model.accounts import Role
from iw_monitor.service.accounts import Accounts
from iw_monitor.service.unusable import TOLD_TO_STRANGERS
from iw_monitor.store.journal import Journal
from iw_monitor.web import Admission, build_app
from iw_monitor.web.admission import LOGIN
from iw_monitor.web.gate import Gate
from iw_monitor.web.guard import Guard
from iw_monitor.web.sign_in import SignInPages
from tests.accounts_site import PASSWORD, Clock, accounts_on, add, admission_of
from tests.apart import run_apart

ORIGIN = "http://127.0.0.1:8501"
SCRIPT = "<script>alert(1)</script>"


async def _secret_page(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("the secret page")


async def _secret_socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: str


@dataclass
class Browser:
    """Asks an application, keeps its cookies, and fills in its forms."""

    app: ASGIApp
    cookies: dict[str, str] = field(default_factory=dict)
    host: str = "127.0.0.1:8501"
    origin: str = ORIGIN

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, b"", {"accept": "text/html", **headers})

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        body = urlencode(fields).encode()
        usual = {"content-type": "application/x-www-form-urlencoded", "origin": self.origin}
        return self._ask("POST", path, body, {name: text for name, text in (usual | headers).items() if text})

    def sign_in(self, name: str = "ada", password: str = PASSWORD, goal: str = "/") -> Answer:
        token = token_of(self.get("/auth/login").body)
        return self.post("/auth/login", {"name": name, "password": password, "token": token, "next": goal})

    def sign_out(self, path: str = "/auth/logout") -> Answer:
        page = self.get("/auth/logout").body
        form = re.search(rf'action="{path}">.*?name="token" value="(\w+)"', page)
        assert form, page
        return self.post(path, {"token": form[1]})

    def socket(self) -> str:
        """Return what a socket was answered with."""
        scope = self._scope("websocket", "/_stcore/stream", {"origin": self.origin})
        return str(self._run(scope, [{"type": "websocket.connect"}])[0]["type"])

    def _scope(self, kind: str, path: str, headers: dict[str, str]) -> Scope:
        asked = {"host": self.host, **headers}
        if self.cookies:
            asked["cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        plain, _, query = path.partition("?")
        return {
            "type": kind,
            "path": plain,
            "raw_path": plain.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), text.encode()) for name, text in asked.items()],
            "client": ("192.0.2.7", 1),
            "server": ("127.0.0.1", 8501),
            "scheme": "http",
            "http_version": "1.1",
            "extensions": {},
        }

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        scope = {**self._scope("http", path, headers), "method": method}
        start, *rest = self._run(scope, [{"type": "http.request", "body": body, "more_body": False}])
        found = [(name.decode(), text.decode()) for name, text in start["headers"]]
        given = [text for name, text in found if name == "set-cookie"]
        for one in given:
            for name, morsel in SimpleCookie(one).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]
        text = b"".join(one.get("body", b"") for one in rest).decode()
        return Answer(start["status"], dict(found), given, text)

    def _run(self, scope: Scope, messages: list[Message]) -> list[Message]:
        sent: list[Message] = []

        async def receive() -> Message:
            return messages.pop(0) if messages else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        async def ask() -> None:
            await self.app(scope, receive, send)

        run_apart(ask())
        return sent


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    return found[1] if found else ""


@dataclass
class House:
    """A guarded application with accounts."""

    admission: Admission

    @property
    def app(self) -> Starlette:
        pages = SignInPages(self.admission)
        routes = [*pages.routes, Route("/{rest:path}", _secret_page), WebSocketRoute("/_stcore/stream", _secret_socket)]
        guard = Middleware(Guard, bound_to=self.admission.bound_to, scripts=(), known_as=self.admission.known_as)
        return Starlette(routes=routes, middleware=[guard, Middleware(Gate, admission=self.admission)])

    def browser(self, **changes: Any) -> Browser:
        return Browser(self.app, **changes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(clock: Clock) -> Iterator[Journal]:
    with Journal.open("sqlite://", clock=clock) as opened:
        yield opened


@pytest.fixture
def house(journal: Journal, clock: Clock) -> House:
    """Return an application that other machines reach, with one editor."""
    accounts = accounts_on(journal, clock)
    add(accounts, "ada", Role.EDITOR)
    return House(admission_of(accounts, pack="harbour", bound_to="0.0.0.0"))


@pytest.fixture
def local(house: House) -> House:
    """Return the same on loopback."""
    accounts = house.admission.accounts
    return House(admission_of(accounts, pack="harbour", bound_to="127.0.0.1"))


# --- Looking ---


def test_on_loopback_everybody_may_look(local: House) -> None:
    assert local.browser().get("/").body == "the secret page"
    assert local.browser().socket() == "websocket.accept"


def test_reached_by_others_nobody_may_look_before_signing_in(house: House) -> None:
    browser = house.browser()
    answer = browser.get("/why?problem=war")
    assert (answer.status, answer.headers["location"]) == (303, "/auth/login?next=%2Fwhy%3Fproblem%3Dwar")
    assert browser.socket() == "websocket.close"
    browser.sign_in()
    assert browser.get("/why?problem=war").body == "the secret page"
    assert browser.socket() == "websocket.accept"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/app/static/x.png",
            "/static/../why",
            "/static",
            "/why/static/x.js",
            "/_stcore/health",
            "/media/x.png",
            "/healthz/x",
        ),
        *("/auth/", "/auth/login/", "/auth/login/../..", "//auth/login", "/AUTH/LOGIN", "/auth/style.css/x"),
    ],
)
def test_nothing_but_the_sign_in_pages_and_the_probe_is_open(house: House, path: str) -> None:
    assert "secret" not in house.browser().get(path).body


def test_a_program_is_told_that_it_may_not(house: House) -> None:
    assert house.browser().get("/_stcore/host-config", accept="application/json").status == 401
    assert house.browser().post("/_stcore/upload", {}).status == 401


def test_a_forged_address_of_this_machine_opens_nothing(house: House) -> None:
    forged = {
        "x-forwarded-for": "127.0.0.1",
        "x-real-ip": "127.0.0.1",
        "forwarded": "for=127.0.0.1",
        "x-iw-user": "ada",
    }
    assert house.browser().get("/", **forged).status == 303


def test_who_has_no_role_on_the_pack_may_not_look_and_is_not_sent_in_circles(house: House) -> None:
    add(house.admission.accounts, "eve", Role.ADMIN, pack="desert", shown=SCRIPT)
    browser = house.browser()
    browser.sign_in("eve")
    answer = browser.get("/")
    assert answer.status == 403
    assert "has no role on the pack harbour" in answer.body
    assert SCRIPT not in answer.body
    assert browser.socket() == "websocket.close"


def test_a_proxy_in_front_means_that_others_reach_it_also_on_loopback(house: House) -> None:
    admission = admission_of(
        house.admission.accounts, pack="harbour", bound_to="127.0.0.1", public_url="https://watch.example"
    )
    browser = House(admission).browser(host="watch.example", origin="https://watch.example")
    assert browser.get("/").status == 303
    answer = browser.sign_in()
    assert answer.status == 303
    assert all("Secure" in one for one in answer.cookies)
    assert browser.get("/").body == "the secret page"
    assert House(admission).browser(host="evil.example").get("/auth/login").status == 400


def test_without_accounts_no_application_is_made_for_others() -> None:
    with pytest.raises(ServerError, match="there is no sign-in"):
        build_app(packs=[Path("x")], database_url="", demo=False, host="0.0.0.0")


# --- Signing in ---


def test_signing_in_goes_on_to_where_one_was_going(house: House) -> None:
    browser = house.browser()
    answer = browser.sign_in(goal="/why?problem=war")
    assert (answer.status, answer.headers["location"]) == (303, "/why?problem=war")
    (cookie,) = answer.cookies
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/;" in cookie
    assert "Secure" not in cookie  # this server speaks no TLS
    assert browser.get("/auth/login?next=/why").headers["location"] == "/why"  # signed in already


@pytest.mark.parametrize("goal", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_goes_to_another_site(house: House, goal: str) -> None:
    assert house.browser().sign_in(goal=goal).headers["location"] == "/"
    browser = house.browser()
    assert "evil" not in browser.get("/auth/login?" + urlencode({"next": goal})).body
    browser.sign_in()
    assert browser.get("/auth/login?" + urlencode({"next": goal})).headers["location"] == "/"


def test_a_wrong_password_is_said_in_words_and_not_repeated(house: House) -> None:
    browser = house.browser()
    answer = browser.sign_in(password="not the password")
    assert answer.status == 401
    assert 'role="alert" id="wrong">The name or the password is wrong.</p>' in answer.body
    assert "not the password" not in answer.body
    assert browser.get("/").status == 303


def test_too_many_attempts_are_said_in_words_and_the_right_password_does_not_help(house: House) -> None:
    browser = house.browser()
    for _ in range(5):
        assert browser.sign_in(password="not the password").status == 401
    answer = browser.sign_in()
    assert answer.status == 429
    assert "Too many failed attempts. Try again after 00:00:30 UTC." in answer.body


@pytest.mark.parametrize("name", [SCRIPT, '"><img src=x onerror=alert(1)>', "' onfocus='alert(1)"])
def test_what_was_typed_comes_back_as_text(house: House, name: str) -> None:
    body = house.browser().sign_in(name=name).body
    assert "The name or the password is wrong." in body
    assert name not in body
    assert "<img" not in body
    assert "alert" in body


def test_without_an_account_the_page_says_how_the_first_is_made(journal: Journal, clock: Clock) -> None:
    admission = admission_of(accounts_on(journal, clock), pack="harbour", bound_to="127.0.0.1")
    assert "iw-monitor user add NAME --role admin" in House(admission).browser().get("/auth/login").body


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://127.0.0.1:9999"])
def test_a_form_of_another_site_signs_nobody_in(house: House, origin: str) -> None:
    browser = house.browser()
    token = token_of(browser.get("/auth/login").body)
    fields = {"name": "ada", "password": PASSWORD, "token": token}
    assert browser.post("/auth/login", fields, origin=origin).status == 403
    assert browser.get("/").status == 303


def test_a_form_without_its_token_or_with_that_of_another_browser_signs_nobody_in(house: House) -> None:
    browser, other = house.browser(), house.browser()
    theirs = token_of(other.get("/auth/login").body)
    browser.get("/auth/login")
    for token in ("", theirs, "0" * 64):
        assert browser.post("/auth/login", {"name": "ada", "password": PASSWORD, "token": token}).status == 403
    bare = house.browser()
    assert bare.post("/auth/login", {"name": "ada", "password": PASSWORD, "token": theirs}).status == 403


def test_a_form_open_in_two_tabs_works_in_both(house: House) -> None:
    browser = house.browser()
    first = token_of(browser.get("/auth/login").body)
    second = token_of(browser.get("/auth/login").body)
    assert first == second != ""


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", ""])
def test_what_is_no_form_is_refused(house: House, kind: str) -> None:
    assert house.browser().post("/auth/login", {}, **{"content-type": kind}).status == 415


def test_a_form_that_is_too_large_is_refused_before_it_is_read(house: House) -> None:
    assert house.browser().post("/auth/login", {"password": "x" * 10_000}).status == 413
    assert house.browser().post("/auth/login", {f"f{number}": "" for number in range(50)}).status == 400


# --- Staying and signing out ---


def test_a_forged_or_stolen_cookie_opens_nothing(house: House, clock: Clock) -> None:
    browser = house.browser()
    browser.sign_in()
    (name,) = (one for one in browser.cookies if "session" in one)
    stolen = browser.cookies[name]
    thief = house.browser(cookies={name: stolen})
    assert thief.get("/").status == 200  # a stolen cookie works, as long as it lives
    browser.sign_out()
    assert thief.get("/").status == 303  # replayed after sign-out
    assert thief.socket() == "websocket.close"
    for forged in ("", "x" * 43 + "." + "0" * 64, stolen[:-1] + ("0" if stolen[-1] != "0" else "1")):
        assert house.browser(cookies={name: forged}).get("/").status == 303


def test_an_expired_session_opens_nothing(house: House, clock: Clock) -> None:
    browser = house.browser()
    browser.sign_in()
    clock.move(hours=12)
    assert browser.get("/").status == 303
    assert browser.socket() == "websocket.close"


def test_signing_in_begins_a_new_session_and_ends_the_one_before(house: House) -> None:
    browser = house.browser()
    browser.sign_in()
    (name,) = (one for one in browser.cookies if "session" in one)
    before = browser.cookies[name]
    form = house.browser()
    token = token_of(form.get("/auth/login").body)
    form.cookies[name] = before
    assert form.post("/auth/login", {"name": "ada", "password": PASSWORD, "token": token}).status == 303
    assert form.cookies[name] != before
    assert house.browser(cookies={name: before}).get("/").status == 303


def test_a_link_alone_signs_nobody_out(house: House) -> None:
    browser = house.browser()
    browser.sign_in()
    assert "signed in as <b>ada</b> (editor on every pack)" in browser.get("/auth/logout").body
    assert browser.get("/").status == 200


@pytest.mark.parametrize("path", ["/auth/logout", "/auth/logout-everywhere"])
def test_another_site_signs_nobody_out(house: House, path: str) -> None:
    browser = house.browser()
    browser.sign_in()
    assert browser.post(path, {"token": "0" * 64}).status == 403
    assert browser.post(path, {}, origin="http://evil.example").status == 403
    assert browser.get("/").status == 200


def test_signing_out_everywhere_signs_out_the_other_browser_too(house: House) -> None:
    here, there = house.browser(), house.browser()
    here.sign_in()
    there.sign_in()
    assert here.sign_out("/auth/logout-everywhere").status == 303
    assert here.get("/").status == there.get("/").status == 303


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("get", path) for path in ("/auth/login", "/auth/logout", "/")),
        *(("post", path) for path in ("/auth/login", "/auth/logout", "/auth/logout-everywhere")),
    ],
)
def test_a_journal_that_is_gone_is_said_to_strangers_without_where_it_lay(
    tmp_path: Path, clock: Clock, method: str, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "journal.db"
    with Journal.open(f"sqlite:///{file}", clock=clock) as journal:
        accounts = accounts_on(journal, clock)
        add(accounts, "ada")
        browser = House(admission_of(accounts, pack="harbour", bound_to="0.0.0.0")).browser()
        browser.get("/auth/login")
        browser.sign_in()
        cookie = accounts.cookie_name.replace("session", "form") if path == LOGIN else accounts.cookie_name
        bound = browser.cookies[cookie]
        file.rename(tmp_path / "elsewhere.db")
        fields = {"name": "ada", "password": PASSWORD, "token": accounts.signer.token(path, bound)}
        answer = browser.post(path, fields) if method == "post" else browser.get(path)
        assert answer.status == 503
        assert "The journal of this monitor cannot be used" in answer.body
        assert "iw-monitor verify" in answer.body
        assert str(tmp_path) not in answer.body
        assert "removed or replaced" not in answer.body
        assert f"{file} was removed or replaced" in caplog.text


def test_on_loopback_where_everybody_may_look_the_sign_in_page_says_where_the_journal_lay(
    tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "journal.db"
    with Journal.open(f"sqlite:///{file}", clock=clock) as journal:
        accounts = accounts_on(journal, clock)
        add(accounts, "ada")
        browser = House(admission_of(accounts, pack="harbour", bound_to="127.0.0.1")).browser()
        file.rename(tmp_path / "elsewhere.db")
        assert f"{file} was removed or replaced" in browser.get("/auth/login").body


def test_a_page_that_was_asked_for_while_the_journal_is_gone_is_asked_for_again_by_itself(
    tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "journal.db"
    with Journal.open(f"sqlite:///{file}", clock=clock) as journal:
        accounts = accounts_on(journal, clock)
        add(accounts, "ada")
        browser = House(admission_of(accounts, pack="harbour", bound_to="0.0.0.0")).browser()
        browser.sign_in()
        file.rename(tmp_path / "elsewhere.db")
        answer = browser.get("/")
        assert (answer.status, answer.headers["refresh"]) == (503, "5")
        assert "<h1>Nothing can be shown</h1>" in answer.body
        program = browser.get("/", accept="*/*")
        assert (program.status, program.headers["content-type"]) == (503, "text/plain; charset=utf-8")
        for one in (answer, program):
            assert TOLD_TO_STRANGERS in one.body
            assert str(tmp_path) not in one.body


def test_a_journal_that_goes_while_somebody_signs_in_is_said_in_words(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_self: Accounts, _cookie: str | None) -> None:
        raise StoreError("The journal is gone.")

    monkeypatch.setattr(Accounts, "sign_out", gone)
    answer = house.browser().sign_in()
    assert answer.status == 503
    assert TOLD_TO_STRANGERS in answer.body


def test_no_answer_about_accounts_is_kept_by_a_browser_and_all_carry_the_security_headers(house: House) -> None:
    browser = house.browser()
    for answer in (browser.get("/auth/login"), browser.get("/"), browser.sign_in(), browser.get("/auth/logout")):
        assert answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    page = browser.get("/auth/logout").body
    assert "<script" not in page
    assert " style=" not in page
    assert "<style" not in page
