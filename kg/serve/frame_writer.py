"""What the engine serialises into: frames to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.frames import CHUNK, Frame, pack
from kg.serve.job_fault import JobFault, pack_fault

if TYPE_CHECKING:
    import socket


class FrameWriter:
    """Sends an answer to the front; the first bytes are kept back, so that a small answer is one frame.

    ``prelude`` goes before the first frame.
    """

    def __init__(self, connection: socket.socket, most_bytes: int, prelude: bytes = b"") -> None:
        self._connection = connection
        self._left = most_bytes
        self._prelude = prelude
        self._pieces: list[bytes] = []
        self._held = 0
        self._has_sent = False

    def write(self, piece: bytes) -> int:
        """Take bytes; send them on when a chunk is full.

        Raises:
            JobFault: the answer is larger than the limit.
        """
        self._left -= len(piece)
        if self._left < 0:
            raise JobFault(413, "result-too-large", "the answer is larger than this server sends: add a LIMIT")
        self._pieces.append(bytes(piece))
        self._held += len(piece)
        if self._held >= CHUNK:
            self._send(pack(Frame.DATA, b"".join(self._pieces)))
            self._pieces.clear()
            self._held = 0
            self._has_sent = True
        return len(piece)

    def flush(self) -> None:
        """Nothing is sent before a chunk is full."""

    def whole(self) -> bytes | None:
        """Return what was written, or None where a part of it was sent."""
        return None if self._has_sent else b"".join(self._pieces)

    def close(self) -> None:
        """Send what is left and say that the answer is whole."""
        rest = b"".join(self._pieces)
        if not self._has_sent:
            self._send(pack(Frame.RESULT, rest))
        else:
            self._send((pack(Frame.DATA, rest) if rest else b"") + pack(Frame.END))

    def fail(self, error: Exception) -> None:
        """Say why there is no answer, or not all of it."""
        self._send(pack_fault(error))

    def decline(self) -> None:
        """Say that the front must read the request itself."""
        self._send(pack(Frame.DECLINED))

    def _send(self, frames: bytes) -> None:
        self._connection.sendall(self._prelude + frames)
        self._prelude = b""
