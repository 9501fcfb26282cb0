"""What the compose file, the image and the proxy's file say exists in the product, and in each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from iw_monitor.api.operating import READY
from iw_monitor.cli.letting_in import checked_public_url
from iw_monitor.cli.program import app
from iw_monitor.store.engine import read_url
from iw_monitor.store.secret import site_secret
from tests.composed import ROOT, Service, asked_for, composed, services

SETTINGS = {"SITE_NAME": "watch.example", "SITE_SECRET": "ab" * 32, "DATABASE_PASSWORD": "c0ffee"}
OURS = [one for one in services(SETTINGS).values() if one.is_ours]
GUIDE = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
CADDYFILE = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")


def parsed(command: list[str]) -> dict[str, Any]:
    """Return what the program understands of a command line, without running it; raise where it does not."""
    program = typer.main.get_command(app)
    while isinstance(program, TyperGroup):
        name, *command = command
        program = program.commands[name]
    return program.make_context("", command).params


def test_it_is_two_web_processes_a_worker_postgresql_and_a_proxy() -> None:
    assert [one.command[0] for one in OURS] == ["web", "web", "worker", "migrate"]
    others = {name: one.said["image"].partition(":")[0] for name, one in services(SETTINGS).items() if not one.is_ours}
    assert others == {"proxy": "caddy", "database": "postgres"}


@pytest.mark.parametrize("service", OURS, ids=lambda one: one.name)
def test_every_command_and_option_in_it_is_one_of_the_program(service: Service) -> None:
    assert parsed(service.command)


@pytest.mark.parametrize("service", OURS, ids=lambda one: one.name)
def test_every_variable_in_it_is_read_by_the_product(service: Service) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert [name for name in service.environment if f'"{name}"' not in source] == []


def test_what_the_variables_say_is_what_the_product_takes() -> None:
    for one in OURS:
        said = one.environment
        assert read_url(said["IW_DATABASE_URL"]).render_as_string(hide_password=False).endswith("@database/watch")
        assert site_secret(said["IW_DATABASE_URL"], said) == bytes.fromhex(SETTINGS["SITE_SECRET"])
        assert checked_public_url(said["IW_PUBLIC_URL"]) == "https://watch.example"
    (database,) = [one for one in services(SETTINGS).values() if one.name == "database"]
    assert database.environment == {"POSTGRES_USER": "watch", "POSTGRES_PASSWORD": SETTINGS["DATABASE_PASSWORD"]}


def test_what_it_names_is_declared_in_it() -> None:
    whole, known = composed(SETTINGS), services(SETTINGS)
    for one in known.values():
        assert set(one.said.get("depends_on", ())) <= known.keys()
        assert one.networks <= whole["networks"].keys()
        for volume in one.said.get("volumes", ()):
            name = volume.partition(":")[0]
            assert name in whole["volumes"] or (ROOT / name).is_file()


def test_only_the_proxy_is_reached_from_outside_and_it_reaches_no_database() -> None:
    known = services(SETTINGS)
    assert [name for name, one in known.items() if "ports" in one.said] == ["proxy"]
    front = {name for name, one in known.items() if "front" in one.networks}
    assert front == {"proxy", "web-1", "web-2"}
    # So whoever tells a web process an address for somebody else is the proxy, or a part of the site itself.
    assert known["proxy"].networks == {"front"}


def test_the_proxy_leads_to_the_web_processes_by_their_names_and_ports() -> None:
    (led_to,) = re.findall(r"reverse_proxy (.+) \{", CADDYFILE)
    webs = [one for one in OURS if one.command[0] == "web"]
    assert led_to.split() == [f"{one.said['hostname']}:{parsed(one.command)['port']}" for one in webs]
    assert [one.name for one in webs] == [one.said["hostname"] for one in webs]
    assert "{$SITE_NAME}" in CADDYFILE
    assert "SITE_NAME" in services(SETTINGS)["proxy"].environment


def test_a_web_process_is_judged_alive_by_one_address_and_led_to_by_another() -> None:
    judged = [one.said["healthcheck"]["test"][-1] for one in OURS if one.command[0] == "web"]
    assert ["/healthz" in one for one in judged] == [True, True]
    assert re.findall(r"health_uri (\S+)", CADDYFILE) == [READY]


def test_every_setting_that_it_asks_for_is_in_the_guide() -> None:
    assert asked_for() == SETTINGS.keys()
    (line,) = re.findall(r"^printf '(.+)' .* > \.env", GUIDE, re.MULTILINE)
    assert {pair.partition("=")[0] for pair in line.split("\\n") if pair} == asked_for()


def test_what_the_guide_runs_in_it_can_be_run() -> None:
    found = re.findall(r"^docker compose run (?:--\S+ )*(\S+) (.+)$", GUIDE, re.MULTILINE)
    assert found
    for service, command in found:
        assert service in {one.name for one in OURS}
        assert parsed(command.split())


# --- The image ---


def copied() -> list[str]:
    """Return what the Dockerfile takes from the repository."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    return [source for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for source in line.split()]


def test_what_the_image_is_made_of_is_there_and_not_held_back() -> None:
    let_through = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(copied()) == sorted(let_through)
    assert [name for name in copied() if not (ROOT / name).exists()] == []


def test_the_image_starts_the_program_of_the_compose_file() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert 'ENTRYPOINT ["iw-monitor"]' in text
    mounted = {volume.partition(":")[2] for one in OURS for volume in one.said["volumes"]}
    assert {Path(place) for place in re.findall(r"XDG_DATA_HOME=(\S+)", text)} == {Path(place) for place in mounted}
