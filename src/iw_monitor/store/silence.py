"""A server of which nothing is heard any more: it is waited for so long and then given up, so that nobody hangs.

A machine that loses its power, a cable or a firewall ends no connection: without a limit of our own everybody who asked
would wait until the operating system gives up, which takes hours.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from sqlalchemy.engine import URL

# Longer than a server is silent at work: locks are waited for ten seconds, and long answers come piece by piece.
LONGEST_SILENCE = timedelta(seconds=30)
OTHER = "tcp_user_timeout"  # of an address, in milliseconds: the same of what the network alone acknowledges


class AttentiveConnection(psycopg.Connection[Any]):
    """A connection that is closed once its server has said nothing for too long while an answer was due."""

    longest_silence: timedelta = LONGEST_SILENCE

    def wait(self, gen: PQGen[RV], *how: Any, **named: Any) -> RV:
        """Wait for the server as every connection does, but not for ever.

        Raises:
            OperationalError: nothing was heard for too long; the connection is closed.
        """
        try:
            return super().wait(_while_heard(gen, self.longest_silence), *how, **named)
        except _SilentError as error:
            self.pgconn.finish()
            raise psycopg.OperationalError("timeout: nothing was heard from the server any more") from error


def connector(url: URL) -> Callable[..., AttentiveConnection]:
    """Return how SQLAlchemy is to connect to a server: attentively, for as long as its address says."""
    said = url.query.get(OTHER, "")
    longest = timedelta(milliseconds=int(said)) if isinstance(said, str) and said.isdigit() else LONGEST_SILENCE

    def connect(_dialect: object, _record: object, words: list[Any], named: dict[str, Any]) -> AttentiveConnection:
        connection = AttentiveConnection.connect(*words, **named)
        connection.longest_silence = longest
        return connection

    return connect


class _SilentError(Exception):
    """Nothing was heard for too long."""


def _while_heard(gen: PQGen[RV], longest: timedelta) -> PQGen[RV]:
    """Hand on what a conversation with the server waits for; end it when a wait brings nothing for too long."""
    heard_at, limit = monotonic(), longest.total_seconds()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if ready:
                heard_at = monotonic()
            elif monotonic() - heard_at > limit:
                raise _SilentError
            wanted = gen.send(ready)
    except StopIteration as end:
        answer: RV = end.value
        return answer
