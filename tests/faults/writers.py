"""Who writes while processes are killed: what each was told is recorded, to be looked for afterwards."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from iw_monitor.errors import StoreError
from iw_monitor.model.observation import REQUIRED_COLUMNS, Grade, Method, Submission
from iw_monitor.store.journal import Journal

LARGEST = 20  # reports in one write
PAUSE = 0.2  # seconds before what got no answer is sent again


@dataclass
class Written:
    """What was sent, and what of it was acknowledged, by the statement of each report: no two say the same."""

    sent: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    sent_again: int = 0
    refused: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class Writers:
    """Threads that write through the API and into the journal, as often as they are let, until it is over."""

    port: int
    token: str
    journal: Journal
    pack: str
    indicators: tuple[str, ...]
    observed_at: datetime  # of the first reports
    seed: int
    written: Written = field(default_factory=Written)
    allowed: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))  # writes to be made
    is_over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        acts = (self._write_by_api, self._write_by_api, self._write_into_journal)
        self._threads = [threading.Thread(target=act, args=(number,)) for number, act in enumerate(acts)]

    def start(self) -> None:
        """Begin."""
        for one in self._threads:
            one.start()

    def stop(self) -> None:
        """Let each bring to an end what it is about."""
        self.is_over.set()
        for one in self._threads:
            one.join()

    def _reports(self, number: int, way: str) -> Iterator[list[dict[str, str]]]:
        """Yield what to write next, one report or some, until it is over."""
        chance = Random(self.seed + number)
        for turn in count():
            while not self.allowed.acquire(timeout=PAUSE):
                if self.is_over.is_set():
                    return
            size = 1 if turn % 2 else chance.randint(2, LARGEST)
            at = self.observed_at + timedelta(seconds=turn)  # later than the last, so that levels rise and fall
            yield [self._report(chance, at, f"{way} {number}, write {turn}, report {n}") for n in range(size)]

    def _report(self, chance: Random, observed_at: datetime, statement: str) -> dict[str, str]:
        said = {
            "observed_at": observed_at.isoformat(),
            "indicator": chance.choice(self.indicators),
            "level": str(chance.randint(0, 4)),
            "statement": statement,
            "source_name": "Observatory",
            "source_url": "",
            "originator": "Observatory",
            "reliability": "B",
            "credibility": "2",
            "basis": "seen",
        }
        self.written.sent.add(statement)
        return said

    # --- Through the API: under a key, again and again until there is an answer ---

    def _write_by_api(self, number: int) -> None:
        for turn, reports in enumerate(self._reports(number, "API")):
            kind, path, body = _one(reports[0]) if len(reports) == 1 else _some(reports)
            headers = {
                "authorization": f"Bearer {self.token}",
                "content-type": kind,
                "idempotency-key": f"{self.seed}-{number}-{turn}",
            }
            while (status := self._post(path, body, headers)) in (0, 429, 503):
                self.written.sent_again += 1
                time.sleep(PAUSE)
                if self.is_over.is_set() and not status:
                    break
            if status in (200, 201):
                self.written.acknowledged.update(one["statement"] for one in reports)
            elif status:
                self.written.refused.append(f"{path} {status}")

    def _post(self, path: str, body: bytes, headers: dict[str, str]) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as link:
            try:
                link.request("POST", f"/api/v1/{path}", body=body, headers=headers)
                answer = link.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):  # nobody there, or killed in the middle
                return 0
            return answer.status

    # --- Into the journal, as another process of the site ---

    def _write_into_journal(self, number: int) -> None:
        for reports in self._reports(number, "journal"):
            try:
                self.journal.append([self._submission(one) for one in reports], via="import")
            except StoreError as error:
                self.written.refused.append(str(error))
            else:
                self.written.acknowledged.update(one["statement"] for one in reports)

    def _submission(self, said: dict[str, str]) -> Submission:
        return Submission(
            pack=self.pack,
            indicator=said["indicator"],
            level=int(said["level"]),
            grade=Grade(reliability=said["reliability"], credibility=int(said["credibility"])),
            observed_at=datetime.fromisoformat(said["observed_at"]),
            statement=said["statement"],
            author="ada",
            method=Method.IMPORT,
            source_name=said["source_name"],
            originator=said["originator"],
        )


def _one(said: dict[str, str]) -> tuple[str, str, bytes]:
    body = {**said, "level": int(said["level"]), "credibility": int(said["credibility"])}
    return "application/json", "observations", json.dumps(body).encode()


def _some(reports: list[dict[str, str]]) -> tuple[str, str, bytes]:
    rows = (",".join(f'"{one[name]}"' for name in REQUIRED_COLUMNS) for one in reports)
    return "text/csv", "imports", "\n".join([",".join(REQUIRED_COLUMNS), *rows]).encode()
