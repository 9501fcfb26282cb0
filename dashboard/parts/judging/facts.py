"""What is never withheld: what the levels did, each event with what was said on its eve, each warning and its end."""

from __future__ import annotations

from dashboard import texts_judging as texts
from dashboard.data import Look
from dashboard.parts.judging.scores import named
from dashboard.parts.marks import badge
from dashboard.parts.markup import attr, esc, rows_table
from iw_monitor.assess.scoring.forecasters import MODEL
from iw_monitor.assess.scoring.scorecard import Alarm, Behaviour, EventLine, Scorecard
from iw_monitor.telling.inks import level_mark

WRITTEN = 0.09  # a narrower piece of a bar has no room for its number
DAY = "%d %b %Y"


def behaviours(card: Scorecard, look: Look, problem: str) -> str:
    """Return what every forecaster's level of a problem did: a bar of the days at each level, and its changes."""
    titles = dict(card.forecasters)
    mine = [one for one in card.behaviours if one.problem == problem and one.forecaster != MODEL]
    rows = [[esc(titles[one.forecaster]), _bar(one, look), _changes(one)] for one in mine]
    return f'<div class="iw iw-shares">{rows_table(texts.BEHAVIOUR_HEAD, rows, numeric={2})}</div>'


def _changes(one: Behaviour) -> str:
    return "·" if one.changes_per_month is None else f"{one.changes_per_month:.1f}"


def _bar(one: Behaviour, look: Look) -> str:
    if one.shares is None:
        return "·"
    pieces = [(level, share) for level, share in enumerate(one.shares, start=1) if share > 0]
    told = ", ".join(f"{level} {look.pack.word(level)} {share:.0%}" for level, share in pieces)
    drawn = "".join(
        f'<i class="iw-l{level}" style="width:{share:.2%}">{_written(level, share)}</i>' for level, share in pieces
    )
    return f'<div class="iw-share" role="img" aria-label="{attr(told)}" title="{attr(told)}">{drawn}</div>'


def _written(level: int, share: float) -> str:
    return esc(f"{level_mark(level)} · {100 * share:.0f}") if share >= WRITTEN else ""


def events(card: Scorecard, look: Look) -> str:
    """Return each event with what every forecaster said on its eve; what was missed is said as loud as what was not."""
    if not card.events:
        return f'<p class="iw iw-soft">{esc(texts.EVENTS_NONE)}</p>'
    titles = dict(card.forecasters)
    blocks = []
    for problem, day in dict.fromkeys((one.problem, one.day) for one in card.events):
        mine = [one for one in card.events if (one.problem, one.day) == (problem, day) and one.forecaster != MODEL]
        rows = [_event(one, titles, look) for one in mine]
        title = f"{day:{DAY}} · {named(look, problem)}"
        blocks.append(f'<h3 class="iw-event">{esc(title)}</h3>{rows_table(texts.EVENT_HEAD, rows, numeric={2})}')
    return f'<div class="iw iw-cut iw-scores">{"".join(blocks)}</div>'


def _event(one: EventLine, titles: dict[str, str], look: Look) -> list[str]:
    if one.eve_level is None:
        return [esc(titles[one.forecaster]), "·", "·", esc(texts.NO_EVE)]
    stood = esc(texts.DAYS.format(days=one.lead_days)) if one.lead_days else "·"
    came = texts.WARNED if one.lead_days else texts.MISSED
    return [esc(titles[one.forecaster]), badge(one.eve_level, look.pack), stood, f"<b>{esc(came)}</b>"]


def alarms(card: Scorecard, look: Look, problem: str | None, *, by: str) -> str:
    """Return each warning of one forecaster with what followed, in order of time; of one problem or of all."""
    mine = [one for one in card.alarms if one.forecaster == by and problem in (None, one.problem)]
    rows = [_alarm(one, look) for one in sorted(mine, key=lambda one: one.first)]
    if not rows:
        return f'<p class="iw iw-soft">{esc(texts.ALARMS_NONE)}</p>'
    return f'<div class="iw">{rows_table(texts.ALARM_HEAD, rows, numeric={4}, stacked=True)}</div>'


def _alarm(one: Alarm, look: Look) -> list[str]:
    then = texts.VAIN_SO_FAR if one.followed_by == "open" and one.false_days else texts.FOLLOWED[one.followed_by]
    days = [f'<span class="iw-nowrap">{day:{DAY}}</span>' for day in (one.first, one.last)]
    return [esc(named(look, one.problem)), *days, badge(one.highest, look.pack), str(one.false_days), esc(then)]


def notes(card: Scorecard) -> str:
    """Return how all of this is computed."""
    said = [one.format(resamples=card.resamples, seed=card.seed) for one in texts.NOTES]
    if card.not_scored:
        names = ", ".join(f"{name} ({count})" for name, count in card.not_scored)
        said.append(texts.NOT_SCORED.format(names=names))
    return f'<div class="iw iw-small"><ul>{"".join(f"<li>{esc(one)}</li>" for one in said)}</ul></div>'


def card_says(card: Scorecard, known: str) -> str:
    """Return what was scored, in one line."""
    says = texts.CARD_SAYS.format(
        first=f"{card.first:{DAY}}", last=f"{card.last:{DAY}}", known=known, hash=card.pack_hash[:12]
    )
    return f'<p class="iw">{esc(says)}</p>'
