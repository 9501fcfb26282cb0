"""The same content has the same fingerprint: importing a file twice adds nothing."""

from __future__ import annotations

import hashlib

from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Submission
from iw_monitor.store.canonical import canonical_json


def fingerprint(submission: Submission) -> str:
    """Return 32 hexadecimal digits of what a submission says, whoever says it and however it came in.

    Author, method and pack hash do not count; everything else does, to the letter. Stable across versions and
    machines: it is stored.

    Raises:
        UnicodeEncodeError: a text holds half a character (a lone surrogate).
    """
    published_at = submission.published_at
    content = (
        submission.pack,
        submission.indicator,
        submission.level,
        submission.grade.reliability,
        submission.grade.credibility,
        microseconds(submission.observed_at),
        None if published_at is None else microseconds(published_at),
        submission.statement,
        submission.source_name,
        submission.source_url,
        submission.originator,
        submission.basis.value,
        None if submission.reading is None else float(submission.reading),
        submission.unit,
        submission.note,
    )
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()[:32]
