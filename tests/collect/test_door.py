"""The door to the network, against servers on this machine that misbehave on purpose."""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from iw_monitor.collect.addresses import is_public, refuse_scheme
from iw_monitor.collect.http import AGENT, Ask, BusyError, Door, Limits, retry_after
from iw_monitor.errors import CollectError

HERE = "127.0.0.1"
QUICK = Limits(
    bytes=2**20,
    whole=timedelta(seconds=20),
    idle=timedelta(seconds=5),
    attempts=2,
    patience=timedelta(seconds=0.2),
    first_wait=timedelta(seconds=0.01),
)

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """Run a server that answers so, and give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    running = ThreadingHTTPServer((HERE, 0), Handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HERE}:{running.server_port}/feed"
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, text in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), text)
        request.end_headers()
        request.wfile.write(body)

    return answer


def door(*more: str) -> Door:
    return Door(allowed=frozenset({HERE, *more}), limits=QUICK)


def test_what_is_there_is_brought_by_a_polite_agent_with_its_marks() -> None:
    heard: list[str | None] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        heard.append(request.headers["User-Agent"])
        says(b"hello", ETag='"1"', Last_Modified="Mon, 20 Nov 2023 10:00:00 GMT")(request)

    with server(answer) as url:
        found = door().fetch(Ask(url=url))
    assert (found.parts, found.etag) == ((b"hello",), '"1"')
    assert heard == [AGENT]


def test_a_caller_that_runs_an_event_loop_is_served_too() -> None:
    with server(says(b"hello")) as url, ThreadPoolExecutor(max_workers=1) as elsewhere:

        async def caller() -> tuple[bytes, ...]:
            return door().fetch(Ask(url=url)).parts

        assert elsewhere.submit(lambda: asyncio.run(caller())).result() == (b"hello",)


def test_what_has_not_changed_is_not_sent_again() -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        known = request.headers["If-None-Match"] == '"1"'
        says(b"", 304)(request) if known else says(b"hello", ETag='"1"')(request)

    with server(answer) as url:
        assert door().fetch(Ask(url=url, etag='"1"')).unchanged
        assert not door().fetch(Ask(url=url, etag='"2"')).unchanged


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "https://", "http://u:p@127.0.0.1/"])
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(CollectError):
        refuse_scheme(url, allowed=frozenset({HERE}))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "fec0::1",
    ],
)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_an_address_outside_is(address: str) -> None:
    assert is_public(address)


def test_this_machine_is_asked_only_if_the_operator_named_it() -> None:
    with server(says(b"secret")) as url:
        with pytest.raises(CollectError, match="without encryption"):
            Door(limits=QUICK).fetch(Ask(url=url))
        with pytest.raises(CollectError, match="not a public address"):
            Door(limits=QUICK).fetch(Ask(url=url.replace("http:", "https:")))


def test_a_redirect_is_looked_at_like_the_first_address() -> None:
    """The first server may be asked; the one that it points at lies inside, under a name that nobody allowed."""
    with server(says(b"secret")) as inner:
        there = inner.replace(HERE, "localhost")
        with server(says(b"", 302, Location=there)) as url:
            with pytest.raises(CollectError, match="localhost is asked without encryption"):
                door().fetch(Ask(url=url))
            with pytest.raises(CollectError, match="not a public address"):
                door().fetch(Ask(url=_pointing(url)))


def _pointing(url: str) -> str:
    return url.replace("http://127.0.0.1", "https://localhost")


def test_a_secret_does_not_follow_to_another_host() -> None:
    heard: list[str | None] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        heard.append(request.headers["Authorization"])
        says(b"ok")(request)

    with server(answer) as inner, server(says(b"", 302, Location=inner.replace(HERE, "localhost"))) as url:
        door("localhost").fetch(Ask(url=url, headers={"Authorization": "token"}))
        door("localhost").fetch(Ask(url=inner, headers={"Authorization": "token"}))
    assert heard == [None, "token"]


def test_redirects_without_end_are_left() -> None:
    with server(says(b"", 302, Location="/feed")) as url, pytest.raises(CollectError, match="without end"):
        door().fetch(Ask(url=url))


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(64 * 2**20))
    with server(says(bomb, Content_Encoding="gzip")) as url, pytest.raises(CollectError, match="more than 1 MiB"):
        door().fetch(Ask(url=url))


def test_what_never_ends_is_cut_off_and_what_is_cut_off_is_no_answer() -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        try:
            while True:
                request.wfile.write(bytes(2**16))
        except OSError:
            return

    with server(endless) as url, pytest.raises(CollectError, match="more than 1 MiB"):
        door().fetch(Ask(url=url))
    half = gzip.compress(b"x" * 5000)[:-20]
    with server(says(half, Content_Encoding="gzip")) as url, pytest.raises(CollectError, match="broke off"):
        door().fetch(Ask(url=url))


def test_silence_is_not_waited_for() -> None:
    def silent(_request: BaseHTTPRequestHandler) -> None:
        time.sleep(1)

    with server(silent) as url, pytest.raises(BusyError, match="silent"):
        Door(allowed=frozenset({HERE}), limits=Limits(idle=timedelta(seconds=0.2), attempts=1)).fetch(Ask(url=url))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_source_is_asked_once_more_and_then_left_to_the_next_run(status: int) -> None:
    count: list[int] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        count.append(1)
        says(b"", status)(request)

    with server(answer) as url, pytest.raises(BusyError):
        door().fetch(Ask(url=url))
    assert len(count) == QUICK.attempts


def test_a_source_that_asks_for_an_hour_is_left_alone_and_the_hour_is_told() -> None:
    with server(says(b"", 429, Retry_After="3600")) as url, pytest.raises(BusyError) as raised:
        door().fetch(Ask(url=url))
    assert raised.value.wait == timedelta(hours=1)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_asked_again(status: int) -> None:
    with server(says(b"", status)) as url, pytest.raises(CollectError, match=f"answers {status}"):
        door().fetch(Ask(url=url))


def test_an_instant_to_come_back_at_is_read_by_the_sources_own_clock() -> None:
    until, said = "Mon, 20 Nov 2023 10:10:00 GMT", "Mon, 20 Nov 2023 10:00:00 GMT"
    assert retry_after(until, said=said) == timedelta(minutes=10)
    assert retry_after(said, said=until) == timedelta(0)
    assert retry_after("soon", said=said) is None
