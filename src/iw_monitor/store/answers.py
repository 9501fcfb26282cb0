"""Answers kept for a while, so that a request that is sent again is not done again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from iw_monitor.model.instants import microseconds
from iw_monitor.store.journal import Journal
from iw_monitor.store.tables import kept_answer

KEPT_FOR = timedelta(hours=48)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody was told."""

    status: int
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody asks for under a key of their own: the same again under the same key is one request."""

    asker: str  # which token, or which source
    key: str
    asked: str  # SHA-256 of all that was asked


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer(Answer):
    """An answer with what it was the answer to."""

    asked: str


class AnswerStore:
    """The answers of one site. Safe to share between threads and processes."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def find(self, request: Request) -> KeptAnswer | None:
        """Return what was answered under a key, to whatever it was asked."""
        with self._journal._reading() as connection:
            return _find(connection, request)

    def keep(self, request: Request, answer: Answer) -> KeptAnswer | None:
        """Keep an answer, unless there is one under that key: then return that. Those that are old are forgotten.

        Inside ``Journal.together`` it is kept if and only if the writes it tells of are.
        """
        with self._journal._writing() as (connection, tail):
            held = _find(connection, request)
            if held is None:
                _forget(connection, tail.now - KEPT_FOR)
                _add(connection, request, answer, tail.now)
            return held


def _find(connection: Connection, request: Request) -> KeptAnswer | None:
    row = connection.execute(
        select(kept_answer.c.asked, kept_answer.c.status, kept_answer.c.body).where(
            kept_answer.c.asker == request.asker, kept_answer.c.key == request.key
        )
    ).one_or_none()
    return None if row is None else KeptAnswer(asked=row.asked, status=row.status, body=row.body)


def _forget(connection: Connection, before: datetime) -> None:
    connection.execute(delete(kept_answer).where(kept_answer.c.kept_at < microseconds(before)))


def _add(connection: Connection, request: Request, answer: Answer, now: datetime) -> None:
    connection.execute(
        insert(kept_answer),
        {
            "asker": request.asker,
            "key": request.key,
            "asked": request.asked,
            "status": answer.status,
            "body": answer.body,
            "kept_at": microseconds(now),
        },
    )
