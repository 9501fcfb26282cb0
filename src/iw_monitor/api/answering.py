"""Answering: as JSON, and where the request has a key of its own, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Header, Request, Response
from pydantic import BaseModel

from iw_monitor.api.entrance import caller_of, no_token, site_of
from iw_monitor.api.problems import refusal
from iw_monitor.service.once import Answer, once, once_within
from iw_monitor.service.once import Request as Asked

JSON = "application/json"
OK, CREATED, ACCEPTED = 200, 201, 202

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="A key of your own for this request, such as a UUID. Sent again with the same key within 48 hours, "
        "it is answered as before and not done again.",
        min_length=1,
        max_length=200,
        pattern=r"^[!-~]+$",
    ),
]


def told(shape: BaseModel) -> Response:
    """Return an answer to somebody who looks."""
    return text_told(shape.model_dump_json())


def text_told(text: str) -> Response:
    """Return an answer that is JSON already."""
    return Response(text, media_type=JSON)


def said(shape: BaseModel, status: int = CREATED) -> Answer:
    """Return what somebody is told who did something."""
    return Answer(status=status, body=shape.model_dump_json())


def done(request: Request, key: str | None, act: Callable[[], Answer]) -> Response:
    """Do something and answer what came of it; under a key, once however often it is asked.

    Raises:
        InputError: something else was asked under that key before.
        IwError: what the act raises.
    """
    if key is None:
        return _response(act(), again=False)
    answer, again = once(site_of(request).journal, _asked(request, key), act)
    return _response(answer, again=again)


def done_within(request: Request, key: str | None, act: Callable[[Callable[[Answer], None]], Answer]) -> Response:
    """Do the same with an act that makes its own transaction, and keeps its answer in it by what it is given.

    Raises:
        InputError: something else was asked under that key before.
        IwError: what the act raises.
    """
    if key is None:
        return _response(act(_forget), again=False)
    answer, again = once_within(site_of(request).journal, _asked(request, key), act)
    return _response(answer, again=again)


def _asked(request: Request, key: str) -> Asked:
    caller = caller_of(request)
    if caller.token is None:
        raise no_token()
    return Asked(asker=f"token:{caller.token.id}", key=key, asked=caller.asked)


def _forget(_: Answer) -> None:
    """Keep nothing: the request has no key."""


def _response(answer: Answer, *, again: bool) -> Response:
    headers = {"idempotency-replayed": "true"} if again else {}
    return Response(answer.body, status_code=answer.status, media_type=JSON, headers=headers)


def takes(*media_types: str) -> Callable[[Request], None]:
    """Return a dependency that refuses a body of another kind.

    Raises:
        RefusedError: when called, of a request with such a body.
    """

    def refuse_others(request: Request) -> None:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in media_types:
            wanted = " or ".join(media_types)
            raise refusal(
                415, "R103", f"the body is {kind or 'of no stated kind'}", f"Send {wanted}", field="Content-Type"
            )

    return refuse_others
