"""The part of the door that leads to alerts: how they stand, answering them, and what every page says of them."""

from __future__ import annotations

from typing import TypeAlias

from dashboard import data
from dashboard.data import Look
from iw_monitor.service import alert_desk, answering
from iw_monitor.service.memo import Memo
from iw_monitor.telling import alerts as told

AlertDesk: TypeAlias = answering.AlertDesk
Overview: TypeAlias = told.Overview
Told: TypeAlias = told.Told
Glance: TypeAlias = told.Glance

_GLANCES: Memo[Glance] = Memo(most=8)


def desk() -> AlertDesk:
    """Return the alerts as whoever is signed in at this moment answers them; in the demo, any visitor."""
    return AlertDesk(data.site(), data.desk().actor)


def overview() -> Overview:
    """Return everything about alerting now; what became of a message is in no journal, so it is read each time."""
    return alert_desk.overview(data.site())


def glance(look: Look) -> Glance:
    """Return what every page says of alerts, as they stand now whatever moment is looked at."""
    return _GLANCES.get((look.revision, data.second()), lambda: alert_desk.glance(data.site()))
