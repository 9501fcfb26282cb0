"""The one engine: live is a replay of one instant (METHOD §4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from iw_monitor.assess.compiled import Integers, compile_pack
from iw_monitor.assess.conclusion import Conclusion, Reading
from iw_monitor.assess.epochs import Earlier, History, history_of
from iw_monitor.assess.interval import draws_of
from iw_monitor.assess.outline import Outline, outline_of
from iw_monitor.assess.recommend import Link, chain_of
from iw_monitor.assess.reports import Reports, changed_from
from iw_monitor.assess.states import states_at
from iw_monitor.assess.tracking import track_changed_from, with_track
from iw_monitor.assess.trails import Trail, trails_of
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack


def assess(pack: Pack, reports: Reports, as_of: datetime, *, known: Known = Known.RECORDED) -> Assessment:
    """Return what is concluded at an instant from what was known by then.

    Raises:
        ValueError: ``as_of`` has no time zone.
    """
    return replay(pack, reports, [as_of], known=known)[0]


def replay(
    pack: Pack, reports: Reports, instants: Sequence[datetime], *, known: Known = Known.RECORDED
) -> tuple[Assessment, ...]:
    """Return the assessments of several instants, in the order given. None uses what became known after it.

    Raises:
        ValueError: an instant has no time zone.
    """
    when = np.array([microseconds(one) for one in instants], dtype=np.int64)
    if not len(when):
        return ()
    return tuple(Engine.of(pack, reports, known, until=int(when.max())).assessments(when))


@dataclass(frozen=True, slots=True)
class Engine:
    """A journal read one way, with its chain of recommendations computed: answers for any instant up to ``until``."""

    reading: Reading
    until: int  # microseconds

    @property
    def history(self) -> History:
        """What is known from when on."""
        return self.reading.history

    @classmethod
    def of(cls, pack: Pack, reports: Reports, known: Known, *, until: int, earlier: Engine | None = None) -> Engine:
        """Return the engine of a pack and its reports, for instants up to ``until`` (microseconds).

        Args:
            pack: what to watch.
            reports: the journal's observations.
            known: how to read "known at".
            until: the last instant that will be asked for.
            earlier: an engine of the same pack, read the same way, on a journal that has only grown since; what it
                has concluded is taken over as far as nothing new touches it.

        Raises:
            ValueError: ``earlier`` is of another pack or another reading.
        """
        link, before = None, None
        if earlier is not None:
            link = earlier._link(pack, reports, known)
            before = Earlier(earlier.history, earlier.reading.reports)
        compiled = compile_pack(pack) if earlier is None else earlier.reading.compiled
        draws = draws_of(compiled) if earlier is None else earlier.reading.draws
        history = with_track(compiled, history_of(compiled, reports, known, before), reports.closings, known)
        return cls(Reading(compiled, reports, known, history, chain_of(compiled, history, until, link), draws), until)

    def _link(self, pack: Pack, reports: Reports, known: Known) -> Link:
        if (pack.hash, known) != (self.reading.compiled.pack.hash, self.reading.known):
            raise ValueError("the earlier engine is of another pack or another reading")
        old = self.reading.reports
        changed = min(changed_from(old, reports, known), track_changed_from(old.closings, reports.closings, known))
        return Link(self.reading.chain, min(changed, self.until))

    def assessments(self, instants: Integers) -> Iterator[Assessment]:
        """Yield the assessment of each instant (microseconds).

        Raises:
            ValueError: an instant is later than ``until``.
        """
        self._check(instants)
        states = states_at(self.reading.compiled, self.history, instants)
        for row, instant in enumerate(instants):
            yield Conclusion.of(self.reading, states.at(row), int(instant)).assessment()

    def outline(self, instants: Integers) -> Outline:
        """Return the points and levels of many instants (microseconds) at once, without their intervals.

        Raises:
            ValueError: an instant is later than ``until``.
        """
        self._check(instants)
        compiled = self.reading.compiled
        return outline_of(compiled, states_at(compiled, self.history, instants), instants, self.reading.chain)

    def trails(self, instants: Integers) -> dict[str, Trail]:
        """Return how each indicator stood at many instants (microseconds), by its id.

        Raises:
            ValueError: an instant is later than ``until``.
        """
        self._check(instants)
        compiled = self.reading.compiled
        return trails_of(compiled, states_at(compiled, self.history, instants), instants)

    def _check(self, instants: Integers) -> None:
        if len(instants) and int(np.max(instants)) > self.until:
            raise ValueError(f"this engine answers up to {from_microseconds(self.until)}")
