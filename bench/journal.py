"""The journal: appending beside raw SQLite, importing with every check, a cold start, and one report more."""

from __future__ import annotations

import csv
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import numpy as np

from bench import child
from bench.measure import WALL, Spread, figure, seconds_of, side_by_side
from bench.scale import Scale
from bench.table import Row, Section, Target, growth
from bench.world import BEGIN, SHIPPED, YEARS_5
from iw_monitor.model.observation import Grade, Method, Submission
from iw_monitor.pack.load import load_pack
from iw_monitor.store.journal import Journal

ABOUT = (
    "On the disk, by the clock on the wall. *Raw SQLite* writes the same bytes into two plain tables with an index on "
    "the id each, in the same mode (WAL) and with the same durability (`synchronous = FULL`), and neither hashes, "
    "checks nor looks for anybody who came in between. The import is of a file with every check of the one validation "
    "path, in a process of its own. *Cold* is a new process, from its start until it has opened that journal and "
    "concluded what is so now. *One report more* is what a running process does when a report comes in: append it, "
    "read what is new, conclude again."
)
INSERTS = 200  # in one round, one transaction each
BATCH = 5_000  # rows of one transaction
_YEARS = timedelta(hours=YEARS_5) / 2  # over which reports are spread; all of them are past
_RECENT = 1_000  # reports of those years, in a journal whose others are older
_STEPS = ("opened", "read", "concluded")  # of a cold start


def measure(scale: Scale) -> Section:
    """Return the rows of the journal."""
    with tempfile.TemporaryDirectory(prefix="iw-bench-") as folder:
        place = Path(folder)
        rows = [*_appended(place, scale), *_imported(place, scale), *_cold(place, scale)]
        grown = _one_more(place, scale)
    return Section(title="The journal", about=ABOUT, rows=tuple(rows), notes=(grown,))


# --- Appending ---


def some_submissions(size: int, *, begin: datetime = BEGIN, within: timedelta = _YEARS) -> Iterator[Submission]:
    """Give submissions on the shipped pack, spread evenly over some time."""
    chance = np.random.default_rng(2)
    pack = load_pack(SHIPPED).pack
    names = [one.id for one in pack.scored]
    step = within / size
    for number, (level, source) in enumerate(
        zip(chance.integers(0, 5, size), chance.integers(0, 12, size), strict=True)
    ):
        yield Submission(
            pack=pack.id,
            indicator=names[number % len(names)],
            level=int(level),
            grade=Grade(reliability="B", credibility=2),
            observed_at=begin + number * step,
            statement=f"Report {number} of the benchmark, as long as such a sentence is in a real journal of a watch.",
            author="bench",
            method=Method.IMPORT,
            source_name=f"Source {source}",
            source_url="",
            originator=f"Originator {source}",
        )


def _journal(file: Path) -> Journal:
    return Journal.open(f"sqlite:///{file}", clock=lambda: datetime.now(UTC))


def _appended(place: Path, scale: Scale) -> Iterator[Row]:
    with _journal(place / "ours.db") as journal, closing(_raw(place / "raw.db")) as raw:
        written = list(journal.append(list(some_submissions(BATCH)), via="bench"))
        bodies = [(entry.body, entry.hash, entry.id) for entry in journal.entries(limit=len(written))]
        number = count(1)

        few = list(some_submissions(INSERTS))

        def one_by_one() -> None:
            for one in few:
                journal.append([one], via="bench")

        def one_by_one_raw() -> None:
            for one in bodies[:INSERTS]:
                _insert(raw, number, [one])

        alone = side_by_side({"ours": one_by_one, "raw": one_by_one_raw}, rounds=scale.rounds, clock=WALL)
        batch = list(some_submissions(BATCH))
        many = side_by_side(
            {
                "ours": lambda: journal.append_stream(batch, via="bench"),
                "raw": lambda: _insert(raw, number, bodies),
            },
            rounds=scale.rounds,
            clock=WALL,
        )
    ours, disk = (figure(taken.median / INSERTS, "s") for taken in (alone["ours"], alone["raw"]))
    why = (
        f"Of the {ours} of a report the disk takes {disk}: it answers so fast that what ours computes beside it (the "
        "checks, both hashes, looking for the end of the chain under the lock, SQLAlchemy) is most of the time."
    )
    yield _rate("One report a transaction", alone, INSERTS, Target(limit=0.5, at_least=True), why)
    yield _rate(f"{BATCH:,} reports a transaction", many, BATCH)


def _rate(what: str, taken: dict[str, Spread], rows: int, target: Target | None = None, why: str = "") -> Row:
    said = " / ".join(f"{name} {rows / one.median:,.0f} rows/s" for name, one in taken.items())
    beside = taken["raw"].over(taken["ours"])
    return Row(what=f"{what}: ours / raw SQLite", measured=said, figure=beside, target=target, why=why)


def _raw(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    for table in ("entry", "observation"):
        connection.execute(f"CREATE TABLE {table} (sequence INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT, hash TEXT)")
    return connection


def _insert(connection: sqlite3.Connection, number: Iterator[int], rows: list[tuple[str, str, str]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    numbered = [
        (place, f"{given}-{place}", body, digest) for place, (body, digest, given) in zip(number, rows, strict=False)
    ]
    for table in ("entry", "observation"):
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", numbered)
    connection.execute("COMMIT")


# --- Importing, and a cold start on what was imported ---


def _imported(place: Path, scale: Scale) -> Iterator[Row]:
    small = child.run("import", place / "small.db", _table(place / "small.csv", scale.imported // 10))
    large = child.run("import", place / "large.db", _table(place / "large.csv", scale.imported))
    yield Row(
        what=f"Import of {scale.imported:,} rows with every check",
        measured=f"in {figure(large['took'], 's')}",
        figure=Spread((large["rows"] / large["took"],)),
        unit="rows/s",
        target=Target(limit=20_000, at_least=True, unit="rows/s"),
        why=(
            f"Of {figure(large['took_busy'], 's')} of the processor, {figure(large['read_busy'], 's')} go into reading "
            "the file, checking every cell and making the rows ready, before anything is written; the rest into "
            "chaining each to the one before and putting it into two tables and their indexes. All of it on one core."
        ),
    )
    yield Row(
        what="Its memory, beside a tenth of the rows",
        measured=f"{large['memory'] / 2**20:,.0f} MiB / {small['memory'] / 2**20:,.0f} MiB",
        figure=Spread((large["memory"] / small["memory"],)),
        target=Target(limit=1.25),
    )


def _table(file: Path, size: int) -> str:
    names = ("observed_at", "indicator", "level", "statement", "source_name", "source_url", "originator")
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow((*names, "reliability", "credibility", "basis"))
        for one in some_submissions(size):
            given = (one.indicator, one.level, one.statement, one.source_name, one.source_url, one.originator)
            writer.writerow((f"{one.observed_at:%Y-%m-%dT%H:%M:%SZ}", *given, "B", 2, "memory"))
    return str(file)


def _cold(place: Path, scale: Scale) -> Iterator[Row]:
    taken = [child.run("answer", place / "large.db", "recorded") for _ in range(scale.rounds)]
    whole = Spread(tuple(one["process"] for one in taken))
    opened, read, concluded = (Spread(tuple(one[name] for one in taken)).median for name in _STEPS)
    yield Row(
        what=f"A cold start on a journal of {scale.imported:,} rows",
        measured=f"of it {figure(read, 's')} for reading its rows",
        figure=whole,
        unit="s",
        target=Target(limit=3, unit="s"),
        why=(
            f"{figure(whole.median - opened - read - concluded, 's')} go into starting Python and its libraries, "
            f"{figure(opened, 's')} into the pack and opening the journal, {figure(read, 's')} into ten columns of "
            f"each row, every value a Python object first, and {figure(concluded, 's')} into what is known of each "
            "indicator from when on."
        ),
    )


# --- One report more ---


def _one_more(place: Path, scale: Scale) -> str:
    older = _grown(place / "longer.db", scale.journal, rounds=scale.rounds, older=True)
    denser = _grown(place / "denser.db", scale.dense, rounds=scale.rounds, older=False)
    return "\n\n".join(
        (
            growth("rows of the journal", "one report more, until it is concluded", older.cost, at_most=0.0),
            f"{_RECENT:,} of them are of the same years, the others older. {_resting(older)}",
            growth("rows of the same years", "one report more, until it is concluded", denser.cost, at_most=0.0),
            f"Here the longer journal is the denser one too. {_resting(denser)} Each of them is looked at and named.",
        )
    )


def _resting(grown: _Grown) -> str:
    """Return on how many reports the conclusion rests: those within their windows."""
    few, many = min(grown.rests_on), max(grown.rests_on)
    return (
        f"What is concluded from {few:,} rows rests on {grown.rests_on[few]:,} reports within their windows, from "
        f"{many:,} rows on {grown.rests_on[many]:,}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grown:
    """What one report more costs, by the rows of the journal."""

    cost: dict[int, float]  # seconds
    rests_on: dict[int, int]  # reports within their windows


def _grown(file: Path, sizes: Sequence[int], *, rounds: int, older: bool) -> _Grown:
    """Let a journal grow, and measure at each size.

    Args:
        file: of the journal.
        sizes: in rows, rising.
        rounds: how often each is measured.
        older: what it grows by is older than the first thousand; else of the same years.
    """
    site = child.site_of(file)
    begin = BEGIN - 2 * _YEARS if older else BEGIN
    more = iter(list(some_submissions(rounds * len(sizes), begin=BEGIN + _YEARS, within=timedelta(days=1))))
    cost, rests_on, held = {}, {}, 0
    with closing(site):
        if older:
            held = site.journal.append_stream(some_submissions(_RECENT), via="bench")
        for size in sizes:
            if size > held:
                site.journal.append_stream(some_submissions(size - held, begin=begin), via="bench")
            held = size
            rests_on[size] = sum(len(one.observations) for one in site.assess().indicators)
            cost[size] = min(seconds_of(_another(site.journal, more, site.assess), clock=WALL) for _ in range(rounds))
    return _Grown(cost=cost, rests_on=rests_on)


def _another(journal: Journal, more: Iterator[Submission], conclude: Callable[[], object]) -> Callable[[], None]:
    def act() -> None:
        journal.append([next(more)], via="bench")
        conclude()

    return act
