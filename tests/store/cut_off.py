"""A way to a server that breaks at the worst moment: when a write is being completed."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from enum import Enum
from typing import Self

_PIECE = 65536


class Break(Enum):
    """When the way breaks; it does so once, and can then be used again unless it is gone."""

    NEVER = "never"
    BEFORE_COMMIT = "the server never hears of it"
    AFTER_COMMIT = "the server does it, its answer is lost"
    FOR_GOOD = "the server does it, its answer is lost, and it is not heard of again"


class WayToServer:
    """Hands on every byte between a port of this machine and the server's socket, until it is to break."""

    def __init__(self, target: str) -> None:
        """Listen.

        Args:
            target: the path of the server's local socket.
        """
        self.breaks = Break.NEVER
        self.is_silent = False  # nothing is handed on any more, and nobody is told
        self._target = target
        self._gone = False
        self._clients: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)  # wakes who waits for the next one
        self._listening.close()

    def cut(self) -> None:
        """Break every connection, and let nobody through until it is mended."""
        self._gone = True
        while self._clients:
            with suppress(OSError):  # it ended long ago
                self._clients.pop().shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let everybody through again."""
        self._gone = self.is_silent = False

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:  # closed
                return
            if self._gone:
                client.close()
                continue
            self._clients.append(client)
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(self._target)
            except OSError:  # it is being restarted
                client.close()
                server.close()
                continue
            answers = threading.Thread(target=_copy, args=(server, client), daemon=True)
            answers.start()
            threading.Thread(target=self._hand_on, args=(client, server, answers), daemon=True).start()

    def _hand_on(self, client: socket.socket, server: socket.socket, answers: threading.Thread) -> None:
        with client, server:
            while piece := _received(client):
                if self.breaks is not Break.NEVER and b"COMMIT\x00" in piece:
                    self._break(client, server, piece)
                    break
                if not self.is_silent:
                    with suppress(OSError):  # the server crashed: what is said to it is lost
                        server.sendall(piece)
            with suppress(OSError):
                server.shutdown(socket.SHUT_WR)  # the server sees that nobody is there any more
            answers.join()

    def _break(self, client: socket.socket, server: socket.socket, piece: bytes) -> None:
        how, self.breaks = self.breaks, Break.NEVER
        self._gone = how is Break.FOR_GOOD
        client.shutdown(socket.SHUT_RDWR)  # first, so that the answer does not come through
        if how is not Break.BEFORE_COMMIT:
            server.sendall(piece)


def _copy(server: socket.socket, client: socket.socket) -> None:
    while piece := _received(server):
        try:
            client.sendall(piece)
        except OSError:  # cut: what the server still says is lost
            continue
    with suppress(OSError):
        client.shutdown(socket.SHUT_RDWR)


def _received(one: socket.socket) -> bytes:
    try:
        return one.recv(_PIECE)
    except OSError:
        return b""
