"""The OpenAPI document: what FastAPI finds in the routes, and every error of each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from iw_monitor.api.problems import MEDIA_TYPE, Problem

ROOT = "/api/v1"

_EVERYWHERE = (400, 401, 403, 429, 500, 503)
_ASKED_FOR_SOMETHING = (422,)
_WITH_A_BODY = (409, 413, 415)
_OF_ONE_THING = (404,)

_MEANINGS: Mapping[int, str] = {
    400: "The request is not well formed, or a token stands in its address.",
    401: "There is no token, or it is not good.",
    403: "The token or its owner may not do this.",
    404: "There is no such thing here.",
    409: "Somebody else reported in between; both values are in the answer.",
    413: "The body is too large.",
    415: "The body is of another kind than is taken here.",
    422: "Something in the request is wrong; the findings say everything, at once.",
    429: "Too many requests; Retry-After says when to come again.",
    500: "Something went wrong that should not have.",
    503: "The journal cannot be used just now; Retry-After says when to come again.",
}

DESCRIPTION = """\
Read and write: the same verbs, checks and audit as the pages and the command line, and the same Assessment.

**Tokens.** Send `Authorization: Bearer TOKEN`. An operator makes one with `iw-monitor token add USER --name TEXT
--scope read|write|approve --pack ID`; it acts in its owner's name and never in a higher role than its owner has now.
A cookie does not count, and a token in an address is refused. Where the pages can be looked at without signing in,
looking needs no token; writing always does.

**Packs.** Several can be held in one place; `GET /packs` lists them. `pack=ID` says at every address which one is
meant; without it, the first is. One that you may not look at is as if it were not there.

**Errors** have one shape, `application/problem+json`, with every finding at once: code, field, problem, remedy.

**Once.** Every write but the sending of rows takes an `Idempotency-Key`: sent again with the same key within 48 hours,
a request is answered as before and not done again; another request under the same key is refused. Rows that were sent
before say nothing new, so they may be sent again without one.

**Compare and set.** `seen` is the id of the newest report that the author saw; if another came in between, nothing is
written and the answer, 409, holds both.

**Limits.** `RateLimit-Policy` and `RateLimit` say where you stand; beyond, the answer is 429 with `Retry-After`.
"""


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the document."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary="Read and write an indicators-and-warnings monitor.",
        description=DESCRIPTION,
        routes=app.routes,
        tags=[
            {"name": "look", "description": "What is concluded, from what, and what was reported."},
            {"name": "report", "description": "Reporting in the name of the token's owner."},
        ],
        servers=[{"url": ROOT, "description": "The monitor's own address, beside its pages."}],
    )
    parts = document.setdefault("components", {})
    parts["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token of `iw-monitor token add`."}
    }
    schemas = parts.setdefault("schemas", {})
    schemas |= _problem_schemas()
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for path, method, operation in _operations(document):
        _add_errors(path, method, operation)
        operation["security"] = [{"token": []}] if method == "post" else [{"token": []}, {}]
    return document


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _add_errors(path: str, method: str, operation: dict[str, Any]) -> None:
    good = {code: told for code, told in operation["responses"].items() if code.startswith("2")}
    asked = [*_EVERYWHERE]
    asked += _WITH_A_BODY if method == "post" else ()
    asked += _OF_ONE_THING if "{" in path else ()
    asked += _ASKED_FOR_SOMETHING if "parameters" in operation else ()
    operation["responses"] = good | {str(status): _error(status) for status in sorted(asked)}


def _error(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": _MEANINGS[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in (429, 503):
        told["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "string"}}}
    return told


@cache
def _problem_schemas() -> dict[str, Any]:
    _, definitions = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
    found: dict[str, Any] = definitions["$defs"]
    return found
