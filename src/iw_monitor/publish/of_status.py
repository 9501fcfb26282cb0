"""How a site does, as JSON for whoever watches the monitor itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from iw_monitor.model.alert import AlertState
from iw_monitor.model.running import Run
from iw_monitor.model.status import PackLine, SiteStatus
from iw_monitor.publish.as_json import headline_dict
from iw_monitor.publish.times import iso

SCHEMA_VERSION = "1"
ACTIVE = (AlertState.FIRING, AlertState.BLIND, AlertState.PENDING)


def status_json(status: SiteStatus, *, beside: Sequence[PackLine] = ()) -> str:
    """Return everything as JSON; ``status`` in it says good, or troubled by what ``troubles`` names.

    Args:
        status: of the pack that is asked about.
        beside: all packs that are held, where nobody said which is meant: then the troubles of each are named.
    """
    said = _status(status)
    if beside:
        troubles = [f"{one.name}: {trouble}" for one in beside for trouble in one.troubles]
        said |= {"status": _word(troubles), "troubles": troubles, "packs": [line_dict(one) for one in beside]}
    return json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False)


def line_dict(one: PackLine) -> dict[str, Any]:
    """Return a pack at a glance."""
    found, newest = one.status, one.newest
    return {
        "id": one.name,
        "title": one.title,
        "handling": one.handling,
        "usable": found is not None,
        "headline": None if found is None else headline_dict(found.assessment.headline),
        "coverage": None if found is None else found.assessment.coverage,
        "newest_at": None if newest is None else iso(newest),
        "stale": None if found is None else found.is_stale,
        "indicators": None if found is None else {state.value: count for state, count in found.freshness.items()},
        "alerts": None if found is None else {state.value: found.alerts.get(state, 0) for state in ACTIVE},
        "troubles": list(one.troubles),
    }


def _word(troubles: Sequence[str]) -> str:
    return "troubled" if troubles else "good"


def _status(one: SiteStatus) -> dict[str, Any]:
    assessment, pulse, here = one.assessment, one.pulse, one.installation
    return {
        "schema_version": SCHEMA_VERSION,
        "status": _word(one.troubles),
        "troubles": list(one.troubles),
        "at": iso(one.at),
        "version": here.program,
        "python": here.python,
        "pack": {
            "id": assessment.pack,
            "version": here.pack,
            "hash": here.pack_hash,
            "broken": one.is_pack_broken,
        },
        "journal": {"entries": one.entries, "free_bytes": here.free_bytes, "tables": here.tables},
        "worker": {
            "health": pulse.health.value,
            "seen_at": None if pulse.seen_at is None else iso(pulse.seen_at),
            "evaluated_at": None if pulse.evaluated_at is None else iso(pulse.evaluated_at),
            "overdue": pulse.is_overdue,
        },
        "jobs": [_job(run) for run in one.runs],
        "data": {
            "as_of": iso(assessment.as_of),
            "headline": headline_dict(assessment.headline),
            "coverage": assessment.coverage,
            "indicators": {state.value: count for state, count in one.freshness.items()},
        },
        "alerts": {state.value: one.alerts.get(state, 0) for state in ACTIVE},
        "messages": {"undelivered": one.undelivered},
    }


def _job(run: Run) -> dict[str, Any]:
    return {
        "job": run.job,
        "due_at": iso(run.due_at),
        "outcome": run.outcome.value,
        "late_seconds": run.late_by.total_seconds(),
    }
