"""From what can go wrong to what is answered: every exception becomes one shape, and none shows where in the code."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from iw_monitor.api.codes import finding
from iw_monitor.api.entrance import site_of
from iw_monitor.api.problems import NAMES, BothValues, RefusedError, problem
from iw_monitor.api.shapes import ObservationShape
from iw_monitor.errors import (
    AccessDeniedError,
    BusyDatabaseError,
    ConflictError,
    Finding,
    InputError,
    StoreError,
)

log = logging.getLogger("iw_monitor.api")

_IN_WORDS: Mapping[int, tuple[str, str, str]] = {
    400: ("R105", "the request is not well formed", "Look at it and send it again"),
    404: ("R201", "there is nothing at this address", "See what there is in /api/v1/openapi.json"),
    405: ("R202", "this cannot be done at this address", "Use one of the methods in the header Allow"),
}
_NOT_THERE = {"J201", "J401", "J422", "S108", "S114"}  # what an address names
_SAID: Mapping[str, str] = {"extra_forbidden": "is not known here", "missing": "is missing"}
_SOON, _LATER = {"retry-after": "2"}, {"retry-after": "30"}


def answer_everything(app: FastAPI) -> None:
    """Let an application answer whatever goes wrong in the one shape."""
    handlers: dict[type[Exception], Any] = {
        RefusedError: _refused,
        RequestValidationError: _not_as_asked,
        HTTPException: _of_framework,
        InputError: _wrong_input,
        ConflictError: _conflict,
        AccessDeniedError: _denied,
        StoreError: _no_store,
        Exception: _surprise,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def _refused(_request: Request, error: RefusedError) -> Response:
    return error.answer


def _wrong_input(_request: Request, error: InputError) -> Response:
    is_missing = {one.code for one in error.findings} <= _NOT_THERE
    return problem(404 if is_missing else 422, error.findings)


def _denied(_request: Request, error: AccessDeniedError) -> Response:
    said, _, remedy = str(error).rstrip(".").partition(". ")
    one = finding("R304", "Authorization", said[:1].lower() + said[1:], remedy or "Ask an administrator")
    return problem(403, [one])


def _conflict(request: Request, error: ConflictError) -> Response:
    """Answer with both values, so that their author can decide."""
    site = site_of(request)
    ids = [one for one in (error.seen, error.theirs) if one]
    gone = {one.observation: one for one in site.retractions()}
    held = {
        one.id: ObservationShape.of(one, gone.get(one.id))
        for one in (site.journal.observations(site.pack.id, ids=ids) if ids else ())
    }
    one = finding(
        "J301", "seen", f"{error.indicator} was reported by somebody else in between", "Look at both and record again"
    )
    both = BothValues(indicator=error.indicator, seen=held.get(error.seen or ""), theirs=held.get(error.theirs or ""))
    return problem(409, [one], conflict=both)


def _no_store(_request: Request, error: StoreError) -> Response:
    said, _, remedy = str(error).rstrip(".").partition(". ")
    one = finding("R501", "", said[:1].lower() + said[1:], remedy or "Try again in a moment")
    return problem(503, [one], headers=_SOON if isinstance(error, BusyDatabaseError) else _LATER)


def _not_as_asked(_request: Request, error: RequestValidationError) -> Response:
    return problem(422, [_finding_of(one) for one in error.errors()])


def _finding_of(one: Mapping[str, Any]) -> Finding:
    where = ".".join(str(part) for part in one["loc"][1:])
    if one["type"] == "json_invalid":
        return finding("R102", "", f"the body is not JSON at character {where}", "Look there and send it again")
    said = _SAID.get(str(one["type"]), str(one["msg"]))
    return finding("R101", where, said[:1].lower() + said[1:], f"Look up {where or 'it'} in /api/v1/openapi.json")


def _of_framework(_request: Request, error: HTTPException) -> Response:
    status = error.status_code if error.status_code in NAMES else 400
    code, said, remedy = _IN_WORDS.get(status, _IN_WORDS[400])
    return problem(status, [finding(code, "", said, remedy)], headers=error.headers)


def _surprise(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw; what it was stands in the log, without anything that was sent."""
    log.error("%s %s: %s", request.method, request.url.path, type(error).__name__)
    one = finding(
        "R502", "", "something went wrong that should not have", "Tell the operator; the log says what it was"
    )
    return problem(500, [one])
