"""Every code by which something is refused has its meaning, and no two meanings share one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CODE = re.compile(r"\"([A-Z]\d{3})\"")
SOURCE = Path(__file__).resolve().parents[2] / "src" / "iw_monitor"


def _meant(file: str) -> list[str]:
    return re.findall(r"^    \"([A-Z]\d{3})\": ", (SOURCE / file).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("folder", "file"), [("service", "service/codes.py"), ("api", "api/codes.py")])
def test_every_code_of_a_refusal_has_one_meaning(folder: str, file: str) -> None:
    meant = _meant(file)
    letter = meant[0][0]
    used = {
        code
        for path in (SOURCE / folder).rglob("*.py")
        if path.name != "codes.py"
        for code in CODE.findall(path.read_text(encoding="utf-8"))
        if code[0] == letter
    }
    assert used == set(meant)
    assert len(meant) == len(set(meant))
