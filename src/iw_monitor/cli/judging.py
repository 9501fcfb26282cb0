"""Judging: score."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iw_monitor.cli.opening import opened_site
from iw_monitor.cli.options import DEFAULT_PACK, DatabaseOption, KnownOption, PackOption, duration, now
from iw_monitor.cli.saying import say
from iw_monitor.model.observation import Known

if TYPE_CHECKING:
    from iw_monitor.assess.scoring.scorecard import Scorecard
    from iw_monitor.model.pack import Pack

DAY = timedelta(days=1)


def day(text: str | date) -> date:
    """Read a day such as 2024-01-31.

    Raises:
        typer.BadParameter: it is none.
    """
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a day. Give one such as 2024-01-31.") from error


def whole_days(text: str | int) -> int:
    """Read a horizon such as 30d or P30D as days.

    Raises:
        typer.BadParameter: it is none, or not of whole days.
    """
    if isinstance(text, int):
        return text
    length = duration(text)
    if length % DAY or length > 3653 * DAY:
        raise typer.BadParameter(f"{text!r} is not a number of days up to ten years. Give a horizon such as 30d.")
    return length // DAY


def score(
    *,
    outcomes: Annotated[
        Path | None, typer.Option("--outcomes", metavar="FILE.csv", help="What happened, complete up to --to.")
    ] = None,
    history: Annotated[
        bool,
        typer.Option(
            "--history", help="Score the history that comes with the pack, without a journal; outcomes from there too."
        ),
    ] = False,
    start: Annotated[
        date | None,
        typer.Option("--from", metavar="D", parser=day, help="First forecast. Default: the first possible."),
    ] = None,
    end: Annotated[
        date | None,
        typer.Option(
            "--to",
            metavar="D",
            parser=day,
            help="Last day of which the outcomes are complete. Default: that of the newest report or outcome.",
        ),
    ] = None,
    horizon: Annotated[
        list[int] | None,
        typer.Option(
            "--horizon",
            metavar="DAYS",
            parser=whole_days,
            help="7d, 30d ...; may be repeated. Default: 7, 14 and 30 days.",
        ),
    ] = None,
    pack: PackOption = DEFAULT_PACK,
    db: DatabaseOption = "",
    known: KnownOption = Known.PUBLISHED,
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of text.")] = False,
    forecasts: Annotated[
        Path | None,
        typer.Option(
            "--forecasts",
            metavar="FILE.csv",
            help="Also write every forecast, from which each score can be recomputed.",
        ),
    ] = None,
) -> None:
    """Score what was warned against what happened.

    Every metric with its sample and interval, beside plain baselines and the model with one part taken out at a time. A
    score with too few events or independent windows is withheld. The header of the outcomes is
    date,problem,phase,description,source_name,source_url,basis; phase is onset or within.
    """
    from iw_monitor.assess.scoring.scoring import HORIZONS
    from iw_monitor.pack.find import find_pack
    from iw_monitor.pack.load import load_pack
    from iw_monitor.service.scoring import score_history, score_site

    horizons = tuple(horizon or HORIZONS)
    if history:
        if known is not Known.PUBLISHED:
            raise typer.BadParameter("a history was never recorded day by day; leave out --known")
        card = score_history(pack, now=now(), outcomes=outcomes, first=start, last=end, horizons=horizons)
        _say(load_pack(find_pack(pack)).pack, card, json=json, forecasts=forecasts)
        return
    if outcomes is None:
        raise typer.BadParameter("name what happened with --outcomes FILE.csv, or use --history")
    with ExitStack() as stack:
        site = stack.enter_context(opened_site(pack, db))
        card = score_site(site, outcomes, first=start, last=end, horizons=horizons, known=known)
        _say(site.pack, card, json=json, forecasts=forecasts)


def _say(pack: Pack, card: Scorecard, *, json: bool, forecasts: Path | None) -> None:
    from iw_monitor.publish.score_csv import write_forecasts
    from iw_monitor.publish.score_json import score_json
    from iw_monitor.publish.score_text import score_text

    typer.echo(score_json(card) if json else score_text(pack, card))
    if forecasts is not None:
        with forecasts.open("w", encoding="utf-8", newline="") as file:
            say(f"{forecasts}: {write_forecasts(file, card):,} forecasts.")
