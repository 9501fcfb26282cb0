"""A dashboard under test: the real pages on a journal of the test's own, run without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.observation import Known, parse_instant
from iw_monitor.service.demo import open_demo
from iw_monitor.store.place import file_url

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"
SCREENS = (
    *("watch", "why", "indicators", "desk", "log", "alerts", "reports", "timeline", "what_if", "scorecard", "method"),
    *("sources", "runs", "wall"),
)
BEN = Actor(name="ben", display_name="Ben", roles={EVERY_PACK: Role.EDITOR}, via="local")
ADA = Actor(name="ada", display_name="Ada", roles={EVERY_PACK: Role.EDITOR}, via="local")
EVE = Actor(name="eve", display_name="Eve", roles={EVERY_PACK: Role.VIEWER}, via="local")
ANN = Actor(name="ann", display_name="Ann", roles={EVERY_PACK: Role.APPROVER}, via="local")
PATIENCE = 90.0  # seconds: the first page replays the history

Opener = Callable[..., AppTest]


def fill_demo(folder: Path) -> str:
    """Fill a journal with the shipped history and return its address."""
    site = open_demo(folder)
    site.close()
    return file_url(folder / "demo.db")


def use(patch: pytest.MonkeyPatch, url: str, *, demo: bool = False, pack: str = "") -> None:
    """Make the dashboard show this journal."""
    patch.setenv("IW_DATABASE_URL", url)
    patch.setenv("IW_PACK", pack)
    patch.setenv("IW_DEMO", "1" if demo else "0")


def sign_in(patch: pytest.MonkeyPatch, actor: Actor) -> None:
    """Let somebody be signed in on the pages."""
    patch.setattr(data, "actor", lambda: actor)


def empty_site(folder: Path, patch: pytest.MonkeyPatch, *, pack: str = "") -> Iterator[None]:
    """Show a journal without entries to Ben, an editor, as long as a fixture lasts."""
    use(patch, file_url(folder / "empty.db"), pack=pack)
    sign_in(patch, BEN)
    yield
    data.site().close()


def open_page(name: str = "watch", **query: str) -> AppTest:
    """Open a page at an address, as a browser would, and see that nothing broke."""
    page = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    for key, text in query.items():
        page.query_params[key] = text
    if name != "watch":
        page.switch_page(f"screens/{name}.py")
    page.run()
    assert not page.exception, page.exception
    return page


def html_of(page: AppTest) -> str:
    """Return all of a page's own HTML, without the style sheet."""
    pieces = [piece.proto.body for piece in page.get("html")]
    return "\n".join(piece for piece in pieces if not piece.startswith("<style"))


def text_of(page: AppTest) -> str:
    """Return what a page says, without its marks."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html_of(page)))).strip()


def cells_of(html: str) -> list[list[str]]:
    """Return the tables of a piece of HTML as rows of plain text, without their heads."""
    body = re.sub(r"<thead>.*?</thead>", "", html, flags=re.DOTALL)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells if row]


def number(text: str) -> float:
    """Return a number as the pages write it."""
    return float(text.replace("\N{MINUS SIGN}", "-").replace("+", ""))


def now_of() -> Assessment:
    """Return the assessment that the pages show."""
    return data.site().assess()


def then_of(moment: str, known: Known = Known.PUBLISHED) -> Assessment:
    """Return the assessment of a moment in the past."""
    return data.site().assess(parse_instant(moment), known)
