"""Finds dictionary names in a text: the longest name that begins at each token."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.ontology.names import Posting, spaces_fit
from kg.ontology.normalize import text_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Span
    from kg.ontology.index import Index

LONGEST = 120
"""Keys of more characters than this are not looked for in running text."""
_REMEMBERED = 50_000
_LONGEST_INDEX = 2
"""So many letters may stand in a bracket inside a word: "GABA(A)"; more are another name of the same gene."""

_FUNCTION_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "in", "is", "no", "of", "on", "or", "the", "to"}
)

Hit = tuple[int, int, tuple[Posting, ...]]


def scan(index: Index, text: str, tokens: Sequence[Span]) -> Iterator[Hit]:
    """Yield (start, end, postings) for each token start at which a name begins, the longest name only.

    Spans are those of the untouched text, from the first to the last letter or digit or the bracket that closes one
    inside the name; hits may overlap.
    """
    begins, ends, keys = text_words(text)
    firsts, lasts = _borders(begins, ends, tokens)
    starts = [0, *accumulate(map(len, keys))]
    stops = {starts[place + 1]: ends[place] for place in lasts if keys[place]}
    joined = "".join(keys)
    prefixes = index.keys.prefixes
    for place in firsts:
        start = starts[place]
        for key in reversed(prefixes(joined[start : start + LONGEST])):
            if (stop := start + len(key)) in stops:
                begin, end = begins[place], stops[stop]
                end = _closed(text, begin, end) if text.startswith(")", end) else end
                postings = _fitting(index, text[begin:end], key)
                if postings:
                    yield begin, end, postings
                    break


def _closed(text: str, begin: int, end: int) -> int:
    """Return the end behind the bracket that closes one in the midst of a name: "lipoprotein(a)"."""
    opening = text.rfind("(", begin + 1, end)
    is_short = opening > 0 and end - opening - 1 <= _LONGEST_INDEX and text[opening - 1].isalnum()
    return end + 1 if is_short and text.find(")", opening, end) < 0 else end


def _borders(begins: Sequence[int], ends: Sequence[int], tokens: Sequence[Span]) -> tuple[list[int], list[int]]:
    """Return the places of words that begin a token, in order, and of those that end one."""
    firsts: list[int] = []
    lasts: list[int] = []
    count = len(begins)
    place = 0
    for start, end in tokens:
        while place < count and begins[place] < start:
            place += 1
        last = place
        while last < count and ends[last] <= end:
            last += 1
        if last > place:
            firsts.append(place)
            lasts.append(last - 1)
        elif place < count and begins[place] < end:
            firsts.append(place)
    return firsts, lasts


def _fitting(index: Index, surface: str, key: str) -> tuple[Posting, ...]:
    """Return the names of a key that the writing may stand for; remembered, as texts repeat their names."""
    known = index.fitting.get(surface)
    if known is None:
        if len(index.fitting) > _REMEMBERED:
            index.fitting.clear()
        known = tuple(posting for posting in index.postings(index.keys[key]) if _counts(surface, posting))
        index.fitting[surface] = known
    return known


def _counts(surface: str, posting: Posting) -> bool:
    if posting.exact_case:
        return surface == posting.name
    if posting.type is EntityType.ORGANISATION and surface.islower() and not posting.name.islower():
        return False
    if surface.isalnum():
        return True
    first = surface.split(maxsplit=1)[0]
    if first in _FUNCTION_WORDS and first != surface and not posting.name.lower().startswith(first + " "):
        return False
    return spaces_fit(surface, posting.name)
