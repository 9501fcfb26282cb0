"""Closing past windows: list, close, reopen. A problem's track record rests on what named persons say here."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from iw_monitor.api.answering import Key, done, said, takes, told
from iw_monitor.api.entrance import VIA, looking, writing
from iw_monitor.api.problems import refusal
from iw_monitor.api.shapes import Reason
from iw_monitor.api.shapes_windows import ClosingShape, NewClosing, ReopeningShape, WindowList, WindowShape
from iw_monitor.errors import ConflictError
from iw_monitor.service.desk import Desk
from iw_monitor.service.once import Answer
from iw_monitor.service.site import Site
from iw_monitor.service.windows import Windows

router = APIRouter()

JSON_ONLY = [Depends(takes("application/json"))]

OpenSite = Annotated[Site, Depends(looking)]
OwnDesk = Annotated[Desk, Depends(writing)]
Everything = Annotated[bool, Query(alias="all", description="Those that are closed, too.")]


@router.get("/windows", response_model=WindowList, tags=["look"])
def windows(site: OpenSite, everything: Everything = False) -> Response:
    """List the past windows that wait for somebody to say what became of them, the newest first."""
    past = Windows(site=site, actor=None, via=VIA).past()
    return told(WindowList(windows=[WindowShape.of(one) for one in past if everything or one.waits]))


@router.post("/closings", status_code=201, response_model=ClosingShape, tags=["report"], dependencies=JSON_ONLY)
def close(request: Request, desk: OwnDesk, closing: NewClosing, key: Key = None) -> Response:
    """Say of a past window of a problem whether it happened; a gauge rests on it where the pack applies a track record.

    An answer of 409 says that somebody else closed or reopened the window in between.
    """

    def act() -> Answer:
        try:
            return said(ClosingShape.of(desk.windows.close(closing.typed(), seen=closing.seen)))
        except ConflictError as error:
            problem, remedy = "somebody else closed it in between", "Look again with GET /windows?all=true"
            raise refusal(409, "R307", problem, remedy, field="seen") from error

    return done(request, key, act)


@router.post(
    "/closings/{closing}/reopen",
    status_code=201,
    response_model=ReopeningShape,
    tags=["report"],
    dependencies=JSON_ONLY,
)
def reopen(request: Request, desk: OwnDesk, closing: str, reason: Reason, key: Key = None) -> Response:
    """Take a closing back, one's own or as an approver anybody's, so that its window waits again. It stays kept."""
    return done(request, key, lambda: said(ReopeningShape.of(desk.windows.reopen(closing, reason=reason.reason))))
