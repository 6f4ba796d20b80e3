"""Whole answers that were given before, for as long as the generation that they came from is the newest."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from kg.serve.answers import Whole

_LARGEST_SHARE = 8


class AnswerCache:
    """The least recently used answers go when the bytes are too many, all go when there is a new generation."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._tag = ""
        self._kept: OrderedDict[Hashable, Whole] = OrderedDict()

    def find(self, tag: str, key: Hashable) -> Whole | None:
        """Return the answer to a request under a generation, if it is kept."""
        if tag != self._tag:
            self._kept.clear()
            self._size = 0
            self._tag = tag
            return None
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, tag: str, key: Hashable, whole: Whole) -> None:
        """Keep an answer, unless it is a large part of the cache or of another generation."""
        if tag != self._tag or whole.size > self._most // _LARGEST_SHARE or key in self._kept:
            return
        self._kept[key] = whole
        self._size += whole.size
        while self._size > self._most:
            _, gone = self._kept.popitem(last=False)
            self._size -= gone.size
