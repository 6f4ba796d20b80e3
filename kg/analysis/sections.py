"""What part of a text a block is: title, contact block, table, boilerplate, trademark note, references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.analysis.blocks import Block, BlockKind
from kg.model import Section, SectionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Document

_FORWARD_HEADING = re.compile(
    r"\W*(?:(?:cautionary|special|safe.harbou?r|disclosure|note|notice|statements?|regarding|concerning|about|on|of|the|and|"
    r"[\w&.,]+)\s+){0,6}(?:forward[-‐–\s]?looking\s+(?:statements?|information)|safe[-\s]harbou?r(?:\s+statements?)?)",
    re.IGNORECASE,
)
_FORWARD_PROSE = re.compile(r"forward[-‐–\s]?looking\s+(?:statements?|information)", re.IGNORECASE)
_FORWARD_LAW = re.compile(
    r"private securities litigation reform act|safe[-\s]harbou?r|risks?\s+and\s+uncertainties|differ\s+materially"
    r"|undue\s+reliance|undertakes?\s+no\s+obligation|disclaims?\s+any",
    re.IGNORECASE,
)
_FORWARD_BEGINS = re.compile(
    r"forward[-‐–\s]?looking\s+(?:statements?|information)|\breflects?\s[^.]{0,40}current\s+(?:beliefs?|expectations?)"
    r"|\brisks?\s+and\s+uncertainties\b",
    re.IGNORECASE,
)
_SENTENCE_BEGINS = re.compile(r"[.!?][\"”*)]*\s+(?=[\"“*(]*[A-Z])|\n")
_LONG_PROSE = 700
_SECTION_STARTS_ANEW = re.compile(
    r"\W*(?:about\s+\S|###|-\s*ends?\s*-|references?\b|(?:important\s+)?safety\s+information|indications?\b)",
    re.IGNORECASE,
)
_TRADEMARK = re.compile(
    r"\b(?:is|are)\s+(?:an?\s+)?(?:registered\s+)?(?:trade\s?marks?|service\s?marks?)\b"
    r"|\b(?:registered\s+)?trademarks?\s+(?:of|owned\s+by)\b|\ball\s+(?:other\s+)?trademarks\b",
    re.IGNORECASE,
)
_REFERENCES = re.compile(r"\W*(?:references|bibliography|sources|literature cited|footnotes)\W*$", re.IGNORECASE)
_TITLE_WORDS = 3
_CONTACT_PROSE = 160
_TRADEMARK_LENGTH = 600


def find_sections(document: Document, blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Return the reader's sections and those seen in the text, in text order, the longer first."""
    text = document.text
    contacts = tuple(_contacts(blocks))
    named = [*document.sections, *_title(document, blocks, contacts), *contacts]
    marked = [section for section in _marked(text, blocks) if not _is_covered_heading(section, named)]
    found = {*named, *marked, *_until_next(text, blocks)}
    return tuple(sorted(found, key=lambda section: (section.start, -section.end, section.kind)))


def innermost(sections: Sequence[Section], start: int, end: int) -> SectionKind:
    """Return the kind of the shortest section that holds the span; body when none does."""
    holding = [section for section in sections if section.start <= start and end <= section.end]
    if not holding:
        return SectionKind.BODY
    return min(holding, key=lambda section: (section.end - section.start, section.kind)).kind


def _is_covered_heading(section: Section, named: Sequence[Section]) -> bool:
    """A heading-like line in a contact block or title is no heading."""
    return section.kind is SectionKind.HEADING and any(
        other.start <= section.start and section.end <= other.end
        for other in named
        if other.kind in (SectionKind.TITLE, SectionKind.CONTACT, SectionKind.TABLE)
    )


def _title(document: Document, blocks: Sequence[Block], contacts: Sequence[Section]) -> Iterator[Section]:
    """Yield the first heading-like block before any prose, unless the reader has named the title."""
    if any(section.kind is SectionKind.TITLE for section in document.sections):
        return
    for block in blocks:
        if any(contact.start <= block.start < contact.end for contact in contacts):
            continue
        words = document.text[block.start : block.end].split()
        if block.kind is BlockKind.PROSE and block is not blocks[0]:
            return
        if block.kind is BlockKind.HEADING and len(words) >= _TITLE_WORDS and len(blocks) > 1:
            yield Section(block.start, block.end, SectionKind.TITLE)
            return


def _marked(text: str, blocks: Sequence[Block]) -> Iterator[Section]:
    """Yield the blocks that say by themselves what they are."""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            yield Section(block.start, block.end, SectionKind.HEADING, text[block.start : block.end])
        elif block.kind is BlockKind.TABLE:
            yield Section(block.start, block.end, SectionKind.TABLE)
        if block.end - block.start <= _TRADEMARK_LENGTH and _TRADEMARK.search(text, block.start, block.end):
            yield Section(block.start, block.end, SectionKind.TRADEMARK)
        if _is_forward_looking(text, block):
            yield Section(_forward_start(text, block), block.end, SectionKind.FORWARD_LOOKING)


def _is_forward_looking(text: str, block: Block) -> bool:
    return bool(
        _FORWARD_PROSE.search(text, block.start, block.end) and _FORWARD_LAW.search(text, block.start, block.end)
    )


def _forward_start(text: str, block: Block) -> int:
    """Return where the legal note begins: in news that is one long block, at the sentence that first speaks of it."""
    first = _FORWARD_BEGINS.search(text, block.start, block.end)
    if first is None or first.start() - block.start < _LONG_PROSE:
        return block.start
    begins = [match.end() for match in _SENTENCE_BEGINS.finditer(text, block.start, first.start())]
    return begins[-1] if begins else block.start


def _contacts(blocks: Sequence[Block]) -> Iterator[Section]:
    """Yield runs of short blocks from a contact heading, or around contact lines, to the next prose or title."""
    index = 0
    while index < len(blocks):
        if blocks[index].kind not in (BlockKind.CONTACT, BlockKind.CONTACT_HEADING):
            index += 1
            continue
        last = index
        following = index + 1
        while following < len(blocks) and _may_be_contact(blocks[following]):
            if blocks[following].kind in (BlockKind.CONTACT, BlockKind.CONTACT_HEADING):
                last = following
            following += 1
        first = index if blocks[index].kind is BlockKind.CONTACT_HEADING else _first_of_contact(blocks, index)
        yield Section(blocks[first].start, blocks[last].end, SectionKind.CONTACT)
        index = last + 1


def _may_be_contact(block: Block) -> bool:
    return block.kind is not BlockKind.TABLE and (
        block.kind is not BlockKind.PROSE or block.end - block.start <= _CONTACT_PROSE
    )


def _first_of_contact(blocks: Sequence[Block], index: int) -> int:
    """Return the first of up to four short lines above a contact line: name, office, company."""
    first = index
    while first > max(0, index - 4) and blocks[first - 1].kind in (BlockKind.HEADING, BlockKind.CONTACT):
        if blocks[first].start - blocks[first - 1].end > 1:
            break
        first -= 1
    return first


def _until_next(text: str, blocks: Sequence[Block]) -> Iterator[Section]:
    """Yield sections that run from their heading to the next one of another kind."""
    for index, block in enumerate(blocks):
        kind = _opens(text, block)
        if kind is None:
            continue
        end = block.end
        for following in blocks[index + 1 :]:
            if _closes(text, following):
                break
            end = following.end
        yield Section(block.start, end, kind, text[block.start : block.end])


def _opens(text: str, block: Block) -> SectionKind | None:
    if block.kind is not BlockKind.HEADING:
        return None
    if _FORWARD_HEADING.fullmatch(text[block.start : block.end].rstrip(" :*.")):
        return SectionKind.FORWARD_LOOKING
    if _REFERENCES.match(text, block.start, block.end):
        return SectionKind.REFERENCES
    return None


def _closes(text: str, block: Block) -> bool:
    if block.kind in (BlockKind.CONTACT, BlockKind.CONTACT_HEADING):
        return True
    heading = block.kind is BlockKind.HEADING or text.startswith("###", block.start)
    return heading and _SECTION_STARTS_ANEW.match(text, block.start, block.end) is not None
