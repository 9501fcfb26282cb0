"""Signed sendings: a source that names a secret takes only what is signed with it, just now, and each sending once."""

from __future__ import annotations

import os
from datetime import timedelta

from fastapi import Request

from iw_monitor.api.problems import refusal
from iw_monitor.model.instants import from_microseconds
from iw_monitor.model.pack.sources import Source
from iw_monitor.publish.channels.signing import is_signed
from iw_monitor.service.site import Site
from iw_monitor.store import answers

SIGNATURE, TIMESTAMP = "X-IW-Signature", "X-IW-Timestamp"
YOUNG = timedelta(minutes=5)
_SECOND = 1_000_000
_LONGEST = 12  # digits of a time


def refuse_unsigned(request: Request, site: Site, source: Source, body: bytes) -> None:
    """See that a sending bears its source's signature, where the source names a secret, and was not taken before.

    Raises:
        RefusedError: the signature is missing or wrong, of another time, or was used; or the secret is not set here.
    """
    name = source.secrets.get(SIGNATURE)
    if name is None:
        return
    secret, given = os.environ.get(name), request.headers.get(SIGNATURE, "")
    if not secret:
        raise refusal(503, "R503", f"{name} is not set where this program runs", "Tell the operator", field=SIGNATURE)
    seconds = _seconds(request.headers.get(TIMESTAMP, ""))
    if seconds is None or not is_signed(secret, seconds, body, given):
        remedy = f"Sign the time and the body, and send {TIMESTAMP} and {SIGNATURE}: docs/api.md"
        raise refusal(401, "R305", "the sending does not bear this source's signature", remedy, field=SIGNATURE)
    if abs(site.now() - from_microseconds(seconds * _SECOND)) > YOUNG:
        raise refusal(401, "R305", "the signature is of another time", "Sign it when you send it", field=TIMESTAMP)
    if answers.AnswerStore(site.journal).find(_sending(site, source, given)) is not None:
        raise refusal(409, "R306", "this very sending was taken before", "Sign each sending anew", field=SIGNATURE)


def remember(request: Request, site: Site, source: Source) -> None:
    """Note that a signed sending was taken, so that it is not taken again."""
    if SIGNATURE in source.secrets:
        sending = _sending(site, source, request.headers.get(SIGNATURE, ""))
        answers.AnswerStore(site.journal).keep(sending, answers.Answer(status=200, body=""))


def _sending(site: Site, source: Source, signature: str) -> answers.Request:
    """Return it as a request; packs of one journal may name a source alike."""
    return answers.Request(asker=f"source {site.pack.id}/{source.id}", key=signature, asked=signature)


def _seconds(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST else None
