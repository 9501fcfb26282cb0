"""What the address supposes: ``level.ID=3``, ``age.ID=10`` (days), ``weight.ID.PROBLEM=2`` (points). Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from iw_monitor.assess.supposing import Supposition
from iw_monitor.model.pack import Pack

LEVEL, AGE, WEIGHT = "level", "age", "weight"
HEAVIEST = 20.0  # points, either way
OLDEST = 3650  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read from an address, and what of it is no supposition about this pack."""

    supposed: Supposition
    unreadable: tuple[str, ...]


def is_part(key: str) -> bool:
    """Return whether a parameter of an address supposes something."""
    return key.partition(".")[0] in (LEVEL, AGE, WEIGHT) and "." in key


def read(query: Mapping[str, str], pack: Pack) -> Read:
    """Return what an address supposes; what cannot be read, or names nothing that is scored, is told and left out."""
    levels: dict[str, int] = {}
    ages: dict[str, int] = {}
    weights: dict[tuple[str, str], float] = {}
    unreadable = []
    problems, names = {one.id for one in pack.file.problems}, {one.id for one in pack.scored}
    for key, text in query.items():
        kind, _, rest = key.partition(".")
        name, _, problem = rest.partition(".")
        if not is_part(key):
            continue
        whole, number = _whole(text), _number(text)
        if name in names and kind == LEVEL and not problem and whole is not None and whole in range(5):
            levels[name] = whole
        elif name in names and kind == AGE and not problem and whole is not None and 0 <= whole <= OLDEST:
            ages[name] = whole
        elif (
            name in names and kind == WEIGHT and problem in problems and number is not None and abs(number) <= HEAVIEST
        ):
            weights[name, problem] = number
        else:
            unreadable.append(f"{key}={text}")
    return Read(supposed=Supposition(levels=levels, ages=ages, weights=weights), unreadable=tuple(unreadable))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def written(supposed: Supposition) -> dict[str, str]:
    """Return a supposition as the parameters of an address."""
    return {
        **{f"{LEVEL}.{name}": str(level) for name, level in supposed.levels.items()},
        **{f"{AGE}.{name}": str(days) for name, days in supposed.ages.items()},
        **{f"{WEIGHT}.{name}.{problem}": f"{points:g}" for (name, problem), points in supposed.weights.items()},
    }
