"""What people stated, proposed and closed, remembered until the journal grows."""

from __future__ import annotations

from datetime import datetime

from iw_monitor.model.closing import Closing
from iw_monitor.model.judgement import Judgement
from iw_monitor.model.proposal import Proposal
from iw_monitor.service.memo import Memo
from iw_monitor.store.acts import ActStore
from iw_monitor.store.closings import ClosingStore
from iw_monitor.store.journal import Journal


class Acted:
    """Judgements, proposals and closings of one journal. Safe to share between threads; each state is read once."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._acts, self._windows = journal, ActStore(journal), ClosingStore(journal)
        self._closings: Memo[tuple[Closing, ...]] = Memo(most=4)
        self._judgements: Memo[tuple[Judgement, ...]] = Memo(most=4)
        self._proposals: Memo[tuple[Proposal, ...]] = Memo(most=4)

    def judgements(self, pack: str) -> tuple[Judgement, ...]:
        """Return everything that people ever stated on a pack, in journal order."""
        return self._judgements.get((pack, self._journal.position()), lambda: self._acts.judgements(pack))

    def proposals(self, pack: str) -> tuple[Proposal, ...]:
        """Return everything ever proposed on a pack, in journal order."""
        return self._proposals.get((pack, self._journal.position()), lambda: self._acts.proposals(pack))

    def closings(self, pack: str) -> tuple[Closing, ...]:
        """Return every closing of a window that people ever made on a pack, in journal order."""
        return self._closings.get((pack, self._journal.position()), lambda: self._windows.closings(pack))

    def newest(self, pack: str) -> datetime | None:
        """Return when a judgement was last stated or withdrawn or a window closed or reopened; None if never."""
        judgements, closings = self.judgements(pack), self.closings(pack)
        times = [one.recorded_at for one in judgements[-1:]]
        times += [one.recorded_at for one in closings[-1:]]
        times += [one.withdrawal.recorded_at for one in judgements if one.withdrawal]
        return max([*times, *(one.reopening.recorded_at for one in closings if one.reopening)], default=None)
