"""What people state and propose: as text for people, as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from iw_monitor.model.judgement import Judgement
from iw_monitor.model.proposal import Proposal
from iw_monitor.publish.times import iso


def judgement_line(one: Judgement) -> str:
    """Return a judgement in one line."""
    value = f"{one.probability:.2f}" if one.probability is not None else f"level {one.level}"
    ended = (
        "" if one.withdrawal is None else f", withdrawn by {one.withdrawal.author}: {_in_a_line(one.withdrawal.reason)}"
    )
    until = iso(one.until)
    return (
        f"{one.kind} of {one.subject}: {value} by {one.author} until {until}{ended}: {_in_a_line(one.reason)}  {one.id}"
    )


def proposal_line(one: Proposal) -> str:
    """Return a proposal in one line."""
    level = (one.report or {}).get("level") or (str(one.judgement.level) if one.judgement else "")
    what = (one.report or {}).get("statement") or (one.judgement.reason if one.judgement else "")
    kind = one.judgement.kind.value if one.judgement else "report"
    said = f"{kind} on {one.subject}, level {level or '?'}, waits for {one.waits.value}"
    return f"{said}, by {one.author} at {iso(one.recorded_at)}: {_in_a_line(what)}  {one.id}"


def judgements_json(judgements: Iterable[Judgement]) -> str:
    """Return judgements as a JSON list."""
    return _text([judgement_dict(one) for one in judgements])


def proposals_json(proposals: Iterable[Proposal]) -> str:
    """Return proposals as a JSON list."""
    return _text([proposal_dict(one) for one in proposals])


def judgement_dict(one: Judgement) -> dict[str, Any]:
    """Return the plain values of a judgement."""
    gone = one.withdrawal
    return {
        "id": one.id,
        "kind": one.kind.value,
        "subject": one.subject,
        "level": one.level,
        "probability": one.probability,
        "reason": one.reason,
        "author": one.author,
        "recorded_at": iso(one.recorded_at),
        "until": iso(one.until),
        "withdrawn": None
        if gone is None
        else {"at": iso(gone.recorded_at), "author": gone.author, "reason": gone.reason},
    }


def proposal_dict(one: Proposal) -> dict[str, Any]:
    """Return the plain values of a proposal."""
    stated = one.judgement
    return {
        "id": one.id,
        "subject": one.subject,
        "waits": one.waits.value,
        "source": one.source,
        "author": one.author,
        "via": one.via,
        "recorded_at": iso(one.recorded_at),
        "report": None if one.report is None else dict(one.report),
        "judgement": None
        if stated is None
        else {
            "kind": stated.kind.value,
            "level": stated.level,
            "reason": stated.reason,
            "until": iso(stated.until),
        },
    }


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


def _text(value: list[dict[str, Any]]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
