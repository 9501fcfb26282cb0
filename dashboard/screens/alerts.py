"""Alerts: what fires and who is at it, how the alerting does, and what was sent."""

from __future__ import annotations

import streamlit as st

from dashboard import choices, data_alerts, opening
from dashboard import texts_alerts as texts
from dashboard.parts.alerts import firing, record
from dashboard.parts.desk import said
from dashboard.parts.desk.looks import draw_style

VIEWS = {"firing": texts.FIRING, "log": texts.LOG, "messages": texts.MESSAGES}


def page() -> None:
    """Draw the part of the alerts that the address names."""
    look, _ = opening.start()
    draw_style()
    view = choices.segmented(st.container(), "view", VIEWS, label=texts.VIEW_LABEL, usual="firing")
    said.draw()
    found = data_alerts.overview()
    if view == "log":
        record.draw_log(found, look)
    elif view == "messages":
        record.draw_messages(found, look)
    else:
        firing.draw(data_alerts.desk(), found, look)


page()
