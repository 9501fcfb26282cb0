"""Where notices leave the house: the operator's file of channels, and the address under which the pages are reached."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHANNELS, PUBLIC_URL = "IW_CHANNELS", "IW_PUBLIC_URL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """``channels`` is None where the operator set none up: then nothing is sent, and the page alone tells.

    The file is read when something is sent, not before: what is wrong with it keeps nothing from being noticed.
    """

    channels: Path | None = None
    public_url: str = ""


def outlets_of(environment: Mapping[str, str] | None = None) -> Outlets:
    """Return what the operator set in the environment, by default this process's own."""
    said = os.environ if environment is None else environment
    path, public = said.get(CHANNELS, ""), said.get(PUBLIC_URL, "")
    return Outlets(channels=Path(path) if path else None, public_url=public.rstrip("/"))
