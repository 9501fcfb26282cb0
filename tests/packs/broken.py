"""Broken packs: the small good pack in ``base/``, with the change that a folder of ``tests/bad_packs/`` describes.

``change.yml`` says what to do to the copy (``change``), on which day it is checked (``today``), whether it is compared
with the good pack (``against: base``), and where the finding of the folder's code must stand (``finds``): file, line
and field, as the finding prints them.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

BASE = Path(__file__).parent / "base"
BAD_PACKS = Path(__file__).parents[1] / "bad_packs"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenPack:
    """What is done to the good pack, and what must be found."""

    name: str
    change: tuple[Mapping[str, Any], ...]
    finds: tuple[str, ...]
    today: date | None
    is_compared: bool  # with the good pack it was made from

    @property
    def code(self) -> str:
        return self.name.partition("_")[0]

    def make(self, folder: Path) -> None:
        """Write the broken pack to a folder that is not there yet."""
        shutil.copytree(BASE, folder)
        for edit in self.change:
            _apply(folder / edit["file"], edit, folder)


def broken_packs() -> tuple[BrokenPack, ...]:
    """Return every broken pack, by name."""
    return tuple(_read(folder) for folder in sorted(BAD_PACKS.iterdir()) if folder.is_dir())


def _read(folder: Path) -> BrokenPack:
    said = YAML(typ="safe", pure=True).load(folder / "change.yml")
    return BrokenPack(
        name=folder.name,
        change=tuple(said.get("change", ())),
        finds=tuple(said["finds"]),
        today=date.fromisoformat(said["today"]) if "today" in said else None,
        is_compared=said.get("against") == "base",
    )


def _apply(path: Path, edit: Mapping[str, Any], pack: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    match edit:
        case {"replace": old, "by": new}:
            before = path.read_text(encoding="utf-8")
            assert before.count(old) == 1, f"{path.name} holds {old!r} {before.count(old)} times"
            path.write_text(before.replace(old, new), encoding="utf-8")
        case {"append": text}:
            path.write_text(path.read_text(encoding="utf-8") + text * edit.get("times", 1), encoding="utf-8")
        case {"text": text}:
            path.write_text(text, encoding="utf-8")
        case {"bytes": hexadecimal}:
            path.write_bytes(bytes.fromhex(hexadecimal))
        case {"link": target}:
            path.symlink_to(target)
        case {"copy": source}:
            shutil.copy(pack / source, path)
        case {"rename": target}:
            path.rename(pack / target)
        case {"remove": True}:
            _remove(path)
        case _:
            raise AssertionError(f"not a change: {edit}")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
