"""Finds "long form (SF)" in plain text, for names that are linked outside the pipeline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import Abbreviation, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACKETED = re.compile(r"\(([A-Za-z][\w/+-]{1,9})\)")
_WORD = re.compile(r"[\w'’+-]+")
_MORE_WORDS = 5


def find_short_forms(text: str) -> Iterator[Abbreviation]:
    """Yield short forms in brackets whose letters stand in order in the words before, the first of them first.

    >>> [text[a.long.start:a.long.end] for text in ["an acute kidney injury (AKI)"] for a in find_short_forms(text)]
    ['acute kidney injury']
    """
    for match in _BRACKETED.finditer(text):
        short = match[1]
        before = text[: match.start()].rstrip()
        words = list(_WORD.finditer(before))[-min(len(short) + _MORE_WORDS, 2 * len(short)) :]
        start = _long_form_start(short, before, words)
        if start is not None:
            yield Abbreviation(Span(match.start(1), match.end(1)), Span(start, len(before)))


def _long_form_start(short: str, before: str, words: list[re.Match[str]]) -> int | None:
    letters = [char.casefold() for char in short if char.isalnum()]
    place = len(before) - 1
    for number in range(len(letters) - 1, -1, -1):
        starts_word = number == 0
        while place >= 0 and not (
            before[place].casefold() == letters[number]
            and (not starts_word or place == 0 or not before[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return None
        place -= 1
    start = place + 1
    return start if words and start >= words[0].start() and len(before) - start > len(short) else None
