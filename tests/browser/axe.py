"""What axe-core finds on a page: the rules of WCAG that a machine can try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = ("serious", "critical")
# Streamlit's own navigation on a phone: its list of pages holds a group's items within a div. Its links have their
# names and their order all the same; nothing of ours can give them another element.
NOT_OURS = {"list": '[data-testid="stSidebarNavItems"]', "listitem": '[data-testid="stSidebarNavItems"] li'}


def grave_findings(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical on a page: rule, element, and what is wrong with it."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]}: {_said(node)}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if not _is_streamlits(page, rule["id"], node)
    ]


def _said(node: dict[str, list[dict[str, str]]]) -> str:
    return "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])


def _is_streamlits(page: Page, rule: str, node: dict[str, list[str]]) -> bool:
    if rule not in NOT_OURS:
        return False
    element = page.locator(node["target"][0]).first
    return bool(element.evaluate("(e, ours) => e.matches(ours)", NOT_OURS[rule]))
