"""Streamlit's own OIDC sign-in as the server sees it: the one file that knows of it what Streamlit does not document.

``st.login()`` and ``st.user`` belong to a running page, and a page is what nobody gets before signing in. So the routes
behind them are used: the one to which ``st.login()`` sends a browser, and the callback, whose cookie says who came. A
Streamlit that has them no more cannot be imported here, and then OIDC does not start.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from iw_monitor.service.sign_in_settings import OidcSettings

LOGIN = "/auth/login"
_PROVIDER = "default"
_OURS_NOT = re.compile(rf"({re.escape(USER_COOKIE_NAME)}|{re.escape(TOKENS_COOKIE_NAME)})(_+\d+)?")
_MADE_BY_STREAMLIT = ("origin", "is_logged_in", "provider")


def secrets_for(oidc: OidcSettings, *, callback: str, cookie_secret: str) -> dict[str, Any]:
    """Return the secrets that make ``st.App`` sign people in: PKCE with S256, and a choice of accounts each time."""
    return {
        "auth": {
            "redirect_uri": callback,
            "cookie_secret": cookie_secret,
            "client_id": oidc.client_id,
            "client_secret": oidc.client_secret,
            "server_metadata_url": oidc.metadata_url,
            "client_kwargs": {
                "scope": oidc.scope,
                "code_challenge_method": "S256",
                "prompt": "select_account",
            },
        }
    }


def login_query() -> bytes:
    """Return the query with which ``LOGIN`` begins a sign-in; good for two minutes."""
    return urlsplit(generate_login_redirect_url(_PROVIDER)).query.encode("ascii")


def is_streamlits(cookie_name: str) -> bool:
    """Say whether a cookie is one in which Streamlit keeps who somebody is, or their tokens."""
    return _OURS_NOT.fullmatch(cookie_name) is not None


def claims_in(set_cookies: Iterable[str]) -> dict[str, Any] | None:
    """Return the claims of the ID token that Streamlit checked, from the cookies that it would set; None if it did not.

    Args:
        set_cookies: the values of the ``Set-Cookie`` headers of its answer.
    """
    given: dict[str, str] = {}
    for header in set_cookies:
        given |= _named(header)

    def signed(name: str) -> bytes | None:
        held = given.get(name)
        return None if not held else decode_signed_value(get_cookie_secret(), name, held)

    found = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    claims = None if found is None else json.loads(found)
    if not isinstance(claims, dict) or claims.get("is_logged_in") is not True:
        return None
    return {name: value for name, value in claims.items() if name not in _MADE_BY_STREAMLIT}


def _named(set_cookie: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(set_cookie).items()}
    except CookieError:
        return {}
