"""Crontabs: five fields of which each can come true. Days of the week have names; of numbers nobody knows the first."""

from __future__ import annotations

import re

_BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12))
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_PART = re.compile(r"(\*|\w+)(?:-(\w+))?(?:/(\d+))?", re.ASCII)


def is_crontab(line: str) -> bool:
    """Say whether a line of five fields is a time that comes; with another number of fields that is said elsewhere.

    Example:
        >>> is_crontab("0 6 * * mon-fri"), is_crontab("0 6 * * 1-5"), is_crontab("0 25 * * *")
        (True, False, False)
    """
    fields = line.split()
    if len(fields) != len(_BOUNDS) + 1:
        return True
    numbers = all(_is_in(field, *bounds) for field, bounds in zip(fields[:-1], _BOUNDS, strict=True))
    return numbers and _is_weekdays(fields[-1])


def _is_in(field: str, least: int, most: int) -> bool:
    return all(_is_part(part, least, most) for part in field.split(","))


def _is_part(part: str, least: int, most: int) -> bool:
    found = _PART.fullmatch(part)
    if found is None or (found[3] is not None and int(found[3]) == 0):
        return False
    if found[1] == "*":
        return found[2] is None
    ends = [int(one) for one in (found[1], found[2]) if one is not None and one.isdecimal()]
    complete = len(ends) == 1 + (found[2] is not None)
    return complete and ends == sorted(ends) and least <= ends[0] and ends[-1] <= most


def _is_weekdays(field: str) -> bool:
    return field == "*" or all(one in _WEEKDAYS for part in field.split(",") for one in part.split("-"))
