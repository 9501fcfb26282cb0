"""What strangers are told of a journal that cannot be used, and what the log has instead."""

from __future__ import annotations

import pytest

from iw_monitor.errors import StoreError
from iw_monitor.service.unusable import REPEATED_AFTER, TOLD_TO_STRANGERS, Reticence

AWAY = StoreError("The journal postgresql://iw@db.inside/iw cannot be used: its server does not answer.")
DAMAGED = StoreError("The journal /srv/iw/journal.db cannot be used: it is damaged.")


def test_strangers_are_told_that_it_is_so_and_the_log_where(caplog: pytest.LogCaptureFixture) -> None:
    assert Reticence(lambda: 0.0).said(AWAY) == TOLD_TO_STRANGERS
    assert "db.inside" not in TOLD_TO_STRANGERS
    assert [(one.levelname, one.message) for one in caplog.records] == [("WARNING", str(AWAY))]


def test_however_many_ask_the_log_has_the_same_once_a_minute_and_another_at_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    times = [0.0] * 500 + [REPEATED_AFTER - 1, REPEATED_AFTER, REPEATED_AFTER]
    steady = iter(times)
    quiet = Reticence(lambda: next(steady))
    for _ in times[:-1]:
        quiet.said(AWAY)
    quiet.said(DAMAGED)
    assert caplog.messages == [str(AWAY), str(AWAY), str(DAMAGED)]
