"""Headers of a proxy on a real server: they count from its own address, and from no other that claims to be it."""

from __future__ import annotations

import http.client
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from iw_monitor.service.visitors import PASS_HEADER
from tests.browser.demo_server import free_port
from tests.browser.site_server import serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has 127.0.0.2 on this platform's loopback"),
]

PROXY, SOMEBODY = "127.0.0.2", "127.0.0.1"  # two addresses of this machine
SIGN_IN = f"""
[roles."*"]
desk = "editor"

[proxy]
peers = ["{PROXY}"]
user_header = "X-Forwarded-User"
roles_header = "X-Forwarded-Groups"
"""
ADA = {"X-Forwarded-User": "ada", "X-Forwarded-Groups": "desk"}
SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder: Path = tmp_path_factory.mktemp("proxy")
    file, port = folder / "sign-in.toml", free_port()
    file.write_text(SIGN_IN, encoding="utf-8")
    options = ("--host", "0.0.0.0", "--sign-in", "proxy", "--sign-in-file", str(file))
    with serving(str(folder / "journal.db"), port, *options):
        yield port


def answer(port: int, path: str, headers: dict[str, str], *, coming_from: str) -> int:
    """Return the status of the answer to a request that comes from an address."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(coming_from, 0))
    with closing(link):
        link.request("GET", path, headers=headers)
        return link.getresponse().status


def socket(port: int, headers: dict[str, str], *, coming_from: str) -> int:
    return answer(port, "/_stcore/stream", SOCKET | headers, coming_from=coming_from)


def test_whom_the_proxy_names_is_in_by_page_and_by_socket(port: int) -> None:
    assert answer(port, "/", ADA, coming_from=PROXY) == http.HTTPStatus.OK
    assert socket(port, ADA, coming_from=PROXY) == http.HTTPStatus.SWITCHING_PROTOCOLS


@pytest.mark.parametrize(
    "forged",
    [
        {},
        {"X-Forwarded-For": PROXY},
        {"X-Forwarded-For": f"{PROXY}, {SOMEBODY}", "X-Real-IP": PROXY},
        {"Forwarded": f"for={PROXY}"},
        {PASS_HEADER: "ada"},
    ],
)
def test_who_says_the_same_from_elsewhere_gets_nowhere(port: int, forged: dict[str, str]) -> None:
    assert answer(port, "/", ADA | forged, coming_from=SOMEBODY) == http.HTTPStatus.UNAUTHORIZED
    assert socket(port, ADA | forged, coming_from=SOMEBODY) == http.HTTPStatus.FORBIDDEN


def test_whom_the_proxy_does_not_name_or_whose_groups_say_nothing_gets_nowhere(port: int) -> None:
    assert answer(port, "/", {}, coming_from=PROXY) == http.HTTPStatus.UNAUTHORIZED
    stranger = ADA | {"X-Forwarded-Groups": "choir"}
    assert answer(port, "/", stranger, coming_from=PROXY) == http.HTTPStatus.FORBIDDEN
    assert socket(port, stranger, coming_from=PROXY) == http.HTTPStatus.FORBIDDEN
