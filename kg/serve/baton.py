"""Who may answer the query that a clerk works on: the clerk, or the front when it takes the query over."""

from __future__ import annotations

import os


class Baton:
    """Something that only one of two processes can hold; both have the event file ``number``.

    >>> baton = Baton(make_baton_file())
    >>> baton.take(), baton.take()
    (True, False)
    >>> baton.give()
    >>> baton.take()
    True
    """

    def __init__(self, number: int) -> None:
        self._number = number

    def take(self) -> bool:
        """Take it; False where the other side has it."""
        try:
            os.eventfd_read(self._number)
        except BlockingIOError:
            return False
        return True

    def give(self) -> None:
        """Put it where both can take it."""
        os.eventfd_write(self._number, 1)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._number)


def make_baton_file() -> int:
    """Return the number of a new event file; nobody holds the baton yet."""
    return os.eventfd(1, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
