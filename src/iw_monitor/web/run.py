"""Running the server: a port, a clean stop, and a browser that opens once the server answers."""

from __future__ import annotations

import http.client
import logging
import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import streamlit as st
from starlette.routing import BaseRoute
from streamlit.errors import StreamlitAPIException

from iw_monitor.errors import ServerError
from iw_monitor.web.admission import Admission
from iw_monitor.web.app import ALIVE, HIDDEN_SETTINGS, LOOPBACK, build_app, settings
from iw_monitor.web.way_in import server_environment

PORT = 8501
ANSWERS_WITHIN = 60.0  # seconds a start may take before the browser is not opened any more


class _StopRequestedError(BaseException):
    """Somebody asked the process to stop (Ctrl-C, SIGTERM). Not an Exception: nothing on the way may swallow it."""


def run_web(
    *,
    packs: Sequence[Path],
    database_url: str,
    host: str = LOOPBACK,
    port: int = PORT,
    demo: bool = False,
    open_browser: bool = False,
    admission: Admission | None = None,
    more: Sequence[BaseRoute] = (),
) -> None:
    """Serve the dashboard until somebody stops it; return quietly then.

    Raises:
        ServerError: the address cannot be listened on, or this installation has no dashboard.
    """
    with _stopped_by_signals():
        port = _free_port(host, port)
        address = address_of(host, port)
        if admission is not None:
            os.environ.update(server_environment(admission))
        app = build_app(
            packs=packs,
            database_url=database_url,
            demo=demo,
            host=host,
            address=address,
            admission=admission,
            more=more,
        )
        threading.Thread(target=_announce, args=(host, port), kwargs={"browser": open_browser}, daemon=True).start()
        logging.getLogger("uvicorn.error").addFilter(_is_worth_saying)
        _run(app, settings(host, port))


def _run(app: st.App, known: dict[str, Any]) -> None:
    try:
        app.run(config={**known, **HIDDEN_SETTINGS})
    except StreamlitAPIException:  # raised before anything is started, for an option that it does not know
        app.run(config=known)


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Make both ways of asking to stop end the block quietly, whether they come before, while or after it serves."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _StopRequestedError

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except _StopRequestedError:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_worth_saying(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO


def _free_port(host: str, port: int) -> int:
    """Return the port once it is known that it can be listened on; any free one for 0.

    Raises:
        ServerError: it cannot; with what to do.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
            return int(probe.getsockname()[1])
    except OverflowError as error:
        raise ServerError(f"{port} is not a port. Choose one from 1 to 65535.") from error
    except OSError as error:
        why = f"Cannot listen on {host}, port {port}: {error.strerror or error}"
        raise ServerError(f"{why}. Stop what uses it, or choose another with --port or --host.") from error


def address_of(host: str, port: int) -> str:
    """Return where a browser on this machine finds the server."""
    name = LOOPBACK if host in ("0.0.0.0", "::", "") else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _announce(host: str, port: int, *, browser: bool) -> None:
    """Say where the dashboard is as soon as it answers, and open it."""
    address = address_of(host, port)
    if not _wait_until_alive(address, ANSWERS_WITHIN):
        return
    opened = browser and _has_screen() and webbrowser.open(address)
    sys.stdout.write(f"{'Opened' if opened else 'Open'} {address} in your browser. Ctrl-C stops the server.\n")
    sys.stdout.flush()


def _wait_until_alive(address: str, seconds: float, pause: Callable[[float], None] = time.sleep) -> bool:
    """Return whether the server at an address said within the time that it is alive."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if _is_alive(address):
            return True
        pause(0.1)
    return False


def _is_alive(address: str) -> bool:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=2)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.status == http.HTTPStatus.OK and answer.read() == ALIVE
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _has_screen() -> bool:
    """Tell whether a graphical browser can be expected: a text browser would take over the terminal."""
    return sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
    )
