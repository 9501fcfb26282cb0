"""Everything that people can write holds a script, a picture and a link elsewhere; pages show it as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from iw_monitor.cli.options import now
from iw_monitor.collect.fetching import Around
from iw_monitor.collect.judgement import RawJudgement
from iw_monitor.collect.validate import RawReport
from iw_monitor.errors import IwError
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.judgement import JudgementKind
from iw_monitor.model.proposal import Waits
from iw_monitor.service.accounts import open_accounts
from iw_monitor.service.alert_desk import overview
from iw_monitor.service.alerting import catch_up
from iw_monitor.service.answering import AlertDesk
from iw_monitor.service.collecting import collect
from iw_monitor.service.desk import Desk
from iw_monitor.service.judgements import Judging
from iw_monitor.service.log_book import LogBook
from iw_monitor.service.site import Site, open_site
from iw_monitor.store.place import file_url
from tests.accounts_site import PASSWORD, Clock
from tests.browser.demo_server import Walker, free_port
from tests.browser.hostile_pack import FEED, SCRIPT, TAG, WORDS, hostile_feed, hostile_pack
from tests.browser.site_server import fill_in, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

INDICATOR, PROBLEM = "hizballah_activity", "hizballah_entry"
ADMIN = {EVERY_PACK: Role.ADMIN}
PAGES = (
    "/",
    f"/why?problem={PROBLEM}",
    f"/why?problem={PROBLEM}&state=declaration",
    f"/indicators?indicator={INDICATOR}",
    f"/desk?indicator={INDICATOR}",
    "/desk?view=tray",
    "/desk?indicator=us_carrier_presence",
    "/indicators",
    "/timeline",
    "/reports",
    "/method",
    "/sources",
    "/runs",
    "/packs",
    "/what_if",
    "/scorecard",
    "/alerts",
    "/log",
    "/wall",
)
# Of the whole page: what a payload would have made of it, in words that say what it was.
MADE = """words => [
    ...(window.__harm === undefined ? [] : ["a payload ran"]),
    ...[...document.querySelectorAll('img[src="x"], [onerror], [src*="elsewhere.example"]')].map(e => e.outerHTML),
    ...[...document.scripts].filter(e => e.text.includes("__harm")).map(e => e.outerHTML),
    ...[...document.querySelectorAll("a")].filter(e => /^\\s*javascript:/i.test(e.getAttribute("href")))
        .map(e => e.outerHTML),
    ...[...document.querySelectorAll("body *")].filter(e => words.includes(e.textContent.trim())).map(e => e.outerHTML),
]"""


def report(desk: Desk, level: str, credibility: str = "2", indicator: str = INDICATOR) -> str:
    raw = RawReport(
        indicator=indicator,
        level=level,
        statement=SCRIPT,
        source_name=SCRIPT,
        originator=SCRIPT,
        note=SCRIPT,
        reading="3",
        unit=TAG,
        reliability="B",
        credibility=credibility,
        observed_at=(desk.site.now() - timedelta(hours=1)).isoformat(),
    )
    return desk.record(raw, seen=None).id


def judge(site: Site, who: Actor, kind: JudgementKind, about: str, **said: str) -> str:
    raw = RawJudgement(kind=kind, subject=about, reason=SCRIPT, **said)
    return Judging(site=site, actor=who, via="page").state(raw).id


def write_everything(site: Site, clock: Clock, ada: Actor, ben: Actor) -> None:
    """Write into every field of text that there is."""
    desk, book, alerts = Desk(site, ada), LogBook(site, ada), AlertDesk(site, ada)
    for one in site.pack.scored:
        report(desk, "4", indicator=one.id)
    desk.retract(report(desk, "4"), reason=SCRIPT)
    report(desk, "3")
    desk.confirm(INDICATOR, seen=None, note=SCRIPT)
    weak = report(desk, "4", credibility="6")
    desk.regrade(weak, reliability="C", credibility="3", reason=SCRIPT)
    report(desk, "4", credibility="6")
    judge(site, ada, JudgementKind.DECLARATION, PROBLEM, level="3", until="48h")
    judge(site, ben, JudgementKind.DISSENT, PROBLEM, level="4")
    judge(site, ben, JudgementKind.ESTIMATE, PROBLEM, probability="0.3")
    ended = judge(site, ada, JudgementKind.OVERRIDE, INDICATOR, level="2", until="48h")
    Judging(site=site, actor=ada, via="page").withdraw(ended, reason=SCRIPT)
    judge(site, ada, JudgementKind.OVERRIDE, INDICATOR, level="1", until="48h")
    found = RawReport(
        indicator=INDICATOR,
        level="3",
        statement=SCRIPT,
        source_name=SCRIPT,
        reliability="B",
        credibility="2",
        observed_at=site.now().isoformat(),
    )
    site.propose(found, waits=Waits.REVIEW, author=TAG, via="collector")
    book.note(SCRIPT, about=INDICATOR)
    book.answer(book.note(SCRIPT, is_question=True).id, SCRIPT)
    book.note(SCRIPT, is_question=True)
    LogBook(site, ben).countersign(book.hand_over(remark=SCRIPT).id, remark=SCRIPT)
    book.hand_over(remark=SCRIPT)
    clock.move(hours=5)
    catch_up(site, site.now() - timedelta(hours=6))
    until = site.now() + timedelta(hours=12)
    (first, *_) = overview(site).firing
    alerts.acknowledge(f"{first.alert.rule}/{first.alert.subject}", until=until, reason=SCRIPT, owner=TAG)
    for rule in ("level", "jump"):
        alerts.silence(rule, until=until, comment=SCRIPT)
    alerts.end_silence(overview(site).silences[0].id, reason=SCRIPT)
    alerts.begin_exercise(TAG, until=until)


def take_feed(site: Site, folder: Path) -> None:
    """Ask the source of a feed once; what it sends is a file."""
    file = folder / "feed.xml"
    file.write_text(hostile_feed(format_datetime(site.now() - timedelta(hours=2))), encoding="utf-8")
    done = collect(site, FEED, now=site.now(), around=Around(pack=site.loaded.folder, recorded={FEED: file}))
    assert len(done.proposed) == 2, done


@dataclass(frozen=True)
class Hostile:
    """A site on which everything that can be written was written by people who mean harm."""

    address: str
    pack: Path
    journal: str


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[Hostile]:
    """Serve a pack, a journal and a feed that mean harm, beside a pack that does not."""
    folder = tmp_path_factory.mktemp("hostile")
    pack = hostile_pack(repository / "indicators" / "multi-front", folder)
    file = folder / "journal.db"
    url, clock = file_url(file), Clock(now() - timedelta(hours=6))
    with (
        closing(open_site(clock=clock, pack=str(pack), url=url)) as site,
        open_accounts(url, clock=clock) as accounts,
    ):
        for name in ("ada", "ben"):
            accounts.add_user(name, PASSWORD, roles=ADMIN, display_name=f"{TAG}{name}", author="root", via="cli")
        ada, ben = (Actor(name=n, display_name=TAG, roles=ADMIN, via="local") for n in ("ada", "ben"))
        take_feed(site, folder)
        write_everything(site, clock, ada, ben)
    with serving(str(file), free_port(), "--pack", str(pack), "--pack", "volcano-unrest") as served:
        yield Hostile(served, pack, str(file))


def test_what_somebody_wrote_is_shown_as_it_stands_and_never_runs(browser: Browser, hostile: Hostile) -> None:
    walker = Walker.of(browser, hostile.address)
    walker.page.goto(f"{hostile.address}/auth/login")
    fill_in(walker.page, "ada")
    walker.page.wait_for_selector(".iw-head")
    found = {}
    for path in PAGES:
        walker.open(path)
        # At the least the name of who is signed in and that of the exercise.
        is_shown = walker.page.locator("body").inner_text().count(TAG) >= 2
        found[path] = [*harm(walker.page), *([] if is_shown else ["it is not shown as it stands"])]
    assert {path: made for path, made in found.items() if made} == {}
    assert walker.troubles == []
    walker.close()


def test_the_sign_in_page_makes_nothing_of_a_hostile_name_or_address(browser: Browser, hostile: Hostile) -> None:
    walker = Walker.of(browser, hostile.address)
    walker.page.goto(f"{hostile.address}/auth/login?next={quote('/' + SCRIPT)}")
    assert harm(walker.page) == []
    fill_in(walker.page, SCRIPT)
    walker.page.wait_for_selector("[role=alert]")
    assert harm(walker.page) == []
    assert [one for one in walker.troubles if "status of 4" not in one] == []  # it refused, and says so to the browser
    walker.close()


def test_a_letter_that_turns_what_follows_it_is_not_taken_at_all(hostile: Hostile) -> None:
    ada = Actor(name="ada", display_name="Ada", roles=ADMIN, via="local")
    url = file_url(Path(hostile.journal))
    with (
        closing(open_site(clock=Clock(now()), pack=str(hostile.pack), url=url)) as site,
        pytest.raises(IwError, match=r"202E"),
    ):
        LogBook(site, ada).note("gnp.\u202eexe")


def harm(page: Page) -> list[str]:
    """Return what of what somebody wrote became a part of the page, in any of its frames."""
    return [one for frame in page.frames for one in frame.evaluate(MADE, list(WORDS))]
