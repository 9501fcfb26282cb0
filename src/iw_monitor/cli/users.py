"""Accounts: user add, list, role, password, disable, enable, sign-out. No password is ever an argument."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from iw_monitor.cli.opening import opened_store
from iw_monitor.cli.options import AuthorOption, DatabaseOption, author_of
from iw_monitor.cli.saying import say

if TYPE_CHECKING:
    from iw_monitor.model.accounts import Role, User
    from iw_monitor.service.accounts import Accounts

VIA = "cli"

user = typer.Typer(
    help="Who may sign in, and what they may do.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


class RoleWord(StrEnum):
    """A role, or none."""

    VIEWER = "viewer"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMIN = "admin"
    NONE = "none"


NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What the user signs in with.")]
OfPackOption = Annotated[
    str, typer.Option("--pack", metavar="ID|*", help="The id of the pack the role is for; * for every pack.")
]
StdinOption = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from the first line of the standard input.")
]


@user.command("add")
def add(
    name: NameArgument,
    *,
    role: Annotated[RoleWord, typer.Option("--role", help="What the user may do.")],
    pack: OfPackOption = "*",
    display_name: Annotated[str, typer.Option("--display-name", help="What is shown; by default the name.")] = "",
    password_stdin: StdinOption = False,
    author: AuthorOption = "",
    db: DatabaseOption = "",
) -> None:
    """Add a user. The password is asked for twice."""
    who = author_of(author)
    with _accounts(db) as accounts:
        plain = accounts.check_new(name)
        added = accounts.add_user(
            plain,
            _password(from_stdin=password_stdin),
            roles=_roles(role, pack),
            display_name=display_name,
            author=who,
            via=VIA,
        )
        typer.echo(_line(added))


@user.command("list")
def list_(db: DatabaseOption = "") -> None:
    """List all users with their roles."""
    with _accounts(db, writing=False) as accounts:
        found = accounts.users()
    for one in found:
        typer.echo(_line(one))
    if not found:
        say("No user yet. Add one with: iw-monitor user add NAME --role admin")


@user.command("role")
def role_(
    name: NameArgument,
    role: Annotated[RoleWord, typer.Argument(metavar="ROLE", help="viewer, editor, approver, admin, or none.")],
    *,
    pack: OfPackOption = "*",
    author: AuthorOption = "",
    db: DatabaseOption = "",
) -> None:
    """Give a user another role on a pack, or none."""
    who = author_of(author)
    with _accounts(db) as accounts:
        given = _roles(role, pack).get(pack)
        typer.echo(_line(accounts.set_role(name, given, pack=pack, author=who, via=VIA)))


@user.command("password")
def password(
    name: NameArgument, *, password_stdin: StdinOption = False, author: AuthorOption = "", db: DatabaseOption = ""
) -> None:
    """Set a new password, which signs the user out everywhere."""
    who = author_of(author)
    with _accounts(db) as accounts:
        one = accounts.user(name)
        ended = accounts.set_password(one.name, _password(from_stdin=password_stdin), author=who, via=VIA)
        typer.echo(f"{one.name}: new password; {_sessions(ended)} ended.")


@user.command("disable")
def disable(name: NameArgument, *, author: AuthorOption = "", db: DatabaseOption = "") -> None:
    """Let a user not sign in any more, and sign them out.

    Nobody is removed, since the journal names them.
    """
    who = author_of(author)
    with _accounts(db) as accounts:
        typer.echo(_line(accounts.disable(name, author=who, via=VIA)))
        if not accounts.has_users():
            say("Warning: nobody can sign in any more.")


@user.command("enable")
def enable(name: NameArgument, *, author: AuthorOption = "", db: DatabaseOption = "") -> None:
    """Let a disabled user sign in again."""
    who = author_of(author)
    with _accounts(db) as accounts:
        typer.echo(_line(accounts.enable(name, author=who, via=VIA)))


@user.command("sign-out")
def sign_out(name: NameArgument, *, author: AuthorOption = "", db: DatabaseOption = "") -> None:
    """Sign a user out everywhere."""
    who = author_of(author)
    with _accounts(db) as accounts:
        typer.echo(f"{name}: {_sessions(accounts.sign_out_user(name, author=who, via=VIA))} ended.")


@contextmanager
def _accounts(db: str, *, writing: bool = True) -> Iterator[Accounts]:
    from iw_monitor.service.accounts import open_accounts

    with opened_store(open_accounts, db, writing=writing) as accounts:
        yield accounts


def _roles(word: RoleWord, pack: str) -> dict[str, Role]:
    from iw_monitor.model.accounts import Role

    return {} if word is RoleWord.NONE else {pack: Role.named(word.value)}


def _password(*, from_stdin: bool) -> str:
    """Return a password that was typed twice, or stands in the first line of the standard input.

    Raises:
        typer.BadParameter: there is nobody to ask.
    """
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise typer.BadParameter("there is nobody to ask for a password here. Hand it in with --password-stdin.")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True))


def _line(one: User) -> str:
    roles = ", ".join(f"{role} on {pack}" for pack, role in one.roles.items()) or "no role"
    shown = f" ({one.display_name})" if one.display_name != one.name else ""
    where = "" if one.identity is None else f", signs in at {one.identity.issuer}"
    return f"{one.name}{shown}: {roles}{where}{'' if one.is_enabled else ', disabled'}"


def _sessions(number: int) -> str:
    return f"{number or 'no'} session{'' if number == 1 else 's'}"
