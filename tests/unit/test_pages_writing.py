"""Times, numbers, links and marks are written one way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard import address
from dashboard.parts.markup import esc, outer_link, rows_table
from dashboard.parts.style import style_sheet
from dashboard.theme import DARK, LIGHT, Inks
from iw_monitor.model.observation import Known
from iw_monitor.telling import formats

NOON = datetime(2024, 3, 31, 18, tzinfo=UTC)
JERUSALEM = ZoneInfo("Asia/Jerusalem")
GAP = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(0), f"0{GAP}min"),
        (timedelta(minutes=119), f"119{GAP}min"),
        (timedelta(hours=2), f"2{GAP}h"),
        (timedelta(hours=47), f"47{GAP}h"),
        (timedelta(days=2), f"2{GAP}d"),
    ],
)
def test_an_age_has_one_unit(length: timedelta, said: str) -> None:
    assert formats.age(NOON - length, NOON) == said


def test_what_was_never_seen_has_no_age() -> None:
    assert formats.age(None, NOON) == "never"


def test_both_clocks_stand_together() -> None:
    assert formats.both_times(NOON, JERUSALEM) == "311800Z MAR 24 · 21:00 Jerusalem"


def test_the_local_clock_knows_summer_time() -> None:
    winter = datetime(2024, 3, 28, 23, 59, tzinfo=UTC)
    assert formats.local_time(winter, JERUSALEM) == "Fri 01:59 Jerusalem"
    assert formats.local_time(winter + timedelta(days=1), JERUSALEM) == "Sat 02:59 Jerusalem"


@pytest.mark.parametrize(("points", "said"), [(2.14, "+2.1"), (-0.8, "−0.8"), (-0.04, "0.0"), (0.0, "0.0")])
def test_points_carry_a_true_sign(points: float, said: str) -> None:
    assert formats.signed(points) == said


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.2, 0.45, f"20–45{GAP}%"), (0.0001, 0.9999, f"1–99{GAP}%"), (0.3, 0.302, f"30{GAP}%")]
)
def test_a_probability_never_claims_certainty(low: float, high: float, said: str) -> None:
    assert formats.percent_interval(low, high) == said


def test_a_link_keeps_the_moment_and_can_be_read_back() -> None:
    moment = address.Moment(as_of=NOON, known=Known.RECORDED)
    link = address.link("why", address.kept_params(moment, Known.PUBLISHED), problem="iran_direct")
    assert link == "why?as_of=2024-03-31T18:00Z&known=recorded&problem=iran_direct"
    query = {"as_of": "2024-03-31T18:00Z", "known": "recorded"}
    assert address.read_moment(query, NOON, Known.PUBLISHED) == moment


@pytest.mark.parametrize("text", ["2024-03-31T18:00:00+00:00", "2024-03-31T21:00 03:00", " 2024-03-31T18:00Z "])
def test_a_moment_may_be_written_with_any_zone(text: str) -> None:
    assert address.read_moment({"as_of": text}, NOON, Known.RECORDED).as_of == NOON


def test_an_instant_is_written_exactly() -> None:
    odd = NOON + timedelta(seconds=3, microseconds=7)
    assert address.read_moment({"as_of": address.write_instant(odd)}, odd, Known.RECORDED).as_of == odd


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//[", "file:///etc/passwd", ""])
def test_only_web_addresses_become_links(url: str) -> None:
    assert "href" not in outer_link(url, "source")


def test_a_web_address_opens_apart_and_tells_nobody_where_from() -> None:
    assert outer_link("https://example.org/?a=1&b=2", "<b>") == (
        '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">&lt;b&gt; ↗</a>'
    )


def test_text_from_outside_is_escaped_in_elements_and_attributes() -> None:
    assert esc("<a href='x'>&\"") == "&lt;a href=&#x27;x&#x27;&gt;&amp;&quot;"


def test_a_table_names_its_columns_for_the_narrow_screen() -> None:
    html = rows_table(["When", "<Level>"], [["1 d", "3"]], numeric={1}, stacked=True)
    assert 'data-label="&lt;Level&gt;"' in html
    assert 'class="iw-table iw-stack"' in html


@pytest.mark.parametrize("inks", [LIGHT, DARK])
def test_the_style_sheet_holds_nothing_that_looks_like_a_tag(inks: Inks) -> None:
    sheet = style_sheet(inks)
    assert "<" not in sheet.removeprefix("<style>").removesuffix("</style>")
