"""The one shape of every error: problem details (RFC 9457) with our findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from iw_monitor.api.codes import finding
from iw_monitor.api.shapes import ObservationShape
from iw_monitor.errors import Finding

MEDIA_TYPE = "application/problem+json"
MOST_SHOWN = 200  # findings


class FindingShape(BaseModel):
    """One thing that is wrong: where, what, and what to do."""

    model_config = ConfigDict(extra="forbid", title="Finding")

    code: str = Field(description="Stable; listed in docs/reference/api.md.", examples=["C103"])
    field: str = Field(description="What it is about; empty when it is the whole request.", examples=["level"])
    line: int = Field(description="Of a file that was sent: the line, from 1; 0 when it is no line.", examples=[0])
    severity: str = Field(description="error or issue.", examples=["error"])
    problem: str = Field(examples=["'7' is not a whole number from 0 to 4"])
    remedy: str = Field(examples=["Give 0, 1, 2, 3 or 4, by the indicator's anchors"])


class BothValues(BaseModel):
    """What the author saw, and what somebody else reported in between."""

    model_config = ConfigDict(extra="forbid")

    indicator: str
    seen: ObservationShape | None = Field(description="The report that `seen` names; null for none.")
    theirs: ObservationShape | None = Field(description="The newest report now; null if it was withdrawn.")


class Problem(BaseModel):
    """Why a request was not met, and what to do."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="What sort of problem, as a stable name.", examples=["urn:iw-monitor:invalid"])
    title: str = Field(examples=["Unprocessable Content"])
    status: int = Field(examples=[422])
    detail: str = Field(description="In one sentence.", examples=["1 thing is wrong with the request."])
    findings: list[FindingShape] = Field(description="Everything that is wrong, at once.")
    conflict: BothValues | None = Field(default=None, description="Of a conflict: both values.")


NAMES: Mapping[int, str] = {
    400: "bad-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "not-allowed",
    409: "conflict",
    413: "too-large",
    415: "unsupported-type",
    422: "invalid",
    429: "too-many-requests",
    500: "internal",
    503: "unavailable",
}


class RefusedError(Exception):
    """A request that is answered with a problem; raised at the door and in routes."""

    def __init__(self, status: int, findings: Iterable[Finding], *, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.findings, self.headers = status, tuple(findings), dict(headers or {})
        super().__init__(status)

    @property
    def answer(self) -> Response:
        """The problem as a response."""
        return problem(self.status, self.findings, headers=self.headers)


def refusal(
    status: int, code: str, what: str, remedy: str, *, field: str = "", headers: Mapping[str, str] | None = None
) -> RefusedError:
    """Return the error that says one thing is wrong with a request."""
    return RefusedError(status, [finding(code, field, what, remedy)], headers=headers)


def problem(
    status: int,
    findings: Iterable[Finding],
    *,
    headers: Mapping[str, str] | None = None,
    conflict: BothValues | None = None,
) -> Response:
    """Return the response that says what is wrong. Of very many findings the first stand in it, with their number."""
    several = tuple(findings)
    said = Problem(
        type=f"urn:iw-monitor:{NAMES[status]}",
        title=_title(status),
        status=status,
        detail=_detail(several),
        findings=[shape_of(one) for one in several[:MOST_SHOWN]],
        conflict=conflict,
    )
    text = said.model_dump_json(exclude={"conflict"} if conflict is None else None)
    return Response(text, status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def shape_of(one: Finding) -> FindingShape:
    """Return a finding as it is answered; the file has no name that the caller would know."""
    return FindingShape(
        code=one.code,
        field=one.field,
        line=one.line,
        severity=one.severity.value,
        problem=one.problem,
        remedy=one.remedy,
    )


def _title(status: int) -> str:
    titles: dict[int, Any] = {413: "Content Too Large", 422: "Unprocessable Content"}  # older Pythons say otherwise
    return str(titles.get(status) or HTTPStatus(status).phrase)


def _detail(findings: tuple[Finding, ...]) -> str:
    if len(findings) == 1:
        (one,) = findings
        return f"{one.field}: {one.problem}." if one.field else f"{one.problem[:1].upper()}{one.problem[1:]}."
    return f"{len(findings)} things are wrong with the request."
