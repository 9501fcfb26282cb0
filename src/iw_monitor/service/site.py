"""The site: one pack, one journal, one clock. Pages, command line and API ask it, and all get the same Assessment."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from iw_monitor.assess.reports import Reports
from iw_monitor.collect.csv_file import ObservationFile
from iw_monitor.collect.validate import Examined, RawReport, examine, known_indicator
from iw_monitor.model.judgement import Stated
from iw_monitor.model.observation import Method, Observation, Retraction, Submission
from iw_monitor.model.proposal import Proposal, Waits
from iw_monitor.pack.find import DEFAULT_PACK, find_pack
from iw_monitor.pack.watch import PAUSE, PackWatch
from iw_monitor.service.concluding import Concluding
from iw_monitor.service.editing import Editing
from iw_monitor.service.four_eyes import needs_second
from iw_monitor.service.importing import ImportResult, Progress, import_file
from iw_monitor.service.proposing import Proposing
from iw_monitor.service.standpoint import Clock
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import default_url


class Site(Concluding):
    """One pack, one journal, one clock. Safe to share between threads."""

    # --- What was reported ---

    def observations(self, indicator: str | None = None) -> tuple[Observation, ...]:
        """Return what was reported, in journal order, retracted reports included."""
        return self.journal.observations(self.pack.id, indicator=indicator)

    def retractions(self) -> tuple[Retraction, ...]:
        """Return what was withdrawn, in journal order."""
        return self.journal.retractions(self.pack.id)

    def is_scored(self, observation: Observation) -> bool:
        """Say whether a report is worth enough to be scored, or waits in the tray (METHOD 4.2)."""
        return bool(Reports.of(self.pack, [observation]).scored.all())

    def examine(self, raw: RawReport, *, author: str, via: str = "page") -> Examined:
        """Look at a report as typed and say everything there is to say, without recording it."""
        method = Method.API if via == "api" else Method.EDITOR
        return examine(self.pack, raw, now=self.now(), author=author, method=method)

    # --- The editor's verbs ---

    def record(self, raw: RawReport, *, author: str, via: str, seen: str | None = None) -> Observation:
        """Add one report. ``seen`` is the id of the newest report the author saw, ``""`` for none, None for unchecked.

        Raises:
            InputError: with everything that is wrong with it, at once; or the pack asks for a second officer.
            ConflictError: ``seen`` is given and somebody else reported in between.
        """
        return self._editing().record(raw, author=author, via=via, seen=seen)

    def submit(self, raw: RawReport, *, author: str, via: str, seen: str | None = None) -> Observation | Proposal:
        """Add one report, as ``record`` does; or propose it, where the pack asks for a second officer.

        Raises:
            InputError: with everything that is wrong with it, at once.
            ConflictError: ``seen`` is given and somebody else reported in between.
        """
        submission = self.examine(raw, author=author, via=via).submission
        if submission is not None and needs_second(self.pack, submission):
            return self._proposing().second(raw, author=author, via=via)
        return self.record(raw, author=author, via=via, seen=seen)

    def confirm(self, indicator: str, *, author: str, via: str, note: str = "", seen: str | None = None) -> Observation:
        """Say "reviewed, no change" of what stands on an indicator: refreshes its age, adds no weight.

        ``seen`` is the id of the newest report the author saw, None for unchecked.

        Raises:
            InputError: the pack does not have the indicator, it takes no reports, or nothing stands.
            ConflictError: somebody else reported in between.
        """
        editing = self._editing()
        known_indicator(editing.pack, indicator)  # before anything is computed
        return editing.confirm(indicator, self.assess(), author=author, via=via, note=note, seen=seen)

    def retract(self, observation: str, *, reason: str, author: str, via: str) -> Retraction:
        """Withdraw a report, by a named person with a reason; it stays in the journal.

        Raises:
            InputError: it is unknown, already retracted, or the reason or author is empty.
        """
        return self._editing().retract(observation, reason=reason, author=author, via=via)

    def regrade(
        self, observation: str, *, reliability: str, credibility: str, reason: str, author: str, via: str
    ) -> Observation:
        """Give a report another grade: recorded anew, the old one withdrawn with the reason, both or neither.

        Raises:
            InputError: it is unknown, already retracted, or the grade, reason or author is missing or wrong.
        """
        return self._editing().regrade(
            observation, reliability=reliability, credibility=credibility, reason=reason, author=author, via=via
        )

    def import_csv(
        self,
        path: Path,
        *,
        author: str,
        via: str = "import",
        dry_run: bool = False,
        ignore_extra: bool = False,
        alone: bool = True,
        on_progress: Progress | None = None,
    ) -> ImportResult:
        """Add what a file holds and the journal does not, all or nothing.

        Args:
            path: the file.
            author: who imports.
            via: the way in.
            dry_run: only say what would be added.
            ignore_extra: leave unknown columns out instead of refusing the file.
            alone: the author may add what the pack lets no officer record without a second: who owns the machine may.
            on_progress: told how far it is.

        Raises:
            InputError: with everything that is wrong with the file, at once.
            StoreError: the journal cannot be written; nothing was.
        """
        pack = self.pack
        tell = on_progress or _silent
        file = ObservationFile(
            path,
            pack,
            now=self.now(),
            author=author,
            ignore_extra=ignore_extra,
            on_progress=lambda rows: tell("read", rows, None),
        )
        return import_file(
            file,
            self.journal,
            pack=pack.id,
            via=via,
            order=[one.id for one in pack.indicators],
            dry_run=dry_run,
            held=_nothing if alone else partial(needs_second, pack),
            on_progress=tell,
        )

    # --- What waits for a person ---

    def propose(self, raw: RawReport, *, waits: Waits, author: str, via: str, source: str = "") -> Proposal | None:
        """Put a report into the tray, where a person decides on it; a piece of evidence may lack level and grade.

        Returns:
            The proposal; None where ``source`` proposed the same before, to the letter.

        Raises:
            InputError: with everything that is wrong with it, at once.
        """
        return self._proposing().report(raw, waits=waits, author=author, via=via, source=source)

    def propose_judgement(self, stated: Stated, *, via: str) -> Proposal:
        """Put a judgement into the tray, where a second officer accepts or rejects it."""
        return self._proposing().judgement(stated, via=via)

    def _proposing(self) -> Proposing:
        return Proposing(pack=self.pack, acts=self.acts, now=self.now())

    def _editing(self) -> Editing:
        return Editing(pack=self.pack, journal=self.journal, now=self.now())


def open_site(
    *,
    clock: Clock,
    pack: str | None = None,
    url: str | None = None,
    read_only: bool = False,
) -> Site:
    """Open the site of a pack and a database.

    Args:
        clock: says what time it is, aware.
        pack: its folder, or the name of a shipped one; by default the first that is shipped.
        url: the address of the journal; by default a file in the user's data folder.
        read_only: create and change nothing.

    Raises:
        InputError: the pack cannot be used; with everything that is wrong.
        StoreError: the journal cannot be used; nothing was changed.
    """
    watch = PackWatch(find_pack(pack or DEFAULT_PACK), pause=PAUSE)
    return Site(watch, Journal.open(url or default_url(), clock=clock, read_only=read_only), clock)


def _nothing(_one: Submission) -> bool:
    """Hold nothing back."""
    return False


def _silent(_stage: str, _rows: int, _total: int | None) -> None:
    """Tell nobody."""
