"""The packs that are held beside each other: a strip to choose by on every page, and a table with a line for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard import address, theme
from dashboard import texts_packs as texts
from dashboard.data_packs import PackLine
from dashboard.parts.markup import aged, attr, esc, inner_link, rows_table
from iw_monitor.model.alert import AlertState
from iw_monitor.model.assessment import Freshness, ProblemAssessment
from iw_monitor.telling import formats

UTC = ZoneInfo("UTC")
PAGE = "packs"


def strip(lines: Sequence[PackLine], *, page: str, shown: str) -> str:
    """Return the packs by which to choose, the worst first, each with its level now; nothing where there is one alone.

    Args:
        lines: the packs.
        page: the path of the page that is open: the same opens for the other pack.
        shown: the id of the pack that is looked at.
    """
    if not lines:
        return ""
    chips = "".join(_chip(one, page=page, is_shown=one.name == shown) for one in lines)
    return (
        f'<nav class="iw iw-packs" aria-label="{attr(texts.STRIP)}">{chips}'
        f"{inner_link(address.link(PAGE, {address.PACK: shown} if shown else {}), texts.PACKS, 'iw-soft')}</nav>"
    )


def _chip(one: PackLine, *, page: str, is_shown: bool) -> str:
    current = ' aria-current="page"' if is_shown else ""
    href = address.link(page, {address.PACK: one.name})
    mark = _badge(one, word=False)
    return f'<a target="_self" data-pack="{attr(one.name)}"{current} href="{attr(href)}">{mark} {esc(one.title)}</a>'


def _badge(one: PackLine, *, word: bool) -> str:
    if one.status is None:
        label = texts.UNUSABLE if word else "?"
        return f'<span class="iw-badge iw-l0" title="{attr(texts.UNUSABLE)}">{esc(label)}</span>'
    top = one.status.assessment.headline
    label = theme.level_label(top.level, top.word) if word else theme.level_mark(top.level)
    return (
        f'<span class="iw-badge iw-l{top.level or 0}" data-level="{top.level or ""}" '
        f'title="{attr(theme.level_label(top.level, top.word))}">{esc(label)}</span>'
    )


def table(lines: Iterable[PackLine], *, shown: str, now: datetime) -> str:
    """Return a line for each pack, in the order given."""
    rows = [
        [
            _title(one, is_shown=one.name == shown),
            _badge(one, word=True),
            _set_by(one),
            _evidence(one),
            aged(one.newest, now, UTC),
            _indicators(one),
            _alerts(one),
            _look_at(one),
        ]
        for one in lines
    ]
    return f'<div class="iw" data-packs="{len(rows)}">{rows_table(texts.HEAD, rows, stacked=True)}</div>'


def _title(one: PackLine, *, is_shown: bool) -> str:
    link = inner_link(address.link(address.HOME, {address.PACK: one.name}), one.title, "iw-name")
    said = [text for text in (one.handling, texts.SHOWN if is_shown else "") if text]
    return f'<span>{link}<br><span class="iw-small iw-soft">{esc(" · ".join(said))}</span></span>'


def _worst(one: PackLine) -> ProblemAssessment | None:
    name = None if one.headline is None else one.headline.problem
    return None if one.status is None or name is None else one.status.assessment.problem(name)


def _set_by(one: PackLine) -> str:
    worst = _worst(one)
    if worst is None:
        return ""
    href = address.link("why", {address.PACK: one.name}, problem=worst.id)
    return f"<span>{inner_link(href, worst.title)}</span>"


def _evidence(one: PackLine) -> str:
    if one.status is None:
        return ""
    said = [texts.COVERAGE.format(coverage=formats.whole_percent(one.status.assessment.coverage))]
    if (worst := _worst(one)) is not None:
        said.append(texts.CONFIDENCE.format(word=worst.confidence.value))
    return f"<span>{esc(', '.join(said))}</span>"


def _indicators(one: PackLine) -> str:
    if one.status is None:
        return ""
    counts = one.status.freshness
    said = [f"{counts[each]} {formats.FRESHNESS_WORDS[each]}" for each in Freshness if counts[each]]
    return f"<span>{esc(', '.join(said))}</span>"


def _alerts(one: PackLine) -> str:
    if one.status is None:
        return ""
    firing = one.status.alerts.get(AlertState.FIRING, 0)
    if not firing:
        return f'<span class="iw-soft">{esc(texts.QUIET)}</span>'
    href = address.link("alerts", {address.PACK: one.name})
    return f"<span>{inner_link(href, texts.FIRING.format(count=firing))}</span>"


def _look_at(one: PackLine) -> str:
    if one.status is None:
        return f'<code class="iw-small">{esc(chr(10).join(str(finding) for finding in one.findings[:3]))}</code>'
    if not one.troubles:
        return f'<span class="iw-soft">{esc(texts.WELL)}</span>'
    return f'<span class="iw-small">{"<br>".join(esc(trouble) for trouble in one.troubles)}</span>'
