"""What is served while it is measured: our site on a journal of its own, or a bare Streamlit app; each a process."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from iw_monitor.collect.csv_file import read_observations
from iw_monitor.model.observation import Submission
from iw_monitor.pack.load import load_pack
from iw_monitor.service.demo import HISTORY
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url

SHIPPED = Path(__file__).resolve().parents[1] / "indicators" / "multi-front"
BARE_APP = Path(__file__).with_name("bare_app.py")
STARTS_WITHIN = 240.0  # seconds
TICKS = os.sysconf("SC_CLK_TCK")
STEP = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that runs, and what it has used."""

    base: str
    pid: int

    @property
    def cpu(self) -> float:
        """Seconds of computing so far, all threads together."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def memory(self) -> int:
        """Bytes that it holds of the machine's memory for itself.

        Pages of its files are left out: the system lends them, shared with others, and takes them back as it likes.
        """
        _, resident, lent, *_ = Path(f"/proc/{self.pid}/statm").read_text().split()
        return (int(resident) - int(lent)) * os.sysconf("SC_PAGE_SIZE")


# --- Journals ---


def recent_history() -> list[Submission]:
    """Return the shipped pack's history as if it ended an hour ago: pages show levels, not silence."""
    now = datetime.now(UTC)
    read = read_observations(SHIPPED / HISTORY, load_pack(SHIPPED).pack, now=now, author="bench")
    ahead = now - timedelta(hours=1) - max(one.observed_at for one in read.submissions)
    return [replace(one, observed_at=one.observed_at + ahead, published_at=None) for one in read.submissions]


def filled_journal(folder: Path, *, reports: int = 0) -> str:
    """Make a journal that holds the recent history after so many older reports, recorded month by month."""
    recent = recent_history()
    month = -(-reports // 60)
    moment = recent[0].observed_at - 61 * STEP
    url = file_url(folder / "journal.db")
    with Journal.open(url, clock=lambda: moment) as journal:
        for _ in range(60 if reports else 0):
            begin, moment = moment, moment + STEP
            journal.append_stream(_spread(recent, month, begin), via="bench")
        moment = datetime.now(UTC)
        journal.append_stream(recent, via="bench")
    return url


def _spread(pattern: Sequence[Submission], count: int, begin: datetime) -> Iterator[Submission]:
    for number in range(count):
        yield replace(pattern[number % len(pattern)], observed_at=begin + STEP * number / count)


# --- Servers ---


@contextmanager
def our_site(url: str, *arguments: str) -> Iterator[Server]:
    """Serve a journal as its owner would."""
    command = ["-m", "iw_monitor.cli", "web", "--db", url, "--no-browser", *arguments]
    with _running([*command, "--port"], "/healthz") as server:
        yield server


@contextmanager
def bare_app() -> Iterator[Server]:
    """Serve the one-line app with Streamlit's own settings."""
    options = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1"]
    with _running(["-m", "streamlit", "run", str(BARE_APP), *options, "--server.port"], "/_stcore/health") as server:
        yield server


@contextmanager
def _running(arguments: Sequence[str], sign_of_life: str) -> Iterator[Server]:
    port = _free_port()
    with subprocess.Popen(
        [sys.executable, *arguments, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(process, port, sign_of_life)
            yield Server(base=f"http://127.0.0.1:{port}", pid=process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int, sign_of_life: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < until:
        if _is_alive(port, sign_of_life):
            return
        time.sleep(0.1)
    raise RuntimeError("the server that was to be measured does not answer")


def _is_alive(port: int, path: str) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as link:
        try:
            link.request("GET", path)
            return link.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
