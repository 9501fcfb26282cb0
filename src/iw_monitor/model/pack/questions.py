"""What is warned of: the problems, the reference future, levels, families, fronts, assumptions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from iw_monitor.model.pack.article import Quote
from iw_monitor.model.pack.plain import Day, Id, LevelNumber, Plain, Points, Text


class Reference(Plain):
    """The future in which nothing that is warned of happens."""

    id: Id
    title: Text
    description: Text


class Problem(Plain):
    """A warning problem: one binary, resolvable question about the future."""

    id: Id
    title: Text
    short_title: Annotated[str, Field(min_length=1, max_length=40)]
    resolves_yes_when: Text
    prior: Annotated[Points, Field(description="Evidence points (decibans) at T0: 10*log10(odds).")]
    quote: Quote | None = None


class Family(Plain):
    """Indicators that report on the same thing and are therefore discounted against each other."""

    id: Id
    title: Text
    cap: Annotated[Points | None, Field(gt=0, description="Most that the family's positive points may sum to.")] = None


class Front(Plain):
    """A theatre by which the board can be arranged."""

    id: Id
    title: Text


class WarningLevel(Plain):
    """One of the five warning levels; ``from_points`` is its lower boundary (none for the lowest)."""

    level: LevelNumber
    word: Annotated[str, Field(min_length=1, max_length=16)]
    from_points: Points | None = None
    meaning: Text


class Assumption(Plain):
    """A key assumption behind the priors, and the sign that would break it."""

    id: Id
    text: Text
    quote: Quote | None = None
    owner: Text
    review_by: Day
    broken_by: Text
