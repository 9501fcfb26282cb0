"""Signing in and out: plain forms on routes of their own, since a Streamlit page cannot set a cookie."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from iw_monitor.access.local_path import HOME, local_path
from iw_monitor.access.sessions import LONGEST
from iw_monitor.errors import AccessDeniedError, LockedOutError, StoreError
from iw_monitor.web import sign_in_page as pages
from iw_monitor.web.admission import LOGIN, LOGOUT, LOGOUT_EVERYWHERE, STYLE, Admission
from iw_monitor.web.forms import RefusedError, read_form

AT_ONCE = 2  # password checks: each takes 64 MiB
MOST_WAITING = 20  # beyond that, people are asked to come again
_NO_STORE = {"cache-control": "no-store"}

T = TypeVar("T")


class SignInPages:
    """The forms and what they do."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self._accounts = admission.accounts
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    @property
    def routes(self) -> list[Route]:
        """The routes that the server gets."""
        return [
            Route(LOGIN, self.login_form, methods=["GET"]),
            Route(LOGIN, self.login, methods=["POST"]),
            *self.ways_out,
        ]

    @property
    def ways_out(self) -> list[Route]:
        """The routes of signing out, however somebody signed in."""
        return [
            Route(LOGOUT, self.logout_form, methods=["GET"]),
            Route(LOGOUT, self.logout, methods=["POST"]),
            Route(LOGOUT_EVERYWHERE, self.logout_everywhere, methods=["POST"]),
            Route(STYLE, pages.style_sheet, methods=["GET"]),
        ]

    # --- In ---

    async def login_form(self, request: Request) -> Response:
        """Show the form; who is signed in already goes on."""
        goal = local_path(request.query_params.get("next", HOME))
        try:
            if await run_in_threadpool(self._admission.actor, request) is not None:
                return RedirectResponse(goal, status_code=303, headers=_NO_STORE)
            if not await run_in_threadpool(self._accounts.has_users):
                return pages.no_account_page()
        except StoreError as error:
            return pages.refused_page(self._admission.told(error), HTTPStatus.SERVICE_UNAVAILABLE)
        return self._form(request, goal)

    async def login(self, request: Request) -> Response:
        """Check name and password; set the cookie and go on, or show the form again with what is wrong."""
        try:
            form = await read_form(request)
            self._check_token(form, LOGIN, request.cookies.get(self._form_cookie, ""))
        except RefusedError as refusal:
            return pages.refused_page(refusal.why, refusal.status)
        name, goal = form.get("name", ""), local_path(form.get("next", HOME))
        address = request.client.host if request.client else ""
        try:
            cookie = await self._in_turn(
                lambda: self._accounts.sign_in(name, form.get("password", ""), address=address)
            )
            await run_in_threadpool(self._accounts.sign_out, self._admission.cookie(request))  # the one before it
        except LockedOutError as error:
            return self._form(request, goal, name, str(error), HTTPStatus.TOO_MANY_REQUESTS)
        except AccessDeniedError as error:
            return self._form(request, goal, name, str(error), HTTPStatus.UNAUTHORIZED)
        except StoreError as error:
            return self._form(request, goal, name, self._admission.told(error), HTTPStatus.SERVICE_UNAVAILABLE)
        except RefusedError as refusal:
            return self._form(request, goal, name, refusal.why, refusal.status)
        answer = RedirectResponse(goal, status_code=303, headers=_NO_STORE)
        self._set_cookie(answer, self._accounts.cookie_name, cookie, path="/", age=int(LONGEST.total_seconds()))
        return answer

    async def _in_turn(self, act: Callable[[], T]) -> T:
        """Check a password away from the event loop, few at a time.

        Raises:
            RefusedError: too many are waiting.
        """
        if self._waiting >= MOST_WAITING:
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, pages.BUSY)
        self._waiting += 1
        try:
            async with self._turns:
                return await run_in_threadpool(act)
        finally:
            self._waiting -= 1

    def _form(
        self, request: Request, goal: str, name: str = "", wrong: str = "", status: HTTPStatus = HTTPStatus.OK
    ) -> Response:
        # What is in the cookie already is kept: the form may be open in two tabs.
        bound = request.cookies.get(self._form_cookie, "")
        if not 40 <= len(bound) <= 50:
            bound = secrets.token_urlsafe(32)
        answer = pages.login_page(
            token=self._accounts.signer.token(LOGIN, bound), goal=goal, name=name, wrong=wrong, status=status
        )
        self._set_cookie(answer, self._form_cookie, bound, path=LOGIN, age=None)
        return answer

    # --- Out ---

    async def logout_form(self, request: Request) -> Response:
        """Ask whether to sign out here or everywhere: a link alone must not sign anybody out."""
        try:
            actor = await run_in_threadpool(self._admission.actor, request)
        except StoreError as error:
            return pages.refused_page(self._admission.told(error), HTTPStatus.SERVICE_UNAVAILABLE)
        if actor is None:
            return RedirectResponse(LOGIN, status_code=303, headers=_NO_STORE)
        cookie = self._admission.cookie(request) or ""
        signer = self._accounts.signer
        return pages.logout_page(
            actor,
            goal=local_path(request.query_params.get("next", HOME)),
            here=(LOGOUT, signer.token(LOGOUT, cookie)),
            everywhere=(LOGOUT_EVERYWHERE, signer.token(LOGOUT_EVERYWHERE, cookie)),
        )

    async def logout(self, request: Request) -> Response:
        """Sign out in this browser."""
        return await self._end(request, LOGOUT, self._accounts.sign_out)

    async def logout_everywhere(self, request: Request) -> Response:
        """Sign out in every browser."""
        return await self._end(request, LOGOUT_EVERYWHERE, self._accounts.sign_out_everywhere)

    async def _end(self, request: Request, path: str, act: Callable[[str | None], object]) -> Response:
        cookie = self._admission.cookie(request)
        try:
            form = await read_form(request)
            self._check_token(form, path, cookie or "")
            await run_in_threadpool(act, cookie)
        except RefusedError as refusal:
            return pages.refused_page(refusal.why, refusal.status)
        except StoreError as error:
            return pages.refused_page(self._admission.told(error), HTTPStatus.SERVICE_UNAVAILABLE)
        answer = RedirectResponse(HOME, status_code=303, headers=_NO_STORE)
        answer.delete_cookie(
            self._accounts.cookie_name, path="/", httponly=True, samesite="lax", secure=self._admission.is_secure
        )
        return answer

    # --- Cookies and tokens ---

    @property
    def _form_cookie(self) -> str:
        return self._accounts.cookie_name.replace("session", "form")

    def _set_cookie(self, answer: Response, name: str, value: str, *, path: str, age: int | None) -> None:
        answer.set_cookie(
            name, value, max_age=age, path=path, httponly=True, samesite="lax", secure=self._admission.is_secure
        )

    def _check_token(self, form: dict[str, str], path: str, bound: str) -> None:
        if not bound or not self._accounts.signer.is_token(form.get("token", ""), path, bound):
            raise RefusedError(HTTPStatus.FORBIDDEN, pages.STALE_FORM)
