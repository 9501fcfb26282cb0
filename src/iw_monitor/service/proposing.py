"""Proposing: what waits for a person instead of being recorded."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from iw_monitor.collect.validate import RawReport, examine
from iw_monitor.errors import InputError
from iw_monitor.model.judgement import Stated
from iw_monitor.model.observation import Method
from iw_monitor.model.pack import Pack
from iw_monitor.model.proposal import Proposal, Proposed, Waits
from iw_monitor.store.acts import ActStore

# What somebody still has to say of a piece of evidence. It stands in while the rest is looked at, and is never kept.
_STAND_IN = {"level": "0", "reliability": "F", "credibility": "6"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposing:
    """One pack, its acts and one instant: what proposing works on."""

    pack: Pack
    acts: ActStore
    now: datetime

    def report(self, raw: RawReport, *, waits: Waits, author: str, via: str, source: str = "") -> Proposal | None:
        """Propose a report; a piece of evidence may lack its level and its grade, which a person then gives.

        Returns:
            The proposal; None where the source proposed the same before, to the letter.

        Raises:
            InputError: with everything that is wrong with it, at once.
        """
        done = self.acts.propose([self._proposed(raw, waits, author=author, via=via, source=source)], via=via)
        return done[0] if done else None

    def second(self, raw: RawReport, *, author: str, via: str) -> Proposal:
        """Propose a report that needs a second officer.

        Raises:
            InputError: with everything that is wrong with it, at once.
        """
        (done,) = self.acts.propose([self._proposed(raw, Waits.FOUR_EYES, author=author, via=via)], via=via)
        return done

    def judgement(self, stated: Stated, *, via: str) -> Proposal:
        """Propose a judgement that needs a second officer."""
        one = Proposed(
            pack=self.pack.id,
            pack_hash=self.pack.hash,
            subject=stated.subject,
            waits=Waits.FOUR_EYES,
            judgement=stated,
            author=stated.author,
        )
        (done,) = self.acts.propose([one], via=via)
        return done

    def _proposed(self, raw: RawReport, waits: Waits, *, author: str, via: str, source: str = "") -> Proposed:
        given = {name: text.strip() for name, text in asdict(raw).items() if text.strip()}
        lacking = {name: text for name, text in _STAND_IN.items() if name not in given and waits is Waits.EVIDENCE}
        method = method_of(source, via)
        examined = examine(self.pack, replace(raw, **lacking), now=self.now, author=author, method=method)
        if examined.submission is None:
            raise InputError(examined.errors)
        return Proposed(
            pack=self.pack.id,
            pack_hash=self.pack.hash,
            subject=examined.submission.indicator,
            waits=waits,
            report=given,
            source=source,
            author=examined.submission.author,
        )


def method_of(source: str, via: str) -> Method:
    """Return how a report came in that was proposed."""
    if source:
        return Method.COLLECTOR
    return Method.API if via == "api" else Method.EDITOR
