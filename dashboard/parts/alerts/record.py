"""How the alerting itself does, every change of state, and what became of each message."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import texts_alerts as texts
from dashboard.data import Look
from dashboard.data_alerts import Overview
from dashboard.parts.empty import note
from dashboard.parts.markup import aged, esc, rows_table
from iw_monitor.model.alert import Transition
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.notice import Message
from iw_monitor.telling.alerts import STATE_WORDS, subject_title

MOST = 100


def draw_log(found: Overview, look: Look) -> None:
    """Draw the rates, who talks most, what flutters, and the changes of state, newest first."""
    st.html(_rates(found))
    st.html(_counted(texts.TALKERS, found.rates.talkers, texts.NONE_TALKS, look))
    st.html(_counted(texts.FLUTTERS, found.rates.fluttering, texts.NONE_FLUTTERS, look))
    st.html(_heading(texts.CHANGES))
    if not found.log:
        st.html(note(texts.NO_CHANGES))
        return
    rows = [_change(one, look) for one in found.log[:MOST]]
    st.html(f'<div class="iw" data-changes="{len(rows)}">{rows_table(texts.CHANGES_HEAD, rows, stacked=True)}</div>')
    if len(found.log) > MOST:
        st.html(f'<p class="iw iw-soft iw-small">{esc(texts.MORE_CHANGES.format(shown=MOST))}</p>')


def draw_messages(found: Overview, look: Look) -> None:
    """Draw what was to be sent, newest first, and what is in trouble."""
    if not found.has_channels:
        st.html(note(texts.NO_CHANNELS))
    if found.in_trouble:
        said = texts.TROUBLE.format(count=found.in_trouble)
        st.html(f'<p class="iw iw-flag" role="alert" data-trouble="{found.in_trouble}">{esc(said)}</p>')
    if not found.messages:
        st.html(note(texts.NO_MESSAGES))
        return
    rows = [_message(one, look) for one in found.messages]
    st.html(f'<div class="iw" data-messages="{len(rows)}">{rows_table(texts.MESSAGES_HEAD, rows, stacked=True)}</div>')


def _heading(text: str) -> str:
    return f'<div class="iw iw-h" role="heading" aria-level="2">{esc(text)}</div>'


def _rates(found: Overview) -> str:
    rates = found.rates
    numbers = {
        "last_ten_minutes": rates.last_ten_minutes,
        "most_in_ten_minutes": rates.most_in_ten_minutes,
        "last_shift": rates.last_shift,
        "unacknowledged": len(rates.unacknowledged),
    }
    rows = [[esc(texts.RATES[name]), f'<b data-rate="{name}">{count}</b>'] for name, count in numbers.items()]
    table = rows_table((), rows, numeric={1})
    return f'<div class="iw">{table}<p class="iw-soft iw-small">{esc(texts.RATES_SAY)}</p></div>'


def _counted(title: str, counted: Sequence[tuple[str, str, int]], none: str, look: Look) -> str:
    if not counted:
        return f'{_heading(title)}<p class="iw iw-soft">{esc(none)}</p>'
    rows = [[_name(rule, subject, look), str(count)] for rule, subject, count in counted]
    return f'{_heading(title)}<div class="iw">{rows_table(texts.TIMES, rows, numeric={1})}</div>'


def _name(rule: str, subject: str, look: Look) -> str:
    title = subject_title(look.pack, subject)
    return f'{esc(title)} <span class="iw-small iw-soft">{esc(rule)}/{esc(subject)}</span>'


def _change(one: Transition, look: Look) -> list[str]:
    before = "–" if one.before is None else STATE_WORDS[one.before]
    return [
        aged(one.at, look.now, look.zone),
        _name(one.rule, one.subject, look),
        f'<span class="iw-nowrap">{esc(before)} → {esc(STATE_WORDS[one.after])}</span>',
        esc(one.reason.value),
        esc(one.says),
    ]


def _message(one: Message, look: Look) -> list[str]:
    lines = [f"{line.news}: {line.subject_title}" for notice in one.notices for line in notice.lines]
    more = f" … {len(lines) - 3} more" if len(lines) > 3 else ""
    return [
        aged(one.created_at, look.now, look.zone),
        esc(one.channel),
        esc("; ".join(lines[:3]) + more),
        _delivery(one, look),
        str(one.attempts),
    ]


def _delivery(one: Message, look: Look) -> str:
    if one.delivered_at is not None:
        return texts.DELIVERED.format(age=aged(one.delivered_at, look.now, look.zone))
    said = texts.GIVEN_UP if one.failed_at else texts.WAITS.format(moment=day_time_group(one.next_at))
    error = f'<br><span class="iw-flag iw-small">{esc(one.last_error)}</span>' if one.last_error else ""
    return esc(said) + error
