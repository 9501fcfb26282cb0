"""Everything that people can write holds a script, a picture and a link elsewhere; pages show it as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from iw_monitor.cli.options import now
from iw_monitor.collect.judgement import RawJudgement
from iw_monitor.collect.validate import RawReport
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.judgement import JudgementKind
from iw_monitor.model.proposal import Waits
from iw_monitor.service.accounts import open_accounts
from iw_monitor.service.alert_desk import overview
from iw_monitor.service.alerting import catch_up
from iw_monitor.service.answering import AlertDesk
from iw_monitor.service.desk import Desk
from iw_monitor.service.judgements import Judging
from iw_monitor.service.log_book import LogBook
from iw_monitor.service.site import Site, open_site
from iw_monitor.store.place import file_url
from tests.accounts_site import PASSWORD, Clock
from tests.browser.demo_server import Walker, free_port
from tests.browser.site_server import fill_in, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

TAG = "<img src=x onerror=document.title=1>"
SCRIPT = f"{TAG} ![p](https://elsewhere.example/p.png) [a](javascript:alert(1)) $x$ :red[r]"
INDICATOR, PROBLEM = "hizballah_activity", "hizballah_entry"
PAGES = (
    "/",
    f"/why?problem={PROBLEM}",
    f"/why?problem={PROBLEM}&state=declaration",
    f"/indicators?indicator={INDICATOR}",
    f"/desk?indicator={INDICATOR}",
    "/desk?view=tray",
    "/alerts",
    "/log",
    "/wall",
)


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


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a journal in which everything that can be written was written by people who mean harm."""
    file = tmp_path_factory.mktemp("hostile") / "journal.db"
    url, clock = file_url(file), Clock(now() - timedelta(hours=6))
    with (
        closing(open_site(clock=clock, pack="multi-front", url=url)) as site,
        open_accounts(url, clock=clock) as accounts,
    ):
        for name in ("ada", "ben"):
            accounts.add_user(
                name, PASSWORD, roles={EVERY_PACK: Role.ADMIN}, display_name=f"{TAG}{name}", author="root", via="cli"
            )
        ada, ben = (
            Actor(name=n, display_name=TAG, roles={EVERY_PACK: Role.ADMIN}, via="local") for n in ("ada", "ben")
        )
        write_everything(site, clock, ada, ben)
    return str(file)


@pytest.fixture(scope="module")
def address(journal: str) -> Iterator[str]:
    with serving(journal, free_port()) as served:
        yield served


def test_what_somebody_wrote_is_shown_as_it_stands_and_never_runs(browser: Browser, address: str) -> None:
    walker = Walker.of(browser, address)
    walker.page.goto(f"{address}/auth/login")
    fill_in(walker.page, "ada")
    walker.page.wait_for_selector(".iw-head")
    for path in PAGES:
        walker.open(path)
        # At the least the name of who is signed in and that of the exercise.
        assert walker.page.locator("body").inner_text().count(TAG) >= 2, path
        assert is_harmless(walker.page), path
    assert walker.troubles == []
    walker.close()


def is_harmless(page: Page) -> bool:
    """Say whether nothing of what somebody wrote became a part of the page."""
    made = page.locator('img[src="x"], [onerror], [src*="elsewhere.example"], a[href^="javascript:"]')
    return made.count() == 0 and page.title() != "1"
