"""The computation in words and formulas, with the running pack's numbers in it."""

from __future__ import annotations

from dashboard import texts
from dashboard.parts.markup import esc
from iw_monitor.model.pack import Pack
from iw_monitor.telling import formats


def introduction(pack: Pack) -> str:
    """Return where the model comes from, and its formula in one line."""
    article = pack.article
    source = (
        texts.SOURCE_ARTICLE.format(
            author=article.author, title=article.title, publisher=article.publisher, published=article.published
        )
        if article
        else ""
    )
    return (
        f'<div class="iw"><div class="iw-title">{esc(texts.METHOD_TITLE)}</div><p>{esc(pack.file.description)}</p>'
        f'<p class="iw-soft">{esc(source)} '
        f"{esc(texts.PACK_IS.format(id=pack.id, version=pack.file.version, hash=pack.hash[:12]))}</p>"
        f'<div class="iw-formula">{esc(texts.FORMULA)}</div><p>{esc(texts.FORMULA_SAYS)}</p></div>'
    )


def steps(pack: Pack) -> str:
    """Return the steps of the computation, each with the numbers that the pack sets."""
    said = "".join(f"<li><b>{esc(title)}.</b> {esc(text)}</li>" for title, text in _steps(pack))
    return f'<div class="iw"><ol class="iw-steps">{said}</ol></div>'


def _steps(pack: Pack) -> list[tuple[str, str]]:
    method = pack.method
    return [
        (
            texts.STEP_ZERO,
            texts.STEP_ZERO_SAYS.format(
                strength=", ".join(f"{one:g}" for one in method.strength),
                share=f"{method.normal.share:g}",
                half_life=formats.duration(method.normal.half_life),
            ),
        ),
        (
            texts.STEP_QUALITY,
            texts.STEP_QUALITY_SAYS.format(
                least=f"{method.grades.scored_from:g}", cap=f"{method.grades.quality_cap:g}"
            ),
        ),
        (
            texts.STEP_AGE,
            texts.STEP_AGE_SAYS.format(
                fresh=f"{method.ageing.fresh_for:g}", unknown=f"{method.ageing.unknown_after:g}"
            ),
        ),
        (texts.STEP_LINK, texts.STEP_LINK_SAYS),
        (
            texts.STEP_DOUBLE,
            texts.STEP_DOUBLE_SAYS.format(
                within=f"{method.discount.within_family:g}", between=f"{method.discount.between_families:g}"
            ),
        ),
        (texts.STEP_SUM, texts.STEP_SUM_SAYS.format(clip=f"{method.clip:g}")),
        (texts.STEP_LEVEL, texts.STEP_LEVEL_SAYS),
        (
            texts.STEP_HYSTERESIS,
            texts.STEP_HYSTERESIS_SAYS.format(
                up=formats.duration(method.hysteresis.up_after),
                down=formats.duration(method.hysteresis.down_after),
                margin=f"{method.hysteresis.down_margin:g}",
            ),
        ),
        (
            texts.STEP_INTERVAL,
            texts.STEP_INTERVAL_SAYS.format(
                low=f"{method.interval.percentiles[0]:g}",
                high=f"{method.interval.percentiles[1]:g}",
                draws=f"{method.interval.draws:,}",
                small=f"{method.interval.weight_factor[0]:g}",
                large=f"{method.interval.weight_factor[1]:g}",
                shift=f"{method.interval.prior_shift:g}",
            ),
        ),
        (
            texts.STEP_COVERAGE,
            texts.STEP_COVERAGE_SAYS.format(
                hatched=formats.whole_percent(method.coverage.hatched_below),
                none=formats.whole_percent(method.coverage.no_assessment_below),
            ),
        ),
        (
            texts.STEP_CONFIDENCE,
            texts.STEP_CONFIDENCE_SAYS.format(
                coverage=formats.whole_percent(method.confidence.high_coverage),
                quality=f"{method.confidence.high_quality:g}",
                stability=formats.whole_percent(method.confidence.high_stability),
                still=formats.duration(method.confidence.high_unchanged_for),
                low_coverage=formats.whole_percent(method.coverage.hatched_below),
                low_quality=f"{method.confidence.low_quality:g}",
                low_stability=formats.whole_percent(method.confidence.low_stability),
            ),
        ),
        (texts.STEP_TREND, texts.STEP_TREND_SAYS.format(band=f"{method.trend.dead_band:g}")),
    ]
