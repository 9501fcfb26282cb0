"""Reporting: record, confirm, retract, regrade, import. The same verbs, checks and audit as on the page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from iw_monitor.api.answering import ACCEPTED, OK, Key, done, said, takes
from iw_monitor.api.asked import AskedImport
from iw_monitor.api.entrance import writing
from iw_monitor.api.looking import indicator_at
from iw_monitor.api.problems import shape_of
from iw_monitor.api.shapes import Confirmation, NewReport, ObservationShape, Reason, Regrading, RetractionShape
from iw_monitor.api.shapes_acts import ProposalShape
from iw_monitor.api.shapes_pack import ImportedShape
from iw_monitor.model.observation import Observation
from iw_monitor.model.proposal import Proposal
from iw_monitor.service.desk import Desk
from iw_monitor.service.once import Answer

router = APIRouter(tags=["report"])

CSV = "text/csv"
JSON_ONLY = [Depends(takes("application/json"))]

OwnDesk = Annotated[Desk, Depends(writing)]


@router.post(
    "/observations",
    status_code=201,
    response_model=ObservationShape,
    responses={202: {"model": ProposalShape, "description": "It waits for a second officer, as the pack asks."}},
    dependencies=JSON_ONLY,
)
def record(request: Request, desk: OwnDesk, report: NewReport, key: Key = None) -> Response:
    """Record a report; or propose it, where the pack asks for a second officer."""
    return done(request, key, lambda: _recorded(desk.record(report.typed(), seen=report.seen)))


def _recorded(done_so: Observation | Proposal) -> Answer:
    if isinstance(done_so, Proposal):
        return said(ProposalShape.of(done_so), ACCEPTED)
    return said(ObservationShape.of(done_so))


@router.post(
    "/indicators/{indicator}/confirm", status_code=201, response_model=ObservationShape, dependencies=JSON_ONLY
)
def confirm(request: Request, desk: OwnDesk, indicator: str, confirmation: Confirmation, key: Key = None) -> Response:
    """Say of an indicator: reviewed, no change. Refreshes its age and adds no weight."""
    name = indicator_at(desk.site, indicator).id

    def act() -> Answer:
        return said(ObservationShape.of(desk.confirm(name, seen=confirmation.seen, note=confirmation.note)))

    return done(request, key, act)


@router.post(
    "/observations/{observation}/retract", status_code=201, response_model=RetractionShape, dependencies=JSON_ONLY
)
def retract(request: Request, desk: OwnDesk, observation: str, reason: Reason, key: Key = None) -> Response:
    """Withdraw a report, with a reason. It stays in the journal."""
    return done(request, key, lambda: said(RetractionShape.of(desk.retract(observation, reason=reason.reason))))


@router.post(
    "/observations/{observation}/regrade", status_code=201, response_model=ObservationShape, dependencies=JSON_ONLY
)
def regrade(request: Request, desk: OwnDesk, observation: str, grade: Regrading, key: Key = None) -> Response:
    """Give a report another grade: recorded anew, the old one withdrawn with the reason, both or neither."""

    def act() -> Answer:
        anew = desk.regrade(
            observation, reliability=grade.reliability, credibility=str(grade.credibility), reason=grade.reason
        )
        return said(ObservationShape.of(anew))

    return done(request, key, act)


@router.post(
    "/imports",
    response_model=ImportedShape,
    dependencies=[Depends(takes(CSV))],
    openapi_extra={"requestBody": {"required": True, "content": {CSV: {"schema": {"type": "string"}}}}},
)
def import_(request: Request, desk: OwnDesk, asked: AskedImport, key: Key = None) -> Response:
    """Record what a CSV of observations holds and the journal does not: all or nothing, or only said (`dry_run`)."""
    content: bytes = request.state.body

    def act() -> Answer:
        result = desk.bulk(content, dry_run=asked.dry_run)
        return said(ImportedShape.of(result, [shape_of(one) for one in result.findings]), OK)

    return done(request, key, act)
