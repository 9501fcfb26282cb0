"""What is put together from pieces, because there may be a million of it, is spelt as canonical JSON to the letter."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.observation import Basis, Grade, Method, Submission
from iw_monitor.store.canonical import canonical_json
from iw_monitor.store.chain import entry_hash
from iw_monitor.store.fingerprint import fingerprint
from iw_monitor.store.records import observation_body
from tests.builders import a_submission

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
INSTANTS = st.integers(0, 4_000_000_000_000_000).map(from_microseconds)
SUBMISSIONS = st.builds(
    a_submission,
    pack=TEXTS,
    indicator=TEXTS,
    level=st.integers(0, 4),
    grade=st.builds(Grade, reliability=st.sampled_from("ABCDEF"), credibility=st.integers(1, 6)),
    observed_at=INSTANTS,
    published_at=st.none() | INSTANTS,
    statement=TEXTS.filter(str.strip),
    source_name=TEXTS,
    source_url=TEXTS,
    originator=TEXTS,
    basis=st.sampled_from(Basis),
    method=st.sampled_from(Method),
    reading=st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(-9, 9),
    unit=TEXTS,
    note=TEXTS,
)


def reading_of(one: Submission) -> float | None:
    return None if one.reading is None else float(one.reading)


@given(SUBMISSIONS)
def test_the_body_of_an_observation_is_canonical_json(one: Submission) -> None:
    said = {
        "basis": one.basis.value,
        "credibility": one.grade.credibility,
        "indicator": one.indicator,
        "level": one.level,
        "method": one.method.value,
        "note": one.note,
        "observed_at": one.observed_at.isoformat(),
        "originator": one.originator,
        "published_at": None if one.published_at is None else one.published_at.isoformat(),
        "reading": reading_of(one),
        "reliability": one.grade.reliability,
        "source_name": one.source_name,
        "source_url": one.source_url,
        "statement": one.statement,
        "unit": one.unit,
    }
    assert observation_body(one) == canonical_json(said)


@given(SUBMISSIONS)
def test_a_fingerprint_is_the_hash_of_canonical_json(one: Submission) -> None:
    said = (
        one.pack,
        one.indicator,
        one.level,
        one.grade.reliability,
        one.grade.credibility,
        microseconds(one.observed_at),
        None if one.published_at is None else microseconds(one.published_at),
        one.statement,
        one.source_name,
        one.source_url,
        one.originator,
        one.basis.value,
        reading_of(one),
        one.unit,
        one.note,
    )
    assert fingerprint(one) == hashlib.sha256(canonical_json(said).encode()).hexdigest()[:32]


@given(st.fixed_dictionaries(dict.fromkeys(("author", "body", "id", "kind", "pack", "pack_hash", "via"), TEXTS)))
def test_the_hash_of_an_entry_is_of_canonical_json(texts: dict[str, Any]) -> None:
    said = {**texts, "recorded_at": 1_700_000_000_000_000, "sequence": 7}
    expected = hashlib.sha256(("0" * 64 + canonical_json(said)).encode()).hexdigest()
    assert entry_hash({**said, "previous_hash": "0" * 64, "hash": "not of it"}) == expected
    assert json.loads(canonical_json(said)) == said
