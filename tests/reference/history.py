"""The real history of the shipped pack as observations, read here by hand: date, level and grade of each row."""

from __future__ import annotations

import csv
from pathlib import Path

from iw_monitor.model.observation import Grade, Method, Observation, parse_instant
from iw_monitor.model.pack import Pack
from iw_monitor.pack.load import load_pack
from tests.builders import an_observation

FOLDER = Path(__file__).resolve().parents[2] / "indicators" / "multi-front"


def multi_front() -> Pack:
    """Return the shipped pack."""
    return load_pack(FOLDER).pack


def with_few_draws(pack: Pack) -> Pack:
    """Return the pack with a cruder interval, for tests that look at everything else."""
    interval = pack.method.interval.model_copy(update={"draws": 100})
    return pack.model_copy(update={"method": pack.method.model_copy(update={"interval": interval})})


def history(pack: Pack) -> tuple[Observation, ...]:
    """Return its history; all of it was recorded as it was published."""
    with (FOLDER / "history" / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(_observation(pack, row, place) for place, row in enumerate(rows))


def _observation(pack: Pack, row: dict[str, str], place: int) -> Observation:
    observed_at = parse_instant(row["observed_at"])
    return an_observation(
        id=f"018f0000-0000-7000-8000-{place:012x}",
        pack=pack.id,
        indicator=row["indicator"],
        level=int(row["level"]),
        grade=Grade(reliability=row["reliability"], credibility=int(row["credibility"])),
        observed_at=observed_at,
        recorded_at=observed_at,
        statement=row["statement"],
        source_name=row["source_name"],
        originator=row["originator"],
        method=Method.IMPORT,
    )
