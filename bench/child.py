"""What is measured in a process of its own: a cold start, an import with its memory, snapshots. Prints JSON."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.measure import Spread, figure
from bench.world import SHIPPED
from iw_monitor.model.observation import Known
from iw_monitor.service.site import Site, open_site


def run(what: str, database: Path, *rest: str) -> dict[str, float]:
    """Run one of ``WORK`` in a new process and return its figures.

    Raises:
        CalledProcessError: it failed.
    """
    command = [sys.executable, "-m", "bench.child", what, str(database), *rest]
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=SHIPPED.parents[1])
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures | {"process": time.perf_counter() - begun}


def busy(*seconds: float) -> str:
    """Return what tells a slow product from a busy machine: how long the processor itself was at it."""
    return f"The processor was busy with it for {figure(Spread(seconds).median, 's')}; the rest was waiting."


def site_of(database: Path) -> Site:
    """Open the shipped pack on a journal."""
    return open_site(clock=lambda: datetime.now(UTC), pack=str(SHIPPED), url=f"sqlite:///{database}")


@contextmanager
def timed(figures: dict[str, float], name: str) -> Iterator[None]:
    """Put into the figures how long something took by the wall, and how long the processor was busy with it."""
    begun, before = time.perf_counter(), time.process_time()
    yield
    figures[name] = time.perf_counter() - begun
    figures[f"{name}_busy"] = time.process_time() - before


def answer(database: Path, known: str) -> dict[str, float]:
    """Open a journal and say what is concluded now."""
    figures: dict[str, float] = {}
    with timed(figures, "opened"):
        site = site_of(database)
    with closing(site):
        with timed(figures, "read"):
            site.reports()
        with timed(figures, "concluded"):
            site.assess(known=Known(known))
    return figures


def bring_in(database: Path, table: str) -> dict[str, float]:
    """Import a file."""
    figures: dict[str, float] = {}

    def note(stage: str, _done: int, _of: int | None) -> None:
        if stage == "write":
            figures.setdefault("read_busy", time.process_time() - before)

    with closing(site_of(database)) as site, timed(figures, "took"):
        before = time.process_time()
        figures["rows"] = site.import_csv(Path(table), author="bench", on_progress=note).added
    return figures


def snapshots(folder: Path) -> dict[str, float]:
    """Take two snapshots of the demo."""
    from iw_monitor.model.snapshot import Format
    from iw_monitor.service.demo import open_demo
    from iw_monitor.service.keeping import keep
    from iw_monitor.service.snapshots import Wanted, snapshot_of

    figures: dict[str, float] = {}
    with closing(open_demo(folder)) as site:
        today = site.now()
        for name, as_of in (("first", today), ("second", today - timedelta(days=1))):
            with timed(figures, name):
                made = snapshot_of(site, Wanted(as_of=as_of), author="bench", via="bench")
                keep(site, made, formats=(Format.HTML, Format.PDF, Format.PNG), folder=folder / "reports")
    return figures


WORK: dict[str, Callable[..., dict[str, float]]] = {"answer": answer, "import": bring_in, "snapshots": snapshots}

if __name__ == "__main__":
    figures = WORK[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(figures | {"memory": memory}))
