"""The way in: the routes, doors and settings that the chosen way of signing in needs around Streamlit."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from iw_monitor.access.proxy_headers import ProxyRules
from iw_monitor.errors import ServerError
from iw_monitor.model.accounts import Way
from iw_monitor.service.sign_in_settings import OidcSettings
from iw_monitor.web.admission import CALLBACK, Admission
from iw_monitor.web.gate import Gate
from iw_monitor.web.proxy_door import ProxyDoor, proxy_routes
from iw_monitor.web.sign_in import SignInPages


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """What stands around Streamlit; nothing where there is no signing in."""

    routes: list[Route] = field(default_factory=list)
    middleware: list[Middleware] = field(default_factory=list)
    secrets: Mapping[str, Any] = field(default_factory=dict, repr=False)


def way_in(admission: Admission, *, address: str) -> WayIn:
    """Return what the way of signing in needs.

    Args:
        admission: who is let in.
        address: by which browsers on this machine reach the server.

    Raises:
        ServerError: the installed Streamlit has another sign-in than the one that is known.
        StoreError: the secret's file cannot be used.
    """
    sign_in, gate = admission.visitors.sign_in, Middleware(Gate, admission=admission)
    if sign_in.proxy is not None:
        return _by_proxy(admission, sign_in.proxy, gate)
    if sign_in.oidc is not None:
        return _by_oidc(admission, sign_in.oidc, gate, admission.public_url or address)
    return WayIn(routes=SignInPages(admission).routes, middleware=[gate])


def _by_proxy(admission: Admission, rules: ProxyRules, gate: Middleware) -> WayIn:
    return WayIn(routes=proxy_routes(rules), middleware=[Middleware(ProxyDoor, admission=admission, rules=rules), gate])


def _by_oidc(admission: Admission, oidc: OidcSettings, gate: Middleware, address: str) -> WayIn:
    try:  # only here: a Streamlit that changed its sign-in still serves everybody else
        door = importlib.import_module("iw_monitor.web.oidc_door").OidcDoor
        streamlits = importlib.import_module("iw_monitor.web.streamlit_sign_in")
    except ImportError as error:
        raise ServerError(
            f"Streamlit {st.__version__} has another sign-in than the one this version knows ({error}). "
            "Install the locked packages, or let people sign in with accounts or through a proxy."
        ) from error
    secrets = streamlits.secrets_for(oidc, callback=f"{address}{CALLBACK}", cookie_secret=cookie_secret(admission))
    return WayIn(
        routes=SignInPages(admission).ways_out,
        middleware=[gate, Middleware(door, admission=admission, label=oidc.label, address=address)],
        secrets=secrets,
    )


def cookie_secret(admission: Admission) -> str:
    """Return what Streamlit signs its own cookies with: the same in every web process of the site."""
    return admission.accounts.signer.derived("streamlit").hex()


def server_environment(admission: Admission) -> dict[str, str]:
    """Return what the server underneath is told by its environment, since its settings do not take it.

    Where a proxy says who somebody is, no forwarded address is believed: the listed peer must be the real one.
    """
    told = {"STREAMLIT_SERVER_COOKIE_SECRET": cookie_secret(admission)}
    return {**told, "FORWARDED_ALLOW_IPS": ""} if admission.way is Way.PROXY else told
