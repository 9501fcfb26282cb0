"""How indicators work on problems together: conditions, interactions, tripwires. No expression language."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from iw_monitor.model.pack.plain import Id, LevelNumber, Plain, Points, State, Text


class Condition(Plain):
    """A comparison of one indicator's level. Seen only if the level is not unknown and its quality suffices."""

    indicator: Id
    at_least: State | None = None
    at_most: State | None = None


class When(Plain):
    """Conditions that must all hold, or of which any must hold."""

    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()


class Adds(Plain):
    """An interaction that adds points to problems while its conditions hold."""

    kind: Literal["adds"]
    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    title: Text
    family: Id
    when: When
    points: dict[Id, Points]


class AddsByLevel(Plain):
    """An interaction whose points depend on the level (0 to 4) of one indicator."""

    kind: Literal["adds_by_level"]
    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    title: Text
    family: Id
    when: When
    level_of: Id
    points: dict[Id, Annotated[tuple[Points, ...], Field(min_length=5, max_length=5)]]


class Screens(Plain):
    """An interaction that makes the restraints of a family count as unknown: the decision they restrain is visible."""

    kind: Literal["screens"]
    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    title: Text
    when: When
    family: Id


class CountFloor(Plain):
    """An interaction that sets a floor by how many indicators stand at or above a level."""

    kind: Literal["count_floor"]
    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    title: Text
    indicators: tuple[Id, ...]
    at_least: State
    problem: Id
    floors: Annotated[dict[int, LevelNumber], Field(description="How many indicators: which floor.", strict=False)]


Interaction = Annotated[Adds | AddsByLevel | Screens | CountFloor, Field(discriminator="kind")]


class Tripwire(Plain):
    """A condition that settles the matter alone: it sets a floor under a problem's level at once."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
    title: Text
    when: When
    problem: Id
    floor: LevelNumber
