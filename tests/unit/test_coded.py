"""A column of texts that repeat says what the list of them says."""

from __future__ import annotations

import pytest

from iw_monitor.assess.coded import Coded

TEXTS = ["b", "a", "b", "ä", "", "a", "c"]
PLACES = range(len(TEXTS) + 1)


def test_it_gives_back_the_texts_in_their_order_and_holds_each_once() -> None:
    column = Coded.of(TEXTS)
    assert (list(column), len(column)) == (TEXTS, len(TEXTS))
    assert list(column.numbers) == ["b", "a", "ä", "", "c"]


@pytest.mark.parametrize("place", PLACES)
def test_what_comes_after_a_row_knows_its_own_texts_only(place: int) -> None:
    column = Coded.of(TEXTS).after(place)
    assert list(column) == TEXTS[place:]
    assert set(column.numbers) == set(TEXTS[place:])


@pytest.mark.parametrize("place", PLACES)
def test_two_parts_joined_are_the_whole(place: int) -> None:
    whole, joined = Coded.of(TEXTS), Coded.of(TEXTS[:place]).followed_by(Coded.of(TEXTS[place:]))
    assert list(joined) == TEXTS
    assert (joined.numbers, joined.codes.dtype) == (whole.numbers, whole.codes.dtype)


def test_each_text_is_asked_about_once() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert Coded.of(TEXTS).each(length).tolist() == [1, 1, 1, 1, 0, 1, 1]
    assert sorted(asked) == sorted(set(TEXTS))
    assert Coded.of([]).each(length).tolist() == []
