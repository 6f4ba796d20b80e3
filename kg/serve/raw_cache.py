"""Answers by the bytes of their requests: what is asked again byte for byte need not even be parsed."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.serve.watch import Watch

_LARGEST_ANSWER = 256 * 1024


class RawCache:
    """The oldest answers go when the bytes are too many, all go when there is a new generation."""

    def __init__(self, watch: Watch, most_bytes: int) -> None:
        self._watch = watch
        self._most = most_bytes
        self._size = 0
        self._tag = ""
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()

    def find(self, request: bytes) -> bytes | None:
        """Return the answer, if it is kept and of the newest generation."""
        snapshot = self._watch.newest()
        if snapshot is None or snapshot.tag != self._tag:
            self._kept.clear()
            self._size = 0
            self._tag = snapshot.tag if snapshot is not None else ""
            return None
        return self._kept.get(request)

    def keep(self, tag: str, request: bytes, answer: bytes) -> None:
        """Keep an answer of a generation."""
        if tag != self._tag or len(answer) > _LARGEST_ANSWER or request in self._kept:
            return
        self._kept[request] = answer
        self._size += len(request) + len(answer)
        while self._size > self._most:
            gone, old = self._kept.popitem(last=False)
            self._size -= len(gone) + len(old)
