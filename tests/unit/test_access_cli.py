"""Accounts by command line, and what `web` wants to know before it serves other machines."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from iw_monitor.access.hashing import Hasher
from iw_monitor.cli import users
from iw_monitor.cli.letting_in import checked_public_url, get_ready_for_others
from iw_monitor.cli.program import app
from iw_monitor.errors import InputError, ReadOnlyDatabaseError
from iw_monitor.service import accounts as service
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from tests.accounts_site import OTHER_PASSWORD, PASSWORD, QUICK, Clock, accounts_on, admission_of

CHANGES = {"user": ["disable", "ada"], "token": ["revoke", "1"]}


@pytest.fixture(autouse=True)
def quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    def quick() -> Hasher:
        return QUICK

    monkeypatch.setattr(service, "Hasher", quick)


@pytest.fixture
def journal(tmp_path: Path) -> str:
    return str(tmp_path / "journal.db")


def user(journal: str, *arguments: str, password: str | None = None) -> Result:
    given = [] if password is None else ["--password-stdin"]
    said = None if password is None else f"{password}\n"
    return CliRunner().invoke(app, ["user", *arguments, *given, "--db", journal, "--author", "root"], input=said)


def listed(journal: str) -> str:
    return CliRunner().invoke(app, ["user", "list", "--db", journal]).stdout


def test_a_user_is_added_changed_disabled_and_enabled(journal: str) -> None:
    assert user(journal, "add", "Ada", "--role", "admin", "--display-name", "Ada L.", password=PASSWORD).exit_code == 0
    assert listed(journal) == "ada (Ada L.): admin on *\n"
    both = user(journal, "role", "ada", "editor", "--pack", "harbour").stdout
    assert both == "ada (Ada L.): admin on *, editor on harbour\n"
    assert user(journal, "role", "ada", "none").stdout == "ada (Ada L.): editor on harbour\n"
    assert user(journal, "password", "ada", password=OTHER_PASSWORD).stdout == "ada: new password; no sessions ended.\n"
    assert user(journal, "sign-out", "ada").stdout == "ada: no sessions ended.\n"
    assert "nobody can sign in any more" in user(journal, "disable", "ada").stderr
    assert listed(journal) == "ada (Ada L.): editor on harbour, disabled\n"
    assert user(journal, "enable", "ada").exit_code == 0


@pytest.mark.parametrize("kind", ["user", "token"])
def test_who_may_only_read_the_journal_can_list_and_not_change(
    journal: str, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    assert user(journal, "add", "ada", "--role", "admin", password=PASSWORD).exit_code == 0
    added = CliRunner().invoke(app, ["token", "add", "ada", "--name", "a script", "--db", journal])
    assert added.exit_code == 0
    monkeypatch.setattr("iw_monitor.store.opening.os.access", lambda _, right: right != os.W_OK)
    shown = CliRunner().invoke(app, [kind, "list", "--db", journal])
    assert (shown.exit_code, "ada" in shown.stdout) == (0, True)
    with pytest.raises(ReadOnlyDatabaseError, match="may not be written"):
        CliRunner().invoke(app, [kind, *CHANGES[kind], "--db", journal], catch_exceptions=False)


def test_what_was_done_stands_in_the_journal_with_who_did_it_and_no_password(journal: str) -> None:
    user(journal, "add", "ada", "--role", "viewer", password=PASSWORD)
    user(journal, "password", "ada", password=OTHER_PASSWORD)
    with Journal.open(f"sqlite:///{journal}", clock=Clock(), read_only=True) as opened:
        entries = list(opened.entries())
    assert [(one.author, one.via, one.content["act"]) for one in entries] == [
        ("root", "cli", "created"),
        ("root", "cli", "password"),
    ]
    for one in entries:
        assert not any(secret in json.dumps(one.as_row()) for secret in (PASSWORD, OTHER_PASSWORD, "argon2"))


@pytest.mark.parametrize("word", ["add", "password"])
def test_no_command_takes_a_password_as_an_argument(word: str) -> None:
    help_text = CliRunner().invoke(app, ["user", word, "--help"]).stdout
    options = set(re.findall(r"--[a-z-]+", help_text))
    assert "--password" not in options
    assert "--password-stdin" in options


def test_a_weak_password_or_a_taken_name_is_refused_with_the_reason(journal: str) -> None:
    weak = user(journal, "add", "ada", "--role", "viewer", password="short")
    assert isinstance(weak.exception, InputError)
    assert "A111 password: has fewer than 12 characters" in str(weak.exception)
    user(journal, "add", "ada", "--role", "viewer", password=PASSWORD)
    taken = user(journal, "add", "ada", "--role", "admin", password=PASSWORD)
    assert "A201" in str(taken.exception)
    assert listed(journal) == "ada: viewer on *\n"


def test_where_nobody_can_be_asked_the_password_must_be_handed_in(journal: str) -> None:
    asked = user(journal, "add", "ada", "--role", "viewer")
    assert asked.exit_code == 2
    assert "--password-stdin" in asked.stderr
    assert listed(journal) == ""


class Terminal(io.StringIO):
    """A standard input that is somebody at a keyboard."""

    def isatty(self) -> bool:
        return True


def test_at_a_keyboard_the_password_is_asked_for_twice_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, dict[str, object]]] = []

    def prompt(text: str, **settings: object) -> str:
        asked.append((text, settings))
        return PASSWORD

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(typer, "prompt", prompt)
    assert users._password(from_stdin=False) == PASSWORD
    ((_, settings),) = asked
    assert settings["hide_input"] is True
    assert settings["confirmation_prompt"]


@pytest.mark.parametrize("url", ["https://watch.example", "http://10.0.0.5:8080", " https://watch.example/ ", ""])
def test_the_address_that_browsers_use_is_a_name_and_perhaps_a_port(url: str) -> None:
    assert checked_public_url(url) == url.strip().rstrip("/")


@pytest.mark.parametrize(
    "url", ["watch.example", "ftp://x", "https://x/path", "https://u@x", "https://", "https://a b"]
)
def test_what_is_no_such_address_is_refused(url: str) -> None:
    with pytest.raises(typer.BadParameter, match=r"Give one such as https://watch\.example"):
        checked_public_url(url)


@pytest.mark.parametrize(
    "arguments",
    [["web", "--host", "0.0.0.0"], ["web", "--public-url", "https://watch.example"], ["up", "--host", "0.0.0.0"]],
)
def test_others_are_not_served_before_there_is_an_account(journal: str, arguments: list[str]) -> None:
    refused = CliRunner().invoke(app, [*arguments, "--db", journal])
    assert refused.exit_code == 2
    assert "iw-monitor user add NAME --role admin" in " ".join(refused.stderr.split())


def test_where_an_identity_provider_vouches_its_way_back_and_its_file_are_asked_for(
    journal: str, tmp_path: Path
) -> None:
    web = ["web", "--db", journal, "--sign-in", "oidc"]
    refused = CliRunner().invoke(app, [*web, "--host", "0.0.0.0"])
    assert refused.exit_code == 2
    assert "Name it with --public-url" in " ".join(refused.stderr.split())
    public = [*web, "--public-url", "https://watch.example"]
    with pytest.raises(InputError, match="A404 sign-in file: signing in by oidc needs a file"):
        CliRunner().invoke(app, public, catch_exceptions=False)
    file = tmp_path / "access.toml"
    file.write_text('[oidc]\nclient_id = "iw"\n[roles.another]\ndesk = "editor"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"A404 oidc\.metadata_url"):
        CliRunner().invoke(app, public, catch_exceptions=False, env={"IW_SIGN_IN_FILE": str(file)})


def test_where_a_proxy_vouches_nobody_is_served_before_it_can_let_anybody_in(journal: str, tmp_path: Path) -> None:
    file = tmp_path / "access.toml"
    proxy = '[proxy]\npeers = ["10.0.0.2"]\nuser_header = "X-User"\nroles_header = "X-Groups"\n'
    file.write_text(f'{proxy}[roles.another]\ndesk = "editor"\n', encoding="utf-8")
    with pytest.raises(InputError, match="A407 roles: gives nobody a role on the pack multi-front"):
        CliRunner().invoke(
            app,
            ["web", "--db", journal, "--sign-in-file", str(file)],
            env={"IW_SIGN_IN": "proxy"},
            catch_exceptions=False,
        )


def test_a_disabled_account_is_none(journal: str) -> None:
    user(journal, "add", "ada", "--role", "admin", password=PASSWORD)
    user(journal, "disable", "ada")
    assert CliRunner().invoke(app, ["web", "--db", journal, "--host", "0.0.0.0"]).exit_code == 2


@pytest.mark.parametrize("is_known", [True, False])
def test_where_another_web_process_would_not_know_who_signed_in_it_is_said_at_the_start(
    journal: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_known: bool
) -> None:
    monkeypatch.setattr(service.Accounts, "are_known_everywhere", is_known)
    with Journal.open(file_url(Path(journal)), clock=Clock()) as opened:
        accounts = accounts_on(opened, Clock())
        get_ready_for_others(
            admission_of(accounts, pack="harbour", bound_to="127.0.0.1", public_url="https://watch.example")
        )
    assert ("give both one IW_SITE_SECRET" in " ".join(capsys.readouterr().err.split())) is not is_known
