"""Answers by the bytes of their requests: what is asked again byte for byte need not even be parsed."""

from __future__ import annotations

from collections import OrderedDict

_LARGEST_ANSWER = 256 * 1024
_MOST_SEEN = 4096


class RawCache:
    """The oldest answers go when the bytes are too many, all go when another generation is asked for.

    An answer is kept when its request comes the second time: most requests come once, and to keep them all would cost
    more than it gives.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._seen: set[int] = set()
        self._size = 0
        self._tag = ""
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()

    def find(self, tag: str, request: bytes) -> bytes | None:
        """Return the answer under a generation, if it is kept."""
        if tag != self._tag:
            self._kept.clear()
            self._size = 0
            self._tag = tag
            return None
        return self._kept.get(request)

    def keep(self, tag: str, request: bytes, answer: bytes) -> None:
        """Keep an answer of a generation, if its request was seen before."""
        seen = hash(request)
        if seen not in self._seen:
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            self._seen.add(seen)
            return
        if tag != self._tag or len(answer) > _LARGEST_ANSWER or request in self._kept:
            return
        self._kept[request] = answer
        self._size += len(request) + len(answer)
        while self._size > self._most:
            gone, old = self._kept.popitem(last=False)
            self._size -= len(gone) + len(old)
