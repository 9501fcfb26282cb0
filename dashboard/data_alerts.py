"""The part of the door that leads to alerts: how they stand, answering them, and what every page says of them."""

from __future__ import annotations

from typing import TypeAlias

import streamlit as st

from dashboard import data
from iw_monitor.service import alert_desk, answering
from iw_monitor.telling import alerts as told

AlertDesk: TypeAlias = answering.AlertDesk
Overview: TypeAlias = told.Overview
Told: TypeAlias = told.Told
Glance: TypeAlias = told.Glance


def desk() -> AlertDesk:
    """Return the alerts as whoever is signed in at this moment answers them; in the demo, any visitor."""
    return AlertDesk(data.site(), data.desk().actor)


def overview() -> Overview:
    """Return everything about alerting now; what became of a message is in no journal, so it is read each time."""
    return alert_desk.overview(data.site())


def glance() -> Glance:
    """Return what every page says of alerts."""
    return _glance(data.beat())


@st.cache_resource(ttl=data.TTL, max_entries=4, show_spinner=False)
def _glance(beat: str) -> Glance:
    return alert_desk.glance(data.site())
