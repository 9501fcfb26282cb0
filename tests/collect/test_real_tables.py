"""The pack's sources of tables on other people's real files, compared with pandas over the same files.

Where a publisher's own layout is not in the files, their rows are put back into it: a JSON object for each row, or
pages of a feature layer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from iw_monitor.collect.kinds import parse
from iw_monitor.collect.readings import Parsed
from iw_monitor.collect.suggest import Suggestion, suggest
from iw_monitor.model.pack.sources import Source
from iw_monitor.pack.load import load_pack
from tests.collect.sources import a_source, shared_data

NOON = time(12, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
CASUALTIES = "raw/casualties_daily_2023-10-07_2023-11-30.json"


@cache
def of_the_pack(name: str) -> Source:
    return next(one for one in load_pack(ROOT / "indicators" / "multi-front").sources if one.id == name)


@cache
def table(name: str, day: str) -> pd.DataFrame:
    """Return a file of other people's data, by its days."""
    return pd.read_csv(shared_data(name), parse_dates=[day]).set_index(day)


@cache
def objects(name: str) -> bytes:
    """Return a table as JSON, as its publisher has it: what was not reported is not there."""
    rows = pd.read_csv(shared_data(name), dtype=object).to_dict("records")
    said = [{key: _plain(value) for key, value in row.items() if not pd.isna(value)} for row in rows]
    return json.dumps(said).encode()


def _plain(value: str) -> str | int:
    return int(value) if value.isdecimal() else value


@cache
def transits() -> tuple[bytes, ...]:
    """Return the ships through Bab el-Mandeb as the service pages them: a day is its midnight in milliseconds."""
    ships = table("chokepoint_transits_daily.csv", "date").query("chokepoint == 'bab_el_mandeb' and date >= 20230701")
    daily = zip(pd.DatetimeIndex(ships.index), ships["total"], strict=True)
    rows = [{"attributes": {"date": round(day.timestamp() * 1000), "n_total": int(n)}} for day, n in daily]
    return tuple(json.dumps({"features": rows[at : at + 100]}).encode() for at in range(0, len(rows), 100))


def read(name: str, parts: tuple[bytes, ...], day: pd.Timestamp) -> tuple[Parsed, Suggestion | None]:
    """Return what a source of the pack says and suggests at noon of a day."""
    source = of_the_pack(name)
    found = parse(parts, source, {}, now=datetime.combine(day, NOON))
    return found, next(iter(suggest(source, found)), None)


def days(first: str, last: str, *, step: int = 1) -> Iterator[pd.Timestamp]:
    yield from pd.date_range(first, last, freq=f"{step}D")


# --- Counts of the dead ---


def level_of_war(mean: float, day: pd.Timestamp) -> int:
    """Return the anchor of ``war_duration_intensity`` in words: 100 a day after 60 days, 50 after 14, or any at all."""
    if mean >= 100 and day >= pd.Timestamp("2023-12-07"):
        return 4
    return 3 if mean >= 50 and day >= pd.Timestamp("2023-10-22") else 2


def fortnight(total: pd.Series[float], until: pd.Timestamp) -> tuple[float, pd.Timestamp]:
    """Return by how much a total rose within the fourteen days to its newest day, and that day."""
    known = total[:until]
    newest = known.index[-1]
    return known.iloc[-1] - known[: newest - timedelta(days=14)].iloc[-1], newest


def test_the_deaths_of_a_fortnight_are_those_that_pandas_finds_on_every_day_of_the_war() -> None:
    """Rows that only carry the last figure forward are no news; those of the truce stay, and no jump is an event."""
    deaths = table("gaza_casualties_daily.csv", "report_date")
    total = deaths[deaths["report_source"] != "missing"]["ext_killed_cum"]
    said = (objects("gaza_casualties_daily.csv"),)
    for day in days("2023-10-23", "2024-04-01", step=4):
        rise, newest = fortnight(total, day - timedelta(days=1))  # at noon the figure of the day before is known
        found, one = read("gaza_deaths", said, day)
        assert one is not None
        assert one.value == pytest.approx(rise / 14)
        assert (one.level, one.observed_at.date()) == (level_of_war(rise / 14, newest), newest.date())
        assert not found.damage


def test_the_publishers_own_objects_say_what_the_table_made_of_them_says() -> None:
    raw = (shared_data(CASUALTIES).read_bytes(),)
    flat = (objects("gaza_casualties_daily.csv"),)
    for day in days("2023-10-23", "2023-11-30", step=6):
        assert read("gaza_deaths", raw, day)[1] == read("gaza_deaths", flat, day)[1]


def test_a_figure_caught_up_after_a_gap_moves_no_level_by_itself() -> None:
    """828 deaths were reported on 2023-11-21, after days without a report: the mean of a fortnight hardly moves."""
    assert table("gaza_casualties_daily.csv", "report_date").loc["2023-11-21", "ext_killed"] == 828
    said = (objects("gaza_casualties_daily.csv"),)
    levels = [one.level for day in days("2023-11-21", "2023-11-24") if (one := read("gaza_deaths", said, day)[1])]
    assert levels == [3, 3, 3, 3]


def test_the_dead_of_the_west_bank_are_those_that_pandas_finds_and_what_was_carried_forward_is_no_news() -> None:
    deaths = table("west_bank_daily.csv", "report_date")
    assert (deaths["flash_source"] == "fill").sum() == 33
    total = deaths[deaths["flash_source"] == "un"]["killed_cum"]
    said = (objects("west_bank_daily.csv"),)
    for day in days("2023-10-23", "2024-04-01", step=5):
        rise, newest = fortnight(total, day - timedelta(days=1))
        _, one = read("west_bank_deaths", said, day)
        assert one is not None
        assert one.value == pytest.approx(rise / 2)
        # The anchors: hardly any, from 2, 5, 10, 20 a week.
        assert one.level == sum(rise / 2 >= bound for bound in (2, 5, 10, 20))
        assert one.observed_at.date() == newest.date()


# --- Ships ---


def test_the_ships_of_a_fortnight_are_those_that_pandas_finds_eleven_days_late_and_set_no_level() -> None:
    ships = table("chokepoint_transits_daily.csv", "date").query("chokepoint == 'bab_el_mandeb'")["total"]
    means = ships.rolling(14).mean()
    for day in days("2023-10-01", "2024-03-31", step=9):
        newest = day - timedelta(days=12)  # at noon the day that ended eleven days ago is not over for long enough
        found, one = read("bab_el_mandeb", transits(), day)
        assert one is not None
        assert one.value == pytest.approx(means[newest])
        assert (one.level, one.observed_at.date()) == (None, newest.date())
        assert found.withheld > 0


def test_the_ships_of_each_month_are_as_many_as_was_found_by_others() -> None:
    """The means of the months are those of the data's own description, which rounds them."""
    found, _ = read("bab_el_mandeb", transits(), pd.Timestamp("2024-04-20"))
    months = [f"{one.at:%Y-%m}" for one in found.readings]
    means = pd.Series([one.value for one in found.readings]).groupby(months).mean()
    told = {"2023-10": 78, "2023-11": 77, "2023-12": 65, "2024-01": 39, "2024-03": 33}
    assert means[list(told)].to_dict() == pytest.approx(told, abs=0.6)


# --- The agency's figure ---


def test_the_agencys_stock_is_that_of_the_reports_and_is_known_on_their_day_not_on_its_own() -> None:
    reports = table("iaea_iran_stock.csv", "report_date")["u60_kg"]
    raw = ((ROOT / "indicators" / "multi-front" / "data" / "iaea_stock.csv").read_bytes(),)
    for day in days("2022-09-08", "2024-03-31", step=9):
        known = reports[: day - timedelta(days=1)]
        _, one = read("iaea_stock", raw, day)
        assert one is not None
        assert one.value == known.iloc[-1]
        # 42 kg enriched further make a weapon; the anchor of level 3 is three of them.
        assert one.level == (3 if known.iloc[-1] >= 3 * 42 else 2)
        assert one.observed_at.date() < known.index[-1].date() <= one.published_at.date()


# --- What no source of the pack reads, in the layouts that it could ---


@pytest.mark.parametrize(
    ("name", "column", "only"),
    [
        ("markets_daily.csv", "vix_close", {}),  # on business days, each market with holidays of its own
        ("gpr_daily.csv", "gprd", {}),
        ("news_counts_daily.csv", "iran", {"outlet": ["npr"]}),  # several rows a day, one for each outlet
    ],
)
def test_a_table_with_holidays_gaps_or_several_rows_a_day_has_the_mean_that_pandas_finds(
    name: str, column: str, only: dict[str, Any]
) -> None:
    picks = {"at": "date", "readings": {"value": column}, "only": only}
    rule = {"indicator": "news", "readings": ["value"], "take": "mean", "over": "P28D", "unit": "u", "says": "s"}
    source = a_source(kind="csv", url="https://example.org/t.csv", picks=picks, rules=[rule])
    found = table(name, "date")
    series = (found.query("outlet == 'npr'") if only else found)[column].dropna()
    for day in days("2023-09-01", "2024-03-20", step=40):
        parsed = parse((shared_data(name).read_bytes(),), source, {}, now=datetime.combine(day, NOON))
        (one,) = suggest(source, parsed)
        newest = series[: day - timedelta(days=1)].index[-1]
        assert one.value == pytest.approx(series[newest - timedelta(days=27) : newest].mean())
        assert not parsed.damage
