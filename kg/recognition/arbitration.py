"""What a name is when the model says one thing and the text around it another; only the model's word is doubted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.process_patterns import is_inside_cells
from kg.recognition.voting import is_model_only
from kg.recognition.words import is_common

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TRADE_MARK = re.compile(r"\s?(?:\[?[®™]\]?)")
_CODE = re.compile(r"[A-Z]{2,6}-?\d{3,7}[A-Z]?")
_COMPANY = re.compile(r"(?:pharma?|biotech|therapeutics|pharmaceuticals)$", re.IGNORECASE)
_COORDINATED = re.compile(
    r"(?P<first>[\w-]+(?:\s[\dIV]{1,2})?)\s+(?:and|or|and/or)\s+(?P<second>[\w-]+\s+(?:[\dIV]{1,2}\s+diabetes|diseases?|disorders?|cancers?|pain|conditions"
    r"|tumors?|"
    r"infections?|complications))"
)
_SHORTEST_PART = 5


def retyped(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions; those that only the model knows with the type that their mark or their name gives them.

    A name with a trade mark, a part of a drug's longer name and a development code are drugs, a name in "pharma" is an
    organisation; "lung and kidney diseases" are two.
    """
    known = {mention.text for mention in found if not is_model_only(mention)}
    drug_words = _parts(mention for mention in found if mention.type is EntityType.DRUG and not is_model_only(mention))
    coded = {name for name in known if _CODE.fullmatch(name)} - {
        mention.text for mention in found if mention.type is not EntityType.DRUG and not is_model_only(mention)
    }
    for mention in found:
        if not is_model_only(mention) or mention.type is EntityType.ORGANISATION:
            yield mention
        elif mention.text in known:
            yield replace(mention, type=EntityType.DRUG) if mention.text in coded else mention
        elif _is_drug(text, mention, drug_words):
            yield replace(mention, type=EntityType.DRUG)
        elif mention.type is EntityType.DRUG and _COMPANY.search(mention.text):
            yield replace(mention, type=EntityType.ORGANISATION)
        else:
            yield from _uncoordinated(mention)


def _uncoordinated(mention: Mention) -> Iterator[Mention]:
    """Yield the two parts of a coordinated disease name, else the mention."""
    match = _COORDINATED.fullmatch(mention.text) if mention.type is EntityType.DISEASE else None
    if match is None:
        yield mention
        return
    for group in ("first", "second"):
        start, end = match.span(group)
        yield replace(mention, start=mention.start + start, end=mention.start + end, text=match[group])


def _parts(mentions: Iterable[Mention]) -> frozenset[str]:
    """Return the rare words of names of several words, in small letters."""
    return frozenset(
        word.casefold()
        for mention in mentions
        if len(words := mention.text.split()) > 1
        for word in words
        if len(word) >= _SHORTEST_PART and word.isalpha() and not is_common(word)
    )


def _is_drug(text: str, mention: Mention, drug_words: frozenset[str]) -> bool:
    if mention.text.casefold() in drug_words:
        return True
    if mention.text[0].isupper() and _TRADE_MARK.match(text, mention.end):
        return mention.type is not EntityType.CELL
    return mention.type is EntityType.GENE_PROTEIN and _CODE.fullmatch(mention.text) is not None


def without_diseases_of_organelles(found: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without a disease that only the model sees in what harms a part of the cell."""
    inner = [(one.start, one.end) for one in found if one.type is EntityType.PROCESS and is_inside_cells(one.text)]
    return [
        one
        for one in found
        if one.type is not EntityType.DISEASE
        or not is_model_only(one)
        or not any(start < one.end and one.start < end for start, end in inner)
    ]


def without_parts_of_organisations(found: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without those inside an organisation's longer name: "Society for Immunotherapy of Cancer"."""
    holders = sorted(
        (mention.start, mention.end)
        for mention in found
        if mention.type is EntityType.ORGANISATION and not is_model_only(mention) and " " in mention.text
    )
    return [mention for mention in found if not _is_inside(mention, holders)]


def _is_inside(mention: Mention, holders: Sequence[tuple[int, int]]) -> bool:
    return any(
        start <= mention.start and mention.end <= end and (start, end) != (mention.start, mention.end)
        for start, end in holders
    )
