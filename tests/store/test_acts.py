"""Judgements and proposals are kept like reports: append-only, chained, verified and moved, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from iw_monitor.errors import ConflictError, InputError
from iw_monitor.model.judgement import JudgementKind, standing
from iw_monitor.model.proposal import Proposed, Waits
from iw_monitor.store.acts import ActStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.moving import MovedJournal, line_of
from tests.builders import DAY, HOUR, MONDAY, a_judgement, a_submission
from tests.store.conftest import Clock

REPORT = {"indicator": "port_traffic", "level": "3", "statement": "Half the berths are empty."}


def a_proposal(*, level: str = "3", source: str = "port_authority") -> Proposed:
    return Proposed(
        pack="harbour",
        subject="port_traffic",
        waits=Waits.REVIEW,
        report={**REPORT, "level": level},
        source=source,
        author="port_authority",
    )


def test_a_judgement_stands_until_it_expires(journal: Journal, clock: Clock) -> None:
    acts = ActStore(journal)
    one = acts.state(a_judgement(until=MONDAY + DAY), via="page")
    clock.move(DAY)
    assert acts.judgements("harbour") == (one,)
    assert standing((one,), MONDAY + DAY - timedelta(seconds=1)) == (one,)
    assert standing((one,), MONDAY + DAY) == ()
    assert standing((one,), MONDAY - timedelta(seconds=1)) == ()


def test_a_newer_declaration_takes_the_place_of_an_older_for_good(journal: Journal, clock: Clock) -> None:
    acts = ActStore(journal)
    acts.state(a_judgement(level=4, until=MONDAY + 5 * DAY), via="page")
    clock.move(HOUR)
    newer = acts.state(a_judgement(level=3, author="ben", until=MONDAY + DAY), via="page")
    assert standing(acts.judgements("harbour"), clock.now) == (newer,)
    assert standing(acts.judgements("harbour"), MONDAY + 2 * DAY) == ()


def test_dissents_of_two_officers_stand_beside_each_other(journal: Journal) -> None:
    acts = ActStore(journal)
    ada = acts.state(a_judgement(kind=JudgementKind.DISSENT, author="ada"), via="page")
    ben = acts.state(a_judgement(kind=JudgementKind.DISSENT, author="ben", level=5), via="page")
    assert standing(acts.judgements("harbour"), MONDAY) == (ada, ben)


def test_a_withdrawn_judgement_stands_no_longer_and_is_withdrawn_once(journal: Journal, clock: Clock) -> None:
    acts = ActStore(journal)
    one = acts.state(a_judgement(), via="page")
    clock.move(HOUR)
    gone = acts.withdraw(one.id, pack="harbour", reason="The ships came back.", author="ben", via="page")
    assert acts.judgements("harbour")[0].withdrawal == gone
    assert standing(acts.judgements("harbour"), MONDAY) == (replace(one, withdrawal=gone),)
    assert standing(acts.judgements("harbour"), clock.now) == ()
    with pytest.raises(InputError, match="withdrawn already"):
        acts.withdraw(one.id, pack="harbour", reason="again", author="ben", via="page")
    with pytest.raises(InputError, match="holds no judgement"):
        acts.withdraw(one.id, pack="desert", reason="elsewhere", author="ben", via="page")


def test_who_did_not_see_a_colleagues_declaration_does_not_declare_over_it(journal: Journal) -> None:
    acts = ActStore(journal)
    first = acts.state(a_judgement(level=3), via="page", seen="")
    with pytest.raises(ConflictError) as refused:
        acts.state(a_judgement(level=5, author="ben"), via="page", seen="")
    assert (refused.value.seen, refused.value.theirs) == (None, first.id)
    assert acts.state(a_judgement(level=5, author="ben"), via="page", seen=first.id).level == 5


def test_what_has_expired_already_is_not_stated(journal: Journal) -> None:
    with pytest.raises(InputError, match="is past already"):
        ActStore(journal).state(a_judgement(until=MONDAY), via="page")
    assert journal.position() == 0


def test_an_accepted_proposal_becomes_a_report_in_one_write(journal: Journal) -> None:
    acts = ActStore(journal)
    (proposal,) = acts.propose([a_proposal()], via="collector")
    decision, observation = acts.accept(
        proposal.id, a_submission(), reason="The picture shows it.", author="ada", via="page"
    )
    assert journal.observations("harbour") == (observation,)
    assert acts.proposals("harbour") == (replace(proposal, decision=decision),)
    assert (decision.accepted, decision.result) == (True, observation.id)
    with pytest.raises(InputError, match="accepted by ada"):
        acts.reject(proposal.id, pack="harbour", reason="too late", author="ben", via="page")


def test_nothing_is_decided_when_what_it_becomes_cannot_be_recorded(journal: Journal) -> None:
    acts = ActStore(journal)
    (proposal,) = acts.propose([a_proposal()], via="collector")
    with pytest.raises(InputError, match="in the future"):
        acts.accept(proposal.id, a_submission(observed_at=MONDAY + DAY), reason="yes", author="ada", via="page")
    assert acts.proposals("harbour") == (proposal,)
    assert proposal.is_open


def test_a_source_that_says_the_same_again_proposes_it_once(journal: Journal) -> None:
    acts = ActStore(journal)
    (first,) = acts.propose([a_proposal(), a_proposal()], via="collector")
    acts.reject(first.id, pack="harbour", reason="an old picture", author="ada", via="page")
    (second,) = acts.propose([a_proposal(), a_proposal(level="4")], via="collector")
    assert second.report == {**REPORT, "level": "4"}
    by_hand = a_proposal(source="")
    assert len(acts.propose([by_hand, by_hand], via="page")) == 2


def test_acts_are_verified_and_move_with_the_journal(journal: Journal, clock: Clock) -> None:
    acts = ActStore(journal)
    one = acts.state(a_judgement(), via="page")
    acts.withdraw(one.id, pack="harbour", reason="over", author="ada", via="page")
    (proposal,) = acts.propose([a_proposal()], via="collector")
    acts.accept(proposal.id, a_judgement(author="ben"), reason="agreed", author="ada", via="page")
    assert journal.verify() == 5
    head = f'{{"entries":5,"format":"iw-monitor journal","hash":"{journal.head()[1]}","version":1}}'
    lines = [head.encode(), *(line_of(entry).encode() for entry in journal.entries())]
    with Journal.open("sqlite://", clock=clock) as other:
        assert other.take_over(MovedJournal(lines, "moved.jsonl")) == 5
        assert ActStore(other).judgements("harbour") == acts.judgements("harbour")
        assert ActStore(other).proposals("harbour") == acts.proposals("harbour")


def test_text_that_cannot_be_stored_is_refused(journal: Journal) -> None:
    with pytest.raises(InputError, match="cannot be stored"):
        ActStore(journal).state(a_judgement(reason="half a letter \ud800"), via="page")
    with pytest.raises(InputError, match="cannot be stored"):
        ActStore(journal).state(a_judgement(reason="zero \x00"), via="page")
