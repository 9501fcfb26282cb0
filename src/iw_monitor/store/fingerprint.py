"""The same content has the same fingerprint: importing a file twice adds nothing."""

from __future__ import annotations

import hashlib

from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Submission
from iw_monitor.store.canonical import number_or_null, quoted


def fingerprint(submission: Submission) -> str:
    """Return 32 hexadecimal digits of what a submission says, whoever says it and however it came in.

    Author, method and pack hash do not count; everything else does, to the letter. Stable across versions and
    machines: it is stored.

    Raises:
        UnicodeEncodeError: a text holds half a character (a lone surrogate).
    """
    one, published_at = submission, submission.published_at
    # The canonical JSON of a list; put together here, because an import asks for a million of them.
    content = (
        f"[{quoted(one.pack)},{quoted(one.indicator)},{one.level:d},{quoted(one.grade.reliability)},"
        f"{one.grade.credibility:d},{microseconds(one.observed_at)},"
        f"{number_or_null(None if published_at is None else microseconds(published_at))},"
        f"{quoted(one.statement)},{quoted(one.source_name)},{quoted(one.source_url)},{quoted(one.originator)},"
        f"{quoted(one.basis)},{number_or_null(None if one.reading is None else float(one.reading))},"
        f"{quoted(one.unit)},{quoted(one.note)}]"
    )
    return hashlib.sha256(content.encode()).hexdigest()[:32]
