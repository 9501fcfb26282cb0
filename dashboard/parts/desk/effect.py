"""What a report, or withdrawing one, would do to points and levels: two assessments side by side."""

from __future__ import annotations

from dashboard import texts_desk as texts
from dashboard.data import Look, Supposed
from dashboard.parts.marks import badge
from dashboard.parts.markup import attr, esc, rows_table
from iw_monitor.telling import formats
from iw_monitor.telling.changes import LEAST_WRITTEN


def effect(supposed: Supposed, indicator: str, look: Look) -> str:
    """Return the effect of one supposed report on its indicator and on every problem that moves."""
    new = {one.id for one in supposed.added}
    if indicator not in {one.id for one in look.pack.scored}:
        return f"<p>{esc(texts.EFFECT_CONTEXT)}</p>"
    if new & set(supposed.after.unconfirmed):
        return f'<p data-effect="tray">{esc(texts.EFFECT_UNSCORED)}</p>'
    sets = not new or bool(new & set(supposed.after.indicator(indicator).observations))
    said = _level(supposed, indicator) if sets else f"<p>{esc(texts.EFFECT_OLD)}</p>"
    return f'<div class="iw" data-effect="{attr(indicator)}">{said}{problems(supposed, look)}</div>'


def _level(supposed: Supposed, indicator: str) -> str:
    before, after = supposed.before.indicator(indicator).level, supposed.after.indicator(indicator).level
    if before == after:
        return f"<p>{esc(texts.EFFECT_SAME.format(level='?' if after is None else after))}</p>"
    written = ["?" if one is None else one for one in (before, after)]
    return f"<p><b>{esc(texts.EFFECT_LEVEL.format(before=written[0], after=written[1]))}</b></p>"


def changed(supposed: Supposed) -> list[tuple[str, float]]:
    """Return by how many points each problem moves."""
    return [(one.id, supposed.after.problem(one.id).points - one.points) for one in supposed.before.problems]


def problems(supposed: Supposed, look: Look) -> str:
    """Return the problems that move or change their level, as a table."""
    rows = []
    for name, change in changed(supposed):
        before, after = supposed.before.problem(name), supposed.after.problem(name)
        if abs(change) < LEAST_WRITTEN and before.level == after.level:
            continue
        levels = badge(after.level, look.pack)
        if before.level != after.level:
            levels = f"{badge(before.level, look.pack, word=False)} → {levels}"
        rows.append(
            [
                esc(look.pack.problem(name).short_title),
                esc(formats.signed(before.points)),
                esc(formats.signed(after.points)),
                f"<b>{esc(formats.signed(change))}</b>",
                levels,
            ]
        )
    if not rows:
        return f"<p>{esc(texts.EFFECT_NONE)}</p>"
    table = rows_table(texts.EFFECT_HEAD, rows, numeric={1, 2, 3}, stacked=True)
    return f'{table}<p class="iw-soft iw-small">{esc(texts.EFFECT_NOTE)}</p>'
