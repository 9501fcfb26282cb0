"""Web, worker and supervisor are killed at random instants: nothing acknowledged is lost, nothing is done twice unseen.

The short form belongs to the long tests; ``python3 bootstrap.py faults --full`` is the storm as it is meant.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from iw_monitor.model.running import MOST_ATTEMPTS, RunOutcome
from iw_monitor.store.alerting import AlertStore
from tests.conftest import IS_THOROUGH
from tests.faults.ledger import alerts_differ, differing_runs, doubled_runs, evaluations, given_up, missing_runs
from tests.faults.storm import FULL, PACK, SHORT, Storm

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(7200 if IS_THOROUGH else 600),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are killed otherwise on this platform"),
]
Record = Callable[[str, Any], None]


def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice_unseen_whoever_is_killed(
    url: str, tmp_path: Path, record_property: Record
) -> None:
    storm = Storm(tmp_path, url, FULL if IS_THOROUGH else SHORT)
    try:
        storm.rage()
    finally:
        storm.up.end()
    with closing(storm.site()) as site:
        found, written = storm.statements(site), storm.writers.written
        lost = written.acknowledged - set(found)
        doubled = [one for one, times in found.items() if times > 1]
        record_property(
            "figures",
            f"kills {dict(storm.killed)}, starts {storm.up.starts}; writes {len(written.sent)}, "
            f"acknowledged {len(written.acknowledged)}, sent again {written.sent_again}, "
            f"lost {len(lost)}, doubled {len(doubled)}",
        )
        assert not lost
        assert not doubled
        assert set(found) <= written.sent
        assert written.refused == []

        runs = evaluations(site, storm.begin)
        again = sum(run.attempt > 1 for run in runs)
        missing = missing_runs(site, storm.begin)
        twice = doubled_runs(site, storm.begin, storm.up.events("run_begun"))
        record_property(
            "figures",
            f"runs {len(runs)}, begun again {again}, given up after {MOST_ATTEMPTS} kills and marked "
            f"{len(given_up(site, storm.begin))}, lost {len(missing)}, doubled unmarked {len(twice)}",
        )
        assert not missing
        assert not twice
        assert {run.outcome for run in runs if run.attempt < MOST_ATTEMPTS} == {RunOutcome.DONE}
        assert len(runs) >= storm.scale.jobs

        messages = [one for one in AlertStore(site.journal, PACK).messages(limit=1_000_000) if not one.joined]
        told = {notice.key for one in messages for notice in one.notices}
        arrived = Counter(key for line in storm.lines() for key in line["keys"])
        keys_of = {line["key"]: tuple(line["keys"]) for line in storm.lines()}
        record_property(
            "figures",
            f"notices {len(told)}, lost {len(told - set(arrived))}, "
            f"arrived again under the same key {sum(times > 1 for times in arrived.values())}",
        )
        assert set(arrived) == told
        assert all(keys_of[line["key"]] == tuple(line["keys"]) for line in storm.lines())
        assert set(keys_of) == {one.key for one in messages}
        assert len(told) >= storm.scale.notices

        differing = differing_runs(site, storm.begin)
        record_property("figures", f"entries verified {site.journal.verify()}, differing from replay {len(differing)}")
        assert not differing
        assert not alerts_differ(site, storm.begin)
        assert "Traceback" not in storm.up.said()
