"""How fast a client asks, which decides whether its connection goes to a clerk."""

from __future__ import annotations

import time

_BUSY = 8
_BUSY_SECONDS = 1.0


class Pace:
    """Counts the questions of one connection that were new, one after the other within a moment."""

    __slots__ = ("_new", "_since")

    def __init__(self) -> None:
        self._new = 0
        self._since = 0.0

    def note(self) -> None:
        """A new question has come."""
        now = time.monotonic()
        if self._new == 0 or now - self._since > _BUSY_SECONDS:
            self._new, self._since = 0, now
        self._new += 1

    def forget(self) -> None:
        """Count anew: something else has come than a new question."""
        self._new = 0

    @property
    def is_busy(self) -> bool:
        """The client asks so much that a clerk for it pays."""
        return self._new >= _BUSY
