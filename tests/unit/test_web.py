"""The web server: who may come in, what a page may load, how it starts and stops, and that it calls nobody."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pytest
import streamlit as st
from starlette.types import Message, Receive, Scope, Send
from streamlit.errors import StreamlitAPIException

from iw_monitor.errors import ServerError
from iw_monitor.web import guard, run, run_web, shell
from iw_monitor.web.app import HIDDEN_SETTINGS, SETTINGS, settings
from tests.apart import run_apart

if TYPE_CHECKING:
    from playwright.sync_api import Browser

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals end processes otherwise on this platform")

# A dashboard with one of each thing that needs something from its server: charts, tables, fonts, mathematics, markup.
PAGE = """
import os
import altair as alt, pandas as pd, streamlit as st
st.title(f"{os.environ['IW_PACK']} {os.environ['IW_DATABASE_URL']} {os.environ['IW_DEMO']}")
numbers = pd.DataFrame({"a": [1, 2, 3], "b": [3, 1, 2]})
st.altair_chart(alt.Chart(numbers).mark_line().encode(x="a:Q", y="b:Q"))
st.dataframe(numbers)
st.markdown(":material/warning: $x^2$ `code`")
st.html("<style>.x {color: red}</style><b class='x'>markup</b>")
st.selectbox("choice", ["one", "two"])
st.caption("all drawn")
"""

# Runs the server on that dashboard, and ends with 9 as soon as something would leave the machine.
CHILD = """
import os, sys
from pathlib import Path

def refuse(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] != "127.0.0.1":
        os._exit(9)
    if event in ("socket.getaddrinfo", "socket.gethostbyname") and arguments[0] not in (None, "127.0.0.1"):
        os._exit(9)

sys.addaudithook(refuse)
import iw_monitor.web.app
iw_monitor.web.app.shipped_folder = lambda name: Path(sys.argv[1])
from iw_monitor.web import run_web
run_web(packs=[Path("some-pack")], database_url="some-url", port=int(sys.argv[2]), demo=True)
print("ended quietly")
"""


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server of its own process."""

    process: subprocess.Popen[str]
    port: int

    def get(self, path: str, **asked: str) -> Answer:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path, headers=asked)
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read())


def start(folder: Path) -> Server:
    dashboard = folder / "dashboard"
    (dashboard / "charts").mkdir(parents=True)
    for name in ("__init__.py", "data.py", "charts/__init__.py"):
        (dashboard / name).write_text("", encoding="utf-8")
    (dashboard / "theme.py").write_text("STREAMLIT_THEME = {'theme.dark.textColor': '#FFFFFF'}", encoding="utf-8")
    (dashboard / "app.py").write_text(PAGE, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", CHILD, str(dashboard), str(port)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run._wait_until_alive(f"http://127.0.0.1:{port}", 60), process.communicate()
    return Server(process, port)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = start(tmp_path_factory.mktemp("web"))
    yield started
    started.process.terminate()
    assert started.process.wait(20) == 0, "it called out or did not stop cleanly"
    for stream in (started.process.stdout, started.process.stderr):
        assert stream is not None
        stream.close()


# --- Who may come in ---


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8501", "127.0.0.1:1", "127.9.9.9", "[::1]:8501", "localhost."]
)
def test_a_loopback_name_is_always_our_own(host: str) -> None:
    assert guard.is_own_host(host, "127.0.0.1")
    assert guard.is_own_host(host, "0.0.0.0")


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.5",
        "localhost@evil.example",
        "a b",
        "localhost:port",
        "::1",
    ],
)
def test_on_loopback_no_other_name_is_our_own(host: str) -> None:
    assert not guard.is_own_host(host, "127.0.0.1")


def test_told_to_listen_elsewhere_addresses_and_given_names_are_our_own_but_foreign_names_are_not() -> None:
    assert guard.is_own_host("192.168.1.5:8501", "0.0.0.0")
    assert guard.is_own_host("watch.example:8501", "watch.example")
    assert guard.is_own_host(socket.gethostname(), "0.0.0.0")
    assert not guard.is_own_host("evil.example", "0.0.0.0")


@pytest.mark.parametrize("origin", [None, "http://localhost:8501", "https://LOCALHOST:8501"])
def test_our_own_pages_and_programs_without_a_page_are_of_the_same_origin(origin: str | None) -> None:
    assert guard.is_same_origin(origin, "localhost:8501")


@pytest.mark.parametrize(
    "origin",
    ["null", "", "http://evil.example", "http://localhost:8502", "http://127.0.0.1:8501", "file://localhost:8501"],
)
def test_every_other_origin_is_foreign(origin: str) -> None:
    assert not guard.is_same_origin(origin, "localhost:8501")


def a_scope(kind: str, **headers: str) -> Scope:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": kind, "method": "GET", "path": "/", "headers": raw, "extensions": {}}


def sent_through_the_guard(scope: Scope, *said: tuple[bytes, bytes], **how: Any) -> tuple[list[Message], list[Scope]]:
    """Return what the guard sent, and what the application behind it was handed, which said these headers itself."""
    sent: list[Message] = []
    seen: list[Scope] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": list(said)})

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    run_apart(guard.Guard(application, bound_to="127.0.0.1", scripts=(), **how)(scope, receive, send))
    return sent, seen


def test_a_socket_opened_by_a_foreign_page_never_reaches_streamlit() -> None:
    scope = a_scope("websocket", host="localhost:8501", origin="http://evil.example")
    sent, seen = sent_through_the_guard(scope)
    assert seen == []
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_streamlit_is_told_an_origin_that_it_need_not_look_up() -> None:
    scope = a_scope("websocket", host="[::1]:8501", origin="http://[::1]:8501", cookie="a=b")
    _, (seen,) = sent_through_the_guard(scope)
    assert dict(seen["headers"]) == {b"host": b"[::1]:8501", b"origin": b"http://localhost", b"cookie": b"a=b"}


def headers_of(path: str, *said: tuple[bytes, bytes], **how: Any) -> dict[str, str]:
    """Return the headers of an answer under a path, where what begins with ``api`` is our own."""
    scope = {**a_scope("http", host="localhost:8501"), "path": path}
    (start,), _ = sent_through_the_guard(scope, *said, own=frozenset({"api"}), **how)
    return {name.decode(): value.decode() for name, value in start["headers"]}


@pytest.mark.parametrize(("path", "ours"), [("/api/v1/who", True), ("/api", True), ("/apis", False), ("/", False)])
def test_only_streamlits_own_pages_may_write_styles_into_themselves(path: str, ours: bool) -> None:
    policy = headers_of(path)["content-security-policy"]
    assert ("unsafe" in policy) is not ours
    assert "frame-ancestors 'none'" in policy


def test_what_says_a_policy_of_its_own_keeps_it() -> None:
    said = (b"content-security-policy", b"default-src 'none'")
    assert headers_of("/api/v1/who", said)["content-security-policy"] == "default-src 'none'"


@pytest.mark.parametrize(
    ("path", "kind", "told"),
    [
        (
            "/",
            b"text/html; charset=utf-8",
            "<./a.js>; rel=modulepreload, <./b.js>; rel=modulepreload",
        ),
        ("/", b"application/json", None),
        ("/api/v1/docs", b"text/html", None),
    ],
)
def test_only_with_streamlits_page_a_browser_is_told_what_comes_next(path: str, kind: bytes, told: str | None) -> None:
    ahead = ("a.js", "b.js")
    assert headers_of(path, (b"content-type", kind), ahead=ahead).get("link") == told


def test_a_refused_request_is_answered_with_the_stricter_policy() -> None:
    ((start, *_), seen) = sent_through_the_guard(a_scope("http", host="evil.example"))
    assert seen == []
    assert "unsafe" not in dict(start["headers"])[b"content-security-policy"].decode()


def test_browsers_are_told_to_come_by_tls_only_where_they_come_by_tls() -> None:
    assert "strict-transport-security" not in headers_of("/")
    assert headers_of("/", by_tls=True)["strict-transport-security"] == "max-age=31536000"


def test_life_cycle_messages_pass_the_guard_untouched() -> None:
    scope = {"type": "lifespan"}
    assert sent_through_the_guard(scope)[1] == [scope]


# --- What a page may load ---


def test_the_hash_of_an_inline_script_is_the_one_of_the_standard() -> None:
    # The example of the W3C recommendation "Content Security Policy Level 2", section 4.2.5.
    page = "<!-- <script>no</script> --><script src='x.js'></script><script>alert('Hello, world.');</script>"
    assert shell.inline_script_hashes(page) == ("'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",)


def test_the_hash_does_not_depend_on_how_lines_end() -> None:
    assert shell.inline_script_hashes("<script>\r\na\r\n</script>") == shell.inline_script_hashes(
        "<script>\na\n</script>"
    )


def test_the_installed_shell_has_an_inline_script_to_allow() -> None:
    assert len(shell.inline_script_hashes(shell.shell_page())) == 1


def test_what_draws_markup_is_needed_first_with_all_that_it_stands_on() -> None:
    page, folder = shell.shell_page(), Path(st.__file__).parent / "static"
    needed = shell.needed_first(page)
    assert [Path(one).name.partition(".")[0] for one in needed] == ["Html", "purify"]
    assert all((folder / one).is_file() and one not in page for one in needed)


def test_no_script_may_be_written_into_a_page_or_come_from_elsewhere() -> None:
    policy = guard.content_security_policy("localhost:8501", ("'sha256-x'",))
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["script-src"] == ["'self'", "'sha256-x'"]
    assert rules["default-src"] == ["'self'"]
    assert rules["frame-ancestors"] == rules["object-src"] == ["'none'"]
    assert rules["connect-src"] == ["'self'", "ws://localhost:8501", "wss://localhost:8501"]


def test_an_address_that_no_policy_can_hold_is_left_to_self() -> None:
    assert "connect-src 'self';" in guard.content_security_policy("[::1]:8501", ())


def test_the_installed_streamlit_knows_every_setting_of_ours() -> None:
    from streamlit import config

    assert set(settings("127.0.0.1", 1)) <= set(config.get_config_options())


def test_the_installed_streamlit_knows_the_hidden_setting_that_makes_pages_quick() -> None:
    from streamlit import config

    assert set(HIDDEN_SETTINGS) <= set(config.get_config_options())


@dataclass
class OlderStreamlit:
    """Refuses what it does not know before it starts anything, as Streamlit does."""

    ran_with: dict[str, Any] = field(default_factory=dict)

    def run(self, *, config: dict[str, Any]) -> None:
        if unknown := set(config) & set(HIDDEN_SETTINGS):
            raise StreamlitAPIException(f"Unrecognized config option: {unknown}")
        self.ran_with = config


def test_a_streamlit_that_does_not_know_the_hidden_setting_runs_without_it() -> None:
    older = OlderStreamlit()
    run._run(cast("st.App", older), {"server.port": 1})
    assert older.ran_with == {"server.port": 1}


def test_nothing_is_told_to_anybody() -> None:
    assert SETTINGS["browser.gatherUsageStats"] is False
    assert SETTINGS["server.enableXsrfProtection"] is True


# --- Starting ---


def test_a_taken_port_is_a_clear_error() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(
            ServerError, match=rf"Cannot listen on 127\.0\.0\.1, port {port}: .*choose another with --port"
        ):
            run_web(packs=[Path()], database_url="", port=port)


def test_a_number_that_is_no_port_is_a_clear_error() -> None:
    with pytest.raises(ServerError, match="99999 is not a port"):
        run_web(packs=[Path()], database_url="", port=99999)


def test_a_failed_start_gives_the_signals_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ServerError):
        run_web(packs=[Path()], database_url="", port=-1)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://127.0.0.1:80"), ("::1", "http://[::1]:80")],
)
def test_the_address_said_can_be_opened_on_this_machine(host: str, address: str) -> None:
    assert run.address_of(host, 80) == address


def test_a_server_that_never_answers_is_not_waited_for_for_ever() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # taken, and nobody listens
        assert not run._wait_until_alive(f"http://127.0.0.1:{silent.getsockname()[1]}", 0.3)


# --- Running ---


def test_the_probe_says_in_its_body_that_the_server_is_alive(server: Server) -> None:
    answer = server.get("/healthz")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "alive"})


@pytest.mark.parametrize("path", ["/healthz", "/", "/_stcore/health", "/no/such/page"])
def test_every_answer_carries_the_security_headers(server: Server, path: str) -> None:
    headers = server.get(path).headers
    assert "default-src '" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


def test_what_a_browser_is_told_of_with_the_page_is_there(server: Server) -> None:
    told = re.findall(r"<\./([^>]+)>; rel=modulepreload", server.get("/").headers["link"])
    assert len(told) == 2
    for path in told:
        answer = server.get(f"/{path}")
        assert answer.status == 200
        assert "javascript" in answer.headers["content-type"]


def test_a_foreign_name_is_refused(server: Server) -> None:
    assert server.get("/", Host="evil.example").status == 400


def test_a_foreign_page_is_refused(server: Server) -> None:
    assert server.get("/healthz", Origin="http://evil.example").status == 403


def test_a_socket_of_a_foreign_page_is_refused(server: Server) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    assert server.get("/_stcore/stream", Origin="http://evil.example", **upgrade, **key).status == 403


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_policy_breaks_nothing_in_a_real_browser_and_nothing_comes_from_elsewhere(
    server: Server, browser: Browser, scheme: str
) -> None:
    complaints: list[str] = []
    asked: set[str] = set()
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.add(request.url.split("/")[2] if "//" in request.url else "inline"))
    page.goto(f"http://127.0.0.1:{server.port}")
    page.get_by_text("all drawn").wait_for()
    page.locator("svg.marks, canvas.marks").first.wait_for()
    assert page.get_by_role("heading").first.inner_text() == "some-pack some-url 1"
    context.close()
    assert complaints == []
    assert asked - {"inline"} == {f"127.0.0.1:{server.port}"}


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_ends_quietly(tmp_path: Path, number: signal.Signals) -> None:
    process = start(tmp_path).process
    process.send_signal(number)
    printed, complaints = process.communicate(timeout=20)
    assert process.returncode == 0
    assert printed.endswith("ended quietly\n")
    assert complaints == ""
