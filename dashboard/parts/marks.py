"""Small marks that many pages share: a warning level's badge, an indicator's five steps, trends, freshness."""

from __future__ import annotations

from datetime import datetime

from dashboard import texts, theme
from dashboard.parts.markup import attr, esc
from iw_monitor.model.assessment import Freshness, IndicatorAssessment
from iw_monitor.model.pack import Indicator, Pack
from iw_monitor.telling import formats
from iw_monitor.telling.sentences import NON_DIAGNOSTIC


def badge(level: int | None, pack: Pack, *, word: bool = True) -> str:
    """Return a warning level as shape, number, word and colour together."""
    label = theme.level_label(level, pack.word(level) if level else "") if word else theme.level_mark(level)
    return f'<span class="iw-badge iw-l{level or 0}" data-level="{level or ""}">{esc(label)}</span>'


def steps(level: int | None, *, known: bool) -> str:
    """Return an indicator's level 0 to 4 as four steps with its number; dashed and "?" when it is not known."""
    if level is None:
        return f'<span class="iw-dots iw-none" title="never reported">{"<i></i>" * 4}</span>'
    filled = "".join(f'<i class="{"on" if place <= level else "off"}"></i>' for place in range(1, 5))
    css = "iw-dots" if known else "iw-dots iw-none"
    return f'<span class="{css}" role="img" aria-label="level {level} of 4">{filled}</span>'


def freshness(status: Freshness) -> str:
    """Return the word for how current an indicator is, marked unless it is fresh."""
    return _flag(status, formats.FRESHNESS_WORDS[status])


def standing(state: IndicatorAssessment, now: datetime) -> str:
    """Return how current an indicator is and when its re-check is due, in one breath."""
    due = formats.until(state.due_at, now)
    if state.status is Freshness.DUE:
        return _flag(state.status, due)
    return f"{freshness(state.status)}, {esc(due)}"


def _flag(status: Freshness, text: str) -> str:
    return f'<span class="iw-flag iw-{status.value}">{esc(text)}</span>'


def faint(one: Indicator) -> str:
    """Return the label of an indicator that tells no future from another by itself, or nothing."""
    if not one.is_non_diagnostic:
        return ""
    return f'<span class="iw-faint" title="{attr(texts.SPREAD_FAINT)}">{esc(NON_DIAGNOSTIC)}</span>'


def trend(change: float | None, dead_band: float, window: str) -> str:
    """Return a change of points over a window: an arrow beyond the dead-band, ``=`` within, or missing data."""
    if change is None:
        return f'<span class="iw-nowrap">{esc(window)}: {esc(texts.NO_TREND)}</span>'
    if abs(change) < dead_band:
        return f'<span class="iw-nowrap">= {esc(texts.STEADY)} in {esc(window)}</span>'
    arrow = "↑" if change > 0 else "↓"
    return f'<span class="iw-nowrap"><strong>{arrow} {esc(formats.signed(change))}</strong> in {esc(window)}</span>'


def level_change(before: int | None, after: int | None) -> str:
    """Return ``2 → 3`` for an indicator's levels; ``?`` where there was none."""
    return f"{'?' if before is None else before} → {'?' if after is None else after}"
