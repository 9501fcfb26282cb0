"""Desk: what an editor looks at next, and where it is recorded: queue, form, tray, paste or file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

import streamlit as st

from dashboard import choices, data, opening
from dashboard import texts_desk as texts
from dashboard.data import Desk, Look, Queued, QueuePlace
from dashboard.data_acts import Proposal
from dashboard.parts.acts import stating, withdrawing
from dashboard.parts.desk import acts, bulk, form, proposals, queue, said, tray
from dashboard.parts.desk.keeping import WINDOW, Sheet, new_window, own_window
from dashboard.parts.desk.looks import draw_style
from dashboard.parts.markup import attr, esc, inner_link
from iw_monitor.errors import ConflictError, IwError
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.observation import Observation
from iw_monitor.telling import formats

VIEWS = {"queue": texts.QUEUE, "tray": texts.TRAY, "bulk": texts.BULK}
_CONFIRMED = "confirmed last"  # in the session: the id of the report that this page's last press became


def page() -> None:
    """Draw the queue, the tray or the file door, or the form of the indicator that the address names."""
    look, _ = opening.start()
    draw_style()
    if look.moment.as_of is not None:
        back = inner_link(look.link_now("desk"), texts.AT_NOW)
        st.html(f'<div class="iw iw-empty"><p>{esc(texts.AT_NOW_ONLY)} {back}</p></div>')
        return
    st.session_state.pop(form.LEFT, None)
    desk = data.desk()
    st.html(_who(desk, look))
    name = st.query_params.get("indicator", "")
    if name in {one.id for one in look.at.indicators}:
        _one(desk, name, look)
    else:
        _all(desk, look)


def _who(desk: Desk, look: Look) -> str:
    if look.demo and desk.actor is not None and desk.actor.via == "demo":
        said_so = esc(texts.DEMO_WRITES.format(name=desk.actor.name, moment=formats.both_times(look.now, look.zone)))
    elif desk.actor is None:
        goal = f"auth/login?next={quote(data.path_and_query(), safe='')}"
        way = f" {inner_link(goal, texts.SIGN_IN)}" if data.sign_in_mode() else ""
        said_so = esc(texts.LOOK_ONLY) + way
    else:
        says = texts.WRITES_AS if desk.may_write else texts.NOT_EDITOR
        said_so = esc(says.format(name=desk.actor.display_name))
    writer = desk.actor.name if desk.actor and desk.may_write else ""
    return f'<p class="iw iw-small" data-writes="{attr(writer)}">{said_so}</p>'


def _all(desk: Desk, look: Look) -> None:
    waiting, proposed = desk.tray(look.at), desk.proposals.open()
    titles = {**VIEWS, "tray": texts.TRAY.format(count=len(waiting) + len(proposed))}
    if not desk.may_write:
        del titles["bulk"]
    view = choices.segmented(st.container(), "view", titles, label=texts.VIEW_LABEL, usual="queue")
    said.draw()
    if view == "tray":
        proposals.draw(desk, proposed, look)
        tray.draw(desk, waiting, look)
    elif view == "bulk":
        bulk.draw(desk, look, Sheet.of(desk, "", own_window("bulk")))
    else:
        _queue(desk, look, _by_subject(waiting, proposed))


def _by_subject(waiting: Sequence[Observation], proposed: Sequence[Proposal]) -> Counter[str]:
    return Counter([*(one.indicator for one in waiting), *(one.subject for one in proposed)])


def _queue(desk: Desk, look: Look, in_tray: Counter[str]) -> None:
    rows = desk.queue(look.at)
    st.html(f'<p class="iw iw-soft iw-small">{esc(texts.QUEUE_SAYS)}</p>')
    begun = _begun(desk)
    for place, title in (
        (QueuePlace.ASKS, texts.ASKS),
        (QueuePlace.CURRENT, texts.CURRENT),
        (QueuePlace.CONTEXT, texts.CONTEXT),
    ):
        part = [one for one in rows if one.place is place]
        if part:
            st.html(queue.heading(title, part))
        elif place is QueuePlace.ASKS:
            st.html(f'<p class="iw">{esc(texts.NONE_ASKS)}</p>')
        _part(desk, part, look, in_tray, first=rows[0], begun=begun)


def _part(
    desk: Desk, rows: Sequence[Queued], look: Look, in_tray: Counter[str], *, first: Queued, begun: dict[str, str]
) -> None:
    for row in rows:
        left, right = st.columns([7, 3])
        left.html(queue.task(row, look, in_tray=in_tray[row.indicator.id]))
        if desk.may_write:
            with right.container(key=f"desk_row_{row.indicator.id}", horizontal=True, gap="small"):
                _buttons(row, is_first=row is first, draft=begun.get(row.indicator.id))


def _buttons(row: Queued, *, is_first: bool, draft: str | None) -> None:
    """Draw what can be done with a row; the first one answers to a key, and the next is then first.

    A press is bound to the report that stood there: a second one, before the browser has drawn the page anew, is the
    first one again.
    """
    name = row.indicator.id
    st.button(
        texts.CONFIRM,
        key=f"desk_confirm_{name}_{row.newest}",
        disabled=row.state.level is None,
        shortcut=texts.CONFIRM_KEY if is_first else None,
        on_click=_confirm,
        args=(row,),
    )
    st.button(
        texts.GO_ON if draft else texts.RECORD,
        key=f"desk_record_{name}",
        shortcut=texts.RECORD_KEY if is_first else None,
        on_click=_open,
        args=(name, draft),
    )


def _confirm(row: Queued) -> None:
    try:
        one = data.desk().confirm(row.indicator.id, seen=row.newest or None)
    except IwError as error:
        if not (isinstance(error, ConflictError) and error.theirs == st.session_state.get(_CONFIRMED)):
            said.wrong(error, row.indicator.title)
        return
    st.session_state[_CONFIRMED] = one.id
    said.done(
        texts.CONFIRMED.format(
            title=row.indicator.title, level=one.level, author=one.author, moment=day_time_group(one.recorded_at)
        )
    )


def _open(indicator: str, window: str | None) -> None:
    said.forget()
    st.query_params["indicator"] = indicator
    st.query_params[WINDOW] = window or new_window()


def _begun(desk: Desk) -> dict[str, str]:
    """Return the drafts that a signed-in editor has begun, by indicator; visitors of the demo share one name."""
    if desk.actor is None or desk.actor.via == "demo":
        return {}
    listed = data.drafts().of(desk.site.pack.id, desk.actor.name)
    return {one.indicator: one.window for one in reversed(listed)}


def _one(desk: Desk, name: str, look: Look) -> None:
    indicator = look.pack.indicator(name)
    st.html(f'<p class="iw">{inner_link(look.link("desk"), texts.BACK)}</p>')
    if stating.opened(desk, stating.OF_INDICATOR):
        form.stands(indicator, look)
    elif desk.may_write:
        form.draw(desk, indicator, look, Sheet.of(desk, name, own_window(name)))
    else:
        said.draw()
    stating.draw(desk, stating.OF_INDICATOR, name, look)
    withdrawing.draw(desk, stating.OF_INDICATOR, name, look)
    acts.draw(desk, indicator, look)


page()
