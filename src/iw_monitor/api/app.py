"""The application: FastAPI under ``/api/v1`` of the page's own port, behind the door."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from fastapi import FastAPI
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount

from iw_monitor.api import closing, looking, reporting, sources
from iw_monitor.api.door import Door
from iw_monitor.api.entrance import Entrance
from iw_monitor.api.limits import Limits
from iw_monitor.api.openapi import ROOT, describe
from iw_monitor.api.plain import plain_app
from iw_monitor.service.sites import Sites
from iw_monitor.service.tokens import Tokens

VERSION = "1.0.0"  # of the API: what is at /api/v1 stays compatible


@cache
def the_api() -> FastAPI:
    """Return the application. It holds nothing: every request brings along what the door it came by leads to."""
    app = plain_app(title="iw_monitor", version=VERSION)
    app.include_router(looking.router)
    app.include_router(reporting.router)
    app.include_router(sources.router)
    app.include_router(closing.router)
    app.add_api_route("/openapi.json", _openapi, include_in_schema=False)
    return app


@cache
def document() -> Mapping[str, Any]:
    """Return the OpenAPI document."""
    return describe(the_api())


def _openapi() -> Response:
    return JSONResponse(document())


def mounted(entrance: Entrance) -> Mount:
    """Return the route by which a server serves the API, behind its door."""
    return Mount(ROOT, app=Door(the_api(), entrance, ROOT))


def entrance_to(
    sites: Sites,
    *,
    clock: Callable[[], datetime],
    looking_needs_token: bool,
    limits: Limits | None = None,
) -> Entrance:
    """Return the entrance to the packs that are held, its tokens kept in their journal's database.

    Raises:
        StoreError: the journal cannot be used.
    """
    return Entrance(
        sites=sites,
        tokens=Tokens(sites.first_usable().journal, clock=clock),
        clock=clock,
        limits=limits or Limits(steady_clock=time.monotonic),
        looking_needs_token=looking_needs_token,
    )
