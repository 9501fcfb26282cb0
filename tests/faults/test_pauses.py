"""Of two hosts the one that acts is paused, overtaken and woken, again and again: nothing is lost or done twice unseen.

The short form belongs to the long tests; ``python3 bootstrap.py faults --full`` is it as it is meant.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import IS_THOROUGH
from tests.faults.ledger import alerts_differ, differing_runs, doubled_runs, evaluations, given_up, missing_runs
from tests.faults.pauses import Pauses

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600 if IS_THOROUGH else 300),
    pytest.mark.skipif(sys.platform == "win32", reason="nobody can be paused on this platform"),
]
Record = Callable[[str, Any], None]

PAUSES = 55 if IS_THOROUGH else 4


def test_a_host_that_is_paused_overtaken_and_woken_again_and_again_does_nothing_twice_and_nothing_is_lost(
    url: str, tmp_path: Path, record_property: Record
) -> None:
    pauses = Pauses(tmp_path, url, PAUSES)
    pauses.live()
    with closing(pauses.site()) as site:
        runs = evaluations(site, pauses.begin)
        found = [one.statement for one in site.observations()]
        lost, doubled = pauses.acknowledged - set(found), len(found) - len(set(found))
        record_property(
            "figures",
            f"pauses {pauses.overtaken + pauses.stuck}, overtaken {pauses.overtaken}, in the middle of "
            f"a write so that nobody could write until it woke {pauses.stuck}; who woke was fenced off in a run "
            f"{pauses.noticed['fenced_off']}, found its lease gone {pauses.noticed['lease_lost']}; "
            f"reports {len(found)}, lost {len(lost)}, doubled {doubled}, refused meanwhile {pauses.refused}",
        )
        assert not lost
        assert not doubled
        assert set(found) <= pauses.sent

        missing = missing_runs(site, pauses.begin)
        twice, differing = doubled_runs(site, pauses.begin, pauses.begun()), differing_runs(site, pauses.begin)
        acted = [sum(host.is_named_in(run.worker) for run in runs) for host in pauses.hosts]
        record_property(
            "figures",
            f"runs {len(runs)}, of the two hosts {acted[0]} and {acted[1]}, "
            f"begun again {sum(run.attempt > 1 for run in runs)}, given up and marked "
            f"{len(given_up(site, pauses.begin))}, lost {len(missing)}, doubled unmarked {len(twice)}; "
            f"entries verified {site.journal.verify()}, differing from replay {len(differing)}",
        )
        assert not missing
        assert not twice
        assert not differing
        assert not alerts_differ(site, pauses.begin)
        assert all(acted)
    assert not any("Traceback" in host.said() for host in pauses.hosts)
