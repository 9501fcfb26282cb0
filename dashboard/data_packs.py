"""The part of the door that leads to all packs that are held beside the one that is looked at."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import streamlit as st

from dashboard import held
from dashboard.data import TTL
from iw_monitor.model import status
from iw_monitor.model.instants import microseconds
from iw_monitor.service import overview as at_a_glance

PackLine: TypeAlias = status.PackLine


def now() -> datetime:
    """Return the clock of what is held; in the demo it stands still."""
    return held.sites().first_usable().now()


def overview() -> tuple[PackLine, ...]:
    """Return a line for each pack that whoever looks may see, the worst first; nothing where that is one alone.

    Raises:
        AccessDeniedError: looking needs signing in, and nobody is signed in who may look.
    """
    there = held.visible()
    if len(there) == 1:
        return ()
    state = [f"{one.name} {one.findings if one.site is None else one.site.revision()}" for one in there]
    return _overview(f"{held.named()} {state} {microseconds(now()) // 60_000_000}")


@st.cache_resource(ttl=TTL, max_entries=20, show_spinner=False)
def _overview(state: str) -> tuple[PackLine, ...]:
    return at_a_glance.overview(held.visible(), now())
