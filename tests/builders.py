"""The ordinary rest: small builders, so that a test shows only what it is about. Time is a fixed Monday."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from iw_monitor.collect.validate import RawReport
from iw_monitor.model.closing import Closing, Window
from iw_monitor.model.judgement import JudgementKind, Stated
from iw_monitor.model.observation import Basis, Grade, Method, Observation, Retraction, Submission
from iw_monitor.model.pack import Indicator, MethodNumbers, Pack, PackFile
from iw_monitor.model.pack.alerts import AlertsFile
from iw_monitor.model.pack.sources import Source
from iw_monitor.pack.load import LoadedPack
from iw_monitor.pack.watch import WatchedPack
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal

MONDAY = datetime(2024, 5, 6, tzinfo=UTC)
SUNDAY = MONDAY - timedelta(days=1)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def a_submission(**changes: Any) -> Submission:
    """Return a submission of level 2 on ``port_traffic``, graded B2 and observed on Sunday; say what differs."""
    ordinary: dict[str, Any] = {
        "pack": "harbour",
        "indicator": "port_traffic",
        "level": 2,
        "grade": Grade(reliability="B", credibility=2),
        "observed_at": SUNDAY,
        "statement": "A third fewer ships than usual left the northern port.",
        "author": "ada",
        "method": Method.EDITOR,
        "source_name": "Harbour log",
        "originator": "Port authority",
    }
    return Submission(**ordinary | changes)


def an_observation(**changes: Any) -> Observation:
    """Return an observation as ``a_submission``, recorded an hour after it was observed; say what differs."""
    plain = a_submission(**{name: value for name, value in changes.items() if name not in ("id", "recorded_at")})
    fields = {name: getattr(plain, name) for name in Submission.__dataclass_fields__}
    number = changes.get("id", "018f0000-0000-7000-8000-000000000001")
    return Observation(**fields, id=number, recorded_at=changes.get("recorded_at", plain.observed_at + HOUR))


def a_retraction(of: str, **changes: Any) -> Retraction:
    """Return the retraction of an observation, on Monday; say what differs."""
    ordinary: dict[str, Any] = {
        "id": "018f0000-0000-7000-8000-0000000000ff",
        "observation": of,
        "reason": "The log was of another port.",
        "author": "ben",
        "recorded_at": MONDAY,
    }
    return Retraction(**ordinary | changes)


def a_judgement(**changes: Any) -> Stated:
    """Return the declaration of level 4 for ``blockade``, until two days after Monday; say what differs."""
    ordinary: dict[str, Any] = {
        "kind": JudgementKind.DECLARATION,
        "pack": "harbour",
        "subject": "blockade",
        "level": 4,
        "reason": "The pilots were told to stay at home.",
        "until": MONDAY + 2 * DAY,
        "author": "ada",
    }
    return Stated(**ordinary | changes)


def a_closing(**changes: Any) -> Closing:
    """Return a closing of the first window of ``blockade``, in which nothing happened, on Monday; say what differs."""
    ordinary: dict[str, Any] = {
        "pack": "harbour",
        "window": Window(problem="blockade", first=date(2024, 4, 1), last=date(2024, 4, 30)),
        "onset": None,
        "reason": "Ships left every day.",
        "basis": Basis.SEEN,
        "author": "ada",
        "id": "018f0000-0000-7000-8000-00000000000c",
        "recorded_at": MONDAY,
    }
    return Closing(**ordinary | changes)


def tracked(pack: Pack, *, applied: bool = True, horizon: str = "P30D", **numbers: float) -> Pack:
    """Return a pack that applies a track record, or says that it does not, on windows of a length."""
    rule = {"track_record": {"applied": applied, **numbers}}
    method = MethodNumbers.model_validate(pack.method.model_dump() | rule, strict=False)
    file = PackFile.model_validate(pack.file.model_dump() | {"horizon": horizon}, strict=False)
    return Pack(file=file, method=method, indicators=pack.indicators)


def a_raw_report(**changes: str) -> RawReport:
    """Return a report as typed that has nothing wrong with it; say what differs."""
    ordinary = {
        "indicator": "port_traffic",
        "level": "2",
        "statement": "A third fewer ships than usual left the northern port.",
        "observed_at": "2024-05-05T06:00Z",
        "reliability": "B",
        "credibility": "2",
        "source_name": "Harbour log",
        "originator": "Port authority",
    }
    return RawReport(**ordinary | changes)


def an_indicator(**changes: Any) -> Indicator:
    """Return the active event indicator ``port_traffic``, a driver of ``blockade``; say what differs."""
    ordinary: dict[str, Any] = {
        "id": "port_traffic",
        "title": "Port traffic",
        "question": "Are fewer ships than usual leaving the northern port?",
        "family": "sea",
        "kind": "E",
        "role": "leading",
        "front": "coast",
        "t0": 0,
        "anchors": {0: "usual", 1: "a tenth fewer", 2: "a third fewer", 3: "half", 4: "none for three days"},
        "reading_rule": "7 days",
        "ratings": {"calm": "U", "blockade": "HL"},
        "why": "A blockade shows at the quay first.",
        "limits": "Ships that switch their transponder off are not counted.",
        "how_it_can_be_faked": "Transponders can be made to lie.",
        "runbook": {"check": "Count departures.", "where": "Harbour log.", "grade": "B2 when the log is complete."},
    }
    return Indicator.model_validate(ordinary | changes, strict=False)


def some_indicators() -> tuple[Indicator, ...]:
    """Return two drivers, a restraint, a draft, a retired one and one that is context only."""
    retired = {"reason": "The tide gauge was taken away.", "since": "2024-01-01", "successor": "port_traffic"}
    return (
        an_indicator(),
        an_indicator(id="ferry_strikes", title="Ferry strikes", ratings={"calm": "C", "blockade": "L"}),
        an_indicator(
            id="patrol_boats", title="Patrol boats", family="guard", kind="P", ratings={"calm": "HL", "blockade": "U"}
        ),
        an_indicator(id="insurance_rates", title="Insurance rates", status="draft"),
        an_indicator(id="tide_gauge", title="Tide gauge", status="retired", change=retired),
        an_indicator(id="fish_prices", title="Fish prices", scored=False, t0=None, ratings={}),
    )


def a_pack(*, indicators: Iterable[Indicator] | None = None, file: Mapping[str, Any] | None = None) -> Pack:
    """Return the small pack ``harbour``: one problem, ``blockade``, and the numbers of METHOD.md."""
    return Pack(
        file=PackFile.model_validate(_PACK_FILE | dict(file or {}), strict=False),
        method=MethodNumbers.model_validate(_METHOD, strict=False),
        indicators=some_indicators() if indicators is None else tuple(indicators),
    )


@dataclass
class AClock:
    """A clock that stands until a test moves it."""

    at: datetime = MONDAY

    def __call__(self) -> datetime:
        """Return the time."""
        return self.at


@dataclass
class AWatch:
    """A pack that changes when a test says so."""

    pack: Pack
    alerts: AlertsFile | None = None
    sources: tuple[Source, ...] = ()

    def current(self) -> WatchedPack:
        """Return the pack, with nothing wrong."""
        loaded = LoadedPack(pack=self.pack, folder=Path("harbour"), issues=(), alerts=self.alerts, sources=self.sources)
        return WatchedPack(loaded=loaded)


def a_site(*, clock: AClock | None = None, watch: AWatch | None = None, journal: Journal | None = None) -> Site:
    """Return a site of the pack ``harbour`` with a new journal in memory, on Monday; say what differs."""
    time = clock or AClock()
    return Site(watch or AWatch(a_pack()), journal or Journal.open("sqlite://", clock=time), time)


_PACK_FILE: dict[str, Any] = {
    "id": "harbour",
    "title": "Blockade of the northern port",
    "description": "A small pack for tests.",
    "version": "1.0.0",
    "handling": "TLP:CLEAR",
    "t0": "2024-04-01T00:00:00Z",
    "time_zone": "Europe/Oslo",
    "horizon": "P30D",
    "reference": {"id": "calm", "title": "Calm", "description": "Nothing happens."},
    "problems": (
        {
            "id": "blockade",
            "title": "The northern port is blockaded",
            "short_title": "Blockade",
            "resolves_yes_when": "No ship leaves for seven days.",
            "prior": -10.0,
        },
    ),
    "leading": ("port_traffic",),
    "families": ({"id": "sea", "title": "Sea"}, {"id": "guard", "title": "Guard"}),
    "fronts": ({"id": "coast", "title": "Coast"},),
    "levels": (
        {"level": 1, "word": "LOW", "meaning": "Below about 5 %."},
        {"level": 2, "word": "GUARDED", "from_points": -13.0, "meaning": "About 5 to 20 %."},
        {"level": 3, "word": "ELEVATED", "from_points": -6.0, "meaning": "About 20 to 45 %."},
        {"level": 4, "word": "HIGH", "from_points": -1.0, "meaning": "About 45 to 80 %."},
        {"level": 5, "word": "SEVERE", "from_points": 6.0, "meaning": "Above about 80 %."},
    ),
}

_METHOD: dict[str, Any] = {
    "strength": (0.0, 0.15, 0.35, 0.65, 1.0),
    "ratings": {"HL": 0.9, "L": 0.7, "C": 0.5, "U": 0.3, "HU": 0.1},
    "kinds": {
        "E": {"half_life": "P14D", "cadence": "P3D"},
        "P": {"half_life": "P30D", "cadence": "P7D"},
        "S": {"half_life": "P90D", "cadence": "P30D"},
    },
    "normal": {"share": 0.5, "half_life": "P60D"},
    "grades": {
        "reliability": {"A": 0.95, "B": 0.9, "C": 0.7, "D": 0.4, "E": 0.1, "F": 0.5},
        "credibility": {1: 0.9, 2: 0.7, 3: 0.5, 4: 0.3, 5: 0.1, 6: None},
        "scored_from": 0.35,
        "quality_cap": 0.95,
        "condition_quality": 0.6,
    },
    "ageing": {"fresh_for": 1.0, "unknown_after": 3.0},
    "discount": {"within_family": 0.5, "between_families": 0.5},
    "clip": 20.0,
    "hysteresis": {"up_after": "PT6H", "down_after": "PT72H", "down_margin": 2.0},
    "interval": {
        "draws": 1000,
        "seed": 20231018,
        "weight_factor": (0.5, 1.5),
        "prior_shift": 3.0,
        "percentiles": (5.0, 95.0),
    },
    "coverage": {"hatched_below": 2 / 3, "no_assessment_below": 0.4},
    "confidence": {
        "high_coverage": 0.8,
        "high_quality": 0.6,
        "high_stability": 0.8,
        "high_unchanged_for": "P7D",
        "low_quality": 0.35,
        "low_stability": 0.5,
    },
    "trend": {"window": "P7D", "dead_band": 0.5},
    "words": (
        {"word": "almost no chance", "from_percent": 1, "to_percent": 5},
        {"word": "very unlikely", "from_percent": 5, "to_percent": 20},
        {"word": "unlikely", "from_percent": 20, "to_percent": 45},
        {"word": "roughly even chance", "from_percent": 45, "to_percent": 55},
        {"word": "likely", "from_percent": 55, "to_percent": 80},
        {"word": "very likely", "from_percent": 80, "to_percent": 95},
        {"word": "almost certain", "from_percent": 95, "to_percent": 99},
    ),
}
