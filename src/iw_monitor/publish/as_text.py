"""An assessment as plain text for a terminal or a mail: calm, aligned, 80 columns where the titles allow it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import fill

from iw_monitor.assess.explain import TRACK_RECORD
from iw_monitor.assess.words import words_of
from iw_monitor.model.assessment import Assessment, Floor, Freshness, ProblemAssessment
from iw_monitor.model.collecting import DeadSource
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack
from iw_monitor.telling.sentences import titles as titles_of
from iw_monitor.telling.sentences import track_record
from iw_monitor.telling.silence import dead_behind, went_silent

WIDTH = 80
MOST_PIECES = 5
SMALLEST = 0.05  # points; less is shown as nothing
READINGS = {Known.RECORDED: "as recorded", Known.PUBLISHED: "as published"}
NO_ASSESSMENT = "NO ASSESSMENT"


def assessment_text(pack: Pack, assessment: Assessment, dead: Sequence[DeadSource] = ()) -> str:
    """Return an assessment as text, without a line break at the end.

    Args:
        pack: what is watched.
        assessment: what is concluded.
        dead: sources that should speak for its indicators and do not.
    """
    blocks = [
        _head(pack, assessment),
        _headline(pack, assessment),
        _table(pack, assessment),
        *(_problem(pack, one) for one in assessment.problems if one.assessed or assessment.headline.assessed),
        _gaps(assessment, dead),
    ]
    return "\n\n".join(blocks)


def _head(pack: Pack, assessment: Assessment) -> str:
    when = f"As of {day_time_group(assessment.as_of)}, {READINGS[assessment.known]}"
    version = f"{pack.id} {pack.file.version}, {assessment.pack_hash[:12]}"
    return f"{pack.file.title} · {pack.file.handling}\n{when} · pack {version}"


def _headline(pack: Pack, assessment: Assessment) -> str:
    headline = assessment.headline
    covered = f"{_percent(assessment.coverage)} of the evidence is current"
    if headline.level is None or headline.problem is None:
        return f"{NO_ASSESSMENT}\nToo little is known: {covered}."
    since = f", since {day_time_group(headline.since)}" if headline.since else ""
    title = pack.problem(headline.problem).title
    return f"LEVEL {headline.level} {headline.word}{since}\nSet by: {title}. Coverage: {covered}."


def _table(pack: Pack, assessment: Assessment) -> str:
    rows = [("problem", "level", "points", "interval"), *(_row(pack, one) for one in assessment.problems)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{name:<{widths[0]}}  {level:<{widths[1]}}  {points:>{widths[2]}}  {interval:<{widths[3]}}".rstrip()
        for name, level, points, interval in rows
    )


def _row(pack: Pack, one: ProblemAssessment) -> tuple[str, str, str, str]:
    name = pack.problem(one.id).short_title
    if one.level is None:
        return name, NO_ASSESSMENT, "", ""
    level = one.recommended_level if one.recommended_level is not None else one.level
    interval = f"{one.points_low:+.1f} to {one.points_high:+.1f}"
    return name, _level(pack, level), f"{one.points:+.1f}", interval


def _problem(pack: Pack, one: ProblemAssessment) -> str:
    if one.level is None:
        lines = [f"{NO_ASSESSMENT}: only {_percent(one.coverage)} of its evidence is current."]
    else:
        lines = [_likelihood(pack, one), _confidence(one), _set_by(pack, one, one.level), _what_counts(pack, one)]
        lines += [track_record(one)] if one.track else []
    return "\n".join([one.title, *(_filled(line, indent="  ") for line in lines)])


def _filled(text: str, *, indent: str = "", hang: str = "") -> str:
    return fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent + hang, break_on_hyphens=False)


def _likelihood(pack: Pack, one: ProblemAssessment) -> str:
    word = words_of(pack, one.probability).word
    days = pack.file.horizon.days
    low, high = _percent(one.probability_low), _percent(one.probability_high)
    return f"Within {days} days: {word}, {_percent(one.probability)} (between {low} and {high})."


def _confidence(one: ProblemAssessment) -> str:
    because = f": {', '.join(one.confidence_reasons)}" if one.confidence_reasons else ""
    return f"Confidence is {one.confidence.value}{because}. Coverage is {_percent(one.coverage)}."


def _set_by(pack: Pack, one: ProblemAssessment, level: int) -> str:
    """Say what set the level, which floors are in force beside it, and where the recommendation differs."""
    setting = [floor for floor in one.floors if floor.level >= level > one.sum_level]
    named = {floor.id for floor in setting}
    others = [floor for floor in one.floors if floor.id not in named]
    said = ["Set by the sum of evidence."]
    if setting:
        alone = f"the sum of evidence alone would say {_level(pack, one.sum_level)}"
        said = [f"Set by {_titles(pack, setting)}; {alone}."]
    if others:
        said.append(f"Also in force: {_titles(pack, others)}.")
    if one.recommended_level is not None and one.recommended_level != level:
        said.append(f"At this instant {_level(pack, level)}, held at {_level(pack, one.recommended_level)}.")
    return " ".join(said)


def _level(pack: Pack, level: int) -> str:
    return f"{level} {pack.word(level)}"


def _titles(pack: Pack, floors: Iterable[Floor]) -> str:
    titles = {one.id: one.title for one in (*pack.file.tripwires, *pack.file.interactions)}
    levels: dict[str, int] = {}
    for one in floors:  # a table of counts sets one floor for each count it has reached
        levels[one.id] = max(one.level, levels.get(one.id, 0))
    said = [f"{name} \u201c{titles.get(name, name)}\u201d (at least {_level(pack, at)})" for name, at in levels.items()]
    return " and ".join(said)


def _what_counts(pack: Pack, one: ProblemAssessment) -> str:
    """Say which pieces move the points most; prior and all pieces add up to the points."""
    names = titles_of(pack)
    pieces = [(each.counted, names[each.indicator]) for each in one.contributions]
    pieces += [(each.counted, names[each.id]) for each in one.interactions]
    pieces += [(one.track.points, names[TRACK_RECORD])] if one.track else []
    pieces.sort(key=lambda piece: -abs(piece[0]))
    named = [(points, title) for points, title in pieces[:MOST_PIECES] if abs(points) >= SMALLEST]
    rest = sum(points for points, _ in pieces) - sum(points for points, _ in named)
    sums = [f"prior {one.prior:+.1f}", *(f"{title} {points:+.1f}" for points, title in named)]
    return f"Points: {', '.join([*sums, *([f'the rest {rest:+.1f}'] if abs(rest) >= SMALLEST else [])])}."


def _gaps(assessment: Assessment, dead: Sequence[DeadSource]) -> str:
    """Say what is not known or old."""
    never = [one.title for one in assessment.indicators if one.observed_at is None]
    lines = [
        "No indicator was ever reported."
        if len(never) == len(assessment.indicators)
        else _listed("Never reported", never),
        *(_listed(word, _aged(assessment, status)) for status, word in _GAPS.items()),
        *_silent(assessment, dead),
    ]
    if assessment.unconfirmed:
        lines.append(f"{len(assessment.unconfirmed)} waiting in the tray: graded too low to be scored.")
    said = [_filled(line, hang="  ") for line in lines if line]
    return "\n".join(["Gaps", *(said or ["None: every indicator is fresh."])])


def _silent(assessment: Assessment, dead: Sequence[DeadSource]) -> list[str]:
    behind = {each.id for one in assessment.indicators for each in dead_behind(dead, one)}
    return [f"Source: {one.title} {went_silent(one)}." for one in dead if one.id in behind]


_GAPS = {Freshness.UNKNOWN: "Unknown", Freshness.STALE: "Stale", Freshness.DUE: "Due for a look"}


def _aged(assessment: Assessment, status: Freshness) -> list[str]:
    return [
        f"{one.title} ({(assessment.as_of - one.observed_at).days} d)"
        for one in assessment.indicators
        if one.status is status and one.observed_at is not None
    ]


def _listed(word: str, names: list[str]) -> str:
    return f"{word}: {', '.join(names)}." if names else ""


def _percent(share: float) -> str:
    return f"{share:.0%}"
