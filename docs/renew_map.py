"""Writes docs/map.md: one line for each file, in the file's own words.

    python docs/renew_map.py

A Python file says what it is in the first sentence of its docstring; what cannot speak for itself stands in ``WORDS``.
A test holds the map equal to what this writes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAP = ROOT / "docs" / "map.md"

# Folders whose every file has a line, in the order of the map, and what each is for.
WHOLE = {
    "src/iw_monitor": "The product. Imports run one way, from the top of this list of stages to the bottom: cli, web "
    "and schedule, service, then pack, collect, store and publish, then telling, assess, model, errors.",
    "dashboard": "The screen. Pages compute nothing; `data.py` is their only door.",
    "docs": "Why and how.",
}
# Folders of which the map names what lies directly in them.
TOP = {
    "indicators": "What is watched.",
    "indicators/multi-front": "The shipped pack: what to watch, in YAML; no code.",
    "indicators/volcano-unrest": "A second, small pack, to show that nothing is hard-wired.",
    "tests": "The tests, by kind.",
    "bench": "How fast it is, beside other ways of doing the same.",
    "audit": "What the project is made of, looked over: `python3 bootstrap.py audit`.",
    "requirements": "What is installed, with hashes.",
    "deploy": "What stands around the product where it runs in containers.",
}
PASSED_OVER = re.compile(r"(^|/)(__pycache__|_ship|images|\.|map\.md$|.*\.py[cod]$)")

WORDS = {
    "dashboard/icon.png": "The icon in the browser's tab.",
    "dashboard/parts/style.css": "The style sheet of the parts.",
    "deploy/iw-monitor.service": "The unit for systemd: pages and worker on one machine, with little within reach.",
    "deploy/Caddyfile": "The proxy of compose.yaml: TLS, and a browser stays at one web process.",
    "indicators/multi-front": "The shipped pack, after the article.",
    "indicators/schema": "JSON Schemas by which an editor completes and checks a pack; generated.",
    "indicators/multi-front/cases": "Worked cases: reports in, levels out; reasoned by hand.",
    "indicators/multi-front/article.yml": "The excerpts of the source article that indicators may quote.",
    "indicators/multi-front/data": "Tables that sources are read with: places and zones of sirens, the IAEA's figures.",
    "indicators/multi-front/history": "The real history of 2023-09 to 2024-03, with its sources and weaknesses.",
    "indicators/multi-front/indicators": "One file for each indicator: question, anchors, ratings, quote, runbook.",
    "indicators/multi-front/method.yml": "Every number of the method.",
    "indicators/multi-front/sources.yml": "What machines collect, what they make of it, and how far they go alone.",
    "indicators/multi-front/pack.yml": "Problems, levels, families, interactions, tripwires, assumptions.",
    "indicators/volcano-unrest": "A second shipped pack, from public criteria.",
    "indicators/volcano-unrest/cases": "Worked cases: reports in, levels out; reasoned by hand.",
    "indicators/volcano-unrest/indicators": "One file for each indicator: question, anchors, ratings, runbook.",
    "indicators/volcano-unrest/method.yml": "Every number of the method.",
    "indicators/volcano-unrest/pack.yml": "Problems, levels, families, interactions, tripwires, assumptions.",
    "audit/known.json": "What looks like a secret and is none, each with its reason.",
    "requirements/audit.in": "What audits the others.",
    "requirements/audit.txt": "The same, locked.",
    "requirements/base.txt": "What running needs, and what builds the project.",
    "requirements/bench.txt": "What developing needs and what is measured beside the product.",
    "requirements/build.in": "What builds the project itself.",
    "requirements/dev.txt": "The same and what checking and testing need.",
    "requirements/installer.in": "What installs the others where there is no uv.",
    "requirements/installer.txt": "The same, locked.",
    "requirements/server.txt": "What an image holds: what running needs, and what talks to PostgreSQL.",
    "src/iw_monitor/publish/fonts/NotoSansArabic-OFL.txt": "The licence of Noto Sans Arabic.",
    "src/iw_monitor/publish/fonts/NotoSansArabic-Regular.ttf": "Arabic names in reports.",
    "src/iw_monitor/publish/fonts/NotoSansArabic-SemiBold.ttf": "The same, bold.",
    "src/iw_monitor/publish/fonts/NotoSansHebrew-OFL.txt": "The licence of Noto Sans Hebrew.",
    "src/iw_monitor/publish/fonts/NotoSansHebrew-Regular.ttf": "Hebrew names in reports.",
    "src/iw_monitor/publish/fonts/NotoSansHebrew-SemiBold.ttf": "The same, bold.",
    "src/iw_monitor/publish/fonts/SourceSans3-OFL.txt": "The licence of Source Sans 3.",
    "src/iw_monitor/publish/fonts/SourceSans3-Regular.ttf": "The letters of reports.",
    "src/iw_monitor/publish/fonts/SourceSans3-SemiBold.ttf": "The same, bold.",
    "src/iw_monitor/publish/report/templates/snapshot.html": "A snapshot as HTML.",
    "src/iw_monitor/publish/report/templates/snapshot.typ": "A snapshot on A4, for typst.",
    "src/iw_monitor/py.typed": "Says that the package carries its types.",
    "src/iw_monitor/store/migrations/script.py.mako": "The form of a new migration.",
    "tests/bad_packs": "Packs that are broken on purpose: each yields exactly the finding it is named after.",
    "tests/browser": "The demo in a real headless Chromium.",
    "tests/collect": "What machines collect: feeds with every quirk, the door to the network, how far it goes alone.",
    "tests/faults": "What breaks at run time: kills at random instants, disks that are full or damaged, channels away.",
    "tests/golden": "Numbers worked out by hand, and files renewed by one command.",
    "tests/packs": "Reading packs.",
    "tests/pages": "The pages without a browser.",
    "tests/properties": "Laws that hold for every input.",
    "tests/reference": "The method again, written plainly and slowly, to compare with.",
    "tests/schedule": "The worker: on clocks that a test turns, and as real processes.",
    "tests/store": "The journal.",
    "tests/unit": "One piece at a time.",
}


def lines() -> Iterator[str]:
    """Yield the lines of the map."""
    yield "# Map: one line for each file"
    yield ""
    yield "Written by `python docs/renew_map.py`; what it says of a file stands in the file itself."
    for folder, words in {**WHOLE, **TOP}.items():
        yield ""
        yield f"## {folder}/"
        yield ""
        yield words
        yield ""
        yield from (f"- `{name}`: {said}" for name, said in entries(folder))


def entries(folder: str) -> Iterator[tuple[str, str]]:
    """Yield each path below a folder (as the map names it) with what it is."""
    paths = (ROOT / folder).rglob("*") if folder in WHOLE else (ROOT / folder).iterdir()
    for path in sorted(paths):
        name = path.relative_to(ROOT).as_posix()
        if PASSED_OVER.search(name) or (folder in WHOLE and path.is_dir()) or is_empty(path):
            continue
        short = path.relative_to(ROOT / folder).as_posix() + ("/" if path.is_dir() else "")
        yield short, first_sentence(path)


def is_empty(path: Path) -> bool:
    """Tell whether there is nothing to say of a path: git does not keep empty folders."""
    return path.is_dir() and not any(path.iterdir())


def first_sentence(path: Path) -> str:
    """Return what a file says of itself, or what ``WORDS`` says of it.

    Raises:
        LookupError: neither says anything.
    """
    name = path.relative_to(ROOT).as_posix()
    if path.suffix == ".py":
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    elif path.suffix == ".md":
        said = path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
    elif path.suffix == ".yml" and name not in WORDS:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        said = first.lstrip("# ") if first.startswith("#") else ""
    elif path.suffix in (".css", ".js"):
        comment = re.match(r"\s*/\*(.+?)\*/", path.read_text(encoding="utf-8"), re.DOTALL)
        said = comment.group(1) if comment else WORDS.get(name, "")
    else:
        said = WORDS.get(name, "")
    sentence = re.split(r"(?<=[.!?])\s|\n\s*\n", said.strip())[0]
    if not sentence:
        raise LookupError(f"{name} does not say what it is: give it a docstring, or a line in docs/renew_map.py")
    return " ".join(sentence.split())


if __name__ == "__main__":
    MAP.write_text("\n".join(lines()) + "\n", encoding="utf-8")
