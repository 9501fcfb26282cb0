"""Reading the small forms of our own pages: sent by one of them, and not longer than they can be."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.requests import Request

from iw_monitor.web import sign_in_page as pages
from iw_monitor.web.guard import is_same_origin

_LARGEST_FORM = 8_192  # bytes
_FORM_TYPE = "application/x-www-form-urlencoded"


class RefusedError(Exception):
    """A request that is not looked at further; answered with a page that says why."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        self.status, self.why = status, why
        super().__init__(why)


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a small form that one of our own pages sent.

    Raises:
        RefusedError: it came from elsewhere, or is no such form.
    """
    origin = request.headers.get("origin")
    if origin is None or not is_same_origin(origin, request.headers.get("host", "")):
        raise RefusedError(HTTPStatus.FORBIDDEN, pages.FOREIGN_FORM)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, pages.NO_FORM)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_FORM:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, pages.NO_FORM)
    try:
        found = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=10)
    except ValueError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, pages.NO_FORM) from error
    return {name: values[-1] for name, values in found.items()}
