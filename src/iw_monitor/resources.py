"""Where the shipped folders are: beside the source in a checkout, inside the package when installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped_folder(name: str) -> Path:
    """Return a folder that is shipped with the program: ``indicators`` or ``dashboard``.

    Raises:
        FileNotFoundError: the installation lacks it.
    """
    candidates = (_PACKAGE / "_ship" / name, _PACKAGE.parents[1] / name)
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"this installation lacks its folder {name}; install iw-monitor again")
