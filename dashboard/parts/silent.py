"""The dead source behind an indicator that is not current: named wherever such an indicator is."""

from __future__ import annotations

from dashboard import data_sources
from dashboard.data import Look
from dashboard.parts.markup import attr, esc, inner_link
from iw_monitor.telling.silence import went_silent


def sources_behind(indicator: str, look: Look) -> str:
    """Return a line for each dead source behind an indicator, each leading to the page Sources; or nothing."""
    return "".join(
        f'<div class="iw-small iw-dead" data-dead="{attr(one.id)}">✕ {inner_link(look.link_now("sources"), one.title)} '
        f"{esc(went_silent(one))}</div>"
        for one in data_sources.dead_behind(look, indicator)
    )
