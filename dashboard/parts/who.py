"""Who is looking: the name in the header line with the way in and out, and what is shown to who may not look."""

from __future__ import annotations

from urllib.parse import quote

from dashboard import data, texts, texts_public
from dashboard.data import Look
from dashboard.parts.markup import attr, esc, inner_link
from iw_monitor.errors import AccessDeniedError
from iw_monitor.model.links import PublicLink
from iw_monitor.telling import formats


def line(look: Look) -> str:
    """Return who is signed in with the way out, or the way in; nothing where there is no signing in."""
    if look.guest is not None:
        return _guest(look.guest, look)
    if not data.sign_in_mode():
        return ""
    actor = data.actor()
    if actor is None:
        return f'<span class="iw-soft iw-small">{_sign_in()}</span>'
    name = esc(texts.SIGNED_IN_AS.format(name=actor.display_name))
    return f'<span class="iw-soft iw-small">{name} · {_sign_out()}</span>'


def _guest(link: PublicLink, look: Look) -> str:
    """Return by what a guest looks, with the report that is shown as well."""
    until = texts_public.PUBLIC_UNTIL.format(moment=formats.both_times(link.expires_at, look.zone))
    report = f'<a href="public/report" target="_blank">{esc(texts_public.PUBLIC_REPORT)}</a>'
    return (
        f'<span class="iw-soft iw-small" data-guest title="{attr(until)}">{esc(texts_public.PUBLIC)} · {report}</span>'
    )


def denied(error: AccessDeniedError) -> str:
    """Return what is shown in place of a page to who may not look at it."""
    nobody = data.actor() is None
    title, says, way = (
        (texts.SIGNED_OUT, texts.SIGNED_OUT_SAYS, _sign_in()) if nobody else (texts.NO_ACCESS, error, _sign_out())
    )
    return (
        f'<div class="iw iw-empty" role="alert"><div class="iw-title">{esc(title)}</div>'
        f"<p>{esc(says)}</p><p>{way}</p></div>"
    )


def _sign_in() -> str:
    return inner_link(f"auth/login?next={quote(data.path_and_query(), safe='')}", texts.SIGN_IN)


def _sign_out() -> str:
    return inner_link(f"auth/logout?next={quote(data.path_and_query(), safe='')}", texts.SIGN_OUT)
