"""For whoever watches the monitor itself: can it serve, how does it do, and the same as metrics.

``/readyz`` is for everybody and tells nothing. The others stand behind the same door as the API: where the pages need
signing in, they need a token.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from iw_monitor.api.door import Door
from iw_monitor.api.entrance import AskedPack, Entrance, entrance_of, looking, visible
from iw_monitor.api.plain import plain_app
from iw_monitor.errors import StoreError
from iw_monitor.publish.metrics import MEDIA_TYPE, metrics_of_packs, metrics_text
from iw_monitor.publish.of_status import status_json
from iw_monitor.service.overview import overview
from iw_monitor.service.site import Site
from iw_monitor.service.sites import Sites
from iw_monitor.service.status import check_ready, status_of

READY, STATUS, METRICS = "/readyz", "/status", "/metrics"
_NO_STORE = {"cache-control": "no-store"}


def operating_routes(entrance: Entrance) -> list[BaseRoute]:
    """Return the routes by which a server tells how it does."""
    door = Door(_the_operation(), entrance, "")
    return [
        Route(READY, _readiness(entrance.sites), methods=["GET"]),
        Route(STATUS, door, methods=["GET"]),
        Route(METRICS, door, methods=["GET"]),
    ]


def _readiness(sites: Sites) -> Callable[[Request], Response]:
    def ready(_request: Request) -> Response:
        try:
            for site in sites.usable():
                check_ready(site)
        except StoreError:  # what is wrong stands in the log and on the pages, not here: anybody may ask
            return JSONResponse({"status": "not ready"}, status_code=503, headers=_NO_STORE)
        return JSONResponse({"status": "ready"}, headers=_NO_STORE)

    return ready


@cache
def _the_operation() -> FastAPI:
    app = plain_app(title="iw_monitor operation", version=_program())
    app.add_api_route(STATUS, _status)
    app.add_api_route(METRICS, _metrics)
    return app


def _status(request: Request, site: Annotated[Site, Depends(looking)], pack: AskedPack = None) -> Response:
    now = entrance_of(request).clock()
    beside = overview(visible(request), now) if pack is None and entrance_of(request).sites.are_several else ()
    said = status_json(status_of(site, now), beside=beside)
    return Response(f"{said}\n", media_type="application/json")


def _metrics(request: Request, site: Annotated[Site, Depends(looking)], pack: AskedPack = None) -> Response:
    now = entrance_of(request).clock()
    if pack is None and entrance_of(request).sites.are_several:
        said = metrics_of_packs(overview(visible(request), now), version=_program())
    else:
        said = metrics_text(status_of(site, now), version=_program())
    return Response(said, headers={"content-type": MEDIA_TYPE})


def _program() -> str:
    return version("iw-monitor")
