"""What fires, first; then what is pending and what is silenced."""

from __future__ import annotations

import streamlit as st

from dashboard import texts_alerts as texts
from dashboard.data import Look
from dashboard.data_alerts import AlertDesk, Overview, Told
from dashboard.parts.alerts import answers
from dashboard.parts.empty import note
from dashboard.parts.marks import badge
from dashboard.parts.markup import aged, attr, esc, inner_link, rows_table
from iw_monitor.model.instants import day_time_group
from iw_monitor.telling import formats
from iw_monitor.telling.alerts import NO_RULES, NOT_EVALUATED, answer_words, state_words

MOST_ANSWERED = 30  # of more at once, the least urgent are answered by the command line


def draw(desk: AlertDesk, found: Overview, look: Look) -> None:
    """Draw what stands, the most urgent first."""
    if not found.has_rules:
        st.html(note(NO_RULES))
    if found.evaluated_at is None:
        st.html(note(NOT_EVALUATED))
    else:
        st.html(_summary(found, look))
    for place, one in enumerate(found.firing):
        with st.container(border=True, key=f"desk_alert_{answers.key_of(one)}"):
            st.html(_card(one, look))
            if desk.may_answer and place < MOST_ANSWERED:
                answers.draw(one)
    _pending(found, look)
    _silences(desk, found)
    if desk.may_exercise:
        answers.draw_exercise(found)


def _summary(found: Overview, look: Look) -> str:
    silenced = len(found.firing) - len(found.loud)
    pending = len(found.alerts) - len(found.firing)
    said = texts.COUNTS.format(firing=len(found.firing), silenced=silenced, pending=pending)
    age = texts.EVALUATED.format(age=aged(found.evaluated_at, found.now, look.zone))
    none = "" if found.firing else f"{esc(texts.NONE_FIRES)} "
    return f'<p class="iw" role="status" data-firing="{len(found.firing)}">{none}{esc(said)} {age}</p>'


def _card(one: Told, look: Look) -> str:
    alert = one.alert
    level = badge(alert.level, look.pack) if alert.level else ""
    owned = answer_words(one)
    ends = texts.SUNSET.format(moment=day_time_group(alert.sunset_at)) if alert.sunset_at else ""
    began = alert.fired_at or alert.since
    return (
        f'<div class="iw" data-alert="{attr(one.name)}"><p>{level} <b>{esc(one.title)}</b> · {_about(one, look)}</p>'
        f"<p>{esc(state_words(one))} {texts.SINCE} {esc(day_time_group(began))} "
        f"({aged(began, look.now, look.zone)}): {esc(alert.says)}. <b>{esc(owned)}</b></p>"
        f'<p class="iw-soft">{esc(one.what)}</p><p>{texts.DO}: {esc(one.runbook)}</p>'
        f'<p class="iw-soft iw-small">{esc(one.name)}. {esc(ends)}</p></div>'
    )


def _about(one: Told, look: Look) -> str:
    subject = one.alert.subject
    if any(each.id == subject for each in look.pack.file.problems):
        return inner_link(look.link_now("why", problem=subject), one.subject_title)
    if any(each.id == subject for each in look.pack.indicators):
        return inner_link(look.link_now("indicators", indicator=subject), one.subject_title)
    return esc(one.subject_title)


def _pending(found: Overview, look: Look) -> None:
    pending = [one for one in found.alerts if not one.alert.is_active]
    if not pending:
        return
    rows = [
        [
            esc(one.title),
            _about(one, look),
            esc(one.alert.says),
            esc(formats.age(one.alert.since, found.now)),
        ]
        for one in pending
    ]
    st.html(f'<div class="iw iw-h" role="heading" aria-level="2">{esc(texts.PENDING)}</div>')
    st.html(f'<div class="iw">{rows_table(texts.PENDING_HEAD, rows, stacked=True)}</div>')


def _silences(desk: AlertDesk, found: Overview) -> None:
    if not found.silences:
        return
    st.html(f'<div class="iw iw-h" role="heading" aria-level="2">{esc(texts.SILENCES)}</div>')
    rows = [
        [
            esc(f"{one.rule}/{one.subject}".rstrip("/")),
            esc(one.author),
            esc(day_time_group(one.until)),
            f'<span class="iw-lines">{esc(one.comment)}</span>',
        ]
        for one in found.silences
    ]
    st.html(f'<div class="iw">{rows_table(texts.SILENCES_HEAD, rows, stacked=True)}</div>')
    if desk.may_answer:
        answers.draw_end_of_silence(found)
