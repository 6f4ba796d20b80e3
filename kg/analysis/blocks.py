"""The lines of a text put together into blocks: paragraphs, headings, bullets, contact lines and table rows.

A hard line wrap joins, a blank line, a bullet, a heading or a contact line parts. A sentence never leaves its block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRAP_WIDTH = 150
"""A text with a line longer than this is not hard-wrapped: each of its lines is a paragraph."""
_LIST_WIDTH = 45
"""Lines that are all shorter than this are a list or an address, not wrapped prose."""
_HEADING_LENGTH = 120
_TABLE_ROWS = 2

_BULLET = re.compile(r"\s*(?:[-–—•·●▪◦‣*+o]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)(?=\S)")
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|\+\d[\d ().-]{7,}\d|\(\d{3}\)\s?\d{3}[-. ]\d{4}|\b\d{3}[-.]\d{3}[-.]\d{4}\b"
    r"|^\s*(?:tel|phone|fax|e-?mail|ph)\b\.?:",
    re.IGNORECASE,
)
_CONTACT_HEADING = re.compile(
    r"^\W*(?:(?:for\s+)?(?:more|further|additional)\s+information\b.{0,40}"
    r"|(?:(?:media|press|investors?|company|corporate|public|analysts?|ir|pr|customer|european|us|u\.s\.)"
    r"[\s/&,]*(?:and\s+)?)*(?:relations\s+)?(?:contacts?|inquiries|enquiries)(?:\s+(?:information|details|persons?))?"
    r"|(?:media|press|investors?|investor relations|media relations))\s*:?\W*$",
    re.IGNORECASE,
)
_TABLE_ROW = re.compile(r"\t.*\t|\S[ ]{3,}\S.*\S[ ]{3,}\S|^\s*\|.*\|.*\|?\s*$|^\s*[-+|=]{4,}\s*$")
_SENTENCE_END = re.compile(r"[.!?;,:]['\"”’)\]*]*\s*$")


class BlockKind(StrEnum):
    """What a block of lines is."""

    PROSE = "prose"
    HEADING = "heading"
    BULLET = "bullet"
    CONTACT = "contact"
    CONTACT_HEADING = "contact_heading"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive lines without the white space around them."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    indented: bool


def find_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of the text, in order; what lies between them is white space."""
    return tuple(block for paragraph in _paragraphs(text) for block in _blocks(text, paragraph))


def is_contact_line(line: str) -> bool:
    """Whether the line carries an e-mail address or a telephone number.

    >>> is_contact_line("(914) 555-0100"), is_contact_line("Phase 3 began.")
    (True, False)
    """
    return len(line) <= _HEADING_LENGTH and _CONTACT.search(line) is not None


def _paragraphs(text: str) -> Iterator[list[_Line]]:
    """Yield the lines between blank lines."""
    lines: list[_Line] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        body = raw.strip()
        if body:
            start = position + raw.index(body[0])
            lines.append(_Line(start, start + len(body), body, raw[0] in " \t\u00a0"))
        elif lines:
            yield lines
            lines = []
        position += len(raw)
    if lines:
        yield lines


def _blocks(text: str, lines: list[_Line]) -> Iterator[Block]:
    kinds = _line_kinds(text, lines)
    widest = max(len(line.text) for line in lines)
    first = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and kinds[index] is None and not _breaks(lines, kinds, index, widest):
            continue
        kind = kinds[first] or _kind_of_run(lines[first:index], alone=len(lines) == 1)
        yield Block(lines[first].start, lines[index - 1].end, kind)
        first = index


def _line_kinds(text: str, lines: list[_Line]) -> list[BlockKind | None]:
    kinds = [_line_kind(text, line) for line in lines]
    rows = sum(kind is BlockKind.TABLE for kind in kinds)
    return kinds if rows >= _TABLE_ROWS else [None if kind is BlockKind.TABLE else kind for kind in kinds]


def _line_kind(text: str, line: _Line) -> BlockKind | None:
    """Return the kind of a line that says it by itself, None for a line of prose."""
    if _TABLE_ROW.search(line.text):
        return BlockKind.TABLE
    if len(line.text) < _HEADING_LENGTH and _CONTACT_HEADING.match(line.text):
        return BlockKind.CONTACT_HEADING
    if is_contact_line(line.text) and not _SENTENCE_END.search(line.text):
        return BlockKind.CONTACT
    if _BULLET.match(text, line.start, line.end):
        return BlockKind.BULLET
    return None


def _breaks(lines: list[_Line], kinds: list[BlockKind | None], index: int, widest: int) -> bool:
    """Whether a line of prose begins a new block although no blank line stands before it."""
    before, line = lines[index - 1], lines[index]
    if kinds[index - 1] in (BlockKind.TABLE, BlockKind.CONTACT, BlockKind.CONTACT_HEADING):
        return True
    if widest > _WRAP_WIDTH:
        return True
    if line.indented and not before.indented and kinds[index - 1] is not BlockKind.BULLET:
        return True
    if line.text[0].islower():
        return False
    return len(before.text) < _LIST_WIDTH and widest < _LIST_WIDTH


def _kind_of_run(lines: list[_Line], *, alone: bool) -> BlockKind:
    length = lines[-1].end - lines[0].start
    short = length <= _HEADING_LENGTH or (alone and length <= 2 * _HEADING_LENGTH)
    if short and len(lines) <= _TABLE_ROWS and not _SENTENCE_END.search(lines[-1].text.rstrip(":")):
        return BlockKind.HEADING
    return BlockKind.PROSE
