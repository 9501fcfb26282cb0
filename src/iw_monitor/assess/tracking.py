"""From closed windows to a problem's track record, at every instant: what counted was known by then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from iw_monitor.assess.compiled import TOLERANCE, Compiled, Floats, Integers
from iw_monitor.assess.coverage import coverage
from iw_monitor.assess.epochs import History
from iw_monitor.assess.scoring.days import Episode, blanked
from iw_monitor.assess.states import states_at
from iw_monitor.assess.sums import points_over
from iw_monitor.assess.track import TrackHistory, Tracks, hazard, multiplier
from iw_monitor.model.closing import Closing, Window, is_window, window_days
from iw_monitor.model.instants import EPOCH, NEVER, duration_microseconds, microseconds
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack
from iw_monitor.model.pack.method import TrackRecordRule

_DAY = duration_microseconds(timedelta(days=1))
_FIRST_DAY = EPOCH.toordinal()


def known_from(one: Closing, known: Known) -> int:
    """Return when a closing became known (microseconds): as published, when its window had ended."""
    if known is Known.RECORDED:
        return microseconds(one.recorded_at)
    return (one.window.last.toordinal() + 1 - _FIRST_DAY) * _DAY


def gone_from(one: Closing, known: Known) -> int:
    """Return when a closing stopped counting; as published, one that was taken back never counts."""
    if one.reopening is None:
        return NEVER
    return microseconds(one.reopening.recorded_at) if known is Known.RECORDED else -NEVER


def track_changed_from(old: Sequence[Closing], new: Sequence[Closing], known: Known) -> int:
    """Return from which instant (microseconds) on one of two states of the closings can say anything else."""
    return min([NEVER, *(known_from(one, known) for one in set(old) ^ set(new))])


def expected_daily(compiled: Compiled, history: History, days: Integers) -> Floats:
    """Return how many events the evidence expected on each day (ordinals), T x P: ``-ln(1 - p) / horizon``.

    By what was known at 00:00Z of the day, and 0 where there was no assessment: nobody is lowered because nobody
    looked. The track record itself has no part in it.
    """
    states = states_at(compiled, replace(history, track=None), (days - _FIRST_DAY) * _DAY)
    least = compiled.pack.method.coverage.no_assessment_below - TOLERANCE
    assessed = coverage(compiled, states).problems >= least
    expected = hazard(points_over(compiled, states)) / window_days(compiled.pack)
    return np.asarray(np.where(assessed, expected, 0.0))


def expected_in(
    compiled: Compiled, history: History, windows: Sequence[Window], closings: Sequence[Closing]
) -> tuple[float, ...]:
    """Return how many events the evidence expected in each window, outside the episodes that closings tell of."""
    daily = _daily(compiled, history, windows)

    def of(window: Window) -> float:
        begun = _episodes([one for one in closings if one.window.problem == window.problem])
        return float(daily[window][~blanked(_days(window), begun)].sum())

    return tuple(of(one) for one in windows)


def _daily(compiled: Compiled, history: History, windows: Sequence[Window]) -> dict[Window, Floats]:
    """Return what was expected on each day of each window; windows of the same days are looked at together."""
    spans = {(one.first, one.last): one for one in windows}
    found = {span: expected_daily(compiled, history, _days(one)) for span, one in spans.items()}
    return {one: found[one.first, one.last][:, compiled.problems.index(one.problem)] for one in windows}


def with_track(compiled: Compiled, history: History, closings: Sequence[Closing], known: Known) -> History:
    """Return the history with what its closed windows say, where the pack applies a track record."""
    rule = compiled.pack.method.tracked
    counted = _counted(compiled.pack, closings, known)
    if rule is None or not counted:
        return history
    return replace(history, track=_Record(compiled, history, counted, known).history(rule))


def counting_at(pack: Pack, closings: Iterable[Closing], known: Known, *, at: int) -> tuple[Closing, ...]:
    """Return the closings that count at an instant (microseconds): of windows that the pack has, known and standing."""
    return tuple(one for one in _counted(pack, closings, known) if _stands(one, known, at))


def _counted(pack: Pack, closings: Iterable[Closing], known: Known) -> tuple[Closing, ...]:
    """Return the closings that ever count."""
    mine = [one for one in closings if is_window(pack, one.window)]
    return tuple(one for one in mine if gone_from(one, known) > known_from(one, known))


def _stands(one: Closing, known: Known, at: int) -> bool:
    return known_from(one, known) <= at < gone_from(one, known)


@dataclass(frozen=True, slots=True)
class _Record:
    """All closings that ever count, and the instants at which one begins or ceases to."""

    compiled: Compiled
    before: History  # without a track record
    closings: tuple[Closing, ...]
    known: Known

    def history(self, rule: TrackRecordRule) -> TrackHistory:
        edges = {at for one in self.closings for at in (known_from(one, self.known), gone_from(one, self.known))}
        start = np.array([-NEVER, *sorted(edges - {NEVER})], dtype=np.int64)
        daily = _daily(self.compiled, self.before, [one.window for one in self.closings])
        rows = [list(self._row(int(at), daily)) for at in start]
        windows, events, expected = (np.array([[one[at] for one in row] for row in rows]) for at in range(3))
        factor = multiplier(rule, events, expected)
        return TrackHistory(start, Tracks(windows.astype(np.int64), events.astype(np.int64), expected, factor))

    def _row(self, at: int, daily: dict[Window, Floats]) -> Iterator[tuple[int, int, float]]:
        """Yield windows, events and expected events of each problem, by the closings that stand at an instant."""
        for problem in self.compiled.problems:
            mine = [one for one in self.closings if one.window.problem == problem and _stands(one, self.known, at)]
            begun = _episodes(mine)
            yield (
                len(mine),
                sum(not _within_another(one, begun) for one in begun),
                float(sum(daily[one.window][~blanked(_days(one.window), begun)].sum() for one in mine)),
            )


def _days(window: Window) -> Integers:
    return np.arange(window.first.toordinal(), window.last.toordinal() + 1, dtype=np.int64)


def _episodes(closings: Sequence[Closing]) -> list[Episode]:
    """Return what happened in some windows as episodes: from each onset to the last day of what began."""
    return [
        Episode(onset=one.onset.toordinal(), first=one.onset.toordinal(), last=one.until.toordinal())
        for one in closings
        if one.onset is not None and one.until is not None
    ]


def _within_another(one: Episode, several: Sequence[Episode]) -> bool:
    """Say whether an onset lies within the episode of an earlier one: it is the same event."""
    earlier = [each for each in several if each.first < one.first]
    return bool(blanked(np.array([one.first], dtype=np.int64), earlier)[0])
