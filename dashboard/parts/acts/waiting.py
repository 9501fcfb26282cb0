"""What waits in the tray for a person, said where it would count: whoever wrote a draft finds it again there."""

from __future__ import annotations

from dashboard import data
from dashboard import texts_acts as texts
from dashboard.data import Look
from dashboard.data_acts import Proposal, given
from dashboard.parts.acts import both
from dashboard.parts.markup import attr, esc, inner_link
from iw_monitor.model.instants import day_time_group


def on(subject: str, look: Look) -> str:
    """Return what waits on a problem or an indicator now, a line each with the way to it; nothing for the past."""
    if look.moment.as_of is not None:
        return ""
    lines = "".join(_line(one, look) for one in data.desk().proposals.open() if one.subject == subject)
    return f'<div class="iw iw-small">{lines}</div>' if lines else ""


def _line(one: Proposal, look: Look) -> str:
    says = texts.WAITING.format(
        what=_what(one, look),
        author=one.author,
        moment=day_time_group(one.recorded_at),
        why=texts.WAITS[one.waits],
    )
    way = inner_link(look.link("desk", view="tray", proposal=one.id), texts.TO_TRAY)
    return f'<p data-waiting="{attr(one.id)}">◌ {esc(says)} {way}</p>'


def _what(one: Proposal, look: Look) -> str:
    if one.judgement is not None:
        return f"{one.judgement.kind} {both.value(one.judgement, look)}"
    level = given(one, "level")
    return texts.REPORT_OF.format(level=level) if level else texts.REPORT_WITHOUT
