"""What can go wrong, said for people.

::

    IwError                      everything this project raises on purpose
    ├── InputError               what was given is wrong; carries every Finding at once (exit code 1)
    │   └── PackError            ... in a pack
    ├── ConflictError            somebody else recorded in between
    ├── StoreError               the journal's file or server cannot be used
    │   ├── ForeignDatabaseError     ... it belongs to another program
    │   ├── NewerDatabaseError       ... it was written by a newer version
    │   ├── ReadOnlyDatabaseError    ... it may not be written
    │   │   └── ReadOnlyDiskError        ... nor may anything else on its disk
    │   ├── DiskFullError            ... there is no room left
    │   ├── BusyDatabaseError        ... somebody else held it for too long
    │   ├── CorruptDatabaseError     ... the file is damaged
    │   ├── UnreachableDatabaseError ... its server does not answer, or no longer
    │   ├── InDoubtError             ... its server was lost while it completed a write
    │   ├── FencedOffError           ... another worker has taken over, and this one may not write any more
    │   └── BrokenChainError         ... an entry is not what was written
    ├── CollectError             a source cannot be collected this time; nothing was recorded
    │   └── UnconfiguredError        ... because something is missing where this program runs
    ├── ServerError              the web server cannot start
    ├── ReportError              a report cannot be made or may not be given away
    └── AccessDeniedError        somebody may not do this
        └── LockedOutError           ... for now: too many failed attempts to sign in
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: an *error* cannot be used, an *issue* can be used and should be mended."""

    ERROR = "error"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with an input: where, what, and what to do."""

    code: str  # stable, e.g. "P104"; listed in docs/reference/findings.md and api.md
    file: str  # as the user named it, "/" between folders
    line: int  # 1-based; 0 when the whole file is meant
    field: str  # dotted path or column name; "" when the whole line is meant
    problem: str  # one sentence, no full stop
    remedy: str  # one sentence, no full stop
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return the finding in one line: ``file:line: CODE field: what is wrong. what to do.``."""
        field = f" {self.field}:" if self.field else ""
        return f"{self.file}:{self.line}: {self.code}{field} {self.problem}. {self.remedy}."


class IwError(Exception):
    """Everything this project raises on purpose."""


class InputError(IwError):
    """What was given is wrong; ``findings`` says everything that is, at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class PackError(InputError):
    """The pack cannot be used."""


class ConflictError(IwError):
    """Somebody else recorded in between: ``theirs`` is the id the journal holds, ``seen`` the one the author saw."""

    def __init__(self, *, indicator: str, seen: str | None, theirs: str | None) -> None:
        self.indicator, self.seen, self.theirs = indicator, seen, theirs
        super().__init__(
            f"Of {indicator}, something was recorded by somebody else in between (you saw {seen or 'nothing'}, "
            f"the journal now holds {theirs or 'nothing'}). Look at what is newer and record again."
        )


class StoreError(IwError):
    """The journal's file or server cannot be used; nothing was written."""


class ForeignDatabaseError(StoreError):
    """The database belongs to another program."""


class NewerDatabaseError(StoreError):
    """The database was written by a newer version of this program."""


class ReadOnlyDatabaseError(StoreError):
    """The database may not be written."""


class ReadOnlyDiskError(ReadOnlyDatabaseError):
    """The disk that the journal lies on takes no writes any more. Nothing was written."""


class DiskFullError(StoreError):
    """There is no room left to write."""


class BusyDatabaseError(StoreError):
    """Somebody else held the database for too long."""


class CorruptDatabaseError(StoreError):
    """The database file is damaged."""


class UnreachableDatabaseError(StoreError):
    """The database's server does not answer, or the connection to it was lost."""


class InDoubtError(StoreError):
    """The server was lost while it completed a write: all of it is there, or nothing. The one exception to the rule."""


class FencedOffError(StoreError):
    """Another worker has taken over: what this one still wanted to write was refused."""


class BrokenChainError(StoreError):
    """An entry of the journal is not what was written; ``sequence`` names the first such entry."""

    def __init__(self, *, sequence: int, problem: str) -> None:
        self.sequence, self.problem = sequence, problem
        super().__init__(
            f"journal entry {sequence} {problem}. Keep the journal as it is; restore the newest backup that verifies, "
            "elsewhere, and compare."
        )


class CollectError(IwError):
    """A source cannot be collected this time; nothing was recorded, so its indicator ages."""


class UnconfiguredError(CollectError):
    """Something that a source needs is not set up where this program runs: a secret, a folder, a plug-in."""


class ServerError(IwError):
    """The web server cannot start."""


class ReportError(IwError):
    """A report cannot be made, or may not be given to where it was to go; nothing was kept."""


class AccessDeniedError(IwError):
    """Somebody may not do this; the message says what would let them."""


class LockedOutError(AccessDeniedError):
    """Too many failed attempts to sign in; the next one counts from ``until`` on."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(f"Too many failed attempts. Try again after {until:%H:%M:%S} UTC.")
