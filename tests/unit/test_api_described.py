"""What the API says of itself: complete, true, and the same in the reference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from iw_monitor.api import app as api
from iw_monitor.api import codes
from iw_monitor.api.problems import NAMES
from iw_monitor.api.reference import api_page
from iw_monitor.web.gate import API
from tests.api_site import a_house


@pytest.fixture(scope="module")
def document() -> Mapping[str, Any]:
    return api.document()


def test_the_reference_is_fresh(repository: Path) -> None:
    page = repository / "docs" / "reference" / "api.md"
    assert page.read_text(encoding="utf-8") == api_page(), "renew it with: python docs/renew_api.py"


def test_every_operation_describes_itself_and_each_of_its_answers(document: Mapping[str, Any]) -> None:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert operation["description"].endswith((".", ".)", "`.")), path
            wanted = {"401", "403", "429", "500", "503"} | ({"413", "415", "409"} if method == "post" else set())
            assert wanted <= set(operation["responses"]), path
            for code, told in operation["responses"].items():
                kinds = set(told["content"])
                assert kinds == {"application/problem+json"} if code[0] in "45" else kinds, (path, code)


def test_every_name_in_the_document_leads_somewhere(document: Mapping[str, Any]) -> None:
    held = document["components"]["schemas"]

    def names(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [name for one in part.values() for name in names(one)]
        return [name for one in part for name in names(one)] if isinstance(part, list) else []

    assert {name.removeprefix("#/components/schemas/") for name in names(document)} <= set(held)


def test_every_problem_that_is_answered_has_a_stable_name_and_each_code_a_meaning() -> None:
    assert {status for status in NAMES if status >= 400} == set(NAMES)
    assert list(codes.MEANINGS) == sorted(codes.MEANINGS)
    files = [one for one in Path(codes.__file__).parent.glob("*.py") if one.name != "codes.py"]
    used = {code for one in files for code in re.findall(r'"(R\d{3})"', one.read_text(encoding="utf-8"))}
    assert used == codes.MEANINGS.keys()


def test_no_page_that_would_load_from_elsewhere_is_served() -> None:
    with a_house(looking_needs_token=False) as house:
        visitor = house.caller()
        assert [visitor.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 200]
        assert "http" not in visitor.get("/openapi.json").text.replace("https://port.example", "").replace('http"', "")


def test_the_gate_and_the_api_mean_the_same_address(document: Mapping[str, Any]) -> None:
    assert [f"{one['url']}/" for one in document["servers"]] == [API]
