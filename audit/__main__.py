"""``python3 bootstrap.py audit`` and ``python3 bootstrap.py sbom``."""

from __future__ import annotations

import sys
from pathlib import Path

from audit.advisories import advisories
from audit.leaks import leaks
from audit.parts import parts
from audit.tools import Tools, worst

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = {"advisories": advisories, "leaks": leaks, "parts": parts}


def main(asked: list[str]) -> int:
    """Do what is asked, by default everything; return 0, 1 if something is wrong, or 3 if something is left open."""
    unknown = [one for one in asked if one not in COMMANDS]
    if unknown:
        print(f"{', '.join(unknown)}: not one of {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    tools = Tools(root=ROOT)
    return worst([COMMANDS[one](tools, print) for one in asked or COMMANDS])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
