"""What a clerk is doing: a piece of memory that it writes and the front reads at any moment, also after its death."""

from __future__ import annotations

import bisect
import mmap
import os
from typing import NamedTuple

from kg.serve.metrics import BOUNDS
from kg.serve.plain_request import LARGEST

_WORDS = 256
_SIZE = _WORDS + LARGEST
_SINCE, _SECONDS = 0, 1
_GENERATION, _LENGTH, _CACHED, _SEAT, _BUCKETS = 2, 3, 4, 5, 6
_LAST = _BUCKETS + len(BOUNDS) + 1


class Tally(NamedTuple):
    """Answers given so far: how many by duration (as in the metrics), seconds in all, how many from a cache."""

    buckets: tuple[int, ...]
    seconds: float
    cached: int

    def since(self, before: Tally) -> Tally:
        """Return what has come to it.

        >>> Tally((3, 1), 2.0, 1).since(Tally((1, 1), 0.5, 0))
        Tally(buckets=(2, 0), seconds=1.5, cached=1)
        """
        buckets = tuple(now - then for now, then in zip(self.buckets, before.buckets, strict=True))
        return Tally(buckets, self.seconds - before.seconds, self.cached - before.cached)


NOTHING = Tally((0,) * (len(BOUNDS) + 1), 0.0, 0)


class Slate:
    """The memory behind the file ``number``.

    A seat is attended from before its request is read to after it is answered. ``since`` is when the request in hand
    was begun (monotonic seconds), 0 where there is none.
    """

    def __init__(self, number: int) -> None:
        memory = memoryview(mmap.mmap(number, _SIZE))
        self._times = memory[:_WORDS].cast("d")
        self._counts = memory[:_WORDS].cast("Q")
        self._request = memory[_WORDS:]

    def attend(self, seat: int) -> None:
        """Note whose request is read next."""
        self._counts[_SEAT] = seat

    def begin(self, request: bytes, generation: int, now: float) -> None:
        """Note a request before anything is done for it."""
        self._request[: len(request)] = request
        self._counts[_LENGTH] = len(request)
        self._counts[_GENERATION] = generation
        self._times[_SINCE] = now

    def end(self) -> None:
        """Note that no request is in hand."""
        self._times[_SINCE] = 0.0
        self._counts[_SEAT] = 0

    def count(self, seconds: float, *, is_cached: bool) -> None:
        """Count an answer."""
        self._counts[_BUCKETS + bisect.bisect_left(BOUNDS, seconds)] += 1
        self._times[_SECONDS] += seconds
        self._counts[_CACHED] += is_cached

    @property
    def since(self) -> float:
        """When the request in hand was begun."""
        return self._times[_SINCE]

    @property
    def seat(self) -> int:
        """The number of the seat that is attended, 0 for none."""
        return self._counts[_SEAT]

    @property
    def generation(self) -> int:
        """The number of the generation that the request in hand sees."""
        return self._counts[_GENERATION]

    @property
    def request(self) -> bytes:
        """The bytes of the request in hand."""
        return bytes(self._request[: self._counts[_LENGTH]])

    def tally(self) -> Tally:
        """Return what was answered so far."""
        return Tally(tuple(self._counts[_BUCKETS:_LAST]), self._times[_SECONDS], self._counts[_CACHED])


def make_slate_file() -> int:
    """Return the number of a new file for a slate; it has no name and lives as long as somebody has it open."""
    number = os.memfd_create("kg-slate")
    os.truncate(number, _SIZE)
    return number
