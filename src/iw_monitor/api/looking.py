"""Looking: the assessment, the replay, the pack, its indicators and their reports."""

from __future__ import annotations

import io
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from iw_monitor.api.answering import text_told, told
from iw_monitor.api.asked import AskedExport, AskedInstant, AskedObservations, AskedSeries, Form
from iw_monitor.api.entrance import caller_of, entrance_of, looking, visible
from iw_monitor.api.problems import refusal
from iw_monitor.api.shapes import ObservationPage, ObservationShape, TrayShape, iso_or_null
from iw_monitor.api.shapes_assessment import AssessedIndicator, AssessmentShape, ReplayShape
from iw_monitor.api.shapes_overview import PackLineShape, PackList
from iw_monitor.api.shapes_pack import (
    IndicatorList,
    IndicatorOfPack,
    IndicatorWithReports,
    PackShape,
    StandingIndicator,
    WhoShape,
)
from iw_monitor.collect.validate import known_indicator
from iw_monitor.errors import InputError
from iw_monitor.model.accounts import highest
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.pack import Indicator
from iw_monitor.publish.as_csv import write_replay
from iw_monitor.publish.as_json import assessment_dict, assessment_json, replay_json
from iw_monitor.publish.of_status import line_dict
from iw_monitor.publish.times import iso
from iw_monitor.service.desk import Desk
from iw_monitor.service.exporting import export_observations
from iw_monitor.service.overview import overview
from iw_monitor.service.site import Site

router = APIRouter(tags=["look"])

MOST_REPORTS = 50  # shown with an indicator
CSV = "text/csv"

OpenSite = Annotated[Site, Depends(looking)]


@router.get("/assessment", response_model=AssessmentShape)
def assessment(site: OpenSite, asked: AskedInstant) -> Response:
    """Assess one instant: exactly what `iw-monitor assess --json` prints."""
    found = site.assess(asked.instant(site.now()), asked.known)
    return text_told(f"{assessment_json(found)}\n")


@router.get(
    "/replay",
    response_model=ReplayShape,
    responses={200: {"content": {CSV: {"schema": {"type": "string"}}}}},
)
def replay(site: OpenSite, asked: AskedSeries) -> Response:
    """Assess a series of instants, each from what was known by then."""
    start, end, every = asked.series()
    found = site.replay(start, end, every=every, known=asked.known)
    if asked.format is Form.JSON:
        return text_told(f"{replay_json(found)}\n")
    text = io.StringIO()
    write_replay(text, found)
    return Response(text.getvalue(), media_type=CSV)


@router.get("/packs", response_model=PackList)
def packs(request: Request) -> Response:
    """List every pack that is held here with its level, how sure and how fresh it is, the worst first."""
    now = entrance_of(request).clock()
    lines = [PackLineShape.model_validate(line_dict(one)) for one in overview(visible(request), now)]
    return told(PackList(as_of=iso(now), packs=lines))


@router.get("/pack", response_model=PackShape)
def pack(site: OpenSite) -> Response:
    """Say what is watched: problems, levels and indicators with their anchors."""
    return told(PackShape.of(site.pack))


@router.get("/indicators", response_model=IndicatorList)
def indicators(site: OpenSite) -> Response:
    """Say how every indicator stands now, and which report on it is the newest."""
    current, newest = site.assess(), Desk(site, None).newest()
    standing = {one.id: _standing(current, newest, one.id) for one in site.pack.indicators}
    return told(IndicatorList(as_of=iso(current.as_of), indicators=standing))


@router.get("/indicators/{indicator}", response_model=IndicatorWithReports)
def indicator(site: OpenSite, indicator: str) -> Response:
    """Say what an indicator asks, how it stands now, and what was reported on it last."""
    one = indicator_at(site, indicator)
    current, newest = site.assess(), Desk(site, None).newest()
    rows = site.journal.observations(site.pack.id, indicator=one.id, newest=MOST_REPORTS)
    gone = {each.observation: each for each in site.retractions()}
    return told(
        IndicatorWithReports(
            indicator=IndicatorOfPack.of(site.pack, one),
            now=_standing(current, newest, one.id),
            reports=[ObservationShape.of(each, gone.get(each.id)) for each in reversed(rows)],
        )
    )


@router.get("/observations", response_model=ObservationPage)
def observations(site: OpenSite, asked: AskedObservations) -> Response:
    """List observations, page by page, withdrawn ones too unless they are not wanted."""
    gone = {one.observation: one for one in site.retractions()}
    rows = list(asked.chosen(site.observations(asked.indicator), set(gone)))
    start = 0
    if asked.after is not None:
        start = next((number for number, one in enumerate(rows, 1) if one.id == asked.after), len(rows))
    page = rows[start : start + asked.limit]
    return told(
        ObservationPage(
            total=len(rows),
            observations=[ObservationShape.of(one, gone.get(one.id)) for one in page],
            next=page[-1].id if start + len(page) < len(rows) and page else None,
        )
    )


@router.get("/observations/{observation}", response_model=ObservationShape)
def observation(site: OpenSite, observation: str) -> Response:
    """Return one observation, withdrawn or not."""
    held = site.journal.observations(site.pack.id, ids=[observation])
    if not held:
        raise refusal(404, "R201", "there is no such report", "List them with GET /observations", field="observation")
    gone = {one.observation: one for one in site.retractions()}
    return told(ObservationShape.of(held[0], gone.get(held[0].id)))


@router.get("/tray", response_model=TrayShape)
def tray(site: OpenSite) -> Response:
    """List the reports that wait for a person: worth too little to be scored."""
    waiting = Desk(site, None).tray(site.assess())
    return told(TrayShape(observations=[ObservationShape.of(one) for one in waiting]))


@router.get("/export", response_class=Response, responses={200: {"content": {CSV: {"schema": {"type": "string"}}}}})
def export(site: OpenSite, asked: AskedExport) -> Response:
    """Return the observations as the CSV that an import reads, or everything that an audit asks for."""
    text = io.StringIO(newline="")
    export_observations(site, text, full=asked.full, spreadsheet=asked.spreadsheet)
    return Response(text.getvalue(), media_type=CSV)


@router.get("/who", response_model=WhoShape)
def who(request: Request, site: OpenSite) -> Response:
    """Say who is asking, by which token, and what that lets them do here."""
    caller = caller_of(request)
    if caller.actor is None or caller.token is None:
        shape = WhoShape(name=None, token=None, scope=None, pack=site.pack.id, role=None, expires_at=None)
        return told(shape)
    role = highest(caller.actor.roles, site.pack.id)
    return told(
        WhoShape(
            name=caller.actor.name,
            token=caller.token.id,
            scope=caller.token.scope,
            pack=site.pack.id,
            role=None if role is None else role.word,
            expires_at=iso_or_null(caller.token.expires_at),
        )
    )


def indicator_at(site: Site, name: str) -> Indicator:
    """Return the indicator that an address names.

    Raises:
        RefusedError: the pack has none of that name; names the nearest.
    """
    try:
        return known_indicator(site.pack, name)
    except InputError as error:
        (one,) = error.findings
        raise refusal(404, "R201", one.problem, one.remedy, field="indicator") from error


def _standing(current: Assessment, newest: dict[str, str], name: str) -> StandingIndicator:
    states = {one["id"]: one for one in assessment_dict(current)["indicators"]}
    state = states.get(name)
    return StandingIndicator(
        state=None if state is None else AssessedIndicator.model_validate(state), newest=newest.get(name)
    )
