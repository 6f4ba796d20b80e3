"""Long documents are shown in parts, each with what was read out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PART = 40_000
"""How many characters of a text a page shows; a sentence belongs to the part that it begins in."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text; ``number`` counts from 1."""

    number: int
    count: int

    def holds(self, start: int | None) -> bool:
        """What begins there belongs to this part; what has no place is of the first, what is past the end of the last.

        >>> Part(2, 3).holds(PART), Part(1, 3).holds(None), Part(3, 3).holds(9 * PART)
        (True, True, True)
        """
        return min((start or 0) // PART + 1, self.count) == self.number


def choose_part(fields: Mapping[str, str], length: int) -> Part:
    """Return the part that ``part=2`` or ``at=81000`` (a character) asks for, else the first.

    >>> choose_part({"at": "81000"}, 100_000), choose_part({"part": "x"}, 10)
    (Part(number=3, count=3), Part(number=1, count=1))
    """
    count = max(1, -(-length // PART))
    number = _number(fields.get("part")) or (_number(fields.get("at")) or 0) // PART + 1
    return Part(min(number, count), count)


def address_in(document: str, start: int) -> str:
    """Return the address of a place in a document.

    >>> address_in("/document/a", 12), address_in("/document/a", 81000)
    ('/document/a#c12', '/document/a?at=81000#c81000')
    """
    return f"{document}{f'?at={start}' if start >= PART else ''}#c{start}"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
