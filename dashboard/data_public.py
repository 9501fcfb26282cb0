"""The part of the door that leads to public links: who has one, making and revoking them."""

from __future__ import annotations

from typing import TypeAlias
from urllib.parse import urlsplit

import streamlit as st

from dashboard import data
from iw_monitor.model import links, snapshot
from iw_monitor.service import keeping, outlets, public_links

KeptSnapshot: TypeAlias = snapshot.KeptSnapshot
LinkDesk: TypeAlias = public_links.LinkDesk
Marking: TypeAlias = snapshot.Marking
PublicLink: TypeAlias = links.PublicLink
WantedLink: TypeAlias = public_links.WantedLink

VIA = "page"


def desk() -> LinkDesk:
    """Return the public links as whoever is signed in at this moment makes and revokes them."""
    return LinkDesk(data.site(), data.actor(), VIA, data.wall_clock)


def kept() -> tuple[KeptSnapshot, ...]:
    """Return the reports that a link can be made for, the newest first."""
    return keeping.kept(data.site())


def address_of(key: str) -> str:
    """Return the address of a link: as others reach the site, or as this browser did."""
    here = urlsplit(st.context.url or "")
    base = outlets.outlets_of().public_url or f"{here.scheme}://{here.netloc}"
    return f"{base}{public_links.PLACE}#{key}"
