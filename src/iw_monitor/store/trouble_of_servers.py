"""What a PostgreSQL server's error means: it has no file and no folder, but an address, users and rights."""

from __future__ import annotations

import re
from dataclasses import dataclass

from iw_monitor.errors import (
    BusyDatabaseError,
    CorruptDatabaseError,
    DiskFullError,
    ReadOnlyDatabaseError,
    StoreError,
    UnreachableDatabaseError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerTrouble:
    """One thing that goes wrong with a server: what it is to the program, and what people are told."""

    kind: type[StoreError]
    said: str  # after "The journal … cannot be used: "


UNREACHABLE = ServerTrouble(
    kind=UnreachableDatabaseError,
    said="its server does not answer. Nothing was written. "
    "See that it runs, that the address is right, and that this machine may reach it.",
)
LOST = ServerTrouble(
    kind=UnreachableDatabaseError,
    said="the connection to its server was lost. Nothing was written. "
    "Try again; if it stays so, see that the server runs.",
)
STARTING = ServerTrouble(
    kind=UnreachableDatabaseError,
    said="its server is starting or stopping. Nothing was written. Try again in a moment.",
)
WRONG_PASSWORD = ServerTrouble(
    kind=StoreError,
    said="its server refuses the user's name or password. Nothing was written. "
    "Check both in the address (IW_DATABASE_URL or --db), in PGPASSWORD or in .pgpass.",
)
USER_REFUSED = ServerTrouble(
    kind=StoreError,
    said="its server does not let this user in. Nothing was written. "
    "Check the user in the address, or ask whoever runs the server to let this user in from this machine.",
)
NO_TLS = ServerTrouble(
    kind=StoreError,
    said="its server speaks no TLS, which the address asks for. Nothing was written. "
    "Let the server speak it, or ask for less with sslmode in the address.",
)
NOT_TRUSTED = ServerTrouble(
    kind=StoreError,
    said="its server's certificate is not one that the address lets this machine trust. Nothing was written. "
    "Say in the address with sslrootcert who may have signed it (sslrootcert=system: whom this machine trusts), "
    "and name the server as its certificate does.",
)
NO_DATABASE = ServerTrouble(
    kind=StoreError,
    said="its server has no such database. Nothing was written. "
    "Check the name at the end of the address, or have an empty database of that name created.",
)
NO_SCHEMA = ServerTrouble(
    kind=StoreError,
    said="its database has no schema for the tables. Nothing was written. "
    "Have the schema created that the user's search_path names.",
)
NO_RIGHT = ServerTrouble(
    kind=ReadOnlyDatabaseError,
    said="its server does not allow this user to do that. Nothing was written. "
    "Ask for the right to read and add to the journal's tables, and to create them the first time.",
)
TAKES_NO_WRITES = ServerTrouble(
    kind=ReadOnlyDatabaseError,
    said="its server takes no writes: it is a standby, or set to read-only. Nothing was written. "
    "Give the address of the server that takes them.",
)
NO_ROOM = ServerTrouble(
    kind=DiskFullError,
    said="there is no room left on its server's disk. Nothing was written. Free some room there and try again.",
)
HELD = ServerTrouble(
    kind=BusyDatabaseError,
    said="another program held it for too long. Nothing was written. Try again; if it stays so, "
    "look which other program is connected to it.",
)
NO_CONNECTION_LEFT = ServerTrouble(
    kind=BusyDatabaseError,
    said="all connections of its server are taken. Nothing was written. "
    "Try again; if it stays so, let the server take more of them.",
)
DAMAGED = ServerTrouble(
    kind=CorruptDatabaseError,
    said="it is damaged on its server. Nothing was written. Keep what is there, and restore the newest backup.",
)

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_STATE: dict[str, ServerTrouble] = {
    "25006": TAKES_NO_WRITES,
    "25P03": LOST,
    "28000": USER_REFUSED,
    "28P01": WRONG_PASSWORD,
    "3D000": NO_DATABASE,
    "3F000": NO_SCHEMA,
    "40001": HELD,
    "40P01": HELD,
    "42501": NO_RIGHT,
    "53100": NO_ROOM,
    "53300": NO_CONNECTION_LEFT,
    "55P03": HELD,
    "57014": HELD,
    "57P01": LOST,
    "57P02": LOST,
    "57P03": STARTING,
    "57P04": NO_DATABASE,
    "57P05": LOST,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
# Before there is a connection the driver hands on words only. In another language than English the server's own
# words are shown instead.
_BY_WORDS: tuple[tuple[re.Pattern[str], ServerTrouble], ...] = tuple(
    (re.compile(words, re.IGNORECASE), trouble)
    for words, trouble in (
        (r"password authentication failed|no password supplied", WRONG_PASSWORD),
        (r"no pg_hba\.conf entry|role \".*\" does not exist|not permitted to log in", USER_REFUSED),
        (r"does not support SSL", NO_TLS),
        (r"root certificate file|certificate verify failed|server certificate for", NOT_TRUSTED),
        (r"database \".*\" does not exist", NO_DATABASE),
        (r"permission denied for database", NO_RIGHT),
        (r"too many (clients|connections)|connection slots", NO_CONNECTION_LEFT),
        (r"starting up|shutting down|recovery mode", STARTING),
        (r"refused|no such file|resolve|translate host|timeout|timed out|unreachable|no route", UNREACHABLE),
        (r"server closed|connection (is|was) (closed|lost)|consuming input|terminat|reset by peer|\bEOF\b", LOST),
    )
)


def server_trouble(error: BaseException | None) -> ServerTrouble | None:
    """Return what went wrong with a server, or None if it is nothing known."""
    state = str(getattr(error, "sqlstate", None) or "")
    if state.startswith("08"):
        return LOST
    if state:
        return _BY_STATE.get(state)
    said = str(error)
    return next((trouble for words, trouble in _BY_WORDS if words.search(said)), None)
