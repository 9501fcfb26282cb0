"""Alerts as everyone else sees them: how they stand, their log, and the outbox, of one pack.

What an evaluation noticed, how alerts stand after it, and every message about it are written in one transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from iw_monitor.model.alert import Answer, AnswerKind, LevelChange, Standing, Transition
from iw_monitor.model.notice import Message, Outgoing, TargetResult
from iw_monitor.model.running import FAR_AHEAD
from iw_monitor.store import alert_rows as rows
from iw_monitor.store.act_rows import entries_of, write_act
from iw_monitor.store.alert_records import (
    answer_from,
    level_from,
    said_of_answer,
    said_of_level,
    said_of_transition,
    standing_from,
    standing_text,
    transition_from,
)
from iw_monitor.store.journal import Journal
from iw_monitor.store.records import EntryKind

AUTHOR = "evaluation"  # of what nobody did: the machine noticed it


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How alerts stood when somebody looked; what is written by it counts only if they stand so still."""

    standing: Standing
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers what: written down with how alerts stand after it."""

    kind: AnswerKind
    subject: str
    until: datetime | None
    reason: str
    author: str
    owner: str = ""

    def about(self, subject: str, *, owner: str = "") -> Answering:
        """Return the same about something."""
        return replace(self, subject=subject, owner=owner)

    @property
    def body(self) -> dict[str, Any]:
        """What its entry says."""
        return said_of_answer(self.kind, self.subject, until=self.until, reason=self.reason, owner=self.owner)


class AlertStore:
    """Alerts and the outbox of one pack. Safe to share between threads; writes take turns with the journal's."""

    def __init__(self, journal: Journal, pack: str) -> None:
        self._journal, self._pack = journal, pack

    # --- How alerts stand ---

    def look(self) -> Seen:
        """Return how alerts stand."""
        with self._journal._reading() as connection:
            text = rows.standing(connection, self._pack)
        return Seen(standing=standing_from(text), text=text)

    def evaluated(
        self,
        seen: Seen,
        after: Standing,
        *,
        transitions: tuple[Transition, ...] = (),
        levels: tuple[LevelChange, ...] = (),
        outgoing: tuple[Outgoing, ...] = (),
        via: str,
        pack_hash: str,
    ) -> bool:
        """Write what an evaluation noticed and who is told, all or nothing; False if somebody else wrote in between.

        Raises:
            StoreError: the database failed.
        """
        said = [(EntryKind.LEVEL_CHANGE, said_of_level(one)) for one in levels]
        said += [(EntryKind.ALERT, said_of_transition(one)) for one in transitions]
        with self._journal._writing() as (connection, tail):
            if rows.standing(connection, self._pack) != seen.text:
                return False
            for kind, body in said:
                write_act(connection, tail, kind, body, pack=self._pack, author=AUTHOR, via=via, pack_hash=pack_hash)
            for one in outgoing:
                if not rows.has_message(connection, one.key):  # a clock that was ahead told the same before
                    rows.add_message(connection, one, message_id=tail.new_id(), pack=self._pack, now=tail.now)
            if after != seen.standing:
                rows.set_standing(connection, self._pack, standing_text(after))
        return True

    def answered(self, seen: Seen, after: Standing, said: Answering, *, via: str) -> Answer | None:
        """Write what somebody answered and how alerts stand by it; None if somebody else wrote in between.

        Raises:
            InputError: it holds text that cannot be stored.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            if rows.standing(connection, self._pack) != seen.text:
                return None
            row = write_act(connection, tail, EntryKind.ANSWER, said.body, pack=self._pack, author=said.author, via=via)
            rows.set_standing(connection, self._pack, standing_text(after))
            return answer_from(row)

    def note_answer(self, said: Answering, *, via: str) -> None:
        """Write what somebody did that leaves alerts as they stand.

        Raises:
            InputError: it holds text that cannot be stored.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            write_act(connection, tail, EntryKind.ANSWER, said.body, pack=self._pack, author=said.author, via=via)

    # --- The log ---

    def transitions(self) -> tuple[Transition, ...]:
        """Return every change of state that was noticed, in order."""
        with self._journal._reading() as connection:
            return tuple(transition_from(row) for row in entries_of(connection, self._pack, {EntryKind.ALERT}))

    def level_changes(self) -> tuple[LevelChange, ...]:
        """Return every change of a recommended level that was noticed, in order."""
        with self._journal._reading() as connection:
            return tuple(level_from(row) for row in entries_of(connection, self._pack, {EntryKind.LEVEL_CHANGE}))

    def answers(self) -> tuple[Answer, ...]:
        """Return everything people answered to alerts, in order."""
        with self._journal._reading() as connection:
            return tuple(answer_from(row) for row in entries_of(connection, self._pack, {EntryKind.ANSWER}))

    # --- The outbox ---

    def due(self, now: datetime) -> list[Message]:
        """Return what waits and may be tried now, the oldest first."""
        with self._journal._reading() as connection:
            return rows.due(connection, self._pack, now)

    def has_strayed(self, now: datetime, *, longest: timedelta) -> bool:
        """Say whether ``take_back`` would change anything."""
        with self._journal._reading() as connection:
            return rows.has_strayed(connection, self._pack, ahead=now + FAR_AHEAD, longest=now + longest)

    def take_back(self, now: datetime, *, longest: timedelta) -> int:
        """Let be due what a clock that was far ahead gave up or told to wait, and say how much that was.

        Args:
            now: by the right clock.
            longest: for which anything waits.
        """
        with self._journal._writing() as (connection, _):
            return rows.take_back(connection, self._pack, ahead=now + FAR_AHEAD, longest=now + longest, now=now)

    def messages(self, *, limit: int) -> list[Message]:
        """Return the newest messages, delivered or not."""
        with self._journal._reading() as connection:
            return rows.newest(connection, self._pack, limit)

    def in_trouble(self) -> int:
        """Return how many messages were tried in vain and are not delivered."""
        with self._journal._reading() as connection:
            return rows.count_in_trouble(connection, self._pack)

    def delivered_between(self, channel: str, since: datetime, until: datetime) -> list[datetime]:
        """Return when a channel got messages after an instant and up to another, in order."""
        with self._journal._reading() as connection:
            return rows.delivered(connection, self._pack, channel, since, until)

    def joined(self, parts: list[Message]) -> None:
        """Put messages to one channel together into one, with a key of its own: each is in it, none is lost."""
        key = hashlib.sha256("\n".join(sorted(one.key for one in parts)).encode()).hexdigest()
        notices = tuple(notice for one in parts for notice in one.notices)
        whole = Outgoing(channel=parts[0].channel, key=key, not_before=parts[-1].next_at, notices=notices)
        with self._journal._writing() as (connection, tail):
            waiting = {one.id for one in rows.due(connection, self._pack, tail.now)}
            if not waiting.issuperset(one.id for one in parts):
                return  # somebody else is at it
            message_id = tail.new_id()
            rows.add_message(connection, whole, message_id=message_id, pack=self._pack, now=tail.now)
            rows.join(connection, parts, message_id)

    def claim(self, one: Message, *, next_at: datetime) -> bool:
        """Count an attempt before it is made, and say whether it is ours to make."""
        with self._journal._writing() as (connection, _):
            return rows.claim(connection, one, next_at=next_at)

    def postpone(self, messages: list[Message], *, next_at: datetime) -> None:
        """Let messages wait; that is no attempt."""
        with self._journal._writing() as (connection, _):
            for one in messages:
                rows.postpone(connection, one, next_at=next_at)

    def note_results(
        self,
        one: Message,
        results: Mapping[str, TargetResult],
        *,
        delivered_at: datetime | None = None,
        failed_at: datetime | None = None,
    ) -> None:
        """Write down what came of an attempt, target by target."""
        error = "; ".join(f"{each.target}: {each.error}" for each in results.values() if not each.is_done)
        with self._journal._writing() as (connection, _):
            rows.note_results(connection, one.id, results, error=error, delivered_at=delivered_at, failed_at=failed_at)
