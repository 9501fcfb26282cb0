"""What a worker tells its log: one line an event, as ``key=value`` or as JSON, and no password in either."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

LOGGER = logging.getLogger("iw_monitor")
_NEEDS_QUOTES = re.compile(r'[\s"=\\]|^$')
_IN_ADDRESS = re.compile(r"(//[^:/@\s]*:)[^\s/]*@")  # a password before the host of an address
_BY_NAME = re.compile(r"((?:password|passwd|secret|api_?key|access_token)=)[^&\s\"]+", re.IGNORECASE)


class Say(Protocol):
    """Is told what happens: an event, and what there is to say about it."""

    def __call__(self, event: str, /, **facts: object) -> None:
        """Hear of an event."""


class LogFormat(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


def say_nothing(_event: str, /, **_facts: object) -> None:
    """Tell nobody."""


def say(event: str, /, **facts: object) -> None:
    """Log an event; one with an ``error`` is a warning."""
    level = logging.WARNING if facts.get("error") else logging.INFO
    LOGGER.log(level, event, extra={"facts": facts})


def start_logging(style: LogFormat) -> None:
    """Let this process log to stderr, and libraries only what is worth knowing."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine(style))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    LOGGER.setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # we hear of the same things, and say them ourselves


class OneLine(logging.Formatter):
    """Writes a record as one line: when, how grave, what, and the facts."""

    def __init__(self, style: LogFormat) -> None:
        super().__init__()
        self._written_as = style

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        facts: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            facts["trace"] = self.formatException(record.exc_info)
        shown = {key: _without_secrets(_plain(value)) for key, value in facts.items()}
        if self._written_as is LogFormat.JSON:
            return json.dumps(shown, ensure_ascii=False)
        return " ".join(f"{key}={_quoted(value)}" for key, value in shown.items())


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _without_secrets(text: str) -> str:
    return _BY_NAME.sub(r"\1***", _IN_ADDRESS.sub(r"\1***@", text))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if _NEEDS_QUOTES.search(text) else text
