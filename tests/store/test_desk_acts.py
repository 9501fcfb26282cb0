"""Grading anew is one act, and an indicator's acts are read in order, on every database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from iw_monitor.errors import InputError
from iw_monitor.model.observation import Grade
from iw_monitor.store.journal import Journal
from tests.builders import HOUR, a_submission
from tests.store.conftest import Clock

WEAK = a_submission(grade=Grade(reliability="C", credibility=5))
BETTER = a_submission(author="ben")


def test_grading_anew_writes_both_entries_at_one_instant(journal: Journal, clock: Clock) -> None:
    (weak,) = journal.append([WEAK], via="collector")
    clock.move(HOUR)
    new, gone = journal.regrade(BETTER, replaces=weak.id, reason="The log confirms it.", via="page")
    assert journal.observations("harbour") == (weak, new)
    assert journal.retractions("harbour") == (gone,)
    assert (gone.observation, gone.author, gone.recorded_at) == (weak.id, "ben", new.recorded_at)
    latest = journal.latest("harbour", "port_traffic")
    assert latest is not None
    assert latest.id == new.id
    assert journal.verify() == 3


@pytest.mark.parametrize("reason", ["", "  "])
def test_what_cannot_be_withdrawn_is_not_recorded_anew(journal: Journal, reason: str) -> None:
    (weak,) = journal.append([WEAK], via="collector")
    with pytest.raises(InputError):
        journal.regrade(BETTER, replaces=weak.id, reason=reason, via="page")
    with pytest.raises(InputError):
        journal.regrade(BETTER, replaces="no-such-id", reason="Why not.", via="page")
    with pytest.raises(InputError):
        journal.regrade(
            a_submission(observed_at=weak.recorded_at + timedelta(days=1)), replaces=weak.id, reason="Late.", via="page"
        )
    assert (journal.position(), journal.verify()) == (1, 1)


def test_the_acts_on_an_indicator_are_its_own_and_in_order(journal: Journal) -> None:
    one, other = journal.append([WEAK, a_submission(indicator="ferry_strikes")], via="cli")
    gone = journal.retract(one.id, pack="harbour", reason="wrong port", author="ben", via="page")
    journal.retract(other.id, pack="harbour", reason="no strike", author="ben", via="page")
    (two,) = journal.append([BETTER], via="api")
    acts = journal.acts("harbour", "port_traffic")
    assert [(entry.id, entry.via) for entry in acts] == [(one.id, "cli"), (gone.id, "page"), (two.id, "api")]
    assert journal.acts("desert", "port_traffic") == ()
