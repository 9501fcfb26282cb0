"""Channels: the operator's file with its findings, the signed post with its guard, and what is said where."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import apprise
import pytest

from iw_monitor.errors import InputError
from iw_monitor.model.notice import Message, TargetResult
from iw_monitor.publish.channels import codes
from iw_monitor.publish.channels.sending import send
from iw_monitor.publish.channels.settings import Channels, read_channels
from iw_monitor.publish.channels.signing import is_signed
from iw_monitor.publish.of_notices import notice_html, notice_text
from iw_monitor.schedule.evaluation import Evaluation
from iw_monitor.schedule.jobs import Result
from iw_monitor.schedule.simulate import run_now
from iw_monitor.schedule.worker import Worker
from iw_monitor.service.alert_desk import overview
from iw_monitor.service.outlets import Outlets
from iw_monitor.service.pinging import ping
from iw_monitor.service.running import OVERDUE_AFTER
from iw_monitor.service.site import Site
from iw_monitor.service.sites import Held
from tests.alerts import a_file, a_firing_site, a_traffic_rule
from tests.builders import MONDAY, AClock, a_site

SECRET = "a secret of sixteen"
HOSTILE = "<script>alert(1)</script>"


@dataclass
class FarEnd:
    """A web server that keeps what it is sent, and answers as a test says."""

    url: str = ""
    answer: int = 200
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@pytest.fixture
def far_end() -> Iterator[FarEnd]:
    kept = FarEnd()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.headers.append({name.lower(): value for name, value in self.headers.items()})
            kept.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(kept.answer)
            self.send_header("Location", f"{kept.url}/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


def a_message(**changes: str) -> Message:
    """Return the message that ``traffic`` fires, on its way to channel ``desk``; say what its rule says otherwise."""
    site, _ = a_firing_site(a_file(a_traffic_rule(**changes)))
    [message] = overview(site).messages
    return message


def a_webhook(url: str, *, allow_private: bool = True) -> Channels:
    plain = {"kind": "webhook", "url": url, "secret": SECRET, "allow_private": allow_private}
    return Channels.model_validate({"channels": {"desk": plain}})


def written(folder: Path, text: str, *, mode: int = 0o600) -> Path:
    path = folder / "channels.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


# --- The file ---

GOOD = f"""
[channels.watch]
kind = "apprise"
urls = ["mailtos://ada:pass@mail.example/?to=watch@example.org"]
[channels.pager]
kind = "webhook"
url = "https://pager.example/iw"
secret = "{SECRET}"
[channels.book]
kind = "file"
path = "alerts.jsonl"
"""
WRONG = {
    "N102": "[channels",
    "N103": '[channels.book]\nkind = "file"\npath = "a"\ncolour = "red"',
    "N104": '[channels.book]\nkind = "file"',
    "N105": '[channels.book]\nkind = "pigeon"',
    "N107": f'[channels.pager]\nkind = "webhook"\nurl = "https://me:pass@pager.example"\nsecret = "{SECRET}"',
    "N108": f'[channels.pager]\nkind = "webhook"\nurl = "http://pager.example"\nsecret = "{SECRET}"',
}


def test_a_good_file_prints_no_secret(tmp_path: Path) -> None:
    channels = read_channels(written(tmp_path, GOOD))
    assert set(channels.channels) == {"watch", "pager", "book"}
    assert "pass" not in repr(channels) and SECRET not in repr(channels)


@pytest.mark.parametrize("code", WRONG)
def test_each_finding_names_what_is_wrong_and_holds_no_secret(tmp_path: Path, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_channels(written(tmp_path, WRONG[code]))
    assert [one.code for one in caught.value.findings] == [code]
    assert "me:pass" not in str(caught.value) and SECRET not in str(caught.value)


def test_a_file_that_others_may_read_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"N106.*chmod 600"):
        read_channels(written(tmp_path, GOOD, mode=0o640))


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="N101"):
        read_channels(tmp_path / "nowhere.toml")


def test_apprise_does_not_post_past_our_guard(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'N107.*kind = "webhook"'):
        read_channels(written(tmp_path, '[channels.chat]\nkind = "apprise"\nurls = ["json://10.0.0.1/"]'))


def test_every_code_has_its_test() -> None:
    assert set(codes.MEANINGS) == {*WRONG, "N101", "N106"}


# --- The signed post ---


def test_a_post_is_signed_and_bears_the_key_of_its_message(far_end: FarEnd) -> None:
    message = a_message()
    assert send(a_webhook(far_end.url), message, now=MONDAY)["http://127.0.0.1"].is_done
    [headers], [body] = far_end.headers, far_end.bodies
    assert headers["idempotency-key"] == message.key
    stamp = headers["x-iw-timestamp"]
    # By hand, as docs/alerting.md tells a receiver.
    by_hand = "v1=" + hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["x-iw-signature"] == by_hand
    assert is_signed(SECRET, int(stamp), body, by_hand)
    assert not is_signed(SECRET, int(stamp) + 1, body, by_hand)
    assert not is_signed(SECRET, int(stamp), body + b" ", by_hand)


def test_a_post_is_the_same_at_every_attempt(far_end: FarEnd) -> None:
    message = a_message()
    for late in (timedelta(0), timedelta(days=1)):
        send(a_webhook(far_end.url), message, now=MONDAY + late)
    assert far_end.bodies[0] == far_end.bodies[1]


def test_the_body_has_the_shape_of_alertmanager(far_end: FarEnd) -> None:
    send(a_webhook(far_end.url), a_message(), now=MONDAY)
    said = json.loads(far_end.bodies[0])
    # Prometheus' documentation, alerting/configuration, webhook_config.
    assert {"version", "groupKey", "status", "receiver", "alerts", "externalURL", "truncatedAlerts"} <= set(said)
    [alert] = said["alerts"]
    assert {"status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"} <= set(alert)
    assert (said["version"], alert["labels"]["alertname"]) == ("4", "traffic")


@pytest.mark.parametrize("answer", [302, 404, 500])
def test_only_an_answer_of_200_to_299_is_a_delivery_and_nothing_is_followed(far_end: FarEnd, answer: int) -> None:
    far_end.answer = answer
    [result] = send(a_webhook(far_end.url), a_message(), now=MONDAY).values()
    assert (result.is_done, result.error) == (False, f"answered {answer}")
    assert len(far_end.bodies) == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "169.254.169.254", "::ffff:10.1.2.3", "fd00::1"])
def test_a_name_that_leads_into_a_private_network_is_not_called(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    public = ("93.184.215.14", 443)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", public), (0, 0, 0, "", (address, 443))])
    [result] = send(a_webhook("https://pager.example/", allow_private=False), a_message(), now=MONDAY).values()
    assert not result.is_done
    assert "private network" in result.error


def test_nobody_at_the_door_is_a_failure_and_no_error() -> None:
    [result] = send(a_webhook("http://127.0.0.1:9/"), a_message(), now=MONDAY).values()
    assert (result.is_done, result.error) == (False, "no answer (ConnectError)")


def test_a_channel_that_the_file_does_not_have_is_a_failure_that_says_so() -> None:
    [result] = send(Channels(), a_message(), now=MONDAY).values()
    assert result == TargetResult(
        target="channel desk", is_done=False, error="is not in the operator's file of channels"
    )


# --- The dead-man ping ---


def held(site: Site) -> Held:
    return Held(name=site.pack.id, site=site)


@pytest.fixture
def pinged(far_end: FarEnd, tmp_path: Path) -> Iterator[tuple[Site, AClock, Outlets]]:
    """Return a site that a worker has just evaluated, its clock, and where its ping goes."""
    file, clock = tmp_path / "channels.toml", AClock()
    file.write_text(f'[dead_man]\nurl = "{far_end.url}/secret-path"\nallow_private = true\n', encoding="utf-8")
    file.chmod(0o600)
    site = a_site(clock=clock)
    run_now(Worker(site, lambda _: (Evaluation(act=lambda _: Result()),), name="one", version="1"))
    yield site, clock, Outlets(channels=file)
    site.close()


def test_a_site_that_is_evaluated_calls_its_dead_man_address_and_one_that_is_not_stays_silent(
    pinged: tuple[Site, AClock, Outlets], far_end: FarEnd
) -> None:
    site, clock, outlets = pinged
    assert ping([held(site)], outlets=outlets) == ""
    assert len(far_end.bodies) == 1
    clock.at += OVERDUE_AFTER + timedelta(seconds=1)
    assert ping([held(site)], outlets=outlets).endswith("nothing was evaluated for too long")
    assert len(far_end.bodies) == 1


def test_one_pack_that_nobody_evaluates_keeps_the_ping_of_all_from_being_sent(
    pinged: tuple[Site, AClock, Outlets], far_end: FarEnd
) -> None:
    site, _, outlets = pinged
    unusable = Held(name="dunes", site=None)
    assert ping([held(site), unusable], outlets=outlets).endswith("not sent: the pack dunes cannot be used")
    late = AClock(at=MONDAY + OVERDUE_AFTER + timedelta(seconds=1))
    alone = held(Site(site._watch, site.journal, late))
    assert ping([held(site), alone], outlets=outlets).endswith("nothing of harbour was evaluated for too long")
    assert far_end.bodies == []


def test_a_ping_that_fails_says_so_without_the_address_it_called(
    pinged: tuple[Site, AClock, Outlets], far_end: FarEnd
) -> None:
    site, _, outlets = pinged
    far_end.answer = 503
    assert ping([held(site)], outlets=outlets) == "the dead-man ping fails: http://127.0.0.1 answered 503"


def test_a_dead_man_address_without_encryption_is_refused_unless_the_operator_allows_it(tmp_path: Path) -> None:
    file = tmp_path / "channels.toml"
    file.write_text('[dead_man]\nurl = "http://hc.example/ping"\n', encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(InputError) as refused:
        read_channels(file)
    assert [(one.code, one.field) for one in refused.value.findings] == [("N108", "dead_man.url")]
    said = ping([held(a_site())], outlets=Outlets(channels=file))
    assert said == "the dead-man ping is not sent: the file of channels cannot be used"


# --- apprise ---


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # by apprise, on Python before 3.13
def test_apprise_is_told_once_for_each_target_that_was_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []

    def notify(service: apprise.Apprise, *, title: str, **_: object) -> bool:
        taken.append(title)
        return len(taken) == 1  # the first address takes it

    monkeypatch.setattr(apprise.Apprise, "notify", notify)
    urls = ["ntfy://good.example/a", "ntfy://bad.example/b"]
    channels = Channels.model_validate({"channels": {"desk": {"kind": "apprise", "urls": urls}}})
    results = send(channels, a_message(), now=MONDAY)
    assert [one.is_done for one in results.values()] == [True, False]
    assert not any("example" in name for name in results)  # an address may hold a secret
    send(channels, replace(a_message(), results=results), now=MONDAY)
    assert len(taken) == 3  # both, then the one that was not reached


# --- What is said ---


def test_what_comes_from_outside_is_escaped_in_a_mail() -> None:
    message = a_message(what=HOSTILE, runbook=HOSTILE)
    assert HOSTILE not in notice_html(message.notices)
    assert "&lt;script&gt;" in notice_html(message.notices)
    assert HOSTILE in notice_text(message.notices)


def test_a_text_says_likelihood_and_confidence_in_two_sentences_and_never_a_bare_percentage() -> None:
    said = notice_text(a_message().notices)
    assert "TLP:CLEAR" in said
    assert "Do: Call the harbour master." in said
    for sentence in said.replace("\n", " ").split(". "):
        assert not ("Within" in sentence and "onfidence" in sentence)
