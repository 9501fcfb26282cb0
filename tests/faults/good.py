"""What is right before it is spoilt: a table to import, an answer of each kind of source, a body for each address."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from iw_monitor.model.pack.sources import Source
from tests.collect.sources import a_feed, a_source, a_table, sirens
from tests.mutating import spoilt, with_other_cell, with_other_lines, with_other_part

Spoil = Callable[[bytes, Random], bytes]

# --- To import ---

HEADER = (
    b"observed_at,indicator,level,statement,source_name,source_url,originator,reliability,credibility,basis,reading\n"
)
TABLE = (
    HEADER
    + b"""\
2024-05-18T06:00Z,port_traffic,3,Half of the ships,Log,https://example.org/a,Port authority,B,2,seen,0.5
2024-05-18,mine_notices,4,"Mines, three of them",Notices,,Hydrographic office,A,1,seen,
2024-05-17T21:00+03:00,coast_patrols,3,Boats,Log,,Port authority,B,2,memory,12
2024-05-16,war_insurance,2,A rate,Log,,Market,C,3,seen,1.5e-1
"""
)

# --- What sources send ---

_PICKS = {"at": "day", "readings": {"missing": "missing"}}
_RULE = {
    "indicator": "port_traffic",
    "readings": ["missing"],
    "take": "max",
    "over": "P14D",
    "levels": {0: 0, 1: 0.1, 2: 0.33, 3: 0.5, 4: 0.95},
    "unit": "share of ships missing",
    "says": "Ships missing",
}
_SHARE = {"accept": "auto", "picks": _PICKS, "rules": [_RULE]}
_SIREN = {**_RULE, "readings": ["minutes.south"], "levels": {0: 0, 1: 1, 2: 2, 3: 3, 4: 4}}
_ROWS = [{"day": f"2024-05-{day}", "missing": 0.5 + day / 100} for day in range(10, 19)]
_ITEM = {"id": "1", "title": "A mine", "url": "https://e.org/1", "date_published": "2024-05-18T10:00:00Z"}

FEEDS: tuple[tuple[Source, bytes, tuple[Spoil, ...]], ...] = (
    (
        a_source(id="table", kind="csv", url="https://example.org/a.csv", **_SHARE),
        "\n".join(["day,missing", *(f"{one['day']},{one['missing']}" for one in _ROWS)]).encode(),
        (spoilt, with_other_lines, with_other_cell),
    ),
    (a_table(id="rows", **_SHARE), json.dumps(_ROWS).encode(), (spoilt, with_other_part)),
    (
        a_source(id="layer", kind="arcgis", url="https://example.org/query", **_SHARE),
        json.dumps({"features": [{"attributes": one} for one in _ROWS]}).encode(),
        (spoilt, with_other_part),
    ),
    (
        a_feed(id="rss"),
        b"""<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>A &lt;b&gt;mine</title>
<link>https://example.org/1</link><pubDate>Sat, 18 May 2024 10:00:00 GMT</pubDate></item></channel></rss>""",
        (spoilt, with_other_lines),
    ),
    (
        a_feed(id="atom"),
        b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>urn:1</id><title>A mine</title>
<link href="https://example.org/a"/><updated>2024-05-18T10:00:00Z</updated></entry></feed>""",
        (spoilt, with_other_lines),
    ),
    (
        a_feed(id="json_feed"),
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [_ITEM] * 3}).encode(),
        (spoilt, with_other_part),
    ),
    (
        sirens("official", id="sirens", accept="auto", rules=[_SIREN]),
        "\n".join(
            [
                "data,date,time,alertDate,category",
                *(f'"Ashdod - A,B",{day}.05.2024,10:00:00,2024-05-{day}T10:00:00,1' for day in range(10, 19)),
            ]
        ).encode(),
        (spoilt, with_other_lines, with_other_cell),
    ),
    (
        sirens("tzevaadom", id="other_sirens", accept="auto", rules=[_SIREN]),
        json.dumps([["a", 0, ["Ashdod - A,B"], 1715335200 + 86400 * day] for day in range(9)]).encode(),
        (spoilt, with_other_part),
    ),
)

# --- What is sent to the API: where to, as what, and the body ---

_REPORT = {
    "indicator": "port_traffic",
    "level": 4,
    "statement": "No ship left.",
    "observed_at": "2024-05-05T06:00Z",
    "reliability": "B",
    "credibility": 2,
    "source_name": "Harbour log",
    "source_url": "https://example.org/a",
    "originator": "Port authority",
    "published_at": "2024-05-05T07:00Z",
    "reading": 0.5,
    "unit": "share",
    "note": "Counted.",
}
_SENT = [{"day": "2024-05-04", "missing": 0.4}, {"day": "2024-05-05", "missing": 0.97}]
JSON, CSV = "application/json", "text/csv"
HARBOUR_TABLE = (
    HEADER
    + b"""\
2024-05-05T06:00Z,port_traffic,3,Half of the ships,Log,https://example.org/a,Port authority,B,2,seen,0.5
2024-05-04T21:00+03:00,patrol_boats,3,"Boats, four of them",Log,,Port authority,B,2,memory,12
2024-05-03,ferry_strikes,2,A strike,Log,,Union,C,3,seen,
"""
)
OFFICE = a_source(id="office", kind="webhook", **_SHARE)

BODIES: tuple[tuple[str, str, bytes], ...] = (
    ("/observations", JSON, json.dumps(_REPORT).encode()),
    ("/indicators/port_traffic/confirm", JSON, json.dumps({"note": "Seen.", "seen": None}).encode()),
    ("/observations/{last}/retract", JSON, json.dumps({"reason": "Another port."}).encode()),
    (
        "/observations/{last}/regrade",
        JSON,
        json.dumps({"reliability": "A", "credibility": 1, "reason": "A second source."}).encode(),
    ),
    ("/imports", CSV, HARBOUR_TABLE),
    ("/imports?dry_run=true", CSV, HARBOUR_TABLE),
    ("/sources/office/readings", JSON, json.dumps(_SENT).encode()),
    ("/sources/office/readings", CSV, b"day,missing\n2024-05-04,0.4\n2024-05-05,0.97\n"),
)
