"""Finding a pack: by its folder, or by the name of one that is shipped."""

from __future__ import annotations

from pathlib import Path

from iw_monitor.errors import InputError
from iw_monitor.pack import codes
from iw_monitor.pack.folder import PACK_FILE, shown
from iw_monitor.pack.words import did_you_mean
from iw_monitor.resources import shipped_folder

DEFAULT_PACK = "multi-front"


def shipped_packs() -> dict[str, Path]:
    """Return the shipped packs, folder by name; none if this installation lacks them."""
    try:
        folder = shipped_folder("indicators")
    except FileNotFoundError:
        return {}
    return {one.name: one for one in sorted(folder.iterdir()) if (one / PACK_FILE).is_file()}


def find_pack(name_or_dir: str) -> Path:
    """Return the folder of a pack, given as a folder or as the name of a shipped pack; a folder wins.

    Raises:
        InputError: it is neither.
    """
    folder = Path(name_or_dir)
    try:
        if name_or_dir and folder.is_dir():
            return folder
    except ValueError:  # a path with a null character
        pass
    packs = shipped_packs()
    if name_or_dir in packs:
        return packs[name_or_dir]
    remedy = did_you_mean(name_or_dir, packs)
    raise InputError(
        [codes.NO_FOLDER.in_file(shown(folder), "this is neither a folder nor the name of a shipped pack", remedy)]
    )
