"""The parts of the product as a CycloneDX document: what runs, and what an image holds; each held to the standard."""

from __future__ import annotations

import json
from collections.abc import Callable

from audit.tools import FINE, WRONG, Tools, worst

LOCKS = ("base", "server")
FOLDER = "build/sbom"


def parts(tools: Tools, say: Callable[[str], None]) -> int:
    """Write the parts that each lock names, with their hashes."""
    folder = tools.root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return worst([_written(tools, lock, say) for lock in LOCKS])


def _written(tools: Tools, lock: str, say: Callable[[str], None]) -> int:
    file = f"{FOLDER}/{lock}.cdx.json"
    options = ["--pyproject", "pyproject.toml", "--output-reproducible", "--validate", "--of", "JSON", "-o", file]
    ran = tools.python("cyclonedx_py", "requirements", f"requirements/{lock}.txt", *options)
    if ran.code != 0:
        say(f"FAILED       {file}: {(ran.err.strip().splitlines() or ['it says nothing'])[-1]}")
        return WRONG
    named = json.loads((tools.root / file).read_text(encoding="utf-8"))["components"]
    say(f"parts        {len(named)} packages in {file}")
    return FINE
