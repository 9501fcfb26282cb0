"""Sirens of both histories on the real files, compared with others' counts, with pandas, and with each other."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from iw_monitor.collect.kinds import parse
from iw_monitor.collect.readings import Parsed
from iw_monitor.collect.sirens.parse import parse_alerts
from iw_monitor.collect.sirens.places import Places
from iw_monitor.collect.suggest import suggest
from iw_monitor.model.pack.sources import AlertsSource
from iw_monitor.pack.load import load_pack
from tests.collect.sources import shared_data, sirens

PACK = Path(__file__).resolve().parents[2] / "indicators" / "multi-front"
ISRAEL = ZoneInfo("Asia/Jerusalem")
END = datetime(2024, 4, 1, tzinfo=UTC)
ATTACKS = {"missiles": 1, "uav": 1, "drill": 0, "infiltration": 0, "threat": 0, "warning_general": 0}
WHOLE = {
    "official": "raw/oref_history_raw_2014-07-24_2024-03-31.csv.gz",
    "tzevaadom": "raw/tzevaadom_history_raw_2021-05-20_2024-03-31.json.gz",
}
TABLES = {"official": "alerts_daily_by_region_oref.csv", "tzevaadom": "alerts_daily_by_region_tzevaadom.csv"}
RULE = {
    "indicator": "port_traffic",
    "readings": ["alerts.south"],
    "take": "max",
    "over": "P2400D",
    "unit": "alerts",
    "says": "Sirens",
}


@cache
def shared(name: str) -> bytes:
    path = shared_data(name)
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@cache
def listed() -> bytes:
    """Return the list of localities as it is published."""
    rows = csv.DictReader(io.StringIO(shared("alert_localities.csv").decode("utf-8-sig")))
    return json.dumps([{"name": one["name_he"], "zone_en": one["zone_en"]} for one in rows]).encode()


@cache
def real_places() -> Places:
    zones = csv.DictReader(io.StringIO(shared("alert_zones.csv").decode("utf-8-sig")))
    regions = "zone,region\n" + "".join(f"{one['zone_en']},{one['region']}\n" for one in zones)
    return Places.read(b"name,zone\n", regions.encode(), listed=listed())


def day_of(at: datetime) -> str:
    return f"{at.astimezone(ISRAEL):%Y-%m-%d}"


@cache
def counted(layout: str) -> dict[tuple[str, str], float]:
    """Return the attacks of a whole history, by day and region."""
    found = parse_alerts([shared(WHOLE[layout])], sirens(layout, rules=[RULE]), real_places(), now=END)
    named = ((day_of(one.at), one.name.removeprefix("alerts."), one.value) for one in found.readings if one.value)
    return {(day, region): value for day, region, value in named if "." not in region}


def counted_by_others(layout: str) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = defaultdict(float)
    for row in csv.DictReader(io.StringIO(shared(TABLES[layout]).decode("utf-8-sig"))):
        found[row["date"], row["region"]] += ATTACKS[row["threat"]] * float(row["alert_count"])
    return {key: value for key, value in found.items() if value}


@pytest.mark.slow
@pytest.mark.parametrize("layout", WHOLE)
def test_the_counts_of_five_years_are_those_that_were_counted_by_others(layout: str) -> None:
    """By local day, over eleven changes of the clock, with drifting names, repeated rows, drills and infiltrations."""
    begin = min(day for day, _ in counted_by_others(layout))
    known = {key: value for key, value in counted(layout).items() if key[0] >= begin and key[1] != "nationwide"}
    named = {key: value for key, value in counted_by_others(layout).items() if key[1] != "unspecified"}
    assert len(named) > 500
    assert {key: value for key, value in known.items() if key[1] != "unspecified"} == named


@pytest.mark.slow
def test_the_two_histories_agree_as_far_as_they_are_known_to() -> None:
    """Of 609 days since August 2022, 520 are the same in both, says the data's description; days of many differ."""
    days = pd.date_range("2022-08-01", "2024-03-31").strftime("%Y-%m-%d")
    both = pd.DataFrame(
        {layout: [counted(layout).get((day, "nationwide"), 0.0) for day in days] for layout in WHOLE}, index=days
    )
    assert len(both) == 609
    assert (both["official"] == both["tzevaadom"]).sum() == 520
    assert round(both["official"].corr(both["tzevaadom"]), 3) == 0.991


@cache
def of_the_pack(name: str) -> AlertsSource:
    found = next(one for one in load_pack(PACK).sources if one.id == name)
    assert isinstance(found, AlertsSource)
    return found


def read(name: str, raw: bytes, now: datetime) -> Parsed:
    """Return what a source of the pack reads, with the pack's own tables."""
    source = of_the_pack(name)
    tables = {one: (PACK / one).read_bytes() for one in (source.places, source.regions)}
    return parse((raw,), source, {**tables, source.localities or "": listed()}, now=now)


AUTUMN = {
    "sirens_official": "raw/oref_history_raw_2023-10-01_2023-11-30.csv",
    "sirens_tzevaadom": "raw/tzevaadom_history_raw_2023-10-01_2023-11-30.json",
}


def minutes(layout: str) -> pd.DataFrame:
    """Return minutes with sirens by day and region, as others counted them; of two threats the greater."""
    table = pd.read_csv(io.BytesIO(shared(TABLES[layout]))).query("threat in ('missiles', 'uav')")
    return table.pivot_table(index="date", columns="region", values="alert_minutes", aggfunc="max").fillna(0)


@pytest.mark.slow
@pytest.mark.parametrize("name", AUTUMN)
def test_what_the_pack_makes_of_the_autumn_is_what_pandas_makes_of_others_counts(name: str) -> None:
    """Days with sirens at the border within a week, on the Golan within a fortnight; and any at Eilat within one."""
    table = minutes(name.removeprefix("sirens_"))
    raw = shared(AUTUMN[name])
    for day in pd.date_range("2023-10-20", "2023-11-30", freq="10D"):
        now = datetime.combine(day, datetime.min.time(), tzinfo=ISRAEL)
        said = {one.key: one for one in suggest(of_the_pack(name), read(name, raw, now))}
        newest = max(one.observed_at for one in said.values())
        border = table["north_border"][day_of(newest - timedelta(days=7)) : day_of(newest)]
        eilat = table["eilat_arava"][day_of(newest - timedelta(days=14)) : day_of(newest)]
        golan = table["golan"][day_of(newest - timedelta(days=14)) : day_of(newest)]
        levels = {one.indicator: one.level for one in said.values()}
        assert (levels["hizballah_activity"] or 0) >= (2 if (border > 0).sum() >= 4 else 1)
        assert levels.get("golan_front_activity", 0) == sum((golan > 0).sum() >= bound for bound in (1, 2, 6))
        assert levels.get("houthi_activity", 0) == (2 if eilat.max() > 0 else 0)
        assert "iran_direct_action" not in levels  # not fewer than half of the zones at once, in this autumn


@pytest.mark.slow
@pytest.mark.parametrize("name", AUTUMN)
def test_the_day_on_which_the_north_was_shelled_without_a_siren_is_not_called_calm(name: str) -> None:
    """On 2023-10-08 mortars fell on Shebaa and no siren sounded in the north: sirens undercount."""
    now = datetime(2023, 10, 8, 21, tzinfo=UTC)
    found = read(name, shared(AUTUMN[name]), now)
    here = {one.name: one.value for one in found.readings if day_of(one.at) == "2023-10-08"}
    assert here["minutes.north_border"] == here["minutes.golan"] == 0
    assert {one.level for one in suggest(of_the_pack(name), found)} & {0, None} == set()
    assert not [rule for rule in of_the_pack(name).rules if 0 in rule.levels]


# --- Rows as published ---


def published() -> pd.Series[int]:
    """Return how many rows the mirror of the official history added on each day, by the messages of its commits."""
    return pd.read_csv(shared_data("alerts_rows_published_daily.csv"), index_col="date")["rows_added"]


@cache
def rows_by_day() -> dict[str, list[str]]:
    """Return the lines of the official history by their local day."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in shared(WHOLE["official"]).decode("utf-8-sig").splitlines()[1:]:
        day, month, year = next(csv.reader([line]))[1].split(".")
        found[f"{year}-{month}-{day}"].append(line)
    return found


def history(days: list[str], *, notices: int = 0) -> bytes:
    """Return the official history of some days, with so many notices of categories 13 and 14 for each published row."""
    head = shared(WHOLE["official"]).decode("utf-8-sig").splitlines()[0]
    return "\n".join([head, *(line for day in days for line in _lines(day, notices))]).encode()


def _lines(day: str, notices: int) -> Iterator[str]:
    alerts = rows_by_day().get(day, [])
    yield from alerts
    at = datetime.fromisoformat(f"{day}T12:00")
    for number in range(notices * int(published()[day])):
        said = at + timedelta(seconds=number)
        name = next(csv.reader([alerts[number % len(alerts)]]))[0] if alerts else "שדרות"
        row = [name, f"{said:%d.%m.%Y}", f"{said:%H:%M:%S}", said.isoformat(), 13 + number % 2, "", 10, 0]
        out = io.StringIO()
        csv.writer(out).writerow(row)
        yield out.getvalue().strip()


@pytest.mark.slow
def test_every_row_that_was_published_is_read() -> None:
    """154 of 160 days have as many rows as were published on them; the rest were added after midnight."""
    days = [str(one) for one in published().index]
    source = of_the_pack("sirens_official")
    rows = pd.Series({day: parse_alerts([history([day])], source, real_places(), now=END).rows for day in days})
    assert (rows == published()).sum() == 154
    assert rows.sum() == published().sum() == 5755


@pytest.mark.slow
def test_a_feed_that_grows_tenfold_by_notices_says_of_the_same_sirens_the_same() -> None:
    """From 2025 the history holds ends of events and early notices too, at three to ten times as many rows."""
    days = [str(one) for one in published().index][:30]
    now = datetime.fromisoformat(days[-1]).replace(tzinfo=UTC) + timedelta(days=1)
    alone, grown = (read("sirens_official", history(days, notices=n), now) for n in (0, 10))
    assert grown.rows == alone.rows + 10 * published()[days].sum() > 10 * alone.rows
    last = max(one.at for one in alone.readings)
    assert [one for one in grown.readings if one.at < last] == [one for one in alone.readings if one.at < last]
    before, after = (suggest(of_the_pack("sirens_official"), one) for one in (alone, grown))
    assert {one.indicator: one.level for one in before} == {one.indicator: one.level for one in after}
