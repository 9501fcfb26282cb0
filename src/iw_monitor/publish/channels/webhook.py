"""Posting a notice to a web address: signed, and with its key."""

from __future__ import annotations

from datetime import datetime

from iw_monitor.model.notice import Message, TargetResult
from iw_monitor.publish.channels.calling import call
from iw_monitor.publish.channels.settings import WebhookChannel
from iw_monitor.publish.channels.signing import signature
from iw_monitor.publish.of_notices import webhook_body


def post(channel: WebhookChannel, message: Message, *, now: datetime) -> TargetResult:
    """Post a message once, and return what came of it; an answer of 200 to 299 is a delivery."""
    body, timestamp = webhook_body(message), int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": message.key,
        "X-IW-Timestamp": str(timestamp),
        "X-IW-Signature": signature(channel.secret.get_secret_value(), timestamp, body),
    }
    return call(channel.url.get_secret_value(), body, headers=headers, allow_private=channel.allow_private)
