"""The list of reports: each with its level, its outcome, its files and its stamp."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dashboard import texts_reports as texts
from dashboard.data import Look
from dashboard.data_reports import Format, KeptSnapshot, Planned, ReportLine, ReportOutcome
from dashboard.parts import marks
from dashboard.parts.markup import aged, attr, esc, inner_link, rows_table
from iw_monitor.model.instants import day_time_group
from iw_monitor.telling import formats
from iw_monitor.telling.schedules import crontab_words

_CALM = (ReportOutcome.SENT, ReportOutcome.SKIPPED)


def listed(lines: Iterable[ReportLine], look: Look, chosen: str) -> str:
    """Return the table; ``chosen`` is the snapshot that the address names, which is marked."""
    rows = [_row(one, look, chosen) for one in lines]
    return f'<div class="iw" data-reports="{len(rows)}">{rows_table(texts.HEAD, rows, stacked=True)}</div>'


def _row(one: ReportLine, look: Look, chosen: str) -> list[str]:
    kept = one.kept
    is_chosen = kept is not None and kept.id == chosen
    name = one.report if kept is None else one.report or kept.record.layout.heading
    return [
        aged(one.at, look.now, look.zone),
        f"<b>{esc(name)}</b>" if is_chosen else esc(name),
        "" if kept is None else marks.badge(kept.record.level, look.pack),
        _outcome(one),
        "" if kept is None else _as_of(kept, look),
        "" if kept is None else _files(kept, look),
        "" if kept is None else _stamp(kept),
    ]


def _outcome(one: ReportLine) -> str:
    css = "" if one.outcome in _CALM else "iw-flag"
    note = one.note or (texts.BY_HAND.format(author=one.kept.author) if one.kept and not one.report else "")
    due = "" if one.due_at is None else texts.DUE.format(moment=day_time_group(one.due_at))
    said = ", ".join(filter(None, (note, due)))
    soft = f' <span class="iw-soft iw-small">{esc(said)}</span>' if said else ""
    return f'<span class="{css}" data-outcome="{one.outcome}">{esc(texts.OUTCOMES[one.outcome])}</span>{soft}'


def _as_of(kept: KeptSnapshot, look: Look) -> str:
    record = kept.record
    marked = " · ".join(filter(None, (record.marking.value, record.standing.mark)))
    return (
        f'<span class="iw-nowrap" title="{attr(formats.both_times(record.as_of, look.zone))}">'
        f'{esc(day_time_group(record.as_of))}</span><br><span class="iw-soft iw-small">{esc(marked)}</span>'
    )


def _files(kept: KeptSnapshot, look: Look) -> str:
    return " · ".join(_file(kept, form, look) for form in kept.by_format)


def _file(kept: KeptSnapshot, form: Format, look: Look) -> str:
    file = kept.by_format[form]
    title = texts.FILE_TITLE.format(name=file.name, size=-(-file.size // 1000))
    href = look.link_now(f"snapshots/{kept.id}/{form.value}")
    return f'<a href="{attr(href)}" target="_blank" title="{attr(title)}">{form.value.upper()}</a>'


def _stamp(kept: KeptSnapshot) -> str:
    title = texts.STAMP_TITLE.format(
        content=kept.record.content_hash, pack=kept.pack_hash, position=kept.record.position
    )
    return f'<code title="{attr(title)}">{esc(kept.record.content_hash[:8])}</code>'


def planned(found: Iterable[Planned], look: Look) -> str:
    """Return the table of the reports that the pack plans."""
    rows = [
        [
            esc(one.plan.title),
            esc(one.plan.shape.heading),
            _when(one),
            "" if one.next_at is None else _next(one.next_at, look),
            esc(" · ".join(form.upper() for form in one.plan.formats)),
            esc(one.plan.up_to),
        ]
        for one in found
    ]
    return f'<div class="iw" data-planned="{len(rows)}">{rows_table(texts.PLANNED_HEAD, rows, stacked=True)}</div>'


def _when(one: Planned) -> str:
    """Return in words when a report is made; its crontab, as it stands in the pack, on hover."""
    due = one.plan.schedule
    if due is None:
        return esc(texts.ON_CHANGE if one.plan.on_level_change else texts.BY_NAME)
    said = texts.BY_CLOCK.format(clock=crontab_words(due.cron), zone=due.zone)
    change = f", {texts.ON_CHANGE}" if one.plan.on_level_change else ""
    return f'<span title="{attr(texts.CRONTAB.format(cron=due.cron, zone=due.zone))}">{esc(said)}</span>{esc(change)}'


def _next(at: datetime, look: Look) -> str:
    return f'<span title="{attr(formats.both_times(at, look.zone))}">{esc(formats.until(at, look.now))}</span>'


def elsewhere(look: Look) -> str:
    """Return where the feed, in both its forms, and the badge are."""
    href = attr(look.link_now("badge.svg"))
    badge = f'<a href="{href}" target="_blank"><img src="{href}" alt="{attr(look.pack.file.title)}" height="22"></a>'
    forms = (("feed.atom", texts.ATOM), ("feed.json", texts.JSON_FEED))
    feeds = " · ".join(inner_link(look.link_now(place), title) for place, title in forms)
    return (
        f'<div class="iw"><p>{esc(texts.FEED)} {feeds}: {esc(texts.FEED_SAYS)}.</p>'
        f'<p>{badge} <span class="iw-soft iw-small">{esc(texts.BADGE_SAYS)}</span></p></div>'
    )
