"""Public links: made by an approver, kept as a hash, good for the wall and one report, and for nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from typer.testing import CliRunner, Result

from iw_monitor.access import tokens as rules
from iw_monitor.cli.program import app
from iw_monitor.errors import AccessDeniedError, InputError, ReportError, StoreError
from iw_monitor.model.accounts import Role
from iw_monitor.model.links import PublicLink
from iw_monitor.model.snapshot import Format, KeptSnapshot, Layout, Marking
from iw_monitor.model.tokens import Scope
from iw_monitor.service.keeping import keep
from iw_monitor.service.public_links import LinkDesk, PublicLinks, WantedLink, shown_report
from iw_monitor.service.unusable import TOLD_TO_STRANGERS
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from iw_monitor.web import PublicPages
from iw_monitor.web.gate import Gate
from iw_monitor.web.guard import Guard
from tests.accounts_site import Clock, accounts_on, add, admission_of
from tests.api_site import House, a_house, sites_of
from tests.builders import DAY, AWatch, a_pack, a_site
from tests.unit.reports_site import a_snapshot
from tests.unit.test_access_web import Browser, _secret_page, _secret_socket


@pytest.fixture
def watch() -> AWatch:
    """Return the pack that the house shows."""
    return AWatch(a_pack())


@pytest.fixture
def house(watch: AWatch) -> Iterator[House]:
    """Return a site with an approver, cleo, beside ada who edits."""
    with a_house(site=a_site(watch=watch)) as found:
        add(found.accounts, "cleo", Role.APPROVER, pack="harbour")
        yield found


def links_of(house: House, pack: str = "harbour") -> PublicLinks:
    return PublicLinks(house.site.journal, pack, clock=house.clock)


def desk_of(house: House, name: str = "cleo") -> LinkDesk:
    found = next(one for one in house.accounts.users() if one.name == name)
    return LinkDesk(house.site, found.actor, "page", house.clock)


def a_link(house: House, **wanted: Any) -> tuple[str, PublicLink]:
    return desk_of(house).make("cleo", WantedLink(**{"name": "screen in the hall", "life": DAY, **wanted}))


def report(house: House, folder: Path, *forms: Format, layout: Layout = Layout.WATCH) -> KeptSnapshot:
    return keep(house.site, a_snapshot(house.site, layout=layout), formats=forms or [Format.HTML], folder=folder)


# --- A link and its key ---


def test_a_key_opens_its_link_until_it_ends(house: House) -> None:
    key, link = a_link(house)
    assert links_of(house).opened_by(key) == link
    house.clock.move(hours=24)
    assert links_of(house).opened_by(key) is None
    assert links_of(house).links() == ()


def test_what_is_no_key_opens_nothing(house: House) -> None:
    _, link = a_link(house)
    for forged in ("", "iwm_", f"iwm_{'x' * 43}", "cleo", link.id, link.key):
        assert links_of(house).opened_by(forged) is None


def test_a_revoked_link_opens_nothing_at_once(house: House) -> None:
    key, link = a_link(house)
    desk_of(house).revoke(link.id)
    assert links_of(house).opened_by(key) is None


def test_a_link_shows_nothing_once_its_owner_could_not_make_it_any_more(house: House) -> None:
    key, _ = a_link(house)
    house.accounts.disable("cleo", author="root", via="cli")
    assert links_of(house).opened_by(key) is None
    house.accounts.enable("cleo", author="root", via="cli")
    assert links_of(house).opened_by(key) is not None
    house.accounts.set_role("cleo", Role.EDITOR, pack="harbour", author="root", via="cli")
    assert links_of(house).opened_by(key) is None


def test_a_link_to_one_pack_shows_nothing_of_another_on_the_same_journal(house: House) -> None:
    key, _ = a_link(house)
    assert links_of(house, "desert").opened_by(key) is None


def test_a_link_is_no_token_and_a_token_is_no_link(house: House) -> None:
    key, _ = a_link(house)
    assert house.caller(key).get("/assessment").status_code == 401
    assert links_of(house).opened_by(house.token(Scope.READ)) is None


def test_making_and_revoking_stand_in_the_journal_without_what_opens_the_link(house: House) -> None:
    key, link = a_link(house)
    for _ in range(2):  # the second time nothing is left to do
        desk_of(house).revoke(link.id)
    told = [json.loads(one.body) for one in house.site.journal.entries() if '"link"' in one.body]
    assert [(one["act"], one["name"], one["after"]["link"]) for one in told] == [
        ("public link added", "cleo", link.id),
        ("public link revoked", "cleo", link.id),
    ]
    written = json.dumps(told)
    assert key not in written
    assert rules.key_of(key) not in written


def test_when_a_link_was_used_last_is_noted_now_and_then(house: House) -> None:
    key, _ = a_link(house)
    links = links_of(house)
    moments = []
    for _ in range(3):
        links.opened_by(key)
        moments.append(links.links()[0].used_at)
        house.clock.move(minutes=3)
    assert moments[0] == moments[1] != moments[2]


# --- Who may make one, and of what ---


def test_what_is_wrong_with_a_link_is_said(house: House) -> None:
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("nobody", {}, "A202"),
        ("ada", {}, "A305 owner: ada does not have the role approver"),
        ("cleo", {"name": " "}, "A301 name: it is not said what a public link is for"),
        ("cleo", {"life": timedelta(days=367)}, "A302 expires: a public link lasts"),
    ]
    for owner, changed, says in wrong:
        with pytest.raises(InputError, match=says):
            desk_of(house).make(owner, WantedLink(**{"name": "x", **changed}))
    assert links_of(house).links() == ()


def test_an_editor_neither_makes_nor_revokes_one(house: House) -> None:
    _, link = a_link(house)
    assert not desk_of(house, "ada").may_make
    with pytest.raises(AccessDeniedError, match="role approver"):
        desk_of(house, "ada").make("cleo", WantedLink(name="x"))
    with pytest.raises(AccessDeniedError, match="role approver"):
        desk_of(house, "ada").revoke(link.id)


def test_a_link_that_is_not_there_cannot_be_revoked(house: House) -> None:
    with pytest.raises(InputError, match="A306"):
        desk_of(house).revoke("none")


def test_a_link_cannot_be_made_below_the_packs_marking_nor_for_a_report_that_is_not_there(
    house: House, watch: AWatch
) -> None:
    with pytest.raises(ReportError, match="There is no such report"):
        a_link(house, snapshot="none")
    watch.pack = a_pack(file={"handling": "TLP:AMBER"})
    with pytest.raises(ReportError, match="TLP:AMBER may not go to a public link"):
        a_link(house)
    assert a_link(house, up_to=Marking.AMBER)


# --- The report ---


def test_a_link_shows_the_newest_report_that_is_for_everybody(house: House, tmp_path: Path) -> None:
    _, link = a_link(house)
    with pytest.raises(ReportError, match="No report has been made yet"):
        shown_report(house.site, link)
    made = report(house, tmp_path / "1", Format.JSON, Format.HTML)
    house.clock.move(hours=1)
    report(house, tmp_path / "2", layout=Layout.HANDOVER)
    report(house, tmp_path / "3", Format.CSV)
    name, form, content = shown_report(house.site, link)
    assert (name, form) == (made.by_format[Format.HTML].name, Format.HTML)
    assert made.record.content_hash[:8].encode() in content


def test_a_link_made_for_a_report_shows_that_one(house: House, tmp_path: Path) -> None:
    made = report(house, tmp_path / "1", layout=Layout.HANDOVER)
    _, link = a_link(house, snapshot=made.id)
    report(house, tmp_path / "2")
    assert shown_report(house.site, link)[0] == made.by_format[Format.HTML].name


def test_a_link_shows_nothing_that_is_marked_higher_meanwhile(house: House, watch: AWatch, tmp_path: Path) -> None:
    _, link = a_link(house)
    report(house, tmp_path)
    watch.pack = a_pack(file={"handling": "TLP:RED"})
    with pytest.raises(ReportError, match="TLP:RED may not go to a public link"):
        shown_report(house.site, link)


# --- What a browser gets ---


def browser_at(house: House) -> Browser:
    """Return a browser at a guarded site that others reach."""
    admission = admission_of(house.accounts, pack="harbour", bound_to="0.0.0.0", clock=house.clock)
    pages = PublicPages(admission, sites_of(house.site))
    routes = [*pages.routes, Route("/{rest:path}", _secret_page, methods=["GET", "PUT", "POST"])]
    guard = Middleware(Guard, bound_to="0.0.0.0", scripts=())
    app = Starlette(
        routes=[*routes, WebSocketRoute("/{rest:path}", _secret_socket)],
        middleware=[guard, Middleware(Gate, admission=admission)],
    )
    return Browser(app)


def test_a_link_opens_the_wall_and_its_socket(house: House) -> None:
    key, link = a_link(house)
    browser = browser_at(house)
    assert browser.socket() == "websocket.close"
    opened = browser.post("/public", {"key": key})
    assert (opened.status, opened.headers["location"]) == (303, "/wall")
    (cookie,) = opened.cookies
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"expires={link.expires_at:%a, %d %b %Y %H:%M:%S} GMT" in cookie
    assert browser.get("/wall").body == "the secret page"
    assert browser.get("/wall/_stcore/health").status == 200  # is not refused; Streamlit itself has no such page
    assert browser.socket() == "websocket.accept"


def test_a_link_opens_nothing_else(house: House) -> None:
    key, _ = a_link(house)
    browser = browser_at(house)
    browser.post("/public", {"key": key})
    pages = ("/", "/why", "/desk", "/reports", "/start", "/wall/", "/wall/x", "/walls", "/../desk", "/wall/../desk")
    files = ("/feed.atom", "/feed.json", "/badge.svg", "/snapshots/x/html", "/media/x.png", "/component/x")
    assert {path: browser.get(path).status for path in (*pages, *files)} == dict.fromkeys((*pages, *files), 303)
    assert browser.post("/wall", {}).status == 401
    assert browser.post("/_stcore/upload_file/x", {}).status == 401


def test_a_link_that_was_revoked_closes_the_wall_and_its_socket(house: House) -> None:
    key, link = a_link(house)
    browser = browser_at(house)
    browser.post("/public", {"key": key})
    desk_of(house).revoke(link.id)
    assert browser.get("/wall").status == 303
    assert browser.get("/public/report").status == 403
    assert browser.socket() == "websocket.close"


def test_a_key_stands_in_no_address_and_in_no_answer_and_nothing_is_kept(house: House, tmp_path: Path) -> None:
    report(house, tmp_path)
    key, _ = a_link(house)
    browser = browser_at(house)
    form = browser.get("/public")
    answers = [form, browser.post("/public", {"key": key}), browser.get("/public/report")]
    assert [one.status for one in answers] == [200, 303, 200]
    for one in answers:
        assert one.headers["cache-control"] == "no-store"
        assert key not in one.body
        assert key not in one.headers.get("location", "")
    assert 'method="post" action="/public"' in form.body
    assert "location.hash" in browser.get("/public/open.js").body


def test_a_link_that_is_not_good_says_so_and_leaves_no_cookie(house: House) -> None:
    answer = browser_at(house).post("/public", {"key": f"iwm_{'x' * 43}"})
    assert (answer.status, answer.cookies) == (403, [])
    assert "has expired, or was revoked" in answer.body


@pytest.mark.parametrize("page", ["/public", "/public/report"])
def test_a_guest_is_not_told_where_a_journal_lies_that_cannot_be_used(
    house: House, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    def gone(*_: object) -> None:
        raise StoreError("The journal /srv/iw/journal.db is gone.")

    key, _ = a_link(house)
    browser = browser_at(house)
    browser.post("/public", {"key": key})
    monkeypatch.setattr(PublicLinks, "opened_by", gone)
    answer = browser.get(page) if page == "/public/report" else browser.post(page, {"key": key})
    assert answer.status == 503
    assert TOLD_TO_STRANGERS in answer.body
    assert "/srv/iw" not in answer.body


def test_pages_of_other_sites_open_no_link(house: House) -> None:
    key, _ = a_link(house)
    assert browser_at(house).post("/public", {"key": key}, origin="http://evil.example").status == 403


def test_where_there_is_no_report_the_page_says_so(house: House) -> None:
    key, _ = a_link(house)
    browser = browser_at(house)
    browser.post("/public", {"key": key})
    answer = browser.get("/public/report")
    assert answer.status == 404
    assert "No report has been made yet" in answer.body


def test_who_signed_in_keeps_all_pages_beside_a_link(house: House) -> None:
    key, _ = a_link(house)
    admission = admission_of(house.accounts, pack="harbour", bound_to="0.0.0.0", clock=house.clock)
    browser = browser_at(house)
    browser.post("/public", {"key": key})
    cookie = house.accounts.sign_in("cleo", "seven grey herons", address="")
    browser.cookies[admission.accounts.cookie_name] = cookie
    assert browser.get("/desk").body == "the secret page"


# --- On the command line ---


def test_the_address_is_printed_once_the_link_listed_and_revoked(tmp_path: Path, monkeypatch: Any) -> None:
    file = str(tmp_path / "journal.db")
    with Journal.open(file_url(Path(file)), clock=Clock()) as journal:
        add(accounts_on(journal, Clock()), "cleo", Role.APPROVER)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["link", *arguments, "--db", file])

    monkeypatch.setenv("IW_AUTHOR", "root")
    added = run("add", "cleo", "--name", "hall", "--public-url", "https://watch.example")
    place, _, key = added.stdout.strip().partition("#")
    assert place == "https://watch.example/public"
    assert rules.is_token(key)
    listed = run("list").stdout
    assert key not in listed + added.stderr
    found = re.match(
        r"(\w{12}) \(hall\): of cleo, made .*, shows the wall and the newest report up to TLP:CLEAR, ", listed
    )
    assert found, listed
    assert run("revoke", found[1]).stdout == f"{found[1]} (hall, of cleo) is revoked.\n"
    assert run("list").stdout == ""
