"""What the parts of a coordination leave out: "gastric and ovarian cancers", "hepatitis B and C", "alpha- and beta-X".

Parts are texts in a row, as between "and", "or" and commas. Nothing is looked up here: who asks must see which of the
full names is a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = r"(?:and/or|and|or|&|as\s+well\s+as)"
_JOINT = re.compile(rf"-?\s*,\s+(?:{_WORD}\s+)?|-?\s+{_WORD}\s+", re.IGNORECASE)
_CONJUNCTION = re.compile(rf"\s{_WORD}\s", re.IGNORECASE)
_BREAK = re.compile(r"[\s-]+")
_TAIL = re.compile(
    r"-?(?:\d+(?:[A-Za-z]|alpha|beta|gamma|delta)?\d*|[A-Z]\d*|[IVX]+[AB]?|[α-ω]|(?:alpha|beta|gamma|delta)-?\d*)(?![\w-])"
)
"""What tells members of one family apart behind their common name."""
_NUMBER = re.compile(r"-?\d+(?![\w-])")
_NUMBERED = re.compile(r"(.*?[^\W\d][\s-]?)\d+\Z")
_TAILED = re.compile(rf"(.*?\w[\s-]){_TAIL.pattern}\Z")
_MOST_PARTS = 8
_MOST_WORDS = 6
_MOST_HEADS = 6


def holds_conjunction(text: str) -> bool:
    """Say whether an "and" or "or" stands in a text.

    >>> holds_conjunction("hand, foot and mouth disease"), holds_conjunction("band")
    (True, False)
    """
    return _CONJUNCTION.search(text) is not None


def without_conjunctions(text: str) -> str:
    """Return a text without its "and" and "or"."""
    return _CONJUNCTION.sub(" ", text)


def parts_of(text: str) -> list[tuple[int, int]]:
    """Return where the parts of a coordination stand; none where there is no "and" or "or", or too many parts.

    >>> [text[start:end] for text in ["alpha- and beta-thalassemia"] for start, end in parts_of(text)]
    ['alpha', 'beta-thalassemia']
    """
    if not holds_conjunction(text):
        return []
    joints = list(_JOINT.finditer(text))
    starts = [0, *(joint.end() for joint in joints)]
    ends = [*(joint.start() for joint in joints), len(text)]
    found = list(zip(starts, ends, strict=True))
    is_row = 1 < len(found) <= _MOST_PARTS and all(start < end for start, end in found)
    return found if is_row else []


def full_names(parts: Sequence[str], place: int) -> Iterator[str]:
    """Yield what a part may stand for in full, without itself: with the end of the last, the beginning of an earlier.

    The most that it can lack goes first, as "acute and chronic myeloid leukemia" names acute myeloid leukemia.

    >>> list(full_names(["acute", "chronic myeloid leukemia"], 0))
    ['acute myeloid leukemia', 'acute leukemia']
    >>> list(full_names(["IL-2", "-4", "-6"], 2)), list(full_names(["hepatitis B", "C virus infection"], 1))
    (['IL-6'], ['hepatitis C virus infection'])
    """
    own = parts[place]
    if place + 1 < len(parts):
        yield from (f"{own}{head}" for head in _heads(parts[-1]))
    yield from (f"{stem}{own.removeprefix('-')}" for stem in _stems(parts, place))


def _heads(last: str) -> Iterator[str]:
    """Yield the ends of a name, longest first, each with what divides it from what stands before it."""
    breaks = [match for match in _BREAK.finditer(last) if match.start()]
    for found in breaks[-_MOST_HEADS:]:
        yield f" {last[found.end() :]}"


def _stems(parts: Sequence[str], place: int) -> Iterator[str]:
    """Yield the beginning of the nearest part before that is more than a tail: up to its tail or its last word."""
    own = parts[place]
    at = next((at for at in range(place - 1, -1, -1) if _TAIL.fullmatch(parts[at]) is None), None)
    first = "" if at is None else parts[at]
    if first.count(" ") >= _MOST_WORDS:
        return
    if _TAIL.match(own) is None:
        yield from (f"{stem} " for stem in [first.rpartition(" ")[0]] if stem)
    elif (told := (_NUMBER.match(own) and _NUMBERED.match(first)) or _TAILED.match(first)) is not None:
        yield told[1]
