"""What was done, told for people: one entry of the journal with what stood before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One entry of the journal, told for people. ``before`` and ``after`` are None where there is none to tell."""

    sequence: int
    id: str
    kind: str
    subject: str  # id of the indicator or problem, name of the account; "" for none
    at: datetime
    author: str
    via: str
    before: str | None
    after: str | None
    why: str  # statement or reason
    of: str  # id of the entry that this one withdraws, decides on, answers or takes; "" for none
