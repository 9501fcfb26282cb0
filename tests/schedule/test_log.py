"""The log of a worker: a line an event, for people or for programs, and no secret in either."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import pytest

from iw_monitor.schedule.log import LOGGER, LogFormat, OneLine, say
from tests.builders import MONDAY


@pytest.fixture
def record(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Return what is logged, from the first event on."""
    caplog.set_level(logging.INFO, LOGGER.name)
    return caplog


def test_a_line_for_people_says_what_happened_and_quotes_what_would_be_torn_apart(
    record: pytest.LogCaptureFixture,
) -> None:
    say("run_done", job="evaluation", due=MONDAY, late=timedelta(minutes=3), note='two words, "quoted"', error="")
    line = OneLine(LogFormat.TEXT).format(record.records[0])
    assert " level=info event=run_done job=evaluation due=2024-05-06T00:00:00+00:00 late=0:03:00 " in line
    assert line.endswith(r'note="two words, \"quoted\"" error=""')


def test_a_line_for_programs_is_json_and_an_error_is_a_warning(record: pytest.LogCaptureFixture) -> None:
    say("run_failed", job="delivery", error="no room left\non the disk")
    line = OneLine(LogFormat.JSON).format(record.records[0])
    said = json.loads(line)
    assert "\n" not in line
    assert (said["level"], said["event"], said["job"]) == ("warning", "run_failed", "delivery")
    assert said["error"] == "no room left\non the disk"


@pytest.mark.parametrize("style", LogFormat)
@pytest.mark.parametrize(
    "text",
    [
        "cannot reach postgresql://watch:tiger@db.example/watch",
        "cannot reach smtp://ada:ti@ger@mail.example",
        "asked https://feed.example/?api_key=tiger&day=1",
        "asked https://feed.example/?day=1&PASSWORD=tiger",
        "said access_token=tiger",
    ],
)
def test_no_line_holds_a_password_wherever_it_came_from(
    record: pytest.LogCaptureFixture, style: LogFormat, text: str
) -> None:
    say("run_failed", error=text)
    try:
        raise OSError(text)
    except OSError:
        LOGGER.exception("broke: %s", text)
    for one in record.records:
        line = OneLine(style).format(one)
        assert "***" in line
        assert "tiger" not in line
        assert "ger@" not in line
