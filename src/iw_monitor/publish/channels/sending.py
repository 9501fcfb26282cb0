"""Sending a message once through its channel, and what came of each target."""

from __future__ import annotations

from datetime import datetime

from iw_monitor.model.notice import Message, TargetResult
from iw_monitor.publish.channels import by_apprise, file, webhook
from iw_monitor.publish.channels.settings import AppriseChannel, Channels, FileChannel, WebhookChannel

Results = dict[str, TargetResult]


def send(channels: Channels, message: Message, *, now: datetime) -> Results:
    """Send a message once to every target that was not reached before. Blocks; raises for nothing that can happen."""
    channel = channels.channels.get(message.channel)
    match channel:
        case None:
            said = "is not in the operator's file of channels"
            found = [TargetResult(target=f"channel {message.channel}", is_done=False, error=said)]
        case WebhookChannel():
            found = [webhook.post(channel, message, now=now)]
        case FileChannel():
            found = [file.append(channel, message, now=now)]
        case AppriseChannel():
            found = list(by_apprise.notify(channel, message, message.results))
    return {one.target: one for one in found}
