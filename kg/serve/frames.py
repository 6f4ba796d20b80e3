"""Bytes between the front and a worker: jobs one way, raw result bytes in frames the other way.

A job is its length, a line of JSON, and where something goes with it (a request, the content of a graph) that after
the line's end.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

HEADER = struct.Struct("!BI")
READY = struct.Struct("!?8s")
"""Before an answer that is ready to send: its body is gzipped; the first bytes of the SHA-256 of its query."""
SEAT = struct.Struct("!I")
CHUNK = 64 * 1024


class Frame(IntEnum):
    """Kinds of frames from a worker.

    RESULT is a whole answer; DATA a piece of one that END closes; FAULT is JSON with status, code, message. READY is
    a whole HTTP answer without status line and date; DECLINED says that the front must read the request itself.

    A clerk also sends, each with the number of a seat: BEGUN with a request whose answer follows in frames, for the
    front to send; OWED with the part of an answer that a client did not take yet; RETURNED with what the client of a
    connection that it gives back has said.
    """

    RESULT = 1
    DATA = 2
    END = 3
    FAULT = 4
    READY = 5
    DECLINED = 6
    BEGUN = 7
    OWED = 8
    RETURNED = 9


def pack(kind: Frame, payload: bytes = b"") -> bytes:
    """Return a frame as bytes."""
    return HEADER.pack(kind, len(payload)) + payload


def pack_of(kind: Frame, seat: int, payload: bytes) -> bytes:
    """Return a frame about a seat as bytes."""
    return pack(kind, SEAT.pack(seat) + payload)


def pack_job(payload: bytes) -> bytes:
    """Return a job as bytes, with its length."""
    return struct.pack("!I", len(payload)) + payload


def receive_exactly(connection: socket.socket, size: int) -> bytes:
    """Read ``size`` bytes; fewer means that the other side has gone.

    Raises:
        EOFError: the other side has gone.
    """
    parts: list[bytes] = []
    while size:
        part = connection.recv(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class JobReader:
    """Reads jobs; the next one may have come already with the one before."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._rest = b""

    def read(self) -> bytes:
        """Return one job.

        Raises:
            EOFError: the front has gone.
        """
        piece = self._rest or self._receive()
        while len(piece) < 4:
            piece += self._receive()
        end = 4 + int.from_bytes(piece[:4], "big")
        if len(piece) < end:
            piece += receive_exactly(self._connection, end - len(piece))
        self._rest = piece[end:]
        return piece[4:end]

    def _receive(self) -> bytes:
        piece = self._connection.recv(CHUNK)
        if not piece:
            raise EOFError
        return piece


class FrameReader:
    """Cuts the bytes that arrive into frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, piece: bytes) -> list[tuple[int, bytes]]:
        """Return the frames that are complete now, in order."""
        if not self._buffer and len(piece) >= HEADER.size:
            kind, size = HEADER.unpack_from(piece)
            if len(piece) == HEADER.size + size:
                return [(kind, piece[HEADER.size :])]
        self._buffer += piece
        frames: list[tuple[int, bytes]] = []
        position = 0
        while len(self._buffer) - position >= HEADER.size:
            kind, size = HEADER.unpack_from(self._buffer, position)
            end = position + HEADER.size + size
            if end > len(self._buffer):
                break
            frames.append((kind, bytes(self._buffer[position + HEADER.size : end])))
            position = end
        del self._buffer[:position]
        return frames
