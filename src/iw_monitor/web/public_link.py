"""Public links: the page that takes the key from behind the # of an address, and the report that is shown with it.

What stands behind the # is sent to no server and in no Referer, so it is in nobody's log. The page's script puts it
into a form, and from there it becomes a cookie. What that opens, the gate and the pages decide, every time.
"""

from __future__ import annotations

import html
from functools import cache
from http import HTTPStatus
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from iw_monitor.errors import ReportError, StoreError
from iw_monitor.model.snapshot import Format
from iw_monitor.publish.report.policy import policy_of
from iw_monitor.service.public_links import PLACE, shown_report
from iw_monitor.service.sites import Sites
from iw_monitor.web.admission import Admission
from iw_monitor.web.forms import RefusedError, read_form
from iw_monitor.web.sign_in_page import plain_page, refused_page

SCRIPT, REPORT = f"{PLACE}/open.js", f"{PLACE}/report"
WALL = "/wall"
NOT_GOOD = "This link is not good: it was not copied whole, has expired, or was revoked. Ask for another."
_NO_STORE = {"cache-control": "no-store"}
_MEDIA_TYPES = {
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.PNG: "image/png",
    Format.MD: "text/plain; charset=utf-8",
    Format.JSON: "application/json",
}


class PublicPages:
    """What is served to who has a public link, beside the wall."""

    def __init__(self, admission: Admission, sites: Sites) -> None:
        self._admission, self._sites = admission, sites

    @property
    def routes(self) -> list[Route]:
        """The routes that the server gets; each asks for the link itself."""
        return [
            Route(PLACE, self.form, methods=["GET"]),
            Route(PLACE, self.open, methods=["POST"]),
            Route(SCRIPT, _script, methods=["GET"]),
            Route(REPORT, self.report, methods=["GET"]),
        ]

    async def form(self, _request: Request) -> Response:
        """Show the form, which its script fills in and sends."""
        return _form_page("", HTTPStatus.OK)

    async def open(self, request: Request) -> Response:
        """Keep a good key in a cookie until the link ends, and go on to the wall."""
        try:
            key = (await read_form(request)).get("key", "").strip()
            link = await run_in_threadpool(self._admission.links.opened_by, key)
        except RefusedError as refusal:
            return refused_page(refusal.why, refusal.status, way_back=False)
        except StoreError as error:
            return refused_page(self._admission.told(error), HTTPStatus.SERVICE_UNAVAILABLE, way_back=False)
        if link is None:
            return _form_page(NOT_GOOD, HTTPStatus.FORBIDDEN)
        answer = RedirectResponse(WALL, status_code=303, headers=_NO_STORE)
        answer.set_cookie(
            self._admission.link_cookie,
            key,
            expires=link.expires_at,
            path="/",
            httponly=True,
            samesite="lax",
            secure=self._admission.is_secure,
        )
        return answer

    async def report(self, request: Request) -> Response:
        """Answer with the report that a link shows."""
        try:
            return await run_in_threadpool(self._reported, request)
        except ReportError as error:
            return refused_page(str(error), HTTPStatus.NOT_FOUND, way_back=False)
        except StoreError as error:
            return refused_page(self._admission.told(error), HTTPStatus.SERVICE_UNAVAILABLE, way_back=False)

    def _reported(self, connection: HTTPConnection) -> Response:
        link = self._admission.guest(connection)
        if link is None:
            return _form_page(NOT_GOOD, HTTPStatus.FORBIDDEN)
        site = next((one for one in self._sites.usable() if one.pack.id == link.pack), None)
        if site is None:
            return _form_page(NOT_GOOD, HTTPStatus.FORBIDDEN)
        name, form, content = shown_report(site, link)
        headers = {**_NO_STORE, "content-disposition": f'inline; filename="{name}"', **policy_of(form)}
        return Response(content, media_type=_MEDIA_TYPES[form], headers=headers)


def _form_page(wrong: str, status: HTTPStatus) -> Response:
    alert = f'<p class="wrong" role="alert" id="wrong">{html.escape(wrong)}</p>' if wrong else ""
    described = ' aria-describedby="wrong"' if wrong else ""
    return plain_page(
        "Open a public link",
        f"""{alert}
<form method="post" action="{PLACE}" id="open">
<label for="key">Key</label>
<input id="key" name="key" type="password" autocomplete="off" maxlength="64" required{described}>
<button type="submit">Open</button>
</form>
<p class="soft">The key is what stands behind the # of the link. It opens the wall and one report, and nothing else.</p>
<script src="{SCRIPT}"></script>""",
        status,
    )


async def _script(_request: Request) -> Response:
    return Response(_script_text(), media_type="text/javascript", headers={"cache-control": "max-age=3600"})


@cache
def _script_text() -> str:
    return Path(__file__).with_name("public_link.js").read_text(encoding="utf-8")
