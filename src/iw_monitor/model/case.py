"""A worked case: reports in short notation, and what the pack must conclude from them. A golden timeline."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from iw_monitor.model.pack.plain import Day, Duration, Id, Plain, Points, State, Text, read_duration

LONGEST = timedelta(days=3653)  # a case is an example, not a history
MOST_STEPS = 1000
FIRST_YEAR, LAST_YEAR = 1900, 2200  # of a start
SILENCE = "_"
NO_ASSESSMENT = "NO ASSESSMENT"

_GRADE = r"[A-F][1-6]"
_REPORT = rf"([0-4])(?:@({_GRADE}))?(?:/(\S(?:.*\S)?))?"
_PART = {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 4}, {"type": "string", "pattern": f"^{_REPORT}$"}]}
_STEP_SCHEMA = {
    "description": "A level 0 to 4; 3@C3 with its grade, 3@C3/AFP with its originator too; _ for silence; "
    "[3@C3/AFP, 3@C3/Reuters] for several reports at once.",
    "anyOf": [*_PART["anyOf"], {"const": SILENCE}, {"type": "array", "items": _PART, "minItems": 1}],
}


class CaseReport(Plain):
    """One report of a case. Without a grade or an originator it has those of the case."""

    level: State
    grade: str | None = None
    originator: str | None = None


def _read_step(value: object) -> tuple[CaseReport, ...]:
    """Read what stands at one step: nothing, one report, or several."""
    if value == SILENCE:
        return ()
    parts = value if isinstance(value, list | tuple) and value else [value]
    return tuple(_read_report(one) for one in parts)


def _read_report(value: object) -> CaseReport:
    if isinstance(value, CaseReport):
        return value
    plain = isinstance(value, int | str) and not isinstance(value, bool)
    found = re.fullmatch(_REPORT, str(value)) if plain else None
    if found is None:
        raise PydanticCustomError("case_report", "not a report in short notation")
    return CaseReport(level=int(found[1]), grade=found[2], originator=found[3])


_BARE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _begin_of_day(value: object) -> object:
    """Read a bare day as its first instant in UTC; anything but a day or an instant in words is refused."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _BARE_DAY.match(value):
        raise PydanticCustomError("date_text", "not written like 2024-01-31")
    return f"{value}T00:00Z" if _BARE_DAY.fullmatch(value) else value


def _within_calendars(start: datetime) -> datetime:
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise PydanticCustomError("case_start", "no year of a case")
    return start


Step = Annotated[tuple[CaseReport, ...], PlainValidator(_read_step), WithJsonSchema(_STEP_SCHEMA)]
After = Annotated[
    timedelta,
    BeforeValidator(read_duration),
    Field(ge=timedelta(0), le=LONGEST, strict=True, description="ISO 8601 after the start: P3D, PT6H; PT0S is it."),
]
Start = Annotated[
    AwareDatetime,
    BeforeValidator(_begin_of_day),
    AfterValidator(_within_calendars),
    Field(strict=False),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}),
]


def _read_level(value: object) -> int | str:
    if value == NO_ASSESSMENT or (isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 5):
        return value
    raise PydanticCustomError("case_level", "not a warning level")


Expected = Annotated[
    int | str,
    PlainValidator(_read_level),
    WithJsonSchema(
        {
            "description": "A warning level 1 to 5, or NO ASSESSMENT.",
            "anyOf": [{"type": "integer", "minimum": 1, "maximum": 5}, {"const": NO_ASSESSMENT}],
        }
    ),
]


class CaseRetraction(Plain):
    """A named person withdraws what was reported on an indicator at an instant of the case."""

    indicator: Id
    reported: After
    after: After


class CaseClosing(Plain):
    """A named person says what became of a past window at an instant of the case: without an onset, nothing did."""

    problem: Id
    window: Day
    onset: Day | None = None
    until: Day | None = None
    after: After


class Expectation(Plain):
    """What must be concluded at one instant. Every other key is a problem with its recommended level."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Expected] = Field(init=False)

    after: After
    level: Expected | None = None
    floors: tuple[str, ...] | None = None
    points: dict[Id, Points] = Field(default={})
    alerts: tuple[Id, ...] | None = None

    @property
    def problems(self) -> dict[str, int | str]:
        """Return the recommended level expected of each problem that is named."""
        return dict(self.__pydantic_extra__ or {})


class Case(Plain):
    """One worked case of a pack: reports at equal steps, and what must follow from them."""

    title: Text
    why: str = ""
    start: Start
    every: Duration
    t0: bool = False
    grade: Annotated[str, Field(pattern=f"^{_GRADE}$")] = "B2"
    observations: dict[Id, Annotated[tuple[Step, ...], Field(max_length=MOST_STEPS)]] = Field(default={})
    retractions: tuple[CaseRetraction, ...] = ()
    closings: tuple[CaseClosing, ...] = ()
    expect: Annotated[tuple[Expectation, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _within_reason(self) -> Self:
        steps = max((len(each) for each in self.observations.values()), default=0)
        if steps and self.every > LONGEST / steps:
            raise PydanticCustomError("case_length", "the reports run for more than ten years")
        return self
