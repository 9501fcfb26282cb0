"""Operating: verify, migrate."""

from __future__ import annotations

import typer

from iw_monitor.cli.opening import journal_url
from iw_monitor.cli.options import DatabaseOption, now


def verify(db: DatabaseOption = "") -> None:
    """Check the hash chain of the journal.

    Names the first entry that is not what was written.
    """
    from iw_monitor.store.journal import Journal

    with Journal.open(journal_url(db), clock=now, read_only=True) as journal:
        count = journal.verify()
        typer.echo(f"{journal.where}: {count:,} entries checked, the chain is whole.")


def migrate(db: DatabaseOption = "") -> None:
    """Bring the journal's tables up to date."""
    from iw_monitor.store.journal import Journal

    with Journal.open(journal_url(db), clock=now) as journal:
        typer.echo(f"{journal.where} is up to date.")
