"""compose.yaml as it would be run: settings filled in, and what each service is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
OURS = "iw-monitor"  # the image
_ASKED = re.compile(r"\$\{([A-Z_]+)(?::\?[^}]*)?\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service of the file."""

    name: str
    said: Mapping[str, Any]

    @property
    def is_ours(self) -> bool:
        return bool(self.said["image"] == OURS)

    @property
    def command(self) -> list[str]:
        return [str(word) for word in self.said.get("command", [])]

    @property
    def environment(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.said.get("environment", {}).items()}

    @property
    def networks(self) -> set[str]:
        return set(self.said["networks"])


def text() -> str:
    return (ROOT / "compose.yaml").read_text(encoding="utf-8")


def asked_for() -> set[str]:
    """Return the settings that whoever runs it has to give."""
    return set(_ASKED.findall(text()))


def composed(settings: Mapping[str, str]) -> dict[str, Any]:
    """Return the whole file with its settings filled in."""
    found = YAML(typ="safe", pure=True).load(_ASKED.sub(lambda name: settings[name[1]], text()))
    assert isinstance(found, dict)
    return found


def services(settings: Mapping[str, str]) -> dict[str, Service]:
    return {name: Service(name=name, said=said) for name, said in composed(settings)["services"].items()}
