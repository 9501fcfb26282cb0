"""Notices as text, as HTML, as the JSON of a webhook and as a line of a file. Everything from outside is escaped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from html import escape
from textwrap import fill
from typing import Any

from iw_monitor.model.instants import day_time_group
from iw_monitor.model.notice import Message, Notice, NoticeLine, Source
from iw_monitor.publish.times import iso

RESOLVED = "resolved"
LATE = timedelta(hours=1)
_WIDTH = 78
_ALERTMANAGER = "4"  # version of the shape that receivers of its webhooks know


def subject_line(notices: Sequence[Notice]) -> str:
    """Return the one line that a mail or a push shows first."""
    newest = notices[-1]
    mark = f"{newest.mark} " if newest.mark else ""
    lines = [line for one in notices for line in one.lines]
    first = f"{lines[0].news}: {lines[0].title} ({lines[0].subject_title})" if lines else newest.title
    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return f"{mark}{newest.headline} · {first}{more}"


# --- Text ---


def notice_text(notices: Sequence[Notice]) -> str:
    """Return notices as plain text; of several that go together, the newest tells how it stands."""
    newest = notices[-1]
    blocks = [_head(newest), _judgement(newest)]
    if len(notices) > 1:
        blocks.append(f"{len(notices)} notices that waited go together here.")
    blocks += [_alert_text(line, one) for one in notices for line in one.lines]
    blocks += [_listed("What moved in the last day", newest.movers), _listed("Behind it", _cited(newest.sources))]
    blocks.append("\n".join(filter(None, [newest.link, newest.handling, _banner(newest)])))
    return "\n\n".join(one for one in blocks if one)


def _head(one: Notice) -> str:
    late = f", told late at {day_time_group(one.made_at)}" if one.made_at - one.as_of > LATE else ""
    said = f"{one.title} · {one.handling}\nAs of {day_time_group(one.as_of)}{late}"
    return "\n".join(filter(None, [_banner(one), said]))


def _banner(one: Notice) -> str:
    return f"*** {one.mark} *** {one.mark} *** {one.mark} ***" if one.mark else ""


def _judgement(one: Notice) -> str:
    set_by = f"Set by {one.set_by}." if one.set_by else ""
    sentences = [set_by, one.likelihood, one.confidence]
    return "\n".join([one.headline, *(fill(said, _WIDTH) for said in sentences if said)])


def _alert_text(line: NoticeLine, of: Notice) -> str:
    because = f" ({line.reason})" if line.reason else ""
    head = f"{line.news.upper()}: {line.title}{because}"
    seen = f"{line.subject_title}: {line.says}. Since {day_time_group(line.since)}, as of {day_time_group(of.as_of)}."
    rest = [] if line.news == RESOLVED else [line.what, f"Do: {line.runbook}"]
    return "\n".join([head, *(fill(one, _WIDTH, initial_indent="  ", subsequent_indent="  ") for one in [seen, *rest])])


def _listed(title: str, items: Sequence[str]) -> str:
    return "\n".join([f"{title}:", *(f"  - {one}" for one in items)]) if items else ""


def _cited(sources: Sequence[Source]) -> list[str]:
    return [
        f"{one.title}: {one.statement} ({', '.join(filter(None, [one.source, one.grade]))}, "
        f"{day_time_group(one.observed_at)}){f' {one.url}' if one.url else ''}"
        for one in sources
    ]


# --- HTML ---


def notice_html(notices: Sequence[Notice]) -> str:
    """Return notices as HTML for a mail: no script, no picture, nothing loaded from elsewhere."""
    newest = notices[-1]
    link = escape(newest.link, quote=True)
    parts = [
        _banner_html(newest),
        f"<p><b>{escape(newest.title)}</b> · {escape(newest.handling)}<br>As of {day_time_group(newest.as_of)}</p>",
        f"<h2>{escape(newest.headline)}</h2>",
        *(f"<p>{escape(said)}</p>" for said in _sentences(newest)),
        *(_alert_html(line) for one in notices for line in one.lines),
        _list_html("What moved in the last day", newest.movers),
        _list_html("Behind it", _cited(newest.sources)),
        f'<p><a href="{link}">{link}</a></p>' if newest.link else "",
        f"<p>{escape(newest.handling)}</p>",
        _banner_html(newest),
    ]
    return f'<div style="font-family:sans-serif;max-width:44rem">{"".join(parts)}</div>'


def _sentences(one: Notice) -> Iterator[str]:
    yield from (said for said in (one.set_by and f"Set by {one.set_by}.", one.likelihood, one.confidence) if said)


def _banner_html(one: Notice) -> str:
    style = "background:#1F2933;color:#FFFFFF;padding:.4em;text-align:center;letter-spacing:.2em"
    return f'<p style="{style}"><b>{escape(one.mark)}</b></p>' if one.mark else ""


def _alert_html(line: NoticeLine) -> str:
    because = f" ({escape(line.reason)})" if line.reason else ""
    rest = "" if line.news == RESOLVED else f"<br>{escape(line.what)}<br><i>Do:</i> {escape(line.runbook)}"
    return (
        f"<p><b>{escape(line.news.upper())}: {escape(line.title)}</b>{because}<br>"
        f"{escape(line.subject_title)}: {escape(line.says)}, since {day_time_group(line.since)}{rest}</p>"
    )


def _list_html(title: str, items: Sequence[str]) -> str:
    rows = "".join(f"<li>{escape(one)}</li>" for one in items)
    return f"<p>{title}</p><ul>{rows}</ul>" if items else ""


# --- JSON ---


def webhook_body(message: Message) -> bytes:
    """Return the body of a webhook, shaped as Alertmanager's: the same at every attempt."""
    notices = message.notices
    newest = notices[-1]
    alerts = [_alert_json(line, one) for one in notices for line in one.lines]
    firing = any(one["status"] != RESOLVED for one in alerts)
    plain = {
        "version": _ALERTMANAGER,
        "groupKey": message.key,
        "status": "firing" if firing else RESOLVED,
        "receiver": message.channel,
        "groupLabels": {},
        "commonLabels": {"pack": newest.pack, "mark": newest.mark},
        "commonAnnotations": {
            "summary": subject_line(notices),
            "description": notice_text(notices),
            "likelihood": newest.likelihood,
            "confidence": newest.confidence,
            "handling": newest.handling,
        },
        "externalURL": newest.link,
        "truncatedAlerts": 0,
        "keys": [one.key for one in notices],
        "alerts": alerts,
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()


def _alert_json(line: NoticeLine, of: Notice) -> dict[str, Any]:
    resolved = line.news == RESOLVED
    return {
        "status": RESOLVED if resolved else "firing",
        "labels": {
            "alertname": line.rule,
            "subject": line.subject,
            "pack": of.pack,
            "level": "" if line.level is None else str(line.level),
        },
        "annotations": {
            "summary": line.title,
            "description": f"{line.subject_title}: {line.says}",
            "news": line.news,
            "reason": line.reason,
            "runbook": line.runbook,
        },
        "startsAt": iso(line.since),
        "endsAt": iso(of.as_of) if resolved else "0001-01-01T00:00:00Z",
        "generatorURL": of.link,
        "fingerprint": f"{of.pack}/{line.rule}/{line.subject}",
    }


def file_line(message: Message, *, now: datetime) -> str:
    """Return a message as one line of JSON, without its end."""
    body = json.loads(webhook_body(message))
    return json.dumps({"key": message.key, "sent_at": iso(now), **body}, ensure_ascii=False, sort_keys=True)
