"""A proxy's headers count from its own address alone; from everybody else they are taken away first."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Scope

from iw_monitor.access.passes import read_pass, write_pass
from iw_monitor.access.proxy_headers import ProxyRules, is_listed, read_headers
from iw_monitor.access.role_table import RoleTable
from iw_monitor.access.sessions import Signer
from iw_monitor.errors import StoreError
from iw_monitor.model.accounts import Identity, Role, Vouched, Way
from iw_monitor.service.sign_in_settings import SignIn
from iw_monitor.service.unusable import TOLD_TO_STRANGERS
from iw_monitor.service.visitors import Visitors
from iw_monitor.store.journal import Journal
from iw_monitor.web.gate import Gate
from iw_monitor.web.guard import Guard
from iw_monitor.web.proxy_door import ProxyDoor, proxy_routes
from iw_monitor.web.way_in import server_environment
from tests.accounts_site import PASSWORD, SECRET, Clock, accounts_on, add, admission_of
from tests.builders import MONDAY
from tests.unit.test_access_web import Browser, _secret_socket

SCRIPT = "<script>alert(1)</script>"
PROXY, ANOTHER = "10.0.0.2", "10.0.0.3"
RULES = ProxyRules(
    peers=(ip_network("10.0.0.2"), ip_network("fd00::/64")),
    user_header="X-Forwarded-User",
    roles_header="X-Forwarded-Groups",
    display_name_header="X-Forwarded-Name",
    separator=",",
    secret_header="",
    secret="",
    longest=timedelta(hours=8),
    sign_out_url="https://id.example/logout",
    table=RoleTable({"*": {"watch": Role.VIEWER, "desk": Role.EDITOR}}),
)
SIGNER = Signer(SECRET)
ADA = {"x-forwarded-user": "ada", "x-forwarded-groups": "kitchen, desk", "x-forwarded-name": "Ada Ł."}


def raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), text.encode()) for name, text in headers.items()]


# --- Whom a proxy names ---


@pytest.mark.parametrize(
    ("peer", "listed"),
    [
        ("10.0.0.2", True),
        ("::ffff:10.0.0.2", True),
        ("fd00::7", True),
        ("fd00::7%eth0", True),
        ("10.0.0.3", False),
        ("fd01::7", False),
        ("", False),
        (None, False),
        ("10.0.0.2, 10.0.0.3", False),
        ("proxy.example", False),
    ],
)
def test_a_peer_is_listed_by_its_address(peer: str | None, listed: bool) -> None:
    assert is_listed(peer, RULES.peers) is listed


def test_a_proxy_names_somebody_with_all_their_groups() -> None:
    assert read_headers(raw(ADA), RULES, MONDAY) == Vouched(
        identity=Identity("proxy", "ada"),
        name="ada",
        display_name="Ada Ł.",
        roles={"*": Role.EDITOR},
        said_at=MONDAY,
    )


def test_groups_may_come_in_several_headers_and_with_another_separator() -> None:
    several = [*raw({"x-forwarded-user": "ada", "x-forwarded-groups": "kitchen"}), (b"X-Forwarded-Groups", b"watch")]
    found = read_headers(several, RULES, MONDAY)
    assert found is not None
    assert found.roles == {"*": Role.VIEWER}
    bar = read_headers(raw(ADA | {"x-forwarded-groups": "kitchen|desk"}), replace(RULES, separator="|"), MONDAY)
    assert bar is not None
    assert bar.roles == {"*": Role.EDITOR}


@pytest.mark.parametrize("user", ["", " ", SCRIPT, "a b", "\u0430da", "x" * 65])
def test_a_name_that_is_none_is_nobody(user: str) -> None:
    assert read_headers(raw(ADA | {"x-forwarded-user": user}), RULES, MONDAY) is None


def test_two_names_at_once_are_nobody() -> None:
    assert read_headers([*raw(ADA), (b"x-forwarded-user", b"root")], RULES, MONDAY) is None


@pytest.mark.parametrize(("sent", "counts"), [("open sesame", True), ("open", False), ("", False), (None, False)])
def test_where_a_secret_is_to_come_with_it_nothing_counts_without(sent: str | None, counts: bool) -> None:
    rules = replace(RULES, secret_header="X-Proxy-Secret", secret="open sesame")
    headers = ADA if sent is None else ADA | {"x-proxy-secret": sent}
    assert (read_headers(raw(headers), rules, MONDAY) is not None) is counts
    assert read_headers(raw(headers), replace(rules, secret=""), MONDAY) is None


# --- Passes ---


def a_pass(signer: Signer = SIGNER) -> str:
    vouched = read_headers(raw(ADA), RULES, MONDAY)
    assert vouched is not None
    return write_pass(vouched, signer, longest=RULES.longest)


def test_a_pass_stands_for_whom_it_was_written_until_it_is_too_old() -> None:
    actor = read_pass(a_pass(), SIGNER, MONDAY + timedelta(hours=8) - timedelta(seconds=1))
    assert actor is not None
    assert (actor.name, actor.display_name, actor.roles, actor.via) == ("ada", "Ada Ł.", {"*": Role.EDITOR}, "proxy")
    assert read_pass(a_pass(), SIGNER, MONDAY + timedelta(hours=8)) is None


def test_a_pass_that_was_not_signed_here_or_was_changed_stands_for_nobody() -> None:
    said, _, signature = a_pass().partition(".")
    held = json.loads(base64.urlsafe_b64decode(said)) | {"roles": {"*": "admin"}}
    raised = base64.urlsafe_b64encode(json.dumps(held).encode()).decode()
    other = a_pass(Signer(b"another secret of thirty-two bytes"))
    for forged in (None, "", ".", said, f"{said}.", f"{raised}.{signature}", other, f"{said}.{'0' * 64}"):
        assert read_pass(forged, SIGNER, MONDAY) is None
    assert read_pass(f"x.{SIGNER.token('pass', 'x')}", SIGNER, MONDAY) is None


# --- The door ---


async def _seen(request: Request) -> PlainTextResponse:
    names = sorted(name for name in request.headers if name.startswith("x-"))
    return PlainTextResponse(f"the secret page, sent with {names}")


@dataclass
class Peer(Browser):
    """Asks from an address of its own, with whatever headers it likes."""

    address: str = PROXY
    sends: dict[str, str] | None = None

    def _scope(self, kind: str, path: str, headers: dict[str, str]) -> Scope:
        scope = super()._scope(kind, path, headers | (self.sends or {}))
        return {**scope, "client": (self.address, 1)}


@dataclass
class House:
    """A guarded application behind a proxy."""

    journal: Journal
    clock: Clock
    rules: ProxyRules = RULES

    @property
    def app(self) -> Starlette:
        accounts = accounts_on(self.journal, self.clock)
        sign_in = SignIn(way=Way.PROXY, proxy=self.rules)
        admission = admission_of(accounts, pack="harbour", bound_to="127.0.0.1", sign_in=sign_in, clock=self.clock)
        routes = [
            *proxy_routes(self.rules),
            Route("/{rest:path}", _seen),
            WebSocketRoute("/_stcore/stream", _secret_socket),
        ]
        guard = Middleware(Guard, bound_to="127.0.0.1", scripts=())
        door = Middleware(ProxyDoor, admission=admission, rules=self.rules)
        return Starlette(routes=routes, middleware=[guard, door, Middleware(Gate, admission=admission)])

    def peer(self, address: str = PROXY, **sends: str) -> Peer:
        headers = {name.replace("_", "-"): text for name, text in sends.items()}
        return Peer(self.app, address=address, sends=headers or ADA)


@pytest.fixture
def house() -> Iterator[House]:
    clock = Clock()
    with Journal.open("sqlite://", clock=clock) as journal:
        yield House(journal, clock)


def test_whom_the_listed_proxy_names_is_in_by_page_and_by_socket_and_its_headers_are_gone(house: House) -> None:
    assert house.peer().get("/").body == "the secret page, sent with ['x-iw-pass']"
    assert house.peer().socket() == "websocket.accept"


@pytest.mark.parametrize("address", [ANOTHER, "127.0.0.1", "::1", "", "192.0.2.7"])
def test_the_same_headers_from_anybody_else_open_nothing(house: House, address: str) -> None:
    assert house.peer(address).get("/").status == 303
    assert house.peer(address).socket() == "websocket.close"


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_an_address_that_a_header_tells_is_not_believed(house: House, header: str) -> None:
    peer = Peer(house.app, address=ANOTHER, sends=ADA | {header: PROXY})
    assert peer.get("/").status == 303
    assert peer.socket() == "websocket.close"


def test_a_pass_from_outside_opens_nothing_even_through_the_proxy(house: House) -> None:
    stolen = {"x-iw-pass": a_pass()}
    for address in (PROXY, ANOTHER):
        assert Peer(house.app, address=address, sends=stolen).get("/").status == 303
        assert Peer(house.app, address=address, sends=stolen).socket() == "websocket.close"


def test_whom_nobody_named_is_told_to_come_by_the_proxy(house: House) -> None:
    page = house.peer(user_agent="x").get("/auth/login")
    assert page.status == 401
    assert "Come by the address that your organisation gave you" in page.body


def test_who_is_named_without_a_role_may_not_look(house: House) -> None:
    answer = Peer(house.app, sends=ADA | {"x-forwarded-groups": "kitchen", "x-forwarded-name": SCRIPT}).get("/")
    assert answer.status == 403
    assert "has no role on the pack harbour" in answer.body
    assert SCRIPT not in answer.body


def test_signing_out_is_done_at_the_proxy(house: House) -> None:
    assert house.peer().get("/auth/logout").headers["location"] == "https://id.example/logout"
    house.rules = replace(RULES, sign_out_url="")
    assert "Sign out there" in house.peer().get("/auth/logout").body


def test_a_session_cookie_opens_nothing_where_a_proxy_vouches(house: House) -> None:
    accounts = accounts_on(house.journal, house.clock)
    add(accounts, "root", Role.ADMIN)
    peer = house.peer(user_agent="x")
    peer.cookies[accounts.cookie_name] = accounts.sign_in("root", PASSWORD, address="x")
    assert peer.get("/").status == 303


@pytest.mark.parametrize(("sign_in", "told"), [(SignIn(way=Way.PROXY, proxy=RULES), ""), (SignIn(), None)])
def test_where_the_peer_matters_the_server_believes_no_forwarded_address(
    house: House, sign_in: SignIn, told: Any
) -> None:
    accounts = accounts_on(house.journal, house.clock)
    admission = admission_of(accounts, pack="harbour", bound_to="127.0.0.1", sign_in=sign_in)
    assert server_environment(admission).get("FORWARDED_ALLOW_IPS") == told


def test_a_secret_that_cannot_be_read_is_told_to_nobody_with_where_the_journal_lies(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise StoreError("The journal /srv/proxied/journal.db is gone.")

    monkeypatch.setattr(Visitors, "write_pass", gone)
    answer = house.peer().get("/")
    assert (answer.status, answer.body) == (503, f"{TOLD_TO_STRANGERS}\n")
    assert "/srv/proxied/journal.db" in caplog.text
    assert house.peer().socket() == "websocket.close"
