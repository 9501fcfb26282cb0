"""The proxy's own file, run in front of two web processes of which one or none can serve."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPException, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_connection
from threading import Thread

import pytest

from iw_monitor.api.operating import READY
from tests.browser.demo_server import free_port
from tests.composed import proxied

pytestmark = [pytest.mark.slow]  # a program of its own
NOTICED_WITHIN = 20.0


class Web(ThreadingHTTPServer):
    """Stands for a web process: alive, and ready or not; a page says whose it is."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.is_ready = True

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer as the product does, as far as the proxy asks."""
        web = self.server
        assert isinstance(web, Web)
        is_away = self.path == READY and not web.is_ready
        self.send_response(503 if is_away else 200)
        self.end_headers()
        ready = b'{"status":"not ready"}' if is_away else b'{"status":"ready"}'
        self.wfile.write(ready if self.path == READY else web.address.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Web]:
    with Web() as web:
        thread = Thread(target=web.serve_forever, args=(0.05,))
        thread.start()
        yield web
        web.shutdown()
        thread.join()


def asked(name: str) -> tuple[int, str]:
    """Ask the proxy for a page as somebody who was never there; (0, "") while it does not listen."""
    unproven = ssl.create_default_context()  # the proxy makes its own certificate here
    unproven.check_hostname, unproven.verify_mode = False, ssl.CERT_NONE
    connection = HTTPSConnection(name, timeout=15)
    host, _, port = name.partition(":")
    try:
        reached = create_connection(("127.0.0.1", int(port)), timeout=15)  # not every machine knows names below it
        connection.sock = unproven.wrap_socket(reached, server_hostname=host)
        connection.request("GET", "/")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, HTTPException):
        return 0, ""
    finally:
        connection.close()


def wait_until_it_says(name: str, status: int, said: str) -> None:
    """Ask until the answer of ten newcomers is this one."""
    until = time.monotonic() + NOTICED_WITHIN
    while not all(code == status and said in text for code, text in (asked(name) for _ in range(10))):
        assert time.monotonic() < until, asked(name)
        time.sleep(0.2)


def test_nobody_is_led_to_a_web_process_that_cannot_read_the_journal_and_without_any_the_proxy_says_so(
    tmp_path: Path,
) -> None:
    name = f"watch.localhost:{free_port()}"
    with ExitStack() as stack:
        one, other = stack.enter_context(serving()), stack.enter_context(serving())
        one.is_ready = False
        stack.enter_context(proxied({"web-1": one.address, "web-2": other.address}, name, tmp_path))
        wait_until_it_says(name, 200, other.address)
        one.is_ready, other.is_ready = True, False
        wait_until_it_says(name, 200, one.address)
        one.is_ready = False
        until = time.monotonic() + NOTICED_WITHIN
        while (answer := asked(name))[0] != 503:
            assert time.monotonic() < until, answer
        assert "its journal cannot be read" in answer[1]
