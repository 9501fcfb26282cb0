"""What viewers share of the pages: drawn once for all who see the same, and nothing kept that need not be."""

from __future__ import annotations

from itertools import count

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, data_drawn, data_evidence, data_sources, held
from dashboard.parts import cards, changes, problems
from iw_monitor.model.collecting import DeadSource, FetchOutcome
from tests.builders import MONDAY
from tests.unit.pages_site import fill_demo, html_of, open_page, use


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_demo(tmp_path_factory.mktemp("pages"))


@pytest.fixture(autouse=True)
def site(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, filled, demo=True)


def drawn_page() -> list[str]:
    """Return what Watch draws, but for the sign of life that says the time of each run."""
    return [one for one in html_of(open_page()).split("\n") if "data-beat" not in one]


def test_a_second_viewer_is_handed_what_was_drawn_for_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawn_page()
    for module, name in ((cards, "cards"), (cards, "groups"), (changes, "gaps"), (problems, "rows")):
        monkeypatch.setattr(module, name, None)  # whoever draws one of them again fails
    assert drawn_page() == first


def test_parts_are_shared_only_by_those_who_see_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made = count()

    def part(look: data.Look, by: str = "") -> str:
        return data_drawn.drawn(look, "part", lambda: str(next(made)), by=by)

    now, past = data.look({}), data.look({"as_of": "2024-01-31T18:00Z"})
    as_recorded = data.look({"known": "recorded"})
    assert [part(now), part(now), part(now, "dark"), part(past), part(as_recorded)] == ["0", "0", "1", "2", "3"]
    monkeypatch.setattr(data, "revision", lambda: "another entry")
    assert part(data.look({})) == "4"
    dead = DeadSource(
        id="port",
        title="Port",
        indicators=(),
        outcome=FetchOutcome.FAILED,
        failures=3,
        run_at=MONDAY,
        answered_at=None,
    )
    monkeypatch.setattr(data_sources, "dead", lambda _look: (dead,))
    assert part(now) == "5"


def test_the_page_still_follows_its_own_choices() -> None:
    by_family, by_front = (html_of(open_page(group=group)) for group in ("family", "front"))
    assert by_family != by_front


def test_rows_are_listed_once_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    look = data.look({})
    assert data_evidence.indicator_rows(look) is data_evidence.indicator_rows(data.look({}))


def test_a_session_keeps_no_run_of_a_page_to_call_later() -> None:
    state = open_page().session_state._state._state  # Streamlit shows it to nobody
    kept = [one.callback for one in state._new_widget_state.widget_metadata.values()]
    modules = {one.__module__ for one in kept if one is not None}
    assert "dashboard.choices" in modules
    assert "__main__" not in modules  # which a page is while it runs, with everything in it


def test_each_run_marks_pages_of_its_own() -> None:
    def script() -> None:
        import streamlit as st

        from dashboard import navigation

        mine, other = (navigation.pages(are_several=False) for _ in range(2))
        chosen = st.navigation(mine)
        st.navigation(other)
        st.text(str(chosen._can_be_called and mine[""][0] is not other[""][0]))
        st.text(str(mine[""][0]._page is other[""][0]._page))

    found = AppTest.from_function(script).run()
    assert [one.value for one in found.text] == ["True", "True"]


def test_a_run_within_another_asks_nothing_again() -> None:
    asked = count()
    with held.one_run():
        with held.one_run():
            first = held.once_a_run("question", lambda: next(asked))
        assert held.once_a_run("question", lambda: next(asked)) == first
    with held.one_run():
        assert held.once_a_run("question", lambda: next(asked)) != first
