"""Whether the site is looked after: a few words in the header; banners when nothing is evaluated or the clock lags."""

from __future__ import annotations

from dashboard import data, texts_runs
from dashboard.data import Look
from dashboard.parts.markup import aged, alarm, esc, inner_link
from iw_monitor.model.running import Pulse, WorkerHealth
from iw_monitor.telling import formats

MARKS = {WorkerHealth.ALIVE: "●", WorkerHealth.NONE: "○"}
ABNORMAL_MARK = "◌"


def line() -> str:
    """Return whether the worker is alive, quietly when there never was one; nothing in the demo."""
    pulse = data.pulse()
    if pulse is None:
        return ""
    words = texts_runs.HEALTH[pulse.health]
    if pulse.health not in MARKS and pulse.seen_at is not None:
        words = f"{words}, {texts_runs.SEEN.format(age=formats.age(pulse.seen_at, data.now()))}"
    css = "iw-soft" if pulse.health in MARKS else "iw-flag"
    mark = MARKS.get(pulse.health, ABNORMAL_MARK)
    return f'<span class="{css} iw-small" data-worker="{pulse.health}">{mark} {esc(words)}</span>'


def banner(look: Look) -> str:
    """Return the banner that says since when nothing was evaluated, or nothing."""
    pulse = data.pulse()
    if pulse is None or not pulse.is_overdue:
        return ""
    more = "" if look.guest else inner_link(look.link_now("runs"), texts_runs.OVERDUE_DO)
    return alarm("overdue", texts_runs.OVERDUE, _since(pulse, look) + esc(texts_runs.OVERDUE_SAYS), more)


def clock(look: Look) -> str:
    """Return the banner that says that the clock is behind what the journal holds, or nothing."""
    pulse = data.pulse()
    if pulse is None or pulse.recorded_at is None or not pulse.is_clock_behind:
        return ""
    moment = formats.both_times(pulse.recorded_at, look.zone)
    return alarm("clock-behind", texts_runs.BEHIND, esc(texts_runs.BEHIND_SAYS.format(moment=moment)))


def _since(pulse: Pulse, look: Look) -> str:
    if pulse.evaluated_at is None:
        return esc(texts_runs.OVERDUE_EVER)
    moment = esc(formats.both_times(pulse.evaluated_at, look.zone))
    return texts_runs.OVERDUE_SINCE.format(moment=moment, age=aged(pulse.evaluated_at, data.now(), look.zone))
