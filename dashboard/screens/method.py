"""Method: the formula and every number behind it, generated from the running pack, so that it cannot drift."""

from __future__ import annotations

import streamlit as st

from dashboard import data, data_judging, opening, texts
from dashboard import texts_judging as judging
from dashboard.parts import formula, method, said
from dashboard.parts.judging import validated

OPEN = (texts.STEPS_TITLE, texts.RATINGS_TITLE, judging.SPEAKING_TITLE, judging.PAIRS_TITLE, texts.WEAK_TITLE)


def page() -> None:
    """Draw the page."""
    look, _ = opening.start()
    pack, found = look.pack, data_judging.validation(look)
    st.html(formula.introduction(pack))
    st.html(said.heading(texts.NAIVE_TITLE) + method.naive(data.naive(look), look))
    for title, body in (
        (texts.STEPS_TITLE, formula.steps(pack)),
        (texts.RATINGS_TITLE, validated.matrix(found, look)),
        (judging.SPEAKING_TITLE, validated.speaking(found, look)),
        (judging.PAIRS_TITLE, validated.pairs(found, look)),
        (texts.PROBLEMS_TITLE, method.problems(pack)),
        (texts.RULES_TITLE, method.rules(pack)),
        (texts.BANDS_TITLE, method.levels(pack)),
        (texts.GRADES_TITLE, method.grades(pack)),
        (texts.KINDS_TITLE, method.kinds(pack)),
        (texts.WORDS_TITLE, method.words(pack)),
        (texts.ASSUMPTIONS_TITLE, method.assumptions(pack)),
        (texts.WEAK_TITLE, method.weaknesses(pack, found)),
    ):
        with st.expander(title, expanded=title in OPEN):
            st.html(body)


page()
