"""Marks on a text, cut into pieces that follow one another: marks may overlap, HTML elements may not."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that is shown: its kind (a style class), where it leads, and what is said of it."""

    start: int
    end: int
    kind: str
    address: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; ``mark`` is the innermost of them, ``around`` the kinds of the others."""

    text: str
    mark: Mark | None = None
    around: tuple[str, ...] = ()


def cut(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """Return the text from ``start`` to ``end`` in pieces; marks are clipped to it.

    Of the marks over a place the shortest is the innermost, of equally short ones the first by start, end and kind.

    >>> [(p.text, p.mark.kind if p.mark else "") for p in cut("aspirin tablets", [Mark(0, 7, "drug")])]
    [('aspirin', 'drug'), (' tablets', '')]
    """
    stop = len(text) if end is None else end
    inside = [mark for mark in marks if mark.start < stop and mark.end > start and mark.start < mark.end]
    inside.sort(key=lambda mark: (mark.end - mark.start, mark.start, mark.end, mark.kind))
    borders = {start, stop}
    for mark in inside:
        borders |= {max(start, mark.start), min(stop, mark.end)}
    places = sorted(borders)
    pieces = [_piece(text, inside, left, right) for left, right in itertools.pairwise(places)]
    return [piece for piece in pieces if piece.text]


def _piece(text: str, marks: Sequence[Mark], left: int, right: int) -> Piece:
    over = [mark for mark in marks if mark.start <= left and mark.end >= right]
    if not over:
        return Piece(text[left:right])
    return Piece(text[left:right], over[0], tuple(dict.fromkeys(mark.kind for mark in over[1:])))
