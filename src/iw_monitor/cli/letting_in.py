"""Letting people in: how they sign in, said by options or the environment, and made ready before serving."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iw_monitor.access.bound import is_loopback
from iw_monitor.cli.options import now
from iw_monitor.cli.saying import say
from iw_monitor.model.accounts import Way

if TYPE_CHECKING:
    from iw_monitor.service.sites import Sites
    from iw_monitor.web import Admission

_PUBLIC_URL = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?")

PublicOption = Annotated[
    str,
    typer.Option(
        "--public-url",
        envvar="IW_PUBLIC_URL",
        metavar="URL",
        help="How browsers reach it through a proxy, such as https://watch.example; looking then needs signing in.",
    ),
]
SignInOption = Annotated[
    Way,
    typer.Option(
        "--sign-in",
        envvar="IW_SIGN_IN",
        help="How people sign in: accounts kept here, an OIDC identity provider, or a proxy in front that vouches.",
    ),
]
SignInFileOption = Annotated[
    Path | None,
    typer.Option(
        "--sign-in-file",
        envvar="IW_SIGN_IN_FILE",
        metavar="FILE.toml",
        help="For oidc and proxy: whom to believe, and which roles that gives.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody who serves said about letting people in."""

    way: Way
    file: Path | None
    host: str
    public_url: str

    @property
    def options(self) -> list[str]:
        """The same as options of ``web``."""
        public = ["--public-url", self.public_url] if self.public_url else []
        file = ["--sign-in-file", str(self.file)] if self.file else []
        return [*public, "--sign-in", self.way.value, *file]


@contextmanager
def opened_admission(asked: Asked, url: str, sites: Sites) -> Iterator[Admission]:
    """Open who is let in, made ready for those who come from elsewhere.

    Raises:
        InputError: the sign-in file cannot be used; with everything that is wrong with it.
        StoreError: the journal or the site's secret cannot be used.
        typer.BadParameter: nobody could sign in, or the identity provider could not send anybody back.
    """
    from iw_monitor.service.accounts import open_accounts
    from iw_monitor.service.public_links import HeldLinks
    from iw_monitor.service.sign_in_settings import read_sign_in
    from iw_monitor.service.visitors import Visitors
    from iw_monitor.web import Admission

    _check_way_back(asked)
    sign_in = read_sign_in(asked.way, asked.file, packs=[one.pack.id for one in sites.usable()], environment=os.environ)
    with open_accounts(url, clock=now) as accounts:
        visitors = Visitors(accounts=accounts, clock=now, sign_in=sign_in)
        links = HeldLinks(sites, clock=now)
        admission = Admission(
            visitors=visitors, links=links, packs=sites.names, bound_to=asked.host, public_url=asked.public_url
        )
        if admission.is_required:
            _check_somebody_can_come(admission)
        yield admission


def get_ready_for_others(admission: Admission) -> None:
    """Hash once, so that the first sign-in is as quick as the next, and warn of what people would stumble over.

    Raises:
        StoreError: the site's secret cannot be used.
    """
    if not admission.is_required:
        return
    admission.accounts.get_ready()
    if not admission.is_secure:
        say(
            "Warning: passwords and reports travel in clear between browsers and this server. "
            "Put a proxy that speaks TLS in front, and name it with --public-url https://..."
        )
    if not admission.accounts.are_known_everywhere:
        say(
            "Warning: another web process on this database would not know who signed in here: each has a secret of its "
            "own. If there is another, give both one IW_SITE_SECRET; make it with: openssl rand -hex 32"
        )


def _check_way_back(asked: Asked) -> None:
    """See that an identity provider can send people back to an address that they reach.

    Raises:
        typer.BadParameter: it cannot.
    """
    if asked.way is Way.OIDC and not asked.public_url and not is_loopback(asked.host):
        raise typer.BadParameter(
            f"{asked.host} is reached from other machines, and the identity provider has to send people back to an "
            "address that it knows. Name it with --public-url https://..."
        )


def _check_somebody_can_come(admission: Admission) -> None:
    """See that somebody can sign in.

    Raises:
        typer.BadParameter: there is no account.
    """
    if not admission.visitors.can_sign_in():
        raise typer.BadParameter(
            f"{admission.public_url or admission.bound_to} is reached from other machines, and nobody can sign in yet. "
            "Make the first account with: iw-monitor user add NAME --role admin"
        )


def checked_public_url(text: str) -> str:
    """Return the address that browsers use, without a path; nothing stays nothing.

    Raises:
        typer.BadParameter: it is no such address.
    """
    plain = text.strip().rstrip("/")
    if plain and not _PUBLIC_URL.fullmatch(plain):
        raise typer.BadParameter(f"{text!r} is not the address of a server. Give one such as https://watch.example.")
    return plain
