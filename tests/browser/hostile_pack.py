"""The shipped pack with harm in every text that whoever writes a pack may write, and a feed that means harm."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.sax.saxutils import escape

from ruamel.yaml import YAML

TAG = "<img src=x onerror=window.__harm=1>"
# Each word but the tag's stands alone in an element of its own only where its markup was taken for markup.
WORDS = ("linkwd", "redwd", "starwd", "boldwd", "mathwd", "codewd")
SCRIPT = (
    f"{TAG} <script>window.__harm=1</script> ![picwd](https://elsewhere.example/p.png) "
    "[linkwd](javascript:window.__harm=1) $$mathwd$$ :red[redwd] **starwd** <b>boldwd</b> `codewd`"
)
SHORT = (TAG, ":red[redwd] <b>boldwd</b>", "[linkwd](javascript:__harm=1)", "$$mathwd$$ **starwd** `codewd`")
FEED = "fleet_tracker"

_TEXTS = {
    *("title", "short_title", "description", "question", "resolves_yes_when", "part", "reading_rule", "why", "limits"),
    *("how_it_can_be_faked", "would_lower", "check", "where", "says", "unit", "publisher", "originator"),
    *("licence", "what", "runbook", "summary", "author", "text", "reason", "note", "credit"),
}
_LONGEST = {"title": 60, "short_title": 40, "unit": 40}
_LISTS = {"anchors", "deciders"}  # the words of levels, by level


def hostile_pack(shipped: Path, folder: Path) -> Path:
    """Copy a pack and add harm to its texts; return the copy's folder."""
    made = folder / shipped.name
    shutil.copytree(shipped, made)
    for file in made.rglob("*.yml"):
        yaml = YAML()
        said = yaml.load(file.read_text(encoding="utf-8"))
        with file.open("w", encoding="utf-8") as stream:
            yaml.dump(_harmed(said), stream)
    return made


def _harmed(said: object, key: str = "") -> object:
    if isinstance(said, dict):
        inner = {name: _harmed(one, "level" if key in _LISTS else str(name)) for name, one in said.items()}
        # A runbook's way of grading is a text; a source's grade is none.
        return inner | {"grade": f"{inner['grade']} {SCRIPT}"} if key == "runbook" else inner
    if isinstance(said, list):
        return [_harmed(one, key) for one in said]
    if not isinstance(said, str) or key not in _TEXTS:
        return said
    longest = _LONGEST.get(key)
    return f"{said} {SCRIPT}" if longest is None else f"{SHORT[len(said) % len(SHORT)]} {said}"[:longest].strip()


def hostile_feed(when: str) -> str:
    """Return a feed of two items: one whose link is a script, and one whose address holds a tag."""
    links = ("javascript:window.__harm=1", f"https://elsewhere.example/?{TAG}".replace(" ", "/"))
    items = "".join(
        f"<item><title>{escape(escape(f'item {number} {SCRIPT}'))}</title><link>{escape(link)}</link>"
        f"<description>{escape(SCRIPT)}</description><guid>{number}</guid><pubDate>{when}</pubDate></item>"
        for number, link in enumerate(links)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
