"""Operating: verify, migrate, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iw_monitor.cli.opening import journal_url, opened_site
from iw_monitor.cli.options import DEFAULT_PACK, DatabaseOption, PackOption, now
from iw_monitor.cli.saying import say


def verify(db: DatabaseOption = "") -> None:
    """Check the hash chain of the journal.

    Names the first entry that is not what was written, or number and hash of the newest: that the end was cut off shows
    only against those that were kept elsewhere.
    """
    from iw_monitor.store.journal import Journal

    with Journal.open(journal_url(db), clock=now, read_only=True) as journal:
        count, newest = journal.verified_head()
        typer.echo(f"{journal.where}: {count:,} entries checked, the chain is whole.")
    if count:
        typer.echo(f"Compare this number and hash with what you kept: {count} {newest}")


def migrate(db: DatabaseOption = "") -> None:
    """Bring the journal's tables up to date."""
    from iw_monitor.store.journal import Journal

    with Journal.open(journal_url(db), clock=now) as journal:
        typer.echo(f"{journal.where} is up to date.")


def backup(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="A new file; none is ever replaced.")],
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
) -> None:
    """Back up journal, accounts and pack into one file, while the site goes on.

    The copy is verified, and holds what is concluded at this moment, so that a restore can compare.
    """
    from iw_monitor.service.backup import back_up

    with opened_site(pack, db) as site:
        done = back_up(site, file)
        typer.echo(f"{file}: {done.entries:,} entries of {site.journal.where} and the pack {site.pack.id}, verified.")
    typer.echo(f"Keep this number and hash somewhere else: {done.entries} {done.hash}")


def restore(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="A backup.")],
    db: DatabaseOption = "",
    pack_to: Annotated[
        Path | None, typer.Option("--pack-to", metavar="DIR", help="A new folder for the pack that is in it.")
    ] = None,
    although_different: Annotated[
        bool,
        typer.Option(
            "--although-different", help="Go on where this version concludes otherwise than the backup holds."
        ),
    ] = False,
) -> None:
    """Bring a backup into an empty journal, of any engine, after seeing that it concludes what it did.

    Nobody stays signed in. Accounts and tokens are as they were: revoke again what was revoked since.
    """
    from iw_monitor.service.restoring import restore as restoring

    done = restoring(file, journal_url(db), clock=now, pack_to=pack_to, although_different=although_different)
    same = "is assessed as it was" if done.is_same else "is NOT assessed as it was"
    typer.echo(f"{done.entries:,} entries restored, the chain is whole; {done.made_at:%Y-%m-%d %H:%M} UTC {same}.")
    say(f"The pack in it is {done.pack}." + ("" if pack_to is None else f" It is in {pack_to}."))
