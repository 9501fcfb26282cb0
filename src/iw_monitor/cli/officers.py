"""The officers' verbs: declare, dissent, override, estimate, withdraw, and deciding on what waits."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from iw_monitor.cli.opening import opened_site
from iw_monitor.cli.options import (
    DEFAULT_PACK,
    AuthorOption,
    DatabaseOption,
    PackOption,
    end_of_day_or_instant,
    owner_of,
)
from iw_monitor.cli.saying import WAITS_FOR_SECOND, say, say_findings
from iw_monitor.errors import InputError
from iw_monitor.publish.times import iso

if TYPE_CHECKING:
    from iw_monitor.service.judgements import RawJudgement

VIA = "cli"

ProblemArgument = Annotated[str, typer.Argument(metavar="PROBLEM", help="Its id in the pack.")]
LevelArgument = Annotated[str, typer.Argument(metavar="LEVEL", help="1 to 5, or its word.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]
UntilOption = Annotated[
    str, typer.Option("--until", metavar="T", help="When it ends: an instant, a day, or a duration such as 48h or P3D.")
]
SeenOption = Annotated[
    str, typer.Option("--seen", metavar="ID", help="The newest one you saw; refused if there is a newer one.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of text.")]


def declare(
    *,
    problem: ProblemArgument,
    level: LevelArgument,
    reason: ReasonOption,
    until: UntilOption,
    seen: SeenOption = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Declare a problem's level: what the watch goes by, beside what is recommended."""
    raw = _raw("DECLARATION", problem, level=level, reason=reason, until=until)
    _state(raw, pack, db, author, seen=seen)


def dissent(
    *,
    problem: ProblemArgument,
    level: LevelArgument,
    reason: ReasonOption,
    until: UntilOption = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Hold another level of a problem: shown by name, never averaged in."""
    _state(_raw("DISSENT", problem, level=level, reason=reason, until=until), pack, db, author)


def override(
    *,
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Its id in the pack.")],
    level: Annotated[str, typer.Argument(metavar="LEVEL", help="0 to 4, by the indicator's anchors.")],
    reason: ReasonOption,
    until: UntilOption,
    seen: SeenOption = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Override an indicator's level: shown beside the computed one, and no collector can undo it."""
    _state(_raw("OVERRIDE", indicator, level=level, reason=reason, until=until), pack, db, author, seen=seen)


def estimate(
    *,
    problem: ProblemArgument,
    probability: Annotated[str, typer.Argument(metavar="PROBABILITY", help="Your own: 0.3 or 30 %.")],
    reason: ReasonOption,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Log your own probability of a problem: kept beside the model's, and scored in the same way."""
    _state(_raw("ESTIMATE", problem, probability=probability, reason=reason), pack, db, author)


def withdraw(
    *,
    judgement: Annotated[str, typer.Argument(metavar="ID", help="Of the judgement, as judgements prints it.")],
    reason: ReasonOption,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """End a judgement before its time. It stays in the journal."""
    from iw_monitor.service.judgements import Judging

    who = owner_of(author)
    with opened_site(pack, db, writing=True) as site:
        done = Judging(site=site, actor=who, via=VIA).withdraw(judgement, reason=reason)
        typer.echo(f"Withdrawn by {done.author} at {iso(done.recorded_at)}.")


def judgements(
    *,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", metavar="T", parser=end_of_day_or_instant, help="Those that stood then. Default: now."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that stand no longer, too.")] = False,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    json: JsonOption = False,
) -> None:
    """Print what people state beside what is computed."""
    from iw_monitor.publish.of_judgements import judgement_line, judgements_json

    with opened_site(pack, db) as site:
        found = site.judgements() if everything else site.standing(as_of)
    typer.echo(judgements_json(found) if json else "\n".join(map(judgement_line, found)) or "Nobody states anything.")


def tray(
    *,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    json: JsonOption = False,
) -> None:
    """Print the proposals that wait for a person; reports graded too low are named by assess."""
    from iw_monitor.publish.of_judgements import proposal_line, proposals_json

    with opened_site(pack, db) as site:
        found = [one for one in site.proposals() if one.is_open]
    typer.echo(proposals_json(found) if json else "\n".join(map(proposal_line, found)) or "Nothing waits.")


def accept(
    *,
    proposal: Annotated[str, typer.Argument(metavar="ID", help="Of the proposal, as tray prints it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    level: Annotated[str, typer.Option("--level", help="Another level than was proposed.")] = "",
    reliability: Annotated[str, typer.Option("--reliability", help="Another one: A to F.")] = "",
    credibility: Annotated[str, typer.Option("--credibility", help="Another one: 1 to 6.")] = "",
    statement: Annotated[str, typer.Option("--statement", help="Other words.")] = "",
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Take a proposal, as it stands or with another level, grade or statement."""
    from iw_monitor.service.proposals import Proposals

    given = {"level": level, "reliability": reliability, "credibility": credibility, "statement": statement}
    changes = {name: text for name, text in given.items() if text.strip()}
    who = owner_of(author)
    with opened_site(pack, db, writing=True) as site:
        decision, done = Proposals(site=site, actor=who, via=VIA).accept(proposal, reason=reason, changes=changes)
        typer.echo(f"Accepted by {decision.author} at {iso(decision.recorded_at)}: {decision.reason}")
        typer.echo(done.id)


def reject(
    *,
    proposal: Annotated[str, typer.Argument(metavar="ID", help="Of the proposal, as tray prints it.")],
    reason: ReasonOption,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    author: AuthorOption = "",
) -> None:
    """Leave a proposal, with a reason."""
    from iw_monitor.service.proposals import Proposals

    who = owner_of(author)
    with opened_site(pack, db, writing=True) as site:
        done = Proposals(site=site, actor=who, via=VIA).reject(proposal, reason=reason)
        typer.echo(f"Rejected by {done.author} at {iso(done.recorded_at)}: {done.reason}")


def _raw(kind: str, subject: str, **texts: str) -> RawJudgement:
    from iw_monitor.model.judgement import JudgementKind
    from iw_monitor.service.judgements import RawJudgement

    return RawJudgement(kind=JudgementKind[kind], subject=subject, **texts)


def _state(raw: RawJudgement, pack: str, db: str, author: str, *, seen: str = "") -> None:
    from iw_monitor.model.proposal import Proposal
    from iw_monitor.publish.of_judgements import judgement_line
    from iw_monitor.service.judgements import Judging

    who = owner_of(author)
    with opened_site(pack, db, writing=True) as site:
        judging = Judging(site=site, actor=who, via=VIA)
        examined = judging.examine(raw)
        if examined.errors:
            raise InputError(examined.findings)
        say_findings(examined.findings)
        done = judging.state(raw, seen=seen or None)
        if isinstance(done, Proposal):
            say(WAITS_FOR_SECOND)
            typer.echo(done.id)
            return
        typer.echo(judgement_line(done))
