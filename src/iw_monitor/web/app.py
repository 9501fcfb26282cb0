"""The application: Streamlit's pages, our own routes, and the settings it runs with. It calls nobody."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from iw_monitor.access.bound import is_loopback
from iw_monitor.errors import ServerError
from iw_monitor.model.accounts import Way
from iw_monitor.resources import shipped_folder
from iw_monitor.web.admission import Admission
from iw_monitor.web.guard import Guard, beginning
from iw_monitor.web.shell import inline_script_hashes, needed_first, shell_page
from iw_monitor.web.way_in import WayIn, way_in

LOOPBACK = "127.0.0.1"
ALIVE = b'{"status":"alive"}'

# Loaded before the first visitor, and then left alone by the garbage collector: both make the first page quicker.
LOADED_AT_START = ("pandas", "pyarrow", "altair", "dashboard.theme", "dashboard.data", "iw_monitor.telling.charts")

SETTINGS: Mapping[str, Any] = MappingProxyType(
    {
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "minimal",
        "logger.hideWelcomeMessage": True,
        "runner.magicEnabled": False,
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.fileWatcherType": "none",
        "server.headless": True,
        "server.maxMessageSize": 50,
        "server.maxUploadSize": 10,
        "server.runOnSave": False,
    }
)
# Options that Streamlit hides and a later one may not know. A full garbage collection after every script run costs 15
# times the run itself.
HIDDEN_SETTINGS: Mapping[str, Any] = MappingProxyType({"runner.postScriptGC": False})


async def _healthz(_request: Request) -> Response:
    """Answer that the process is alive. The body says so: unknown paths answer 200 with Streamlit's page."""
    return Response(ALIVE, media_type="application/json", headers={"cache-control": "no-store"})


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    for name in LOADED_AT_START:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    yield None


def build_app(
    *,
    packs: Sequence[Path],
    database_url: str,
    demo: bool,
    host: str = LOOPBACK,
    address: str = "",
    admission: Admission | None = None,
    more: Sequence[BaseRoute] = (),
) -> st.App:
    """Return the ASGI application that shows packs and their journal.

    The dashboard learns what to show from environment variables: its pages are scripts and take no arguments.

    Args:
        packs: their folders, or names of shipped ones; the first is the usual one.
        database_url: the journal's address.
        demo: whether the clock stands at the end of the journal.
        host: the address it will listen on.
        address: by which browsers on this machine reach it; an identity provider sends them back there if there is no
            public one.
        admission: who is let in; without it there is no signing in, and only this machine is served.
        more: routes of others, such as the API's; they stand behind the guard and see to their own admission.

    Raises:
        ServerError: this installation has no dashboard, or other machines would be let in unasked.
    """
    if admission is None and not is_loopback(host):
        raise ServerError(f"{host} is reached from other machines, and there is no sign-in. Use {LOOPBACK}.")
    dashboard = _dashboard_folder()
    os.environ.update(
        {"IW_PACK": os.pathsep.join(map(str, packs)), "IW_DATABASE_URL": database_url, "IW_DEMO": "1" if demo else "0"}
    )
    os.environ["IW_LOOKING"] = "" if admission is None else admission.mode
    os.environ["IW_SIGN_IN"] = Way.LOCAL if admission is None else admission.way
    entry = WayIn() if admission is None else way_in(admission, address=address)
    routes = [Route("/healthz", _healthz, methods=["GET"]), *more, *entry.routes]
    page = shell_page()
    guard = Middleware(
        Guard,
        bound_to=host,
        scripts=inline_script_hashes(page),
        known_as="" if admission is None else admission.known_as,
        own=frozenset(beginning(one.path) for one in routes if isinstance(one, Route | Mount)),
        by_tls=admission is not None and admission.is_secure,
        ahead=needed_first(page),
    )
    return st.App(
        dashboard / "app.py",
        routes=routes,
        middleware=[guard, *entry.middleware],
        lifespan=_lifespan,
        secrets=entry.secrets or None,
    )


def _dashboard_folder() -> Path:
    """Return the shipped dashboard's folder, after making it importable as ``dashboard``."""
    try:
        folder = shipped_folder("dashboard")
    except FileNotFoundError as error:
        raise ServerError(str(error)) from error
    if str(folder.parent) not in sys.path:
        sys.path.append(str(folder.parent))
    return folder


def settings(host: str, port: int) -> dict[str, Any]:
    """Return every setting that Streamlit is started with; the look comes from the dashboard's theme."""
    _dashboard_folder()
    look = importlib.import_module("dashboard.theme").STREAMLIT_THEME
    return {**SETTINGS, **look, "server.address": host, "server.port": port}
