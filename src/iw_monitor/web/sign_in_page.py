"""The pages for signing in and out, as HTML: readable without script, with a screen reader, and on a phone."""

from __future__ import annotations

import html
from collections.abc import Collection
from functools import cache
from http import HTTPStatus
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from iw_monitor.model.accounts import EVERY_PACK, Actor
from iw_monitor.web.admission import LOGIN, STYLE

BUSY = "Many people are signing in just now. Try again in a few seconds."
FOREIGN_FORM = "This form was not sent from a page of this server. Open the sign-in page and try again."
NO_FORM = "This is not the form of this page. Open the sign-in page and try again."
NOT_VOUCHED = "The identity provider did not sign you in, or this answer of it was used already. Try again."
NO_PROVIDER = "The identity provider does not answer. Try again in a minute, or tell an administrator."
NO_PROXY = (
    "Nobody who may do so has told this monitor who you are. Come by the address that your organisation gave you; "
    "there you sign in before you get here."
)
PROXY_KEEPS = "You were signed in before you came here, by the proxy in front of this monitor. Sign out there."
STALE_FORM = "This form is too old, or cookies are switched off. Open the page again and try once more."

_SHEET = Path(__file__).with_name("sign_in.css")


def login_page(*, token: str, goal: str, name: str, wrong: str, status: HTTPStatus) -> Response:
    """Return the form, with what was wrong with the attempt before it."""
    alert = f'<p class="wrong" role="alert" id="wrong">{_esc(wrong)}</p>' if wrong else ""
    described = ' aria-describedby="wrong"' if wrong else ""
    on_name, on_password = ("", " autofocus") if name else (" autofocus", "")
    return plain_page(
        "Sign in",
        f"""{alert}
<form method="post" action="/auth/login">
<label for="name">Name</label>
<input id="name" name="name" value="{_esc(name[:64])}" autocomplete="username" autocapitalize="none"
 spellcheck="false" maxlength="64" required{on_name}{described}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="256"
 required{on_password}{described}>
<input type="hidden" name="next" value="{_esc(goal)}">
<input type="hidden" name="token" value="{_esc(token)}">
<button type="submit">Sign in</button>
</form>
<p class="soft">No account, or forgotten the password? An administrator of this monitor can help.</p>""",
        status,
    )


def elsewhere_page(label: str, where: str) -> Response:
    """Return the page that leads to the identity provider. A link: forms may not lead to other sites."""
    return plain_page(
        "Sign in",
        f"""<p>You sign in at {_esc(label)}, and come back to where you were going.</p>
<p><a class="button" href="{_esc(where)}">Sign in at {_esc(label)}</a></p>
<p class="soft">Signed in there and still no access? An administrator of this monitor can help.</p>""",
        HTTPStatus.OK,
    )


def no_account_page() -> Response:
    """Return what is shown while there is no account yet: how the first one is made."""
    return plain_page(
        "Nobody can sign in yet",
        """<p>This monitor has no account. Whoever runs it makes the first one on its command line:</p>
<pre><code>iw-monitor user add NAME --role admin</code></pre>
<p><a href="/">Back</a></p>""",
        HTTPStatus.OK,
    )


def logout_page(actor: Actor, *, goal: str, here: tuple[str, str], everywhere: tuple[str, str]) -> Response:
    """Return the question where to sign out; ``here`` and ``everywhere`` are each a path and its token."""
    roles = ", ".join(f"{role} on {'every pack' if pack == EVERY_PACK else pack}" for pack, role in actor.roles.items())
    return plain_page(
        "Sign out",
        f"""<p>You are signed in as <b>{_esc(actor.display_name)}</b> ({_esc(roles or "no role")}).</p>
{_button(*here, "Sign out here")}
{_button(*everywhere, "Sign out everywhere", css="second")}
<p><a href="{_esc(goal)}">Stay signed in</a></p>""",
        HTTPStatus.OK,
    )


def no_role_page(actor: Actor, packs: Collection[str]) -> Response:
    """Return what is shown to somebody who signed in and may see none of the packs."""
    missing = f"the pack {next(iter(packs))}" if len(packs) == 1 else "any of the packs here"
    return plain_page(
        "No access",
        f"""<p class="wrong" role="alert">{_esc(actor.display_name)} has no role on {_esc(missing)}.
An administrator can give one.</p>
<p><a href="/auth/logout">Sign out</a></p>""",
        HTTPStatus.FORBIDDEN,
    )


def no_journal_page(why: str) -> Response:
    """Return what is shown in place of a page while nobody can say who may look at it."""
    return plain_page(
        "Nothing can be shown",
        f"""<p class="wrong" role="alert">{_esc(why)}</p>
<p class="soft">This page asks again by itself, every few seconds.</p>""",
        HTTPStatus.SERVICE_UNAVAILABLE,
    )


def no_access_page(why: str) -> Response:
    """Return what is shown to somebody whom others vouch for, and who may not come in all the same."""
    back = f'<p><a href="{LOGIN}">Sign-in page</a></p>'
    return plain_page("No access", f'<p class="wrong" role="alert">{_esc(why)}</p>{back}', HTTPStatus.FORBIDDEN)


def refused_page(why: str, status: HTTPStatus, *, way_back: bool = True) -> Response:
    """Return why something was not done, and the way back to signing in if that leads anywhere."""
    back = f'<p><a href="{LOGIN}">Sign-in page</a></p>' if way_back else ""
    return plain_page("Not done", f'<p class="wrong" role="alert">{_esc(why)}</p>{back}', status)


async def style_sheet(_request: Request) -> Response:
    """Answer with the style sheet of these pages."""
    return Response(_rules(), media_type="text/css", headers={"cache-control": "max-age=3600"})


def _button(path: str, token: str, label: str, *, css: str = "") -> str:
    return (
        f'<form method="post" action="{_esc(path)}"><input type="hidden" name="token" value="{_esc(token)}">'
        f'<button type="submit" class="{css}">{_esc(label)}</button></form>'
    )


def plain_page(title: str, body: str, status: HTTPStatus) -> Response:
    """Return a page of this kind around what stands in it, which is HTML already."""
    return HTMLResponse(
        f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{_esc(title)} · iw_monitor</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{STYLE}">
</head>
<body>
<main>
<p class="product">iw_monitor</p>
<h1>{_esc(title)}</h1>
{body}
</main>
</body>
</html>
""",
        status_code=status,
        headers={"cache-control": "no-store"},
    )


def _esc(text: str) -> str:
    return html.escape(text, quote=True)


@cache
def _rules() -> str:
    return _SHEET.read_text(encoding="utf-8")
