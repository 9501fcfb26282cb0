"""What is published: the feed in two forms, the badge, and the files of kept snapshots, each as it was written.

People read them in a browser and programs with a token. Whoever shows a token is judged by it at the door; where the
pages need signing in, the gate in front has asked everybody else.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response
from starlette.routing import BaseRoute, Route

from iw_monitor.api.door import Door
from iw_monitor.api.entrance import Entrance, entrance_of, looking
from iw_monitor.api.plain import plain_app
from iw_monitor.api.problems import refusal
from iw_monitor.errors import ReportError
from iw_monitor.model.snapshot import Format
from iw_monitor.publish import badge, feed_atom, feed_json
from iw_monitor.publish.feed import Feed
from iw_monitor.publish.report.policy import policy_of
from iw_monitor.service.news import marks_of, news
from iw_monitor.service.outlets import outlets_of
from iw_monitor.service.report_list import kept_file
from iw_monitor.service.site import Site
from iw_monitor.service.status import status_of

ATOM, JSON = feed_atom.PLACE, feed_json.PLACE
BADGE, SNAPSHOT = "/badge.svg", "/snapshots/{name}/{form}"
# What a browser shows; everything else it keeps as a file.
_SHOWN = {
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.PNG: "image/png",
    Format.MD: "text/plain; charset=utf-8",
    Format.JSON: "application/json",
}
_KEPT = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.STIX: "application/stix+json;version=2.1",
    Format.CAP: "application/cap+xml",
}

_OpenSite = Annotated[Site, Depends(looking)]


def _feed(request: Request, site: _OpenSite) -> Feed:
    marks = marks_of(site)
    return Feed(
        pack=site.pack.id,
        title=f"{site.pack.file.title} · {marks}",
        rights=marks,
        base=outlets_of().public_url or str(request.base_url).rstrip("/"),
        made_at=site.now(),
        entries=news(site),
    )


_OpenFeed = Annotated[Feed, Depends(_feed)]


def publishing_routes(entrance: Entrance) -> list[BaseRoute]:
    """Return the routes of what is published."""
    door = Door(_the_publishing(), replace(entrance, looking_needs_token=False), "")
    return [Route(path, door, methods=["GET"]) for path in (ATOM, JSON, BADGE, SNAPSHOT)]


@cache
def _the_publishing() -> FastAPI:
    app = plain_app(title="iw_monitor publishing", version="1")
    app.add_api_route(ATOM, _atom)
    app.add_api_route(JSON, _json)
    app.add_api_route(BADGE, _badge)
    app.add_api_route(SNAPSHOT, _snapshot)
    return app


def _atom(feed: _OpenFeed) -> Response:
    return Response(feed_atom.feed_atom(feed), media_type=feed_atom.MEDIA_TYPE)


def _json(feed: _OpenFeed) -> Response:
    return Response(feed_json.feed_json(feed), media_type=feed_json.MEDIA_TYPE)


def _badge(request: Request, site: _OpenSite) -> Response:
    status = status_of(site, entrance_of(request).clock())
    return Response(
        badge.badge_svg(status, title=site.pack.file.title, marks=marks_of(site)), media_type=badge.MEDIA_TYPE
    )


def _snapshot(site: _OpenSite, name: str, form: Format) -> Response:
    try:
        file, content = kept_file(site, name, form)
    except ReportError as error:
        raise refusal(404, "R201", str(error).rstrip("."), "See what there is on the page Reports") from error
    how = "inline" if form in _SHOWN else "attachment"
    headers = {"content-disposition": f'{how}; filename="{file}"', **policy_of(form)}
    return Response(content, media_type={**_SHOWN, **_KEPT}[form], headers=headers)
