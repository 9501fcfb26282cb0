"""Several packs behind one door: which is meant, who sees which, and what is told of all of them at once."""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from iw_monitor.api import operating_routes, publishing_routes
from iw_monitor.errors import Finding, InputError
from iw_monitor.model.accounts import EVERY_PACK, Role
from iw_monitor.model.assessment import Headline
from iw_monitor.model.status import PackLine
from iw_monitor.model.tokens import Scope
from iw_monitor.publish.feed_atom import SPACE
from iw_monitor.service.site import Site
from iw_monitor.service.sites import Sites
from iw_monitor.web.gate import Gate
from tests.accounts_site import PASSWORD, add, admission_of
from tests.alerts import report
from tests.api_site import REPORT, House, a_house, findings
from tests.builders import HOUR, AClock, AWatch, a_pack, a_site
from tests.promtool import complaints

WRONG = Finding(code="P104", file="pack.yml", line=4, field="id", problem="is no id", remedy="Mend it")


@pytest.fixture
def house() -> Iterator[House]:
    """Return a house of two packs over one journal: of harbour nothing is known, of dunes much; root may see both."""
    clock = AClock()
    first = a_site(clock=clock)
    dunes = a_site(
        clock=clock, watch=AWatch(a_pack(file={"id": "dunes", "title": "Trouble in the dunes"})), journal=first.journal
    )
    with a_house(site=first, beside=(dunes,)) as found:
        add(found.accounts, "root", Role.ADMIN, pack=EVERY_PACK)
        for one in dunes.pack.scored:
            report(dunes, 4, one.id)
        clock.at += 8 * HOUR  # a level rises after six
        yield found


def dunes_of(house: House) -> Site:
    return house.beside[0]


def operator(house: House, token: str | None = None, *, gated: bool = False) -> TestClient:
    """Return somebody who asks what is not below /api/v1."""
    admission = admission_of(house.accounts, pack="harbour", bound_to="0.0.0.0")
    app = Starlette(
        routes=[*operating_routes(house.entrance), *publishing_routes(house.entrance)],
        middleware=[Middleware(Gate, admission=admission)] if gated else [],
    )
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    return TestClient(app, "http://127.0.0.1", raise_server_exceptions=False, headers=headers)


def all_seeing(house: House) -> str:
    return house.token(Scope.WRITE, owner="root", pack=EVERY_PACK)


def with_a_broken_one(house: House) -> None:
    """Let the house hold a third pack, which cannot be used."""
    opened = {"one": house.site, "two": dunes_of(house)}

    def open_it(pack: str) -> Site:
        if pack not in opened:
            raise InputError([WRONG])
        return opened[pack]

    object.__setattr__(house.entrance, "sites", Sites([*opened, "marsh"], open_it))


# --- Which is meant ---


def test_the_first_pack_is_meant_unless_the_address_names_another(house: House) -> None:
    caller = house.caller(all_seeing(house))
    assert caller.get("/assessment").json()["pack"] == "harbour"
    assert caller.get("/assessment", params={"pack": "dunes"}).json()["pack"] == "dunes"
    assert caller.get("/who", params={"pack": "dunes"}).json()["pack"] == "dunes"
    replayed = caller.get("/replay", params={"from": "2024-05-05", "to": "2024-05-06", "pack": "dunes"})
    assert replayed.status_code == 200


def test_a_report_on_one_pack_leaves_the_other_as_it_was(house: House) -> None:
    caller = house.caller(all_seeing(house))
    before = caller.get("/assessment", params={"pack": "dunes"}).json()
    for _ in range(2):  # once, under its key
        done = caller.post("/observations", json=REPORT, headers={"idempotency-key": "a"})
        assert done.status_code == 201
    assert caller.get("/assessment", params={"pack": "dunes"}).json() == before
    assert len(house.site.observations()) == 1
    there = caller.post("/observations", params={"pack": "dunes"}, json=REPORT, headers={"idempotency-key": "b"})
    assert there.status_code == 201
    assert caller.get("/assessment", params={"pack": "dunes"}).json() != before
    assert len(house.site.observations()) == 1


def test_who_reports_out_of_date_on_another_pack_is_shown_the_values_of_that_pack(house: House) -> None:
    said = house.caller(all_seeing(house)).post("/observations", params={"pack": "dunes"}, json={**REPORT, "seen": ""})
    assert said.status_code == 409
    assert said.json()["conflict"]["theirs"]["level"] == 4


# --- Who sees which ---


def test_a_pack_without_a_role_is_as_if_it_were_not_there(house: House) -> None:
    caller = house.caller(house.token())
    assert [one["id"] for one in caller.get("/packs").json()["packs"]] == ["harbour"]
    hidden, absent = (caller.get("/assessment", params={"pack": pack}) for pack in ("dunes", "moon"))
    assert findings(hidden) == findings(absent) == [("R201", "pack")]
    assert hidden.text.replace("dunes", "moon") == absent.text
    assert findings(caller.post("/observations", params={"pack": "dunes"}, json=REPORT)) == [("R201", "pack")]


def test_a_token_for_the_second_pack_says_which_it_means(house: House) -> None:
    caller = house.caller(house.token(Scope.READ, owner="root", pack="dunes"))
    assert caller.get("/assessment", params={"pack": "dunes"}).status_code == 200
    assert findings(caller.get("/assessment")) == [("R304", "Authorization")]


def test_who_signed_in_reads_the_feed_and_badge_of_their_own_packs_only(house: House) -> None:
    browser = operator(house, gated=True)
    cookie = house.accounts.sign_in("eve", PASSWORD, address="127.0.0.1")
    browser.cookies.set(house.accounts.cookie_name, cookie)
    assert browser.get("/feed.atom").status_code == 200
    for path in ("/feed.atom", "/badge.svg"):
        assert findings(browser.get(path, params={"pack": "dunes"})) == [("R201", "pack")]


# --- All at once ---


def test_all_packs_stand_in_one_list_and_what_cannot_be_seen_not_below_a_middling_level(house: House) -> None:
    with_a_broken_one(house)
    listed = house.caller(all_seeing(house)).get("/packs").json()["packs"]
    assert [one["id"] for one in listed] == ["harbour", "marsh", "dunes"]
    assert listed[0]["headline"]["level"] is None  # NO ASSESSMENT is not a low level
    assert listed[1]["troubles"] == ["the pack cannot be used: 1 things are wrong with it"]
    assert listed[2]["headline"]["level"] <= 3


def test_of_packs_that_are_assessed_the_worst_stands_first_and_a_high_one_above_what_cannot_be_seen() -> None:
    high, low, unseen = (PackLine(name=name, title="", handling="", status=None, findings=()) for name in "hlu")
    levels = {"h": 4, "l": 2}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PackLine, "headline", property(lambda one: _at(levels.get(one.name))))
        assert high.gravity > unseen.gravity > low.gravity


def _at(level: int | None) -> Headline | None:
    return None if level is None else Headline(level=level, word="", problem="p", since=None)


def test_the_status_of_all_is_troubled_by_any_and_that_of_one_by_its_own(house: House) -> None:
    with_a_broken_one(house)
    asker = operator(house, all_seeing(house))
    said: dict[str, Any] = asker.get("/status").json()
    assert said["pack"]["id"] == "harbour"
    assert [one["id"] for one in said["packs"]] == ["harbour", "marsh", "dunes"]
    assert "marsh: the pack cannot be used: 1 things are wrong with it" in said["troubles"]
    alone = asker.get("/status", params={"pack": "dunes"}).json()
    assert alone["pack"]["id"] == "dunes"
    assert "packs" not in alone
    assert findings(asker.get("/status", params={"pack": "marsh"})) == [("R504", "pack")]
    assert asker.get("/readyz").status_code == 200  # the others are served


def test_the_metrics_of_several_packs_bear_their_names_and_those_of_one_do_not(house: House) -> None:
    with_a_broken_one(house)
    asker = operator(house, all_seeing(house))
    families = {one.name: one for one in text_string_to_metric_families(asker.get("/metrics").text)}
    usable = {one.labels["pack"]: one.value for one in families["iw_pack_usable"].samples}
    assert usable == {"harbour": 1, "dunes": 1, "marsh": 0}
    assessed = {one.labels["pack"]: one.value for one in families["iw_assessed"].samples}
    assert assessed == {"harbour": 0, "dunes": 1}
    assert [one.labels for one in families["iw_journal_entries"].samples] == [{}]
    one_of_them = text_string_to_metric_families(asker.get("/metrics", params={"pack": "dunes"}).text)
    assert [one.samples[0].labels for one in one_of_them if one.name == "iw_assessed"] == [{}]


@pytest.mark.slow  # a program of its own
def test_promtool_has_nothing_to_say_about_the_metrics_of_several_packs(house: House) -> None:
    with_a_broken_one(house)
    assert complaints(operator(house, all_seeing(house)).get("/metrics").content) == ""


def test_each_pack_has_a_feed_of_its_own(house: House) -> None:
    asker = operator(house, all_seeing(house))
    first, second = (
        Xml.fromstring(asker.get("/feed.atom", params={"pack": pack}).text) for pack in ("harbour", "dunes")
    )
    assert first.findtext(f"{{{SPACE}}}id") != second.findtext(f"{{{SPACE}}}id")
    links = [one.get("href", "") for one in second.findall(f"{{{SPACE}}}link")]
    assert all(one.endswith("?pack=dunes") for one in links), links
