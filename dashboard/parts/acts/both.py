"""Two officers at once: what the journal holds now beside what one has written. Nothing is decided for them."""

from __future__ import annotations

from dashboard import texts_acts as texts
from dashboard import texts_desk
from dashboard.data import Look
from dashboard.data_acts import Judgement, RawJudgement, Stated
from dashboard.parts.markup import attr, esc
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.judgement import JudgementKind
from iw_monitor.telling import formats


def values(theirs: Judgement | None, mine: RawJudgement, look: Look) -> str:
    """Return both values side by side."""
    held = _theirs(theirs, look) if theirs else f"<p>{esc(texts.GONE)}</p>"
    return (
        f'<div class="iw iw-conflict" role="alert" data-conflict="{attr(mine.subject)}"><p>{esc(texts.OVERTAKEN)}</p>'
        f'<div class="iw-two"><section data-side="theirs"><div class="iw-h">{esc(texts.THEIRS)}</div>{held}</section>'
        f'<section data-side="mine"><div class="iw-h">{esc(texts.MINE)}</div>{_mine(mine, look)}</section></div></div>'
    )


def brief(one: Judgement, look: Look) -> str:
    """Return a judgement in a few words, as a list offers it."""
    return texts.BRIEF.format(kind=one.kind.value, value=value(one, look), author=one.author)


def value(one: Stated, look: Look) -> str:
    """Return what somebody states: a level with its word, or a probability."""
    if one.probability is not None:
        return formats.whole_percent(one.probability)
    return _level(one.kind, str(one.level), look)


def _theirs(one: Judgement, look: Look) -> str:
    who = texts_desk.WHO.format(author=one.author, moment=day_time_group(one.recorded_at))
    return _side(value(one, look), day_time_group(one.until), one.reason, who)


def _mine(raw: RawJudgement, look: Look) -> str:
    said = raw.probability if raw.kind is JudgementKind.ESTIMATE else _level(raw.kind, raw.level, look)
    return _side(said, raw.until, raw.reason, texts_desk.BY_YOU)


def _level(kind: JudgementKind, level: str, look: Look) -> str:
    if not level or kind is JudgementKind.OVERRIDE:
        return level
    return formats.level_words(int(level), look.pack)


def _side(said: str, until: str, reason: str, who: str) -> str:
    missing = texts_desk.UNWRITTEN
    return (
        f'<p><b>{esc(said or missing)}</b></p><p class="iw-lines">{esc(reason or missing)}</p>'
        f'<p class="iw-soft iw-small">{esc(" · ".join(part for part in (until, who) if part))}</p>'
    )
