"""Acts as everyone else sees them: judgements and proposals, in the journal like everything else."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from iw_monitor.errors import ConflictError, Finding, InputError
from iw_monitor.model.judgement import Judgement, Stated, Withdrawal
from iw_monitor.model.observation import Observation, Submission
from iw_monitor.model.proposal import Decision, Proposal, Proposed
from iw_monitor.store.act_records import (
    JUDGEMENTS,
    decision_from,
    judgement_from,
    judgements_from,
    proposal_from,
    proposals_from,
    said_of_decision,
    said_of_judgement,
    said_of_proposal,
    said_of_withdrawal,
    withdrawal_from,
)
from iw_monitor.store.act_rows import entries_of, entry_of, write_act
from iw_monitor.store.journal import Journal
from iw_monitor.store.records import EntryKind
from iw_monitor.store.writing import Tail, refuse_if_changed, write_observations

_JUDGED = JUDGEMENTS | {EntryKind.WITHDRAWAL}
_PROPOSED = frozenset({EntryKind.PROPOSAL, EntryKind.DECISION})


class ActStore:
    """Judgements and proposals of one journal. Safe to share between threads; writes take turns with the journal's."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    # --- Reading ---

    def judgements(self, pack: str) -> tuple[Judgement, ...]:
        """Return everything ever stated on a pack, in journal order, each with its withdrawal."""
        with self._journal._reading() as connection:
            return judgements_from(entries_of(connection, pack, _JUDGED))

    def proposals(self, pack: str) -> tuple[Proposal, ...]:
        """Return everything ever proposed on a pack, in journal order, each with its decision."""
        with self._journal._reading() as connection:
            return proposals_from(entries_of(connection, pack, _PROPOSED))

    # --- Judgements ---

    def state(self, stated: Stated, *, via: str, seen: str | None = None) -> Judgement:
        """Record a judgement.

        Args:
            stated: what is stated.
            via: the way in.
            seen: id of the newest judgement of its place that the author saw, ``""`` for none, None for unchecked.

        Raises:
            InputError: it holds text that cannot be stored, or had expired before it was stated.
            ConflictError: somebody else stated in between.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            return _state(connection, tail, stated, via=via, seen=seen)

    def withdraw(self, judgement: str, *, pack: str, reason: str, author: str, via: str) -> Withdrawal:
        """End a judgement before its time.

        Raises:
            InputError: the pack has no such judgement, or it was withdrawn before.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            if entry_of(connection, pack, JUDGEMENTS, judgement) is None:
                raise _refused("J401", "judgement", f"pack {pack!r} holds no judgement {judgement!r}")
            if entries_of(connection, pack, {EntryKind.WITHDRAWAL}, subject=judgement):
                raise _refused("J402", "judgement", f"{judgement!r} was withdrawn already")
            said = said_of_withdrawal(judgement, reason)
            row = write_act(connection, tail, EntryKind.WITHDRAWAL, said, pack=pack, author=author, via=via)
            return withdrawal_from(row)

    # --- Proposals ---

    def propose(self, proposed: Sequence[Proposed], *, via: str) -> tuple[Proposal, ...]:
        """Record what waits for a person, all or none; what a source proposed before, to the letter, is left out.

        Raises:
            InputError: one holds text that cannot be stored.
            StoreError: the database failed.
        """
        done = []
        with self._journal._writing() as (connection, tail):
            held = {one.pack: _proposed_before(connection, one.pack) for one in proposed}
            for one in proposed:
                if _told(one) in held[one.pack]:
                    continue
                held[one.pack].add(_told(one))
                said = said_of_proposal(one)
                row = write_act(
                    connection,
                    tail,
                    EntryKind.PROPOSAL,
                    said,
                    pack=one.pack,
                    author=one.author,
                    via=via,
                    pack_hash=one.pack_hash,
                )
                done.append(proposal_from(row))
        return tuple(done)

    def reject(self, proposal: str, *, pack: str, reason: str, author: str, via: str) -> Decision:
        """Record that a proposal is not taken.

        Raises:
            InputError: there is no such proposal, or it was decided before.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            _require_open(connection, pack, proposal)
            said = said_of_decision(proposal, accepted=False, reason=reason, result="")
            return decision_from(
                write_act(connection, tail, EntryKind.DECISION, said, pack=pack, author=author, via=via)
            )

    def accept(
        self,
        proposal: str,
        becomes: Submission | Stated,
        *,
        reason: str,
        author: str,
        via: str,
        seen: str | None = None,
    ) -> tuple[Decision, Observation | Judgement]:
        """Record that a proposal is taken, and what it becomes: both or neither.

        Args:
            proposal: its id.
            becomes: the report or the judgement that is recorded.
            reason: why.
            author: who decides; what is recorded bears the name in ``becomes``.
            via: the way in.
            seen: id of the newest report of the indicator, or of the newest judgement of its place, that was seen;
                ``""`` for none, None for unchecked.

        Raises:
            InputError: there is no such proposal, it was decided before, or what it becomes cannot be recorded.
            ConflictError: as in ``state``.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            pack = becomes.pack
            _require_open(connection, pack, proposal)
            result: Observation | Judgement
            if isinstance(becomes, Submission):
                if seen is not None:
                    refuse_if_changed(connection, [pack], {becomes.indicator: seen or None})
                [[result]] = write_observations(connection, tail, [becomes], via=via)
            else:
                result = _state(connection, tail, becomes, via=via, seen=seen)
            said = said_of_decision(proposal, accepted=True, reason=reason, result=result.id)
            row = write_act(connection, tail, EntryKind.DECISION, said, pack=pack, author=author, via=via)
            return decision_from(row), result


def _state(connection: Connection, tail: Tail, stated: Stated, *, via: str, seen: str | None) -> Judgement:
    if stated.until <= tail.now:
        raise _refused("J403", "until", f"{stated.until:%Y-%m-%d %H:%MZ} is past already", "Give a later time")
    if seen is not None:
        newest = _newest_of_place(connection, stated)
        if newest != (seen or None):
            raise ConflictError(indicator=stated.subject, seen=seen or None, theirs=newest)
    said = said_of_judgement(stated)
    row = write_act(
        connection,
        tail,
        EntryKind(stated.kind.value),
        said,
        pack=stated.pack,
        author=stated.author,
        via=via,
        pack_hash=stated.pack_hash,
    )
    return judgement_from(row)


def _newest_of_place(connection: Connection, stated: Stated) -> str | None:
    rows = entries_of(connection, stated.pack, {EntryKind(stated.kind.value)}, subject=stated.subject)
    mine = [row["id"] for row in rows if judgement_from(row).place == stated.place]
    return str(mine[-1]) if mine else None


def _proposed_before(connection: Connection, pack: str) -> set[tuple[object, ...]]:
    found = (proposal_from(row) for row in entries_of(connection, pack, {EntryKind.PROPOSAL}))
    return {_told(one) for one in found if one.source}


def _told(one: Proposed) -> tuple[object, ...]:
    """Return what makes two proposals of a source the same; what people propose is never left out."""
    if not one.source or one.report is None:
        return (object(),)
    return one.source, one.subject, tuple(sorted(one.report.items()))


def _require_open(connection: Connection, pack: str, proposal: str) -> None:
    if entry_of(connection, pack, {EntryKind.PROPOSAL}, proposal) is None:
        raise _refused("J404", "proposal", f"pack {pack!r} holds no proposal {proposal!r}")
    decided = entries_of(connection, pack, {EntryKind.DECISION}, subject=proposal)
    if decided:
        raise decided_before(decision_from(decided[0]))


def decided_before(decision: Decision) -> InputError:
    """Return why nobody decides a second time: what the first decided."""
    verb = "accepted" if decision.accepted else "rejected"
    problem = f"it was {verb} by {decision.author} at {decision.recorded_at:%Y-%m-%d %H:%MZ}: {decision.reason}"
    return _refused("J405", "proposal", problem, "Nothing more is needed")


def _refused(code: str, field: str, problem: str, remedy: str = "Look again at what is there") -> InputError:
    return InputError([Finding(code=code, file="journal", line=0, field=field, problem=problem, remedy=remedy)])
