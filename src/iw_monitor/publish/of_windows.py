"""Past windows and their closings: as text for people, as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from iw_monitor.model.closing import Closing, Window
from iw_monitor.publish.times import iso

WAITS = "to be closed"


def closing_line(one: Closing) -> str:
    """Return a closing in one line."""
    window = one.window
    head = f"{window.problem} {window.first} to {window.last}: "
    return f"{head}{_said(one)} by {one.author}: {_line(one.reason)}  {one.id}"


def window_line(window: Window, expected: float, newest: Closing | None) -> str:
    """Return a past window in one line: what was expected in it, and what is said of it."""
    head = f"{window.problem} {window.first} to {window.last}: {expected:.2f} events expected, "
    if newest is None:
        return f"{head}{WAITS}"
    if newest.reopening is not None:
        return f"{head}reopened by {newest.reopening.author}: {_line(newest.reopening.reason)}; {WAITS}"
    return f"{head}{_said(newest)} by {newest.author}: {_line(newest.reason)}  {newest.id}"


def windows_json(rows: Iterable[tuple[Window, float, Closing | None]]) -> str:
    """Return past windows as a JSON list."""
    return json.dumps([window_dict(*one) for one in rows], indent=2, ensure_ascii=False, allow_nan=False)


def window_dict(window: Window, expected: float, newest: Closing | None) -> dict[str, Any]:
    """Return the plain values of a past window."""
    return {
        "problem": window.problem,
        "first": window.first.isoformat(),
        "last": window.last.isoformat(),
        "expected": expected,
        "closing": None if newest is None else closing_dict(newest),
    }


def closing_dict(one: Closing) -> dict[str, Any]:
    """Return the plain values of a closing."""
    gone = one.reopening
    return {
        "id": one.id,
        "outcome": "happened" if one.happened else "did-not",
        "onset": None if one.onset is None else one.onset.isoformat(),
        "until": None if one.until is None else one.until.isoformat(),
        "reason": one.reason,
        "basis": one.basis.value,
        "author": one.author,
        "recorded_at": iso(one.recorded_at),
        "reopened": None
        if gone is None
        else {"at": iso(gone.recorded_at), "author": gone.author, "reason": gone.reason},
    }


def _said(one: Closing) -> str:
    if one.onset is None:
        return "did not happen"
    return f"happened on {one.onset}" + (f", until {one.until}" if one.until != one.onset else "")


def _line(text: str) -> str:
    return " ".join(text.split())
