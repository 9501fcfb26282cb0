"""A small pack in which everything of METHOD §4 happens within a fortnight; every kind of interaction is in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from iw_monitor.model.pack import Indicator, Pack
from tests.builders import a_pack, an_indicator
from tests.reference.history import with_few_draws

T0 = datetime(2024, 5, 6, tzinfo=UTC)

_PROBLEMS = (
    {"id": "attack", "title": "Attack", "short_title": "Attack", "resolves_yes_when": "It comes.", "prior": -8.0},
    {"id": "spread", "title": "Spread", "short_title": "Spread", "resolves_yes_when": "It spreads.", "prior": -5.0},
    {"id": "collapse", "title": "Collapse", "short_title": "End", "resolves_yes_when": "It ends.", "prior": -12.0},
)

_FAMILIES = (
    {"id": "north", "title": "North", "cap": 4.0},
    {"id": "south", "title": "South"},
    {"id": "guard", "title": "What holds back"},
)

_INTERACTIONS: tuple[dict[str, Any], ...] = (
    {
        "kind": "adds",
        "id": "X1",
        "title": "Raids under cover of convoys",
        "family": "north",
        "when": {"all": ({"indicator": "raids", "at_least": 3}, {"indicator": "convoys", "at_least": 2})},
        "points": {"attack": 3.0, "collapse": -1.0},
    },
    {
        "kind": "adds_by_level",
        "id": "X2",
        "title": "Words and raids",
        "family": "south",
        "when": {"any": ({"indicator": "rhetoric", "at_least": 3}, {"indicator": "convoys", "at_least": 4})},
        "level_of": "raids",
        "points": {"attack": (0.0, 0.0, 0.5, 1.0, 1.5), "spread": (0.0, 0.0, 0.25, 1.25, 2.0)},
    },
    {
        "kind": "screens",
        "id": "X3",
        "title": "The decision is visible",
        "when": {"any": ({"indicator": "stockpiles", "at_least": 4},)},
        "family": "guard",
    },
    {
        "kind": "count_floor",
        "id": "X5",
        "title": "Fronts",
        "indicators": ("raids", "convoys", "rhetoric"),
        "at_least": 3,
        "problem": "spread",
        "floors": {2: 3, 3: 4},
    },
)

_TRIPWIRES = (
    {
        "id": "T1",
        "title": "Stocks are moved up",
        "when": {"all": ({"indicator": "stockpiles", "at_least": 4},)},
        "problem": "attack",
        "floor": 4,
    },
    {
        "id": "T2",
        "title": "Raids and convoys at once",
        "when": {"all": ({"indicator": "raids", "at_least": 4}, {"indicator": "convoys", "at_least": 3})},
        "problem": "spread",
        "floor": 5,
    },
    {
        "id": "T3",
        "title": "Nobody stands between",
        "when": {"any": ({"indicator": "envoys", "at_most": 0}, {"indicator": "patrols", "at_most": 0})},
        "problem": "collapse",
        "floor": 3,
    },
)


def _indicators() -> tuple[Indicator, ...]:
    def one(name: str, family: str, kind: str, t0: int, **ratings: str) -> Indicator:
        return an_indicator(id=name, title=name.title(), family=family, kind=kind, t0=t0, ratings=ratings)

    return (
        one("raids", "north", "E", 1, calm="U", attack="HL", spread="C", collapse="L"),
        one("convoys", "north", "P", 0, calm="C", attack="L", spread="HL"),
        one("stockpiles", "south", "S", 1, calm="HU", attack="HL", collapse="U"),
        one("rhetoric", "south", "E", 2, calm="U", attack="L", spread="HU", collapse="C"),
        one("envoys", "guard", "P", 3, calm="HL", attack="U", spread="C"),
        one("patrols", "guard", "E", 2, calm="HL", attack="C", spread="L", collapse="U"),
    )


def theatre() -> Pack:
    """Return the pack: three problems, six indicators, half-lives of two to five days, a way down after 30 hours."""
    kinds = {
        "E": {"half_life": "P2D", "cadence": "PT12H"},
        "P": {"half_life": "P3D", "cadence": "P1D"},
        "S": {"half_life": "P5D", "cadence": "P2D"},
    }
    pack = a_pack(
        indicators=_indicators(),
        file={
            "id": "theatre",
            "t0": T0.isoformat(),
            "problems": _PROBLEMS,
            "leading": ("raids",),
            "families": _FAMILIES,
            "interactions": _INTERACTIONS,
            "tripwires": _TRIPWIRES,
        },
    )
    hysteresis = {"up_after": "PT6H", "down_after": "PT30H", "down_margin": 1.0}
    numbers = pack.method.model_dump(mode="python") | {"kinds": kinds, "hysteresis": hysteresis}
    return with_few_draws(pack.model_copy(update={"method": type(pack.method).model_validate(numbers, strict=False)}))
