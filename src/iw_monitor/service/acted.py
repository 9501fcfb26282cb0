"""What people stated and proposed, remembered until the journal grows."""

from __future__ import annotations

from datetime import datetime

from iw_monitor.model.judgement import Judgement
from iw_monitor.model.proposal import Proposal
from iw_monitor.service.memo import Memo
from iw_monitor.store.acts import ActStore
from iw_monitor.store.journal import Journal


class Acted:
    """Judgements and proposals of one journal. Safe to share between threads; each state is read once."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._acts = journal, ActStore(journal)
        self._judgements: Memo[tuple[Judgement, ...]] = Memo(most=4)
        self._proposals: Memo[tuple[Proposal, ...]] = Memo(most=4)

    def judgements(self, pack: str) -> tuple[Judgement, ...]:
        """Return everything that people ever stated on a pack, in journal order."""
        return self._judgements.get((pack, self._journal.position()), lambda: self._acts.judgements(pack))

    def proposals(self, pack: str) -> tuple[Proposal, ...]:
        """Return everything ever proposed on a pack, in journal order."""
        return self._proposals.get((pack, self._journal.position()), lambda: self._acts.proposals(pack))

    def newest(self, pack: str) -> datetime | None:
        """Return when a judgement was last stated or withdrawn, or None if none ever was."""
        judgements = self.judgements(pack)
        times = [one.recorded_at for one in judgements[-1:]]
        return max([*times, *(one.withdrawal.recorded_at for one in judgements if one.withdrawal)], default=None)
