"""Spoiling what is right: documents with bytes, lines, cells and values changed, by chance that is seeded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any

SIGNS = ["<", ">", "&", '"', ",", "\n", "{", "}", "[", "]", "0", "1e9", "-1", "NaN", "null", "day", "\x00", "\ufeff"]
LONGEST = 1 << 18  # characters of a mutant: more is another test, of size

# What nobody should write, and somebody does: numbers that are none, times without end, signs that do something.
NONSENSE: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    7,
    258,
    2**63,
    10**400,
    -0.0,
    1e308,
    0.1 + 0.2,
    "",
    " ",
    "-1",
    "1e999",
    "NaN",
    "Infinity",
    "0x10",
    "1_0",
    "\u0663",  # an Arabic 3
    "\u2460",  # a 1 in a circle
    "9" * 5000,
    "null",
    "~",
    "2024-02-30",
    "2024-13-45T25:61Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2024-05-05T06:00",
    "2024-05-05T06:00:00.000000000000001Z",
    "+292277026596-12-04T15:30:08Z",
    "P" + "9" * 400 + "D",
    "PT1E9H",
    "P-1D",
    '=HYPERLINK("http://example.org","a")',
    "<script>alert(1)</script>",
    "\u202egnp.exe",
    "a\u200bb",
    "\x1b[2J",
    "\x00",
    "\ud800",
    "'; drop table entry; --",
    "../../../../etc/passwd",
    "{{ 7 * 7 }}",
    "${jndi:ldap://example.org/a}",
    "a" * 70_000,
    "(" * 3000,
    "a!" * 2000 + "@",
    [],
    {},
    [[[[[[]]]]]],
    {"$ref": "#"},
    {"__proto__": {"level": 4}},
    ["1", 2, None],
)


def spoilt(good: bytes, chance: Random) -> bytes:
    """Return a document with some of its bytes changed, left out, doubled or put in."""
    raw = bytearray(good)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(raw) + 1)
        kind = chance.randrange(4)
        if kind == 0 and raw:
            raw[min(place, len(raw) - 1)] = chance.randrange(256)
        elif kind == 1:
            del raw[place : place + chance.randint(1, 40)]
        elif kind == 2:
            raw[place:place] = chance.choice(SIGNS).encode()
        else:
            raw[place:place] = raw[place : place + chance.randint(1, 60)]
    return bytes(raw)


def with_other_lines(good: bytes, chance: Random) -> bytes:
    """Return a text with a line left out, doubled, moved, indented otherwise, or grown beyond all measure."""
    lines = good.decode().split("\n")
    place = chance.randrange(len(lines))
    line = lines[place]
    match chance.randrange(6):
        case 0:
            del lines[place]
        case 1:
            lines[place:place] = [line] * chance.choice([1, 2, 500])
        case 2:
            lines.insert(chance.randrange(len(lines)), lines.pop(place))
        case 3:
            lines[place] = " " * chance.randint(1, 4) + line
        case 4:
            lines[place] = line.lstrip()
        case _:
            lines[place] = line + chance.choice(SIGNS) * chance.choice([1, 1000, 50_000])
    return "\n".join(lines)[:LONGEST].encode()


def with_other_value(good: bytes, chance: Random) -> bytes:
    """Return a text of ``key: value`` lines in which one value is nonsense."""
    lines = good.decode().split("\n")
    place = chance.choice([at for at, line in enumerate(lines) if ":" in line] or [0])
    key = lines[place].partition(":")[0]
    value = chance.choice(NONSENSE)
    written = json.dumps(value) if chance.random() < 0.7 else _plainly(value)  # JSON is YAML too
    lines[place] = f"{key}: {written}"
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def with_other_cell(good: bytes, chance: Random) -> bytes:
    """Return a table with nonsense in a cell, or a column or a row too many, too few or elsewhere."""
    rows = [line.split(",") for line in good.decode().rstrip("\n").split("\n")]
    row = chance.choice(rows)
    cell = chance.randrange(len(row))
    match chance.randrange(6):
        case 0 | 1:
            row[cell] = _quoted(_plainly(chance.choice(NONSENSE)))
        case 2:
            del row[cell]
        case 3:
            row.insert(cell, chance.choice(SIGNS))
        case 4:
            rows[1:1] = [row] * chance.choice([1, 2, 300])
        case _:
            at = min(map(len, rows)) - 1
            for one in rows:
                one.append(one.pop(min(cell, at)))
    separator = chance.choice([",", ",", ",", ";", "\t"])
    end = chance.choice(["\n", "\n", "\r\n", "\r"])
    return end.join(separator.join(one) for one in rows)[:LONGEST].encode("utf-8", "surrogatepass")


def with_other_part(good: bytes, chance: Random) -> bytes:
    """Return JSON in which one part is nonsense, gone, doubled, under another name, or deep inside itself."""
    whole: list[Any] = [json.loads(good)]
    holder, key = chance.choice(list(_places(whole)))
    part = holder[key]
    match chance.randrange(6):
        case 0 | 1 | 2:
            holder[key] = chance.choice(NONSENSE)
        case 3 if isinstance(holder, dict):
            holder[chance.choice(["", "Level", "constructor", f"{key} "])] = holder.pop(key)
        case 4 if isinstance(holder, dict):
            del holder[key]
        case 5 if isinstance(part, list):
            holder[key] = part * chance.choice([0, 2, 200])
        case _:
            return _deep(whole[0], chance)
    return json.dumps(whole[0]).encode()[:LONGEST]


def _deep(part: Any, chance: Random) -> bytes:
    opened, closed = chance.choice([("[", "]"), ('{"a":', "}")])
    depth = chance.choice([3, 90, 5000])
    return (opened * depth + json.dumps(part) + closed * depth).encode()


def _places(part: Any) -> list[tuple[Any, Any]]:
    """Return every place of a document where something stands: what holds it, and under which key."""
    keys: Sequence[Any] = list(part) if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    return [(part, key) for key in keys] + [place for key in keys for place in _places(part[key])]


def _plainly(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',"\n\r') else cell
