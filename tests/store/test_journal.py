"""What is appended is read back, in order, at the right instants; what is wrong is refused and leaves no trace."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from iw_monitor.errors import ConflictError, InputError
from iw_monitor.model.instants import NEVER, microseconds
from iw_monitor.model.observation import Basis, Grade, Method, Observation, Submission
from iw_monitor.store.chain import BEFORE_ALL
from iw_monitor.store.fingerprint import fingerprint
from iw_monitor.store.journal import Journal
from tests.builders import DAY, HOUR, MONDAY, SUNDAY, a_submission
from tests.store.conftest import Clock

FULL = a_submission(
    level=4,
    grade=Grade(reliability="F", credibility=6),
    published_at=SUNDAY + HOUR,
    source_url="https://example.org/a?b=1&c=“ü”",
    originator="  Häfen AG ",
    basis=Basis.MEMORY,
    reading=-0.1,
    unit="ships",
    note="line\nline\ttab עברית \u202e",
    pack_hash="ab" * 32,
    method=Method.COLLECTOR,
)


def as_submitted(observation: Observation) -> Submission:
    return Submission(**{name: getattr(observation, name) for name in Submission.__dataclass_fields__})


def held(journal: Journal) -> list[str]:
    """Return the fingerprints that the journal holds, in order."""
    packed = journal.prints("harbour").tobytes()
    return [packed[start : start + 16].hex() for start in range(0, len(packed), 16)]


def test_what_is_appended_is_read_back_to_the_letter(journal: Journal) -> None:
    given = (FULL, a_submission())
    appended = journal.append(given, via="cli")
    assert journal.observations("harbour") == appended
    assert tuple(as_submitted(one) for one in appended) == given


def test_ids_are_uuids_of_version_7_that_carry_the_instant_of_recording(journal: Journal) -> None:
    (one,) = journal.append([a_submission()], via="cli")
    number = int(one.id.replace("-", ""), 16)
    assert (number >> 80) == microseconds(MONDAY) // 1000
    assert (number >> 76) & 0xF == 7


def test_an_empty_journal_says_so_everywhere(journal: Journal) -> None:
    assert (journal.position(), journal.verify(), journal.head()) == (0, 0, (0, BEFORE_ALL))
    assert (journal.observations("harbour"), journal.retractions("harbour"), list(journal.entries())) == ((), (), [])
    assert journal.latest("harbour", "port_traffic") is None
    assert held(journal) == []
    assert len(journal.columns("harbour")) == 0
    assert journal.append([], via="cli") == ()


def test_a_batch_is_recorded_at_one_instant_and_a_clock_set_back_does_not_turn_the_journal_back(
    journal: Journal, clock: Clock
) -> None:
    journal.append([a_submission(), a_submission()], via="cli")
    clock.move(-HOUR)
    journal.append([a_submission()], via="cli")
    assert [one.recorded_at for one in journal.entries()] == [MONDAY] * 3
    clock.move(2 * HOUR)
    assert journal.append([a_submission()], via="cli")[0].recorded_at == MONDAY + HOUR


def test_the_future_is_refused_row_by_row_and_nothing_is_written(journal: Journal) -> None:
    rows = [
        a_submission(),
        a_submission(observed_at=MONDAY + HOUR),
        a_submission(),
        a_submission(observed_at=MONDAY + DAY),
    ]
    with pytest.raises(InputError) as refused:
        journal.append(rows, via="cli")
    assert [(one.code, one.line, one.field) for one in refused.value.findings] == [
        ("J101", 2, "observed_at"),
        ("J101", 4, "observed_at"),
    ]
    assert "2024-05-06 01:00:00Z is in the future: the clock says 2024-05-06 00:00:00Z" in str(refused.value)
    assert journal.position() == 0


@pytest.mark.parametrize("broken", ["half a letter \ud800", "a zero \x00"])
def test_text_that_no_database_can_keep_is_refused_by_name(journal: Journal, broken: str) -> None:
    with pytest.raises(InputError) as refused:
        journal.append([a_submission(note=broken), a_submission(author=broken)], via="cli")
    assert [(one.code, one.line, one.field) for one in refused.value.findings] == [
        ("J102", 1, "note"),
        ("J102", 2, "author"),
    ]
    assert journal.position() == 0


def test_a_failure_after_thousands_of_rows_leaves_nothing(journal: Journal) -> None:
    rows = [a_submission()] * 2500 + [a_submission(observed_at=MONDAY + HOUR)]
    with pytest.raises(InputError):
        journal.append(rows, via="import")
    with pytest.raises(InputError):
        journal.append_stream(iter(rows), via="import")
    assert journal.position() == 0


def test_progress_is_told_and_a_progress_bar_that_is_broken_off_leaves_nothing(journal: Journal) -> None:
    told: list[int] = []
    journal.append([a_submission()] * 2500, via="import", on_progress=told.append)
    assert told == [1000, 2000, 2500]

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        journal.append([a_submission()] * 2500, via="import", on_progress=interrupt)
    assert journal.verify() == 2500


def test_a_stream_is_recorded_as_a_list_is(journal: Journal) -> None:
    told: list[int] = []
    assert journal.append_stream((a_submission() for _ in range(1500)), via="import", on_progress=told.append) == 1500
    assert (journal.verify(), told) == (1500, [1000, 1500])


def test_observations_are_narrowed_by_pack_indicator_ids_and_number(journal: Journal) -> None:
    a, b, c = journal.append(
        [a_submission(), a_submission(indicator="ferry_strikes"), a_submission(observed_at=SUNDAY - DAY)], via="cli"
    )
    (other,) = journal.append([a_submission(pack="elsewhere")], via="cli")
    assert journal.observations("harbour") == (a, b, c)
    assert journal.observations("elsewhere") == (other,)
    assert journal.observations("harbour", indicator="port_traffic") == (a, c)
    assert journal.observations("harbour", newest=2) == (b, c)
    assert journal.observations("harbour", newest=0) == ()
    assert journal.observations("harbour", ids=[c.id, a.id, "nobody", other.id]) == (a, c)
    assert journal.observations("harbour", ids=[c.id, a.id], newest=1) == (c,)
    assert journal.observations("harbour", ids=[]) == ()


def test_thousands_of_ids_can_be_asked_for_at_once(journal: Journal) -> None:
    appended = journal.append([a_submission()] * 1200, via="cli")
    assert journal.observations("harbour", ids={one.id for one in appended}) == appended


def test_the_latest_is_the_newest_observed_then_the_newest_recorded_and_never_a_retracted_one(journal: Journal) -> None:
    old, first, second = journal.append(
        [a_submission(observed_at=SUNDAY - DAY), a_submission(), a_submission(level=3)], via="cli"
    )
    journal.append([a_submission(observed_at=SUNDAY - 2 * DAY), a_submission(indicator="ferry_strikes")], via="cli")
    for newest in (second, first, old):
        assert journal.latest("harbour", "port_traffic") == newest
        journal.retract(newest.id, pack="harbour", reason="wrong port", author="ben", via="cli")


def test_a_retraction_is_written_beside_the_observation(journal: Journal, clock: Clock) -> None:
    (one,) = journal.append([a_submission()], via="cli")
    clock.move(HOUR)
    retraction = journal.retract(one.id, pack="harbour", reason="wrong port", author="ben", via="page")
    assert (retraction.observation, retraction.reason, retraction.author) == (one.id, "wrong port", "ben")
    assert retraction.recorded_at == MONDAY + HOUR
    assert journal.retractions("harbour") == (retraction,)
    assert journal.retractions("elsewhere") == ()
    assert journal.observations("harbour") == (one,)
    assert journal.verify() == 2


def test_what_is_unknown_or_already_retracted_cannot_be_retracted(journal: Journal) -> None:
    (one,) = journal.append([a_submission()], via="cli")
    journal.retract(one.id, pack="harbour", reason="wrong port", author="ben", via="cli")
    for target, pack, reason, code in [
        ("nobody", "harbour", "why", "J201"),
        (one.id, "elsewhere", "why", "J201"),
        (one.id, "harbour", "why", "J202"),
        (one.id, "harbour", "  ", "J203"),
        (one.id, "harbour", "\x00", "J102"),
    ]:
        with pytest.raises(InputError) as refused:
            journal.retract(target, pack=pack, reason=reason, author="ada", via="cli")
        assert [finding.code for finding in refused.value.findings] == [code]
    assert journal.position() == 2


def test_the_second_of_two_editors_who_saw_the_same_is_shown_the_first_ones_report(journal: Journal) -> None:
    (first,) = journal.append([a_submission()], via="page", seen={"port_traffic": None})
    with pytest.raises(ConflictError) as refused:
        journal.append([a_submission(level=0)], via="page", seen={"port_traffic": None})
    assert (refused.value.seen, refused.value.theirs) == (None, first.id)
    assert journal.position() == 1
    journal.append([a_submission(level=0)], via="page", seen={"port_traffic": first.id})
    assert journal.position() == 2


def test_who_saw_a_report_that_was_retracted_since_is_told(journal: Journal) -> None:
    (first,) = journal.append([a_submission()], via="page")
    journal.retract(first.id, pack="harbour", reason="wrong port", author="ben", via="page")
    with pytest.raises(ConflictError):
        journal.append([a_submission(level=0)], via="page", seen={"port_traffic": first.id})
    assert journal.position() == 2


def test_the_columns_say_what_the_observations_say(journal: Journal, clock: Clock) -> None:
    a, b, c = journal.append([FULL, a_submission(), a_submission(indicator="ferry_strikes", level=0)], via="cli")
    journal.append([a_submission(pack="elsewhere")], via="cli")
    clock.move(HOUR)
    journal.retract(b.id, pack="harbour", reason="wrong port", author="ben", via="cli")
    columns = journal.columns("harbour")
    assert columns.position == 5
    assert columns.sequence.tolist() == [1, 2, 3]
    assert columns.ids.tolist() == [a.id, b.id, c.id]
    assert list(columns.indicator) == ["port_traffic", "port_traffic", "ferry_strikes"]
    assert columns.level.tolist() == [4, 2, 0]
    assert list(columns.reliability) == ["F", "B", "B"]
    assert columns.credibility.tolist() == [6, 2, 2]
    assert list(columns.originator) == ["häfen ag", "port authority", "port authority"]
    assert columns.observed.tolist() == [microseconds(SUNDAY)] * 3
    assert columns.published.tolist() == [microseconds(SUNDAY + HOUR), NEVER, NEVER]
    assert columns.recorded.tolist() == [microseconds(MONDAY)] * 3
    assert columns.retracted.tolist() == [NEVER, microseconds(MONDAY + HOUR), NEVER]


def test_columns_read_in_pieces_and_joined_are_the_columns_read_at_once(journal: Journal, clock: Clock) -> None:
    (a, *_) = journal.append([a_submission(level=level) for level in (0, 1, 2)], via="cli")
    joined = journal.columns("harbour")
    for _ in range(3):
        clock.move(HOUR)
        (b, *_) = journal.append([FULL] * 700, via="cli")
        journal.retract(a.id, pack="harbour", reason="wrong port", author="ben", via="cli")
        newer = journal.columns("harbour", after=joined.position)
        assert len(newer) == 700
        joined, a = joined.extended(newer), b
    whole = journal.columns("harbour")
    assert (joined.ids.tolist(), joined.position) == (whole.ids.tolist(), whole.position)
    for name in ("indicator", "reliability", "originator"):
        assert list(getattr(joined, name)) == list(getattr(whole, name)), name
    for name in ("sequence", "level", "credibility", "observed", "published", "recorded", "retracted"):
        assert np.array_equal(getattr(joined, name), getattr(whole, name)), name
        assert getattr(joined, name).dtype == getattr(whole, name).dtype
    assert joined.withdrawn == {}


def test_a_retraction_of_what_stands_before_the_asked_place_is_given_apart(journal: Journal, clock: Clock) -> None:
    a, b = journal.append([a_submission(), a_submission()], via="cli")
    journal.retract(a.id, pack="harbour", reason="wrong port", author="ben", via="cli")
    assert journal.columns("harbour", after=1).withdrawn == {1: microseconds(MONDAY)}
    assert journal.columns("harbour", after=1).ids.tolist() == [b.id]
    assert journal.columns("harbour", after=3).withdrawn == {}


def test_the_fingerprint_is_of_what_is_said_not_of_who_says_it() -> None:
    ordinary = fingerprint(a_submission())
    assert fingerprint(a_submission(author="ben", method=Method.API, pack_hash="other")) == ordinary
    changes = {
        "pack": "elsewhere",
        "indicator": "ferry_strikes",
        "level": 3,
        "grade": Grade(reliability="B", credibility=3),
        "observed_at": SUNDAY - timedelta(microseconds=1),
        "published_at": SUNDAY,
        "statement": "Another.",
        "source_name": "Another",
        "source_url": "https://example.org",
        "originator": "Another",
        "basis": Basis.MEMORY,
        "reading": 0.0,
        "unit": "ships",
        "note": "A note.",
    }
    others = {fingerprint(a_submission(**{name: value})) for name, value in changes.items()}
    assert len(others | {ordinary}) == len(changes) + 1


def test_the_fingerprint_is_stored_and_must_never_change() -> None:
    # SHA-256 of ["harbour","port_traffic",2,"B",2,1714867200000000,null,"A third fewer …","Harbour log","","Port
    # authority","seen",7.0,"",""], first 32 digits, computed with sha256sum.
    assert fingerprint(a_submission(reading=7)) == fingerprint(a_submission(reading=7.0))
    assert fingerprint(a_submission(reading=7)) == "5ab810ea94b45f8fe3caa7604be0004d"


def test_fingerprints_are_those_of_the_pack_that_are_not_retracted(journal: Journal) -> None:
    a, b = journal.append([a_submission(), a_submission(level=3)], via="cli")
    journal.append([a_submission(pack="elsewhere")], via="cli")
    assert held(journal) == sorted([fingerprint(a), fingerprint(b)])
    journal.retract(a.id, pack="harbour", reason="wrong port", author="ben", via="cli")
    assert held(journal) == [fingerprint(b)]


def test_entries_give_everything_for_audit(journal: Journal) -> None:
    (one,) = journal.append([FULL], via="cli")
    retraction = journal.retract(one.id, pack="harbour", reason="wrong port", author="ben", via="page")
    first, second = journal.entries()
    assert (first.sequence, first.id, first.kind, first.pack, first.author, first.via) == (
        *(1, one.id, "observation", "harbour", "ada", "cli"),
    )
    assert (first.pack_hash, first.previous_hash, first.recorded_at) == (FULL.pack_hash, BEFORE_ALL, MONDAY)
    assert (second.id, second.kind, second.author, second.via) == (retraction.id, "retraction", "ben", "page")
    assert (second.previous_hash, journal.head()) == (first.hash, (2, second.hash))
    assert second.content == {"observation": one.id, "reason": "wrong port"}
    assert first.body == json.dumps(first.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert [entry.sequence for entry in journal.entries(after=1)] == [2]
    assert [entry.sequence for entry in journal.entries(limit=1)] == [1]


def test_entries_are_given_in_pages_while_others_write(journal: Journal) -> None:
    journal.append([a_submission()] * 2500, via="cli")
    given = journal.entries(after=100)
    assert next(given).sequence == 101
    journal.append([a_submission()], via="cli")  # would wait for ever if the reader held the journal
    assert [entry.sequence for entry in given] == list(range(102, 2501))


def test_a_clock_without_a_zone_is_refused(url: str) -> None:
    with (
        Journal.open(url, clock=lambda: MONDAY.replace(tzinfo=None)) as journal,
        pytest.raises(ValueError, match="has no time zone"),
    ):
        journal.append([a_submission()], via="cli")


def test_the_clocks_zone_does_not_matter(url: str, clock: Clock) -> None:
    east = MONDAY.astimezone(datetime.strptime("+0300", "%z").tzinfo)
    with Journal.open(url, clock=lambda: east) as journal:
        (one,) = journal.append([a_submission()], via="cli")
    assert one.recorded_at == MONDAY
    assert one.recorded_at.tzinfo is UTC


def test_threads_that_share_a_journal_lose_nothing(journal: Journal) -> None:
    def write(author: str) -> None:
        for _ in range(20):
            journal.append([a_submission(author=author)], via="page")
            journal.latest("harbour", "port_traffic")

    threads = [threading.Thread(target=write, args=(f"editor {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journal.verify() == 160
