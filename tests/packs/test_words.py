"""What is said to an author: plain words, the nearest known name, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from iw_monitor.model.pack import Indicator, MethodNumbers, PackFile
from iw_monitor.pack.node import Node
from iw_monitor.pack.words import did_you_mean, read_as
from iw_monitor.pack.yaml_file import read_yaml
from tests.packs.broken import BASE

TRAFFIC = "indicators/port_traffic.yml"
TYPES: dict[str, type[BaseModel]] = {"pack.yml": PackFile, "method.yml": MethodNumbers, TRAFFIC: Indicator}


def said(name: str, old: str, new: str) -> list[str]:
    """Return what is said about a good file in which one text is another."""
    text = (BASE / name).read_text(encoding="utf-8")
    assert old in text
    tree, _ = read_yaml(text.replace(old, new, 1).encode(), name)
    assert isinstance(tree, Node)
    return [str(one).removeprefix(f"{name}:") for one in read_as(TYPES[name], tree)[1]]


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (TRAFFIC, "t0: 1", "t0: 1.5", "8: P203 t0: 1.5 is not a whole number. Write a whole number."),
        (TRAFFIC, "t0: 1", "t0: one", "8: P203 t0: one is not a whole number. Write a whole number."),
        (TRAFFIC, "t0: 1", "t0: true", "8: P203 t0: True is not a whole number. Write a whole number."),
        (TRAFFIC, "t0: 1", "t0: -1", "8: P204 t0: -1 must be at least 0. Choose a value in the range."),
        (TRAFFIC, "title: Ships that call", "title: [Ships]", "2: P203 title: a list is not text. Write text."),
        (
            TRAFFIC,
            "title: Ships that call",
            "title:",
            "2: P203 title: the value is empty, and text is needed. Write it, or remove the key if it may be left out.",
        ),
        (
            TRAFFIC,
            "title: Ships that call",
            f"title: {'Ships ' * 20}",
            "2: P204 title: the text is longer than 60 characters. Say it shorter.",
        ),
        (
            TRAFFIC,
            "why: Ships stay away before anybody says why.",
            'why: " "',
            "20: P204 why: the text is empty. Write it.",
        ),
        (
            TRAFFIC,
            "id: port_traffic",
            "id: Port traffic",
            "1: P207 id: Port traffic does not have the form needed here."
            " Use 2 to 63 small letters, digits and underscores, a letter first.",
        ),
        (
            TRAFFIC,
            "  0: usual traffic",
            "  zero: usual traffic",
            "10: P203 anchors.zero: the key zero is not a whole number. Write a whole number.",
        ),
        (
            TRAFFIC,
            "  4: none for",
            "  5: none for",
            "14: P204 anchors.5: the key 5 must be at most 4. Choose a value in the range.",
        ),
        (
            TRAFFIC,
            "cadence: P1D",
            "cadence: P999999D",
            "17: P204 cadence: P999999D must be at most a century. Choose a value in the range.",
        ),
        (
            TRAFFIC,
            "cadence: P1D",
            "cadence: P1DX",
            "17: P207 cadence: P1DX is not a duration. Write it like P14D (days) or PT6H (hours).",
        ),
        (
            "pack.yml",
            "handling: TLP:CLEAR",
            "handling: TLP:WHITE",
            "5: P205 handling: TLP:WHITE is not one of the words allowed here."
            " Use one of: TLP:AMBER, TLP:AMBER+STRICT, TLP:CLEAR, TLP:GREEN, TLP:RED.",
        ),
        (
            "pack.yml",
            "    review_by: 2024-07-01",
            "    review_by: 1 July 2024",
            "57: P207 assumptions.0.review_by: 1 July 2024 is not a day. Write it like 2024-01-31.",
        ),
        (
            "pack.yml",
            "at_least: 3}, {indicator: coast",
            "atleast: 3}, {indicator: coast",
            "38: P201 interactions.0.when.all.0.atleast: atleast is not known here."
            " Write at_least if that was meant, or another of: at_least, at_most, indicator.",
        ),
        (
            "method.yml",
            "strength: [0, 0.15, 0.35, 0.65, 1]",
            "strength: [0, 0.35, 1]",
            "7: P204 strength: fewer than 5 are listed. List more.",
        ),
        (
            "method.yml",
            "percentiles: [5, 95]",
            "percentiles: [5]",
            "52: P204 interval.percentiles.1: a value is missing from the list. List as many as are needed here.",
        ),
    ],
)
def test_it_is_said_in_plain_words(name: str, old: str, new: str, words: str) -> None:
    assert said(name, old, new) == [words]


def test_a_long_list_of_names_is_not_read_out() -> None:
    names = [f"indicator_{number}" for number in range(40)]
    assert did_you_mean("indikator_7", names) == "Write indicator_7 if that was meant"
    assert did_you_mean("something else", names).endswith(", …")


def test_there_may_be_nothing_to_choose_from() -> None:
    assert did_you_mean("anything", []) == ""


def test_an_unknown_kind_of_complaint_is_still_said(tmp_path: Path) -> None:
    class Odd(BaseModel):
        address: Path

    findings = read_as(Odd, read_yaml(b"address: [1]", "odd.yml")[0] or Node(file="odd.yml", line=0))[1]
    assert [str(one) for one in findings] == [
        "odd.yml:1: P203 address: the value is not what is expected here. Compare it with indicators/schema."
    ]
