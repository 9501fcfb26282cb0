"""Trying a channel: one message marked TEST, at once and past the outbox, and what came of each of its targets."""

from __future__ import annotations

import hashlib

from iw_monitor.assess.alerting.telling import Letter
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.alert import AnswerKind
from iw_monitor.model.notice import Message, TargetResult
from iw_monitor.publish.channels.sending import send
from iw_monitor.publish.channels.settings import Channels, read_channels
from iw_monitor.service.alerting import rules_of
from iw_monitor.service.codes import refused
from iw_monitor.service.marks import TEST
from iw_monitor.service.notices import Backdrop
from iw_monitor.service.outlets import CHANNELS, Outlets, outlets_of
from iw_monitor.service.permission import require
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore, Answering


def try_channel(
    site: Site, actor: Actor | None, name: str, *, via: str, outlets: Outlets | None = None
) -> tuple[TargetResult, ...]:
    """Send a test message through a channel and return what came of each target; the journal says who tried.

    Raises:
        AccessDeniedError: this person may not.
        InputError: no file of channels is set, it cannot be used, or it has no such channel.
        StoreError: the journal cannot be written.
    """
    who = require(actor, Role.ADMIN, site.pack.id)
    places = outlets or outlets_of()
    channels = _channels(places)
    if name not in channels.channels:
        named = ", ".join(channels.channels) or "none yet"
        raise refused("S145", "channel", f"there is no channel {name!r}", remedy=f"The file has: {named}")
    results = tuple(send(channels, _message(site, name, places), now=site.now()).values())
    said = "; ".join(f"{one.target}: {'reached' if one.is_done else one.error}" for one in results)
    tried = Answering(kind=AnswerKind.TRY_CHANNEL, subject=name, until=None, reason=said, author=who.name)
    AlertStore(site.journal, site.pack.id).note_answer(tried, via=via)
    return results


def _channels(places: Outlets) -> Channels:
    if places.channels is None:
        raise refused("S145", "channel", "no file of channels is set", remedy=f"Name it in {CHANNELS}")
    return read_channels(places.channels)


def _message(site: Site, channel: str, places: Outlets) -> Message:
    now = site.now()
    key = hashlib.sha256(f"{TEST}\n{site.pack.id}\n{channel}\n{now.isoformat()}".encode()).hexdigest()
    backdrop = Backdrop.of(site, rules_of(site), now, public_url=places.public_url, mark=TEST)
    return Message(
        id=key,
        pack=site.pack.id,
        channel=channel,
        key=key,
        not_before=now,
        notices=(backdrop.notice(Letter(channel=channel, lines=(), urgent=True), key),),
        created_at=now,
        attempts=1,
        next_at=now,
        delivered_at=None,
        failed_at=None,
        last_error="",
        results={},
        joined="",
    )
