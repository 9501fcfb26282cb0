"""What a process of pages holds: few pages are drawn at once, and none waits for ever."""

from __future__ import annotations

from contextlib import ExitStack
from threading import Event, Thread

import pytest

from dashboard import held


def drawn(done: Event) -> Thread:
    """Draw a page in a thread of its own, as Streamlit does."""

    def draw() -> None:
        with held.turn():
            done.set()

    thread = Thread(target=draw, daemon=True)
    thread.start()
    return thread


def test_few_pages_are_drawn_at_once_and_the_next_one_when_one_of_them_is_done() -> None:
    done = Event()
    with ExitStack() as others:
        for _ in range(held.AT_ONCE - 1):
            others.enter_context(held.turn())
        with held.turn():
            thread = drawn(done)
            assert not done.wait(0.2)
        assert done.wait(10)
    thread.join(10)


def test_whoever_has_waited_long_goes_on_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "PATIENCE", 0.1)
    done = Event()
    with ExitStack() as others:
        for _ in range(held.AT_ONCE):
            others.enter_context(held.turn())
        drawn(done).join(10)
        assert done.is_set()


def test_a_page_that_breaks_off_gives_its_turn_back() -> None:
    for _ in range(held.AT_ONCE + 1):
        with pytest.raises(KeyError), held.turn():
            raise KeyError
    done = Event()
    drawn(done).join(10)
    assert done.is_set()
