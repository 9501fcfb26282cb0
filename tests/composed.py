"""compose.yaml as it would be run: settings filled in, and what each service is told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.browser.demo_server import free_port

ROOT = Path(__file__).resolve().parents[1]
OURS = "iw-monitor"  # the image
PORT = "8501"  # inside a container; here each has its own
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


@contextmanager
def proxied(webs: Mapping[str, str], name: str, folder: Path) -> Iterator[str]:
    """Run the proxy's own file, with addresses of this machine in it; yield the address that browsers use.

    Args:
        webs: the address of each web process, by the name of its service.
        name: by which browsers come, with a port.
        folder: where its file may lie.
    """
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("needs the proxy of compose.yaml: install Caddy")
    told = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    for service, address in webs.items():
        told = told.replace(f"{service}:{PORT}", address.removeprefix("http://"))
    port, plain = name.rpartition(":")[2], free_port()
    alone = f"{{\n\tadmin off\n\tskip_install_trust\n\thttp_port {plain}\n\thttps_port {port}\n}}\n"
    file = folder / "Caddyfile"
    file.write_text(alone + told, encoding="utf-8")
    command = [caddy, "run", "--config", str(file), "--adapter", "caddyfile"]
    environment = {**os.environ, "SITE_NAME": name}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            yield f"https://{name}"
        finally:
            running.terminate()


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
