"""Finds dictionary names in a text: the longest name that begins at each token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ontology.names import Posting, spaces_fit
from kg.ontology.normalize import Word, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Span
    from kg.ontology.index import Index

LONGEST = 120
"""Keys of more characters than this are not looked for in running text."""

Hit = tuple[int, int, tuple[Posting, ...]]


def scan(index: Index, text: str, tokens: Sequence[Span]) -> Iterator[Hit]:
    """Yield (start, end, postings) for each token start at which a name begins, the longest name only.

    Spans are those of the untouched text, from the first to the last letter or digit; hits may overlap.
    """
    found = words(text)
    firsts, lasts = _borders(found, tokens)
    starts: list[int] = []
    ends: dict[int, int] = {}
    length = 0
    for place, word in enumerate(found):
        starts.append(length)
        length += len(word.key)
        if place in lasts and word.key:
            ends[length] = word.end
    joined = "".join([word.key for word in found])
    find = index.keys.iter_prefixes_with_ids
    for place in firsts:
        begin = starts[place]
        fitting = [
            (ends[begin + len(key)], number)
            for key, number in find(joined[begin : begin + LONGEST])
            if begin + len(key) in ends
        ]
        hit = _longest(index, text, found[place].start, fitting)
        if hit is not None:
            yield hit


def _borders(found: Sequence[Word], tokens: Sequence[Span]) -> tuple[list[int], set[int]]:
    """Return the places of words that begin a token, in order, and of those that end one."""
    begin = {word.start: place for place, word in enumerate(found)}
    finish = {word.end: place for place, word in enumerate(found)}
    firsts: list[int] = []
    lasts: set[int] = set()
    place = 0
    for token in tokens:
        while place < len(found) and found[place].start < token.start:
            place += 1
        first = begin.get(token.start, place)
        if first < len(found) and found[first].start < token.end:
            firsts.append(first)
        last = finish.get(token.end)
        if last is None:
            last = _last_within(found, first, token.end)
        if last is not None:
            lasts.add(last)
    return firsts, lasts


def _last_within(found: Sequence[Word], place: int, end: int) -> int | None:
    last: int | None = None
    while place < len(found) and found[place].end <= end:
        last = place
        place += 1
    return last


def _longest(index: Index, text: str, start: int, fitting: Sequence[tuple[int, int]]) -> Hit | None:
    for end, number in reversed(fitting):
        surface = text[start:end]
        postings = index.postings(number)
        if not all(_counts(surface, posting) for posting in postings):
            postings = tuple(posting for posting in postings if _counts(surface, posting))
        if postings:
            return start, end, postings
    return None


def _counts(surface: str, posting: Posting) -> bool:
    return spaces_fit(surface, posting.name) and (not posting.exact_case or surface == posting.name)
