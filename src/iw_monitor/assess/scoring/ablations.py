"""The model with one part taken out at a time: each is a pack with other numbers, run by the same engine.

Nothing is chosen by how it scores; the parts are those that METHOD §6 names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from iw_monitor.model.instants import duration_microseconds
from iw_monitor.model.pack import CENTURY, Grades, MethodNumbers, Pack

_LARGEST = 2**61  # microseconds that still fit with a date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ablation:
    """A pack without one part of the method."""

    id: str
    title: str
    pack: Pack


def ablations(pack: Pack) -> Iterator[Ablation]:
    """Yield the six ablations of METHOD §6."""
    method, discount = pack.method, pack.method.discount
    changed: dict[tuple[str, str], dict[str, Any]] = {
        ("no_discount_within", "no discount within families"): {
            "discount": discount.model_copy(update={"within_family": 1.0})
        },
        ("no_discount_between", "no discount between families"): {
            "discount": discount.model_copy(update={"between_families": 1.0})
        },
        ("no_grading", "no grading: every report taken at its word"): {"grades": _all_alike(method.grades)},
        ("no_ageing", "no ageing: a report holds until the next"): {"ageing": _endless(pack)},
        ("no_moving_normal", "no moving normal"): {"normal": method.normal.model_copy(update={"share": 0.0})},
    }
    yield Ablation(
        id="no_interactions",
        title="no interactions",
        pack=_pack(pack, file=pack.file.model_copy(update={"interactions": ()})),
    )
    for (name, title), update in changed.items():
        yield Ablation(id=name, title=title, pack=_pack(pack, method=method.model_copy(update=update)))


def _pack(pack: Pack, **changes: Any) -> Pack:
    """Return a new pack: a copy would keep the hash and the lists that the old one has already worked out."""
    parts = {"file": pack.file, "method": pack.method, "article": pack.article, "indicators": pack.indicators}
    return Pack(**parts | changes)


def _all_alike(grades: Grades) -> Grades:
    """Return grades by which every report, also one that waits in the tray, is worth all there is."""
    return grades.model_copy(
        update={
            "reliability": dict.fromkeys(grades.reliability, 1.0),
            "credibility": dict.fromkeys(range(1, 7), 1.0),
            "quality_cap": 1.0,
        }
    )


def _endless(pack: Pack) -> Any:
    """Return ageing so slow that nothing fades within two centuries; the window of evidence then has no end either."""
    lives = [duration_microseconds(pack.half_life(one)) for one in pack.indicators]
    most = min(2 * duration_microseconds(CENTURY) / min(lives), _LARGEST / max(lives))
    return _ageing(pack.method, most)


def _ageing(method: MethodNumbers, half_lives: float) -> Any:
    return method.ageing.model_copy(update={"fresh_for": half_lives, "unknown_after": half_lives})
