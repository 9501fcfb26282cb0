"""Two packs on one history: where they would have said another level, before anyone adopts the second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from iw_monitor.assess.compiled import Integers
from iw_monitor.assess.engine import Engine
from iw_monitor.assess.outline import Outline
from iw_monitor.assess.reports import Reports
from iw_monitor.model.instants import from_microseconds
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one pack says of one problem at one instant. ``level`` is the recommended one, None without assessment."""

    level: int | None
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Both packs on one problem at one instant."""

    at: datetime
    problem: str
    a: Said
    b: Said

    @property
    def differs(self) -> bool:
        return self.a.level != self.b.level


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A run of instants at which the levels of a problem differ in the same way; ``widest``: the largest b - a."""

    problem: str
    first: datetime
    last: datetime
    a: int | None
    b: int | None
    widest: float  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A number that is another in the second pack; None where it is not there."""

    what: str  # "link" or "prior"
    name: str
    a: float | None
    b: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDifference:
    """Two packs on the instants of one history."""

    packs: tuple[Pack, Pack]
    known: Known
    problems: tuple[str, ...]  # those that both have
    only: tuple[tuple[str, ...], tuple[str, ...]]  # problems that only one has
    rows: tuple[Beside, ...]
    apart: tuple[Apart, ...]
    edits: tuple[Edit, ...]

    def share(self, problem: str) -> float:
        """Return at which share of the instants the levels of a problem differ."""
        mine = [one.differs for one in self.rows if one.problem == problem]
        return sum(mine) / len(mine)


def pack_difference(
    a: Pack, b: Pack, reports_for: Callable[[Pack], Reports], instants: Integers, known: Known
) -> PackDifference:
    """Return where two packs differ on the same reports.

    Args:
        a: the pack in use.
        b: the draft.
        reports_for: the reports as the columns of a pack; those on indicators it does not have are nothing to it.
        instants: microseconds, rising, at least one.
        known: how to read "known at".
    """
    names = tuple(tuple(one.id for one in pack.file.problems) for pack in (a, b))
    both = tuple(name for name in names[0] if name in names[1])
    outlines = [_outline(pack, reports_for(pack), instants, known) for pack in (a, b)]
    rows = tuple(_rows(instants, both, names, outlines))
    return PackDifference(
        packs=(a, b),
        known=known,
        problems=both,
        only=(tuple(one for one in names[0] if one not in both), tuple(one for one in names[1] if one not in both)),
        rows=rows,
        apart=tuple(run for problem in both for run in _apart([one for one in rows if one.problem == problem])),
        edits=tuple(_edits(a, b)),
    )


def _outline(pack: Pack, reports: Reports, instants: Integers, known: Known) -> Outline:
    return Engine.of(pack, reports, known, until=int(instants[-1])).outline(instants)


def _rows(
    instants: Integers, both: tuple[str, ...], names: tuple[tuple[str, ...], ...], outlines: list[Outline]
) -> Iterator[Beside]:
    for problem in both:
        said = [_said(outline, mine.index(problem)) for outline, mine in zip(outlines, names, strict=True)]
        for at, one, other in zip(instants.tolist(), *said, strict=True):
            yield Beside(at=from_microseconds(at), problem=problem, a=one, b=other)


def _said(outline: Outline, column: int) -> list[Said]:
    levels = np.where(outline.assessed[:, column], outline.recommended[:, column], 0).tolist()
    points = outline.points[:, column].tolist()
    return [Said(level=level or None, points=each) for level, each in zip(levels, points, strict=True)]


def _apart(rows: list[Beside]) -> Iterator[Apart]:
    run: list[Beside] = []
    for one in [*rows, None]:
        goes_on = run and one is not None and (one.a.level, one.b.level) == (run[-1].a.level, run[-1].b.level)
        if run and not goes_on:
            yield _run(run)
            run = []
        if one is not None and one.differs:
            run.append(one)


def _run(run: list[Beside]) -> Apart:
    gaps = [one.b.points - one.a.points for one in run]
    return Apart(
        problem=run[0].problem,
        first=run[0].at,
        last=run[-1].at,
        a=run[0].a.level,
        b=run[0].b.level,
        widest=max(gaps, key=abs),
    )


def _edits(a: Pack, b: Pack) -> Iterator[Edit]:
    """Yield which priors and links are others. Rules and numbers of the method differ too where the hashes do."""
    yield from _changed("prior", *({one.id: one.prior for one in pack.file.problems} for pack in (a, b)))
    yield from _changed("link", *(_links(pack) for pack in (a, b)))


def _links(pack: Pack) -> dict[str, float]:
    return {
        f"{one.id} → {problem.id}": points
        for one in pack.scored
        for problem in pack.file.problems
        if (points := pack.link_points(one, problem.id))
    }


def _changed(what: str, a: dict[str, float], b: dict[str, float]) -> Iterator[Edit]:
    for name in dict.fromkeys((*a, *b)):
        if a.get(name) != b.get(name):
            yield Edit(what=what, name=name, a=a.get(name), b=b.get(name))
