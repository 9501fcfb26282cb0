"""Keeping what is typed: every change goes to the server's drafts at once, and a reload finds it there again.

The address holds which window's draft it is (``draft=…``), so that two windows of one editor do not write over each
other, and nobody finds another's.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import streamlit as st

from dashboard import data

WINDOW = "draft"  # in the address
SEEN = "seen"
_WINDOW = re.compile(r"[\w-]{22}", re.ASCII)
TIMES = ("observed_at", "published_at")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One draft as the widgets of a page see it."""

    place: data.DraftPlace

    @classmethod
    def of(cls, desk: data.Desk, indicator: str, window: str) -> Sheet:
        """Return the sheet of an editor's draft in one window."""
        author = desk.actor.name if desk.actor else ""
        return cls(data.DraftPlace(desk.site.pack.id, author, indicator, window))

    def key(self, field: str) -> str:
        """Return the key of a field's widget."""
        return f"desk_{self.place.window}_{self.place.indicator}_{field}"

    def typed(self) -> Mapping[str, str]:
        """Return what the draft holds, as texts."""
        return data.drafts().get(self.place)

    def begin(self, usual: Mapping[str, str]) -> None:
        """Put what the draft holds, or else the usual, into widgets that are not on the page yet."""
        held = self.typed()
        for field, text in usual.items():
            if self.key(field) not in st.session_state:
                st.session_state[self.key(field)] = _read(field, held.get(field, text))

    def widget(self, field: str) -> dict[str, Any]:
        """Return what every widget of a field is given: its key, and that each change is kept at once."""
        return {"key": self.key(field), "on_change": self.keep, "args": (field,)}

    def keep(self, field: str) -> None:
        """Take over what a widget holds; called at every change of it."""
        self.put(**{field: _written(st.session_state.get(self.key(field)))})

    def put(self, **fields: str) -> None:
        """Write fields of the draft."""
        data.drafts().put(self.place, fields)

    def text(self, field: str) -> str:
        """Return what a widget holds, as text."""
        return _written(st.session_state.get(self.key(field)))

    def drop(self) -> None:
        """Forget the draft and its widgets."""
        data.drafts().drop(self.place)
        for key in [one for one in st.session_state if str(one).startswith(self.key(""))]:
            del st.session_state[key]


def new_window() -> str:
    """Return a name for a draft that nobody can guess."""
    return secrets.token_urlsafe(16)


def is_window(name: str) -> bool:
    """Say whether a name has the form of one that ``new_window`` gives; anybody can write into an address."""
    return _WINDOW.fullmatch(name) is not None


def own_window(name: str) -> str:
    """Return the window's name from the address; a page opened without one gets its own."""
    window = st.query_params.get(WINDOW, "")
    if not is_window(window):
        window = str(st.session_state.setdefault(f"desk_window_{name}", new_window()))
        st.query_params[WINDOW] = window
    return window


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}Z"
    return "" if value is None else str(value)


def _read(field: str, text: str) -> object:
    if field in TIMES:
        return datetime.fromisoformat(text.removesuffix("Z")) if text else None
    return text or (None if field in CHOICES else "")


CHOICES = ("level", "reliability", "credibility", "basis")
