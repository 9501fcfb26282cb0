"""The indicator validator: as text for people, as JSON by which another tool can check the arithmetic."""

from __future__ import annotations

import json
from typing import Any

from iw_monitor.assess.validator import Pair, Row, Validation
from iw_monitor.model.pack import RATING_PLACES, Pack

_NONE = "·"


def validation_json(pack: Pack, validation: Validation) -> str:
    """Return everything as indented JSON: the numbers that the ratings stand for, the ratings, and what follows."""
    plain: dict[str, Any] = {
        "schema_version": "1",
        "pack": validation.pack,
        "pack_hash": validation.pack_hash,
        "reference": validation.reference,
        "rating_probability": dict(pack.method.ratings),
        "rating_place": RATING_PLACES,
        "formula": "points = round(10*log10(rating[problem]/rating[reference])), or the pack's override",
        "indicators": [_row(pack, row) for row in validation.rows],
        "problems": {one.problem: {"strong": one.strong, "unique": one.unique} for one in validation.columns},
        "pairs": [
            {"one": one.one, "other": one.other, "best": one.best, "points": one.points, "telling": one.telling}
            for one in validation.pairs
        ],
    }
    return json.dumps(plain, indent=2, ensure_ascii=False)


def _row(pack: Pack, row: Row) -> dict[str, Any]:
    return {
        "id": row.indicator,
        "family": row.family,
        "ratings": row.ratings,
        "points": row.points,
        "overridden": sorted(pack.indicator(row.indicator).points),
        "spread": row.spread,
        "verdict": row.verdict.value,
        "unique_to": row.unique_to,
        "revalidate_by": row.revalidate_by and row.revalidate_by.isoformat(),
        "is_due": row.is_due,
    }


def validation_text(pack: Pack, validation: Validation) -> str:
    """Return the matrix, what speaks for each problem, and how well each pair of futures is told apart."""
    futures = [validation.reference, *(one.problem for one in validation.columns)]
    blocks = [
        _matrix(validation, futures),
        "\n".join(
            ["Strong indicators that speak for a problem (spread 3 or more, expected in it)", *_columns(validation)]
        ),
        "\n".join(["Pairs of futures: the best indicator, and how many rate them 3 places apart", *_pairs(validation)]),
    ]
    return "\n\n".join(blocks)


def _matrix(validation: Validation, futures: list[str]) -> str:
    head = ["indicator", *futures, "spread", "verdict", "look again by"]
    table = [head, *(_cells(validation, row, futures) for row in validation.rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(head))]
    return "\n".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip() for line in table
    )


def _cells(validation: Validation, row: Row, futures: list[str]) -> list[str]:
    def cell(future: str) -> str:
        rating = row.ratings.get(future, _NONE)
        points = row.points.get(future, 0.0)
        return rating if future == validation.reference or (rating == _NONE and not points) else f"{rating} {points:+g}"

    day = row.revalidate_by.isoformat() if row.revalidate_by else _NONE
    due = " PASSED" if row.is_due else ""
    return [row.indicator, *(cell(one) for one in futures), str(row.spread), row.verdict.value, day + due]


def _columns(validation: Validation) -> list[str]:
    return [
        f"  {one.problem}: {len(one.strong)}; pointing to it alone: {', '.join(one.unique) or 'none'}"
        for one in validation.columns
    ]


def _pairs(validation: Validation) -> list[str]:
    def line(one: Pair) -> str:
        best = f"{one.best}, {one.points:g} points" if one.best else "nothing"
        return f"  {one.one} / {one.other}: {best}; {len(one.telling)}"

    return [line(one) for one in validation.pairs]
