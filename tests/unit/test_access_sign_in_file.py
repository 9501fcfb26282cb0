"""The sign-in file is read strictly: all that is wrong at once, where it stands, and no secret in any message."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from iw_monitor.access.role_table import RoleTable
from iw_monitor.access.sign_in_file import read_sign_in_file
from iw_monitor.errors import InputError
from iw_monitor.model.accounts import Role, Way
from iw_monitor.service.sign_in_settings import SignIn, read_sign_in

SECRET = "the client's own secret"
OIDC = """[oidc]
metadata_url = "https://id.example/.well-known/openid-configuration"
client_id = "iw"
"""
PROXY = """[proxy]
peers = ["10.0.0.2", "fd00::/64"]
user_header = "X-Forwarded-User"
roles_header = "X-Forwarded-Groups"
"""
ROLES = """
[roles."*"]
watch-officers = "viewer"

[roles.harbour]
"the desk" = "editor"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "access.toml"


def read(file: Path, text: str, way: Way, **environment: str) -> SignIn:
    file.write_text(text, encoding="utf-8")
    return read_sign_in(way, file, packs=["harbour"], environment=environment)


def said(file: Path, text: str, way: Way = Way.OIDC, **environment: str) -> list[str]:
    """Return what is wrong, one line for each, without the folder."""
    with pytest.raises(InputError) as refused:
        read(file, text, way, **environment)
    return [str(one).removeprefix(f"{file.parent.as_posix()}/") for one in refused.value.findings]


def test_accounts_kept_here_need_no_file() -> None:
    assert read_sign_in(Way.LOCAL, None, packs=["harbour"], environment={}) == SignIn()


def test_an_identity_provider_is_read_with_its_secret_from_the_environment_which_is_never_shown(file: Path) -> None:
    found = read(file, OIDC + ROLES, Way.OIDC, IW_OIDC_CLIENT_SECRET=SECRET)
    assert found.oidc is not None
    assert found.oidc.client_secret == SECRET
    assert SECRET not in repr(found)
    assert found.oidc.rules.table == RoleTable(
        {"*": {"watch-officers": Role.VIEWER}, "harbour": {"the desk": Role.EDITOR}}
    )


def test_a_secret_may_lie_in_a_file_beside_that_only_its_owner_may_read(file: Path) -> None:
    kept = file.with_name("secret")
    kept.write_text(f"{SECRET}\n", encoding="utf-8")
    kept.chmod(0o600)
    text = OIDC + 'client_secret_file = "secret"\n' + ROLES
    found = read(file, text, Way.OIDC)
    assert found.oidc is not None
    assert found.oidc.client_secret == SECRET
    if os.name == "posix":
        kept.chmod(0o640)
        (line,) = said(file, text)
        assert "A406 oidc.client_secret_file: may be read by others on this machine" in line
        assert line.startswith("access.toml:4: ")
        assert SECRET not in line


@pytest.mark.parametrize(("content", "says"), [(None, "cannot be read: No such file"), ("", "is empty")])
def test_a_secret_that_is_not_there_is_said(file: Path, content: str | None, says: str) -> None:
    if content is not None:
        file.with_name("secret").write_text(content, encoding="utf-8")
        file.with_name("secret").chmod(0o600)
    (line,) = said(file, OIDC + 'client_secret_file = "secret"\n' + ROLES)
    assert f"A406 oidc.client_secret_file: {says}" in line


def test_a_proxy_needs_a_secret_only_if_it_is_to_send_one(file: Path) -> None:
    assert read(file, PROXY + ROLES, Way.PROXY).proxy is not None
    sends = PROXY + 'secret_header = "X-Proxy-Secret"\n' + ROLES
    assert "A406 proxy.secret_file: is not given, and IW_PROXY_SECRET is not set" in said(file, sends, Way.PROXY)[0]
    found = read(file, sends, Way.PROXY, IW_PROXY_SECRET=SECRET)
    assert found.proxy is not None
    assert found.proxy.secret == SECRET
    assert SECRET not in repr(found)


def test_everything_that_is_wrong_is_said_at_once_with_its_line(file: Path) -> None:
    text = """[oidc]
metadata_url = "http://id.example/x"
client_secret = "plain in the file"
roles_claim = "groups["
max_age_hours = 0

[proxy]
peers = ["proxy.example"]
user_header = "X-IW-Pass"
roles_header = "Cookie"

[roles."*"]
desk = "editr"

[rules]
"""
    lines = said(file, text)
    assert [line.partition(" ")[2].partition(":")[0] for line in lines] == [
        "A405 oidc.metadata_url",
        "A404 oidc.client_id",
        "A405 oidc.roles_claim",
        "A405 oidc.max_age_hours",
        "A403 oidc.client_secret",
        "A405 proxy.peers.0",
        "A405 proxy.user_header",
        "A405 proxy.roles_header",
        "A405 roles.*.desk",
        "A403 rules",
    ]
    assert [int(line.split(":")[1]) for line in lines] == [2, 1, 4, 5, 3, 8, 9, 10, 13, 15]
    assert "begins with https://" in lines[0]
    assert "is not a role; use one of viewer, editor, approver, admin" in lines[8]
    assert not any("plain in the file" in line for line in lines)


def test_text_that_is_no_toml_is_said_with_its_line(file: Path) -> None:
    (line,) = said(file, '[oidc]\nclient_id = "iw\n')
    assert line.startswith("access.toml:2: A402 is not TOML")


@pytest.mark.parametrize("way", [Way.OIDC, Way.PROXY])
def test_without_a_file_or_its_table_it_is_said_what_is_missing(file: Path, way: Way) -> None:
    with pytest.raises(InputError, match=f"A404 sign-in file: signing in by {way} needs a file"):
        read_sign_in(way, None, packs=["harbour"], environment={})
    assert f"A404 {way}: the table [{way}] is missing" in said(file, ROLES, way)[0]


def test_a_file_that_gives_nobody_a_role_on_the_pack_is_refused(file: Path) -> None:
    (line,) = said(file, OIDC + '[roles.desert]\ndesk = "admin"\n', IW_OIDC_CLIENT_SECRET=SECRET)
    assert "A407 roles: gives nobody a role on the pack harbour" in line
    assert '[roles."*"]' in line


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for bad in (tmp_path / "nowhere.toml", tmp_path):
        with pytest.raises(InputError, match="A401"):
            read_sign_in(Way.OIDC, bad, packs=["harbour"], environment={})
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"\xff")
    with pytest.raises(InputError, match="A401"):
        read_sign_in(Way.OIDC, latin, packs=["harbour"], environment={})
    latin.write_bytes(b"#" * 70_000)
    with pytest.raises(InputError, match="larger than 64 KiB"):
        read_sign_in(Way.OIDC, latin, packs=["harbour"], environment={})


@pytest.mark.parametrize("url", ["http://127.0.0.1:9400/x", "http://localhost/x", "https://id.example/x"])
def test_plain_http_is_for_this_machine_alone(url: str) -> None:
    text = OIDC.replace("https://id.example/.well-known/openid-configuration", url) + ROLES
    assert read_sign_in_file(text, name="x").oidc is not None
