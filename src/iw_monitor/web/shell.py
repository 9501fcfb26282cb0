"""Streamlit's page in the browser, as it is installed here: which scripts stand in it, and what ours needs first."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import streamlit as st

_STATIC = Path(st.__file__).parent / "static"
_SCRIPTS = "static/js"
_FIRST = "Html.*.js"  # draws the head of every page of ours
_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


def shell_page() -> str:
    """Return the HTML page in which Streamlit runs."""
    return (_STATIC / "index.html").read_text(encoding="utf-8")


def inline_script_hashes(page: str) -> tuple[str, ...]:
    """Return a Content-Security-Policy source for each script that stands in an HTML page itself."""
    found = _InlineScripts()
    found.feed(page.replace("\r\n", "\n"))
    found.close()
    digests = (hashlib.sha256(script.encode()).digest() for script in found.scripts)
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def needed_first(page: str) -> tuple[str, ...]:
    """Return the scripts that every page of ours asks for and an HTML page does not name, by their path beside it.

    A browser that is told of them with the page fetches them while it reads the large ones, and not after its first
    word with the server. None where Streamlit names its files otherwise: then they come later, as ever.
    """
    return tuple(dict.fromkeys(path for path in _scripts() if path not in page))


def _scripts() -> Iterator[str]:
    for file in sorted((_STATIC / _SCRIPTS).glob(_FIRST)):
        yield f"{_SCRIPTS}/{file.name}"
        yield from (f"{_SCRIPTS}/{name}" for name in _IMPORT.findall(file.read_text(encoding="utf-8")))


class _InlineScripts(HTMLParser):
    """Collects the text of scripts that stand in a page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "src" not in dict(attrs)
        if self._inside:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data
