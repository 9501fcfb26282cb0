"""The plain types a pack is written in, and the base of everything in it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter
from pydantic_core import PydanticCustomError

_duration = TypeAdapter(timedelta)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
CENTURY = timedelta(days=36_525)
MOST_POINTS = 100  # odds of ten thousand million to one: more than any evidence, and far from overflow


def read_duration(value: object) -> object:
    """Read an ISO 8601 duration written as text; anything else is left for the type to refuse."""
    return _duration.validate_python(value) if isinstance(value, str) and value.startswith("P") else value


def _only_iso(value: object) -> object:
    """Refuse what pydantic would otherwise take for seconds since 1970; a day or instant is written out."""
    if isinstance(value, date) or (isinstance(value, str) and _ISO.match(value)):
        return value
    raise PydanticCustomError("date_text", "not written like 2024-01-31")


Id = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9_]{1,62}$", description="A short lower-case name; never changed once used.")
]
PackId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,62}$")]
Text = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"\S")]
Duration = Annotated[
    timedelta,
    BeforeValidator(read_duration),
    Field(gt=timedelta(0), le=CENTURY, description="ISO 8601, for example P14D or PT6H.", strict=True),
]
Share = Annotated[float, Field(ge=0, le=1)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Points = Annotated[float, Field(ge=-MOST_POINTS, le=MOST_POINTS, allow_inf_nan=False)]
Rating = Literal["HL", "L", "C", "U", "HU"]
State = Annotated[int, Field(ge=0, le=4, description="An indicator's level, 0 to 4.")]
LevelNumber = Annotated[int, Field(ge=1, le=5, description="A warning level, 1 to 5.")]
RatingWords = dict[Literal["HL", "L", "C", "U", "HU"], Annotated[float, Field(gt=0, lt=1)]]
Day = Annotated[date, BeforeValidator(_only_iso), Field(strict=False)]
Instant = Annotated[AwareDatetime, BeforeValidator(_only_iso), Field(strict=False)]


class Plain(BaseModel):
    """Base of everything in a pack: frozen, no unknown keys, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
