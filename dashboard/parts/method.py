"""Tables of the Method page, each generated from the running pack."""

from __future__ import annotations

from dashboard import texts
from dashboard.data import Look
from dashboard.data_judging import Validation
from dashboard.parts.marks import badge
from dashboard.parts.markup import esc, rows_table
from iw_monitor.assess.baselines import NaiveGauges
from iw_monitor.model.pack import Adds, AddsByLevel, Condition, CountFloor, Interaction, Pack, Screens, When
from iw_monitor.telling import formats
from iw_monitor.telling.sentences import titles


def problems(pack: Pack) -> str:
    """Return the warning problems with their priors and what resolves them."""
    rows = [
        [
            esc(one.title),
            esc(formats.signed(one.prior, 0)),
            esc(one.resolves_yes_when),
            f"“{esc(one.quote.text)}”" if one.quote else "",
        ]
        for one in pack.file.problems
    ]
    return (
        f'<div class="iw"><p>{esc(texts.PROBLEMS_SAY.format(days=pack.file.horizon.days))}</p>'
        f"{rows_table(texts.PROBLEM_HEAD, rows, numeric={1}, stacked=True)}</div>"
    )


def rules(pack: Pack) -> str:
    """Return families with their caps, interactions and tripwires, each rule in words."""
    names = titles(pack)
    shorts = {one.id: one.short_title for one in pack.file.problems}
    families = [[esc(one.title), esc(f"+{one.cap:g}" if one.cap else texts.NO_CAP)] for one in pack.file.families]
    lines = [
        [esc(one.id), esc(one.title), esc(interaction_says(one, names, shorts))] for one in pack.file.interactions
    ] + [
        [
            esc(one.id),
            esc(one.title),
            esc(texts.TRIPWIRE_SAYS.format(when=_when(one.when, names), problem=shorts[one.problem], level=one.floor)),
        ]
        for one in pack.file.tripwires
    ]
    return (
        f'<div class="iw">{rows_table(texts.FAMILY_HEAD, families, numeric={1})}'
        f"{rows_table(texts.RULE_HEAD, lines, stacked=True)}</div>"
    )


def interaction_says(rule: Interaction, names: dict[str, str], shorts: dict[str, str]) -> str:
    """Return what an interaction does, in words."""
    match rule:
        case Adds():
            gains = ", ".join(f"{shorts[name]} {formats.signed(worth, 1)}" for name, worth in rule.points.items())
            return texts.ADDS_SAYS.format(when=_when(rule.when, names), gains=gains)
        case AddsByLevel():
            gains = "; ".join(
                f"{shorts[name]} {', '.join(f'{worth:g}' for worth in worths)}" for name, worths in rule.points.items()
            )
            return texts.ADDS_BY_LEVEL_SAYS.format(
                when=_when(rule.when, names), level_of=names[rule.level_of], gains=gains
            )
        case Screens():
            return texts.SCREENS_SAYS.format(when=_when(rule.when, names), family=rule.family)
        case CountFloor():
            floors = ", ".join(f"{count} → {level}" for count, level in rule.floors.items())
            listed = ", ".join(names[one] for one in rule.indicators)
            return texts.COUNT_SAYS.format(
                listed=listed, level=rule.at_least, problem=shorts[rule.problem], floors=floors
            )


def _when(when: When, names: dict[str, str]) -> str:
    every = f" {texts.AND} ".join(_condition(one, names) for one in when.all)
    some = f" {texts.OR} ".join(_condition(one, names) for one in when.any)
    return f" {texts.AND} ".join(part for part in (every, some) if part)


def _condition(one: Condition, names: dict[str, str]) -> str:
    bounds = [f"≥ {one.at_least}"] if one.at_least is not None else []
    bounds += [f"≤ {one.at_most}"] if one.at_most is not None else []
    return f"{names[one.indicator]} {' and '.join(bounds)}"


def levels(pack: Pack) -> str:
    """Return the five levels with their boundaries and meanings."""
    rows = [
        [
            badge(one.level, pack),
            esc(
                texts.LOWEST
                if one.from_points is None
                else texts.FROM_POINTS.format(points=formats.signed(one.from_points, 0))
            ),
            esc(one.meaning),
        ]
        for one in pack.file.levels
    ]
    return f'<div class="iw"><p>{esc(texts.SCALE_NOTE)}</p>{rows_table(texts.LEVEL_HEAD, rows)}</div>'


def grades(pack: Pack) -> str:
    """Return what a report's grade is worth."""
    reliability = [[esc(letter), esc(f"{worth:g}")] for letter, worth in pack.method.grades.reliability.items()]
    credibility = [
        [esc(number), esc(texts.NEVER_SCORED if worth is None else f"{worth:g}")]
        for number, worth in pack.method.grades.credibility.items()
    ]
    says = texts.GRADES_SAY.format(
        least=f"{pack.method.grades.scored_from:g}", condition=f"{pack.method.grades.condition_quality:g}"
    )
    return (
        f'<div class="iw"><p>{esc(says)}</p><div class="iw-columns"><div>'
        f"{rows_table(texts.RELIABILITY_HEAD, reliability, numeric={1})}</div>"
        f"<div>{rows_table(texts.CREDIBILITY_HEAD, credibility, numeric={1})}</div></div></div>"
    )


def kinds(pack: Pack) -> str:
    """Return how each kind of indicator ages."""
    rows = [
        [esc(texts.KINDS[kind.value]), esc(formats.duration(one.half_life)), esc(formats.duration(one.cadence))]
        for kind, one in pack.method.kinds.items()
    ]
    return f'<div class="iw">{rows_table(texts.KIND_HEAD, rows, numeric={1, 2})}</div>'


def words(pack: Pack) -> str:
    """Return the estimative words and the probabilities they stand for."""
    rows = [[esc(one.word), esc(f"{one.from_percent:g}–{one.to_percent:g} %")] for one in pack.method.words]
    return f'<div class="iw"><p>{esc(texts.WORDS_SAY)}</p>{rows_table(texts.WORD_HEAD, rows, numeric={1})}</div>'


def assumptions(pack: Pack) -> str:
    """Return the key assumptions, who owns them, and what would break them."""
    rows = [
        [
            esc(one.text),
            f"“{esc(one.quote.text)}”" if one.quote else "",
            esc(one.owner),
            esc(one.review_by),
            esc(one.broken_by),
        ]
        for one in pack.file.assumptions
    ]
    return f'<div class="iw">{rows_table(texts.ASSUMPTION_HEAD, rows, stacked=True)}</div>'


def naive(gauges: NaiveGauges, look: Look) -> str:
    """Return the naive gauges beside the real one, and why they are not the gauge."""
    real = formats.level_words(look.at.headline.level, look.pack)
    rows = [
        [f"<b>{esc(texts.THE_GAUGE)}</b>", f"<b>{esc(real)}</b>", esc(texts.THE_GAUGE_SAYS)],
        [esc(texts.NAIVE_MEAN), esc(_of_hundred(gauges.mean)), esc(texts.NAIVE_MEAN_SAYS)],
        [esc(texts.NAIVE_MAX), esc(_of_hundred(gauges.maximum)), esc(texts.NAIVE_MAX_SAYS)],
    ]
    return f'<div class="iw">{rows_table(texts.NAIVE_HEAD, rows, stacked=True)}</div>'


def _of_hundred(value: float | None) -> str:
    return texts.NOTHING_TO_COUNT if value is None else f"{value:.0f} of 100"


def weaknesses(pack: Pack, found: Validation) -> str:
    """Return what is known to be weak, some of it counted by the validator."""
    faint = [one.title for one in pack.scored if one.is_non_diagnostic]
    said = [*texts.WEAKNESSES, texts.WEAK_FAINT.format(names=", ".join(faint))] if faint else list(texts.WEAKNESSES)
    names = {one.indicator: one.title for one in found.rows}
    for one in found.columns:
        alone = ", ".join(names[each] for each in one.unique) or texts.NO_ONE
        separates = texts.SEPARATES.format(strong=len(one.strong), alone=alone)
        said.append(f"{pack.problem(one.problem).short_title}: {separates}")
    return f'<div class="iw"><ul>{"".join(f"<li>{esc(one)}</li>" for one in said)}</ul></div>'
