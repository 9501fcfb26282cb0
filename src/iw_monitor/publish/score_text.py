"""A scorecard as plain text: what it rests on, the scores, what the levels did, then each event and each warning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import fill

from iw_monitor.assess.scoring.bootstrap import Score
from iw_monitor.assess.scoring.scorecard import Behaviour, EventLine, Row, Scorecard, Table
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack
from iw_monitor.telling.sentences_judging import track_basis

WIDTH = 100
ALL = "all problems"
READINGS = {Known.RECORDED: "as recorded", Known.PUBLISHED: "as published"}
FOLLOWED = {"event": "the event came", "nothing": "nothing came", "open": "the data end too early to say"}
VAIN_SO_FAR = "nothing so far; the data end"


def score_text(pack: Pack, card: Scorecard) -> str:
    """Return a scorecard as text, without a line break at the end."""
    blocks = [
        _head(pack, card),
        _samples(pack, card),
        *(_scores(pack, card, one) for one in card.tables if one.rows),
        _behaviours(pack, card),
        _events(pack, card),
        _alarms(pack, card),
        _notes(card),
    ]
    return "\n\n".join(blocks)


def _head(pack: Pack, card: Scorecard) -> str:
    return "\n".join(
        [
            f"Scorecard · {pack.file.title} · {pack.file.handling}",
            f"Pack {card.pack} {card.version}, {card.pack_hash[:12]} · {READINGS[card.known]}",
            f"A forecast a day at 00:00Z, {card.first} to {card.last}; the pack is frozen, nothing is tuned.",
        ]
    )


def _samples(pack: Pack, card: Scorecard) -> str:
    head = ("horizon", "problem", "days", "scored", "of these", "blanked", "past", "not", "events", "indep.", "scores")
    under = ("", "", "", "", "yes", "", "the end", "assessed", "", "windows", "")
    rows: list[tuple[str, ...]] = [head, under]
    for one in card.tables:
        counts = one.counts
        numbers = (
            counts.days,
            counts.scored,
            counts.before_event,
            counts.blanked,
            counts.open,
            counts.unassessed,
            counts.events,
            counts.windows,
        )
        said = "WITHHELD" if one.withheld else "below"
        rows.append((f"{one.horizon} d", _named(pack, one.problem), *map(str, numbers), said + _among(card, one)))
    least = "A score with fewer than 3 events or 10 independent windows is withheld."
    return "\n".join(["WHAT THE SCORES REST ON", _aligned(rows, left=2, last_left=True), least])


def _named(pack: Pack, problem: str | None) -> str:
    return ALL if problem is None else pack.problem(problem).short_title


def _among(card: Scorecard, table: Table) -> str:
    return "" if table.among is None else f" · on the days of: {dict(card.forecasters)[table.among]}"


def _scores(pack: Pack, card: Scorecard, table: Table) -> str:
    titles = dict(card.forecasters)
    names = [name for name, _ in table.rows[0].skill]
    title = f"SCORES within {table.horizon} days · {_named(pack, table.problem)}{_among(card, table)}"
    first = [("", "Brier", "(90 % of resamples)", "REL", "RES", "UNC", "bins", "log", *(["RPS"] * _ranks(table)))]
    first += [(titles[row.forecaster], *_probability(row)) for row in table.rows]
    second: list[tuple[str, ...]] = [
        ("", "POD", "(90 % of resamples)", "FAR", "(90 % of resamples)", "lead d", "warned")
    ]
    second += [(titles[row.forecaster], *_warning(row, table)) for row in table.rows]
    third = [("skill against", *(titles[name] for name in names))]
    third += [(titles[row.forecaster], *_skills(row)) for row in table.rows]
    several = "\n\n".join(_aligned(rows) for rows in (first, second, third))
    parts = [title, several, *_calibrations(titles, table.rows)]
    return "\n".join(parts)


def _ranks(table: Table) -> bool:
    return table.rows[0].ranked is not None


def _probability(row: Row) -> tuple[str, ...]:
    parts = row.murphy
    numbers = (parts.reliability, parts.resolution, parts.uncertainty, parts.within_bins)
    ranked = () if row.ranked is None else (_number(row.ranked.value),)
    return _number(row.brier.value), _range(row.brier), *map(_number, numbers), _number(row.log.value), *ranked


def _warning(row: Row, table: Table) -> tuple[str, ...]:
    lead = "-" if row.lead_median is None else f"{row.lead_median:.1f}"
    warned = f"{row.warned}/{table.counts.events}"
    return _share(row.pod.value), _range(row.pod), _share(row.far.value), _range(row.far), lead, warned


def _skills(row: Row) -> Iterable[str]:
    return ("-" if one.value is None else f"{one.value:+.2f}" for _, one in row.skill)


def _calibrations(titles: dict[str, str], rows: Sequence[Row]) -> Iterable[str]:
    for row in rows:
        if row.calibration:
            lines = [("forecast", "days", "mean forecast", "observed")]
            for one in row.calibration:
                span = f"{one.low:.0%}-{one.high:.0%}"
                lines.append((span, str(one.count), f"{one.forecast:.1%}", f"{one.observed:.1%}"))
            yield f"\nCalibration · {titles[row.forecaster]}\n{_aligned(lines)}"


def _behaviours(pack: Pack, card: Scorecard) -> str:
    titles = dict(card.forecasters)
    parts = ["WHAT THE LEVELS DID (all assessed days; per cent of the days at each level, changes per 30 days)"]
    for problem in card.problems:
        mine = [one for one in card.behaviours if one.problem == problem]
        rows = [("", *(word.word for word in pack.file.levels), "changes")]
        rows += [(titles[one.forecaster], *_shares(one)) for one in mine if one.forecaster != "model"]
        parts.append(f"\n{_named(pack, problem)} · {mine[0].days} days\n{_aligned(rows)}")
    return "\n".join(parts)


def _shares(one: Behaviour) -> tuple[str, ...]:
    shares = one.shares or (None,) * 5
    changes = "-" if one.changes_per_month is None else f"{one.changes_per_month:.1f}"
    return *("-" if share is None else f"{100 * share:.0f}" for share in shares), changes


def _events(pack: Pack, card: Scorecard) -> str:
    titles = dict(card.forecasters)
    lines = ["EVENTS, one by one (level on the eve; for how many days a warning had stood)"]
    if not card.events:
        return "\n".join([*lines, "None of a problem of the pack in this time."])
    for problem, day in dict.fromkeys((one.problem, one.day) for one in card.events):
        rows = [("", "eve", "lead", "")]
        for one in card.events:
            if (one.problem, one.day) == (problem, day) and one.forecaster != "model":
                eve = "-" if one.eve_level is None else f"{one.eve_level} {pack.word(one.eve_level)}"
                lead = "-" if one.lead_days is None else f"{one.lead_days} d"
                rows.append((titles[one.forecaster], eve, lead, _missed(one)))
        lines.append(f"\n{day} · {_named(pack, problem)}\n{_aligned(rows, last_left=True)}")
    return "\n".join(lines)


def _missed(one: EventLine) -> str:
    if one.eve_level is None:
        return "no forecast on its eve"
    return "" if one.lead_days else "MISSED"


def _alarms(pack: Pack, card: Scorecard) -> str:
    titles = dict(card.forecasters)
    days = pack.file.horizon.days
    lines = [f"WARNINGS, one by one (level 3 or above; what followed within {days} days)"]
    rows = [("", "problem", "from", "to", "highest", "false days", "then")]
    for one in card.alarms:
        highest = f"{one.highest} {pack.word(one.highest)}"
        row = (titles[one.forecaster], _named(pack, one.problem), str(one.first), str(one.last), highest)
        then = VAIN_SO_FAR if one.followed_by == "open" and one.false_days else FOLLOWED[one.followed_by]
        rows.append((*row, str(one.false_days), then))
    return "\n".join([*lines, _aligned(rows, left=2, last_left=True) if card.alarms else "None."])


def _notes(card: Scorecard) -> str:
    blocks = ", ".join(f"{block} d for {horizon} d" for horizon, block in card.block_days)
    said = [
        "A day counts for a problem if it is not blanked (from an event to 21 days after the last of its episode), its "
        "window does not reach past the end of the data, and the gauge gave an assessment. Every row is scored on the "
        "same days.",
        "A probability p for the pack's horizon H means 1 - (1 - p)^(h/H) for h days. A level is read as the middle of "
        "its band of points, a probability as the level of its band, a gauge of 0 to 100 as so many per cent, the same "
        "for every problem. Persistence says 1 where an event fell within the last h days, else 0.",
        f"Log score in nats, forecasts held from {card.log_least:.4f} to {1 - card.log_least:.4f}. RPS is that of when "
        "the event comes. REL - RES + UNC + bins = Brier. Lead times are at most the horizon.",
        f"Intervals: 5th to 95th percentile of {card.resamples:,} circular block resamples, seed {card.seed}, blocks "
        f"of {blocks}; none where all resamples agree. Those of skill are in the JSON.",
    ]
    said.append(track_basis(card.track))
    if card.not_scored:
        others = ", ".join(f"{name} ({count})" for name, count in card.not_scored)
        said.append(f"Rows of the outcomes that belong to no problem of the pack: {others}.")
    return "\n".join(["NOTES", *(fill(one, WIDTH, subsequent_indent="  ", initial_indent="- ") for one in said)])


def _number(value: float | None) -> str:
    return "-" if value is None else f"{round(value, 3) + 0.0:.3f}"  # no minus before nothing


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _range(one: Score) -> str:
    return "" if one.low is None or one.high is None else f"({one.low:.3f} to {one.high:.3f})"


def _aligned(rows: Sequence[Sequence[str]], *, left: int = 1, last_left: bool = False) -> str:
    """Return rows in columns: the first ones to the left, numbers to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    last = len(widths) - 1

    def cell(place: int, text: str) -> str:
        to_left = place < left or (last_left and place == last)
        return text.ljust(widths[place]) if to_left else text.rjust(widths[place])

    return "\n".join("  ".join(cell(place, text) for place, text in enumerate(row)).rstrip() for row in rows)
