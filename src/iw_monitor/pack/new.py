"""Beginning a pack: a commented skeleton that can be checked and tested at once, and says what is to be written."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

SKELETON = Path(__file__).resolve().parent / "skeleton"
REVIEW_AFTER = timedelta(days=180)
_NAME = re.compile(r"[a-z][a-z0-9-]{1,62}")


def is_pack_name(name: str) -> bool:
    """Return whether a pack may have this id: 2 to 63 small letters, digits and hyphens, a letter first."""
    return _NAME.fullmatch(name) is not None


def write_skeleton(name: str, parent: Path, *, today: date) -> tuple[Path, ...]:
    """Write a new pack to a folder of its name, and return its files.

    Args:
        name: the pack's id.
        parent: made if it is not there.
        today: the pack's T0; it is to be looked at again half a year later.

    Raises:
        ValueError: no pack may have this name.
        FileExistsError: the folder is there already; nothing is written.
        OSError: it cannot be written.
    """
    if not is_pack_name(name):
        raise ValueError(f"{name!r} is not 2 to 63 small letters, digits and hyphens, a letter first")
    words = {"__NAME__": name, "__TODAY__": today.isoformat(), "__REVIEW__": (today + REVIEW_AFTER).isoformat()}
    parent.mkdir(parents=True, exist_ok=True)
    (parent / name).mkdir()
    return tuple(_write(one, parent / name, words) for one in sorted(SKELETON.rglob("*.yml")))


def _write(source: Path, folder: Path, words: dict[str, str]) -> Path:
    text = source.read_text(encoding="utf-8")
    for placeholder, word in words.items():
        text = text.replace(placeholder, word)
    target = folder / source.relative_to(SKELETON)
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    return target
