"""What the front tells a clerk: what to answer from, whose connection to take, and to give it back."""

from __future__ import annotations

import socket
import struct
from enum import IntEnum
from typing import NamedTuple

from kg.serve.frames import CHUNK, pack_job

_MOST_FILES = 8
_LENGTH = 4
_HEAD = struct.Struct("!BII")


class Kind(IntEnum):
    """Kinds of orders: VIEW comes with the view as a line of JSON; TAKE with a connection and the client's address."""

    VIEW = 1
    TAKE = 2
    RETURN = 3


class Order(NamedTuple):
    """An order.

    ``seat`` is the number of the connection that it is about, ``round`` how often all connections of the clerk had
    become the front's, ``file`` the open file that came with it.
    """

    kind: Kind
    seat: int
    round: int
    content: bytes
    file: int = -1


def pack_order(kind: Kind, seat: int = 0, round: int = 0, content: bytes = b"") -> bytes:
    """Return an order as bytes, without its file."""
    return pack_job(_HEAD.pack(kind, seat, round) + content)


class OrderReader:
    """Reads orders and the files that come with them."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = b""
        self._files: list[int] = []

    def read(self) -> list[Order]:
        """Wait for something from the front; return the orders that are complete.

        Raises:
            EOFError: the front has gone.
        """
        piece, files, _, _ = socket.recv_fds(self._connection, CHUNK, _MOST_FILES)
        if not piece:
            raise EOFError
        self._files += files
        self._buffer += piece
        orders: list[Order] = []
        while (end := _end(self._buffer)) is not None:
            kind, seat, turn = _HEAD.unpack_from(self._buffer, _LENGTH)
            file = self._files.pop(0) if kind == Kind.TAKE else -1
            orders.append(Order(Kind(kind), seat, turn, self._buffer[_LENGTH + _HEAD.size : end], file))
            self._buffer = self._buffer[end:]
        return orders


def _end(buffer: bytes) -> int | None:
    """Return where the first order ends; None as long as it has not come whole."""
    if len(buffer) < _LENGTH:
        return None
    end = _LENGTH + int.from_bytes(buffer[:_LENGTH], "big")
    return end if end <= len(buffer) else None
