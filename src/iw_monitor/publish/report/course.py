"""The course of the levels: how long each problem stood where, as runs of one level."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from iw_monitor.publish.report.content import Snapshot
from iw_monitor.publish.report.parts import CourseRow, Run, level_of


def course(snapshot: Snapshot) -> Iterator[CourseRow]:
    """Give each problem's levels over the frames of a snapshot; nothing if there are none to compare."""
    if len(snapshot.frames) < 2:
        return
    for problem in snapshot.pack.file.problems:
        levels = [frame.problem(problem.id).recommended_level for frame in snapshot.frames]
        yield CourseRow(title=problem.title, runs=tuple(_runs(levels, snapshot)))


def _runs(levels: list[int | None], snapshot: Snapshot) -> Iterator[Run]:
    begin, step = 0, 1 / len(levels)
    for level, held in groupby(levels):
        length = sum(1 for _ in held)
        yield Run(begin=begin * step, wide=length * step, level=level_of(level, snapshot.pack))
        begin += length


def course_days(snapshot: Snapshot) -> tuple[str, ...]:
    """Return what stands under the course: its first day, its middle, its last."""
    if len(snapshot.frames) < 2:
        return ()
    frames = (snapshot.frames[0], snapshot.frames[len(snapshot.frames) // 2], snapshot.frames[-1])
    return tuple(f"{one.as_of:%d %b %Y}" for one in frames)
