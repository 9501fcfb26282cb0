"""Sending a notice by apprise: mail, chat, and some hundred services more. It never raises, nor does it say why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

import apprise

from iw_monitor.model.notice import Message, TargetResult
from iw_monitor.publish.channels.settings import AppriseChannel
from iw_monitor.publish.of_notices import notice_html, notice_text, subject_line

_NOT_TAKEN = "was not taken; see that its address and secrets are right and that it can be reached"


def notify(channel: AppriseChannel, message: Message, done: Mapping[str, TargetResult]) -> Iterator[TargetResult]:
    """Yield what came of each target that was not reached before."""
    numbers = count(1)
    for url in channel.urls:
        service = apprise.Apprise.instantiate(url.get_secret_value())
        # Its kind and place only: an address may hold a secret anywhere.
        name = f"{'unknown' if service is None else service.service_name} {next(numbers)}"
        if name in done and done[name].is_done:
            yield done[name]
        elif service is None:
            yield TargetResult(target=name, is_done=False, error="is no address that apprise knows")
        else:
            is_done = _send(service, message)
            yield TargetResult(target=name, is_done=is_done, error="" if is_done else _NOT_TAKEN)


def _send(service: apprise.NotifyBase, message: Message) -> bool:
    is_html = service.notify_format == apprise.NotifyFormat.HTML
    one = apprise.Apprise()
    one.add(service)
    return bool(
        one.notify(
            title=subject_line(message.notices),
            body=notice_html(message.notices) if is_html else notice_text(message.notices),
            body_format=apprise.NotifyFormat.HTML if is_html else apprise.NotifyFormat.TEXT,
        )
    )
