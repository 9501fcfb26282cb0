"""What a watch writes down for itself and hands over: notes, open questions, handovers and who took them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class LogKind(StrEnum):
    """What an entry of the watch log is."""

    NOTE = "note"
    QUESTION = "question"  # open until somebody answers it
    ANSWER = "answer"
    CAUGHT_UP = "caught up"  # its author has read everything up to here


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What somebody writes into the watch log: an entry before the store gives it an id and a time."""

    pack: str
    kind: LogKind
    text: str  # empty only of one who has caught up
    about: str = ""  # id of an indicator or a problem
    answers: str = ""  # id of the question
    author: str

    def __post_init__(self) -> None:
        if not self.author.strip() or (self.kind is not LogKind.CAUGHT_UP and not self.text.strip()):
            raise ValueError("an entry of the watch log needs an author and a text")
        if (self.kind is LogKind.ANSWER) != bool(self.answers):
            raise ValueError("an answer names its question, and nothing else does")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry(Noted):
    """One entry of the watch log, as the journal keeps it. Never edited."""

    id: str
    via: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Countersignature:
    """The incoming officer took a handover."""

    id: str
    handover: str
    remark: str
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What an outgoing officer handed over: the sheet as it stood then, frozen, and who took it."""

    id: str
    pack: str
    since: datetime  # what the sheet tells of begins here
    sheet: Mapping[str, Any]  # plain values, as ``publish.handover`` writes them
    remark: str
    author: str
    recorded_at: datetime
    taken: Countersignature | None = None


def open_questions(log: Iterable[LogEntry]) -> tuple[LogEntry, ...]:
    """Return the questions of a watch log that nobody has answered, oldest first."""
    entries = tuple(log)
    answered = {one.answers for one in entries}
    return tuple(one for one in entries if one.kind is LogKind.QUESTION and one.id not in answered)
