"""Four eyes: what a pack lets stand only when a second officer, who is not the first, has said yes (FEATURES 2.3)."""

from __future__ import annotations

from iw_monitor.errors import AccessDeniedError, InputError
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.judgement import JudgementKind, Stated
from iw_monitor.model.observation import Submission
from iw_monitor.model.pack import Pack
from iw_monitor.service.codes import refused
from iw_monitor.service.permission import require

REMEDY = "Propose it; an approver who is not its author accepts it"


def needs_second(pack: Pack, said: Submission | Stated) -> bool:
    """Say whether a report or a judgement waits for a second officer. "No change" repeats what stands, and does not."""
    rule = pack.file.four_eyes
    if isinstance(said, Submission):
        return rule.holds_report(said.level)
    return said.kind is JudgementKind.DECLARATION and said.level is not None and rule.holds_declaration(said.level)


def held_back(pack: Pack, said: Submission) -> InputError:
    """Return why a report cannot be recorded by one person alone."""
    problem = f"a report of level {said.level} needs a second officer on {pack.id}"
    return refused("S113", "level", problem, remedy=REMEDY)


def require_second(actor: Actor | None, pack: str, *, author: str) -> Actor:
    """Return the actor if it may say yes to what somebody else wrote.

    Raises:
        AccessDeniedError: nobody is signed in, the role is too low, or the actor is the author.
    """
    second = require(actor, Role.APPROVER, pack)
    if is_same(second.name, author):
        raise AccessDeniedError(
            f"{second.display_name} wrote this, and the pack asks for a second person. Ask another approver."
        )
    return second


def is_same(one: str, other: str) -> bool:
    """Say whether two names mean one person, however they are written."""
    return one.strip().casefold() == other.strip().casefold()
