"""A long file takes hardly more memory than a short one: some thirty bytes a row, and the rest is on the disk."""

from __future__ import annotations

import tracemalloc
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from iw_monitor.model.observation import REQUIRED_COLUMNS
from iw_monitor.service.site import open_site
from iw_monitor.store import staging
from iw_monitor.store.place import file_url
from tests.builders import MONDAY, SUNDAY

SHORT, LONG = 1_500, 6_000
A_ROW = 100  # bytes; a submission alone has 1,500
SHIPPED = "multi-front"


def a_file(folder: Path, rows: int) -> Path:
    file = folder / f"{rows}.csv"
    lines = (
        f"{SUNDAY - number * timedelta(minutes=7):%Y-%m-%dT%H:%MZ},hizballah_activity,{number % 5},"
        f"Report {number} of a long file.,Log {number % 9},https://example.org/{number},,B,2,seen"
        for number in range(rows)
    )
    file.write_text("\n".join([",".join(REQUIRED_COLUMNS), *lines]), encoding="utf-8")
    return file


def peak(folder: Path, rows: int) -> int:
    """Return the most memory that Python held while a file was imported, and imported again in vain, in bytes."""
    file = a_file(folder, rows)
    url = file_url(folder / f"{rows}.db")
    with closing(open_site(clock=lambda: MONDAY, pack=SHIPPED, url=url)) as site:
        tracemalloc.start()
        try:
            assert site.import_csv(file, author="ada").added == rows
            assert site.import_csv(file, author="ada").unchanged == rows
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.slow
def test_a_file_five_times_as_long_takes_hardly_more_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_IN_MEMORY", 1 << 16)  # so that the short one goes to the disk too
    peak(tmp_path, 500)  # what is loaded once
    assert (peak(tmp_path, LONG) - peak(tmp_path, SHORT)) / (LONG - SHORT) < A_ROW
