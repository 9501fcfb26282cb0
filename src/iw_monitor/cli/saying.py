"""What the program says: results on stdout, everything else on stderr."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

from iw_monitor.errors import Finding, InputError, Severity

MOST_SHOWN = 50  # findings
WAITS_FOR_SECOND = "The pack asks for a second officer: it waits until an approver who is not you accepts it."


def prepare_streams() -> None:
    """Make every text printable: UTF-8 into files and pipes, escapes on a terminal that lacks a letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Say something beside the result."""
    sys.stderr.write(f"{text}\n")


def say_error(error: Exception) -> None:
    """Say what went wrong, and nothing of where in the code."""
    if isinstance(error, InputError):
        say_findings(error.findings)
    elif isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        say(f"Error: {name}{error.strerror or error}.")
    else:
        say(f"Error: {error}")


def say_findings(findings: Sequence[Finding]) -> None:
    """Say findings, one a line; of many, the first and how many more there are."""
    for one in findings[:MOST_SHOWN]:
        say(line_of(one))
    if len(findings) > MOST_SHOWN:
        say(f"... and {len(findings) - MOST_SHOWN:,} more.")


def line_of(finding: Finding) -> str:
    """Return a finding as one line; one that is of no file does not pretend to have a line."""
    text = str(finding) if finding.file else str(finding).removeprefix(f":{finding.line}: ")
    return f"issue: {text}" if finding.severity is Severity.ISSUE else text
