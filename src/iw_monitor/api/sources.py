"""Sources: how each was last seen, and the door for what a colleague's machine sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from iw_monitor.api.answering import OK, Key, done_within, said, takes, told
from iw_monitor.api.entrance import looking, writing
from iw_monitor.api.problems import refusal
from iw_monitor.api.shapes_sources import SentShape, SourceList, SourceShape
from iw_monitor.api.signed import refuse_unsigned, remember
from iw_monitor.errors import InputError
from iw_monitor.model.collecting import FetchOutcome
from iw_monitor.model.pack.sources import Source
from iw_monitor.publish.times import iso
from iw_monitor.service.collecting import Collected, accept_pushed
from iw_monitor.service.desk import Desk
from iw_monitor.service.once import Answer
from iw_monitor.service.site import Site
from iw_monitor.service.sources import health, source_of

router = APIRouter()

JSON, CSV = "application/json", "text/csv"

OpenSite = Annotated[Site, Depends(looking)]
OwnDesk = Annotated[Desk, Depends(writing)]


@router.get("/sources", response_model=SourceList, tags=["look"])
def sources(site: OpenSite) -> Response:
    """Say how each source of the pack was last seen: what it brought, how old that is, and what ages without it."""
    now = site.now()
    return told(SourceList(as_of=iso(now), sources=[SourceShape.of(one) for one in health(site, now=now)]))


@router.post(
    "/sources/{source}/readings",
    response_model=SentShape,
    tags=["report"],
    dependencies=[Depends(takes(JSON, CSV))],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": {}}, CSV: {"schema": {"type": "string"}}},
        }
    },
)
def send(request: Request, desk: OwnDesk, source: str, key: Key = None) -> Response:
    """Send rows for a source of the kind webhook; what the pack lets no machine record waits for a person.

    What was said before is not said again, with a key or without: send it again if the answer was lost. A source that
    names a secret takes only what is signed with it, by the headers X-IW-Timestamp and X-IW-Signature.
    """
    site, body = desk.site, bytes(request.state.body)
    sender, known = "" if desk.actor is None else desk.actor.name, _known(site, source)

    def act(keep: Callable[[Answer], None]) -> Answer:
        refuse_unsigned(request, site, known, body)

        def note(done: Collected) -> None:
            remember(request, site, known)
            if done.outcome is not FetchOutcome.FAILED:
                keep(said(SentShape.of(done), OK))

        done = accept_pushed(site, known.id, body, sender=sender, now=site.now(), note=note)
        if done.outcome is FetchOutcome.FAILED:
            remedy = "Send rows that hold what the source's picks name in sources.yml"
            raise refusal(422, "R106", done.detail, remedy, field="body")
        return said(SentShape.of(done), OK)

    return done_within(request, key, act)


def _known(site: Site, name: str) -> Source:
    """Return the source that an address names.

    Raises:
        RefusedError: the pack has none of that name.
    """
    try:
        return source_of(site, name)
    except InputError as error:
        (one,) = error.findings
        raise refusal(404, "R201", one.problem, one.remedy, field="source") from error
