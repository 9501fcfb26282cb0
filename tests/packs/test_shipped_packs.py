"""The packs that are shipped can be used, and their issues are known ones."""

from __future__ import annotations

from iw_monitor.errors import Severity
from iw_monitor.pack.find import shipped_packs
from iw_monitor.pack.load import check_pack

# The method shows these two rather than hides them: non-diagnostic alone, kept as members of a cluster.
KNOWN_ISSUES = {("multi-front", "P902", "iran_rhetoric"), ("multi-front", "P902", "west_bank_jerusalem_unrest")}


def test_every_shipped_pack_loads_and_has_no_issue_but_the_known_ones() -> None:
    found = {
        (name, one.code, one.file.rpartition("/")[2].removesuffix(".yml"))
        for name, folder in shipped_packs().items()
        for one in check_pack(folder)
    }
    assert found == KNOWN_ISSUES


def test_the_articles_pack_is_shipped_whole() -> None:
    from iw_monitor.pack.load import load_pack

    pack = load_pack(shipped_packs()["multi-front"]).pack
    assert len(pack.file.problems) == 4
    assert len([one for one in pack.indicators if not one.extension]) == 23
    assert len(pack.scored) == 22
    assert [one.severity for one in check_pack(shipped_packs()["multi-front"]) if one.severity is Severity.ERROR] == []
