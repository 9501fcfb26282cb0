"""What officers type when they judge: everything wrong is said at once, each with its code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from iw_monitor.collect.judgement import RawJudgement, examine_judgement, validate_judgement
from iw_monitor.errors import InputError
from iw_monitor.model.judgement import JudgementKind
from tests.builders import DAY, HOUR, MONDAY, a_pack

PACK = a_pack()
DECLARE, DISSENT = JudgementKind.DECLARATION, JudgementKind.DISSENT
OVERRIDE, ESTIMATE = JudgementKind.OVERRIDE, JudgementKind.ESTIMATE


def typed(kind: JudgementKind = DECLARE, **changes: str) -> RawJudgement:
    ordinary = {
        DECLARE: {"subject": "blockade", "level": "4", "until": "48h"},
        DISSENT: {"subject": "blockade", "level": "2"},
        OVERRIDE: {"subject": "port_traffic", "level": "3", "until": "P2D"},
        ESTIMATE: {"subject": "blockade", "probability": "0.3"},
    }[kind]
    return RawJudgement(kind=kind, **{"reason": "The pilots stay at home."} | ordinary | changes)


def codes(raw: RawJudgement) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in examine_judgement(PACK, raw, now=MONDAY, author="ada").errors]


@pytest.mark.parametrize("word", ["4", "HIGH", "high", " High "])
def test_a_level_is_written_as_its_number_or_its_word(word: str) -> None:
    assert validate_judgement(PACK, typed(level=word), now=MONDAY, author="ada").level == 4


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("48h", MONDAY + 2 * DAY),
        ("P3D", MONDAY + 3 * DAY),
        ("2024-05-07T06:00+02:00", MONDAY + 28 * HOUR),
        ("2024-05-08", datetime(2024, 5, 8, 23, 59, tzinfo=UTC)),
        ("2024-05-13", MONDAY + 7 * DAY),  # the last day: as much of it as the pack allows
    ],
)
def test_the_end_is_an_instant_a_day_or_a_duration(text: str, until: datetime) -> None:
    assert validate_judgement(PACK, typed(until=text), now=MONDAY, author="ada").until == until


@pytest.mark.parametrize(("text", "share"), [("0.3", 0.3), ("30 %", 0.3), ("30%", 0.3), ("1e-3", 0.001)])
def test_a_probability_is_a_share_or_a_percentage(text: str, share: float) -> None:
    stated = validate_judgement(PACK, typed(ESTIMATE, probability=text), now=MONDAY, author="ada")
    assert stated.probability == pytest.approx(share)
    assert stated.until == MONDAY + timedelta(days=30)  # the horizon of the pack


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (typed(subject="blokade"), [("C301", "problem")]),
        (typed(subject=""), [("C108", "problem")]),
        (typed(level="6"), [("C302", "level")]),
        (typed(level="0"), [("C302", "level")]),
        (typed(level=""), [("C108", "level")]),
        (typed(level="\N{ARABIC-INDIC DIGIT FOUR}"), [("C117", "level")]),
        (typed(until=""), [("C108", "until")]),
        (typed(until="soon"), [("C305", "until")]),
        (typed(until="2024-05-08T10:00"), [("C305", "until")]),
        (typed(until="2024-05-05"), [("C306", "until")]),
        (typed(until="P8D"), [("C307", "until")]),
        (typed(until="999999w"), [("C307", "until")]),
        (typed(until="9999-12-31"), [("C307", "until")]),
        (typed(reason=" "), [("C108", "reason")]),
        (typed(reason="a\x00b"), [("C110", "reason")]),
        (typed(reason="x" * 2001), [("C109", "reason")]),
        (typed(OVERRIDE, subject="port"), [("C101", "indicator")]),
        (typed(OVERRIDE, subject="insurance_rates"), [("C102", "indicator")]),
        (typed(OVERRIDE, level="5"), [("C103", "level")]),
        (typed(OVERRIDE, level="HIGH"), [("C103", "level")]),
        (typed(ESTIMATE, probability="0"), [("C304", "probability")]),
        (typed(ESTIMATE, probability="1"), [("C304", "probability")]),
        (typed(ESTIMATE, probability="100 %"), [("C304", "probability")]),
        (typed(ESTIMATE, probability="30"), [("C304", "probability")]),
        (typed(ESTIMATE, probability="0,3"), [("C303", "probability")]),
        (typed(ESTIMATE, probability="nan"), [("C303", "probability")]),
        (typed(ESTIMATE, probability="likely"), [("C303", "probability")]),
        (
            typed(subject="x", level="9", reason="", until="soon"),
            [("C301", "problem"), ("C302", "level"), ("C108", "reason"), ("C305", "until")],
        ),
    ],
)
def test_everything_wrong_is_said_at_once(raw: RawJudgement, found: list[tuple[str, str]]) -> None:
    assert codes(raw) == found
    with pytest.raises(InputError):
        validate_judgement(PACK, raw, now=MONDAY, author="ada")


def test_a_percentage_without_its_sign_is_asked_for() -> None:
    (finding,) = examine_judgement(PACK, typed(ESTIMATE, probability="30"), now=MONDAY, author="ada").errors
    assert "30 %" in finding.remedy


def test_the_pack_says_how_long_a_judgement_may_stand() -> None:
    pack = a_pack(file={"judgements": {"declaration_at_most": "P1D", "override_at_most": "P10D"}})
    with pytest.raises(InputError, match="24 hours"):
        validate_judgement(pack, typed(until="48h"), now=MONDAY, author="ada")
    assert validate_judgement(pack, typed(OVERRIDE, until="P9D"), now=MONDAY, author="ada").until == MONDAY + 9 * DAY


def test_a_dissent_that_names_no_end_stands_as_long_as_a_declaration_may() -> None:
    assert validate_judgement(PACK, typed(DISSENT), now=MONDAY, author="ada").until == MONDAY + 7 * DAY
