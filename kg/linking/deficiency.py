"""Diseases named by what is lacking: "C2 deficiency" is named by another name of the gene, "complement component 2"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

_LACKS = re.compile(r"^(?P<thing>.+?)[- ]deficien(?:cy|cies|t)$", re.IGNORECASE)
_LACKED = re.compile(
    r"\b(?:deficien(?:cy|cies|t)|absence|lack) (?:of|in) (?:the |functional )*(?P<thing>.+)$", re.IGNORECASE
)
_COMPLEMENT = re.compile(
    r"^(?:(?P<ordinal>\w+) component of (?:human )?complement|"
    r"(?:human )?complement (?:protein|factor) C?(?P<number>\d))\b",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_MOST_LEFT_OUT = 3
_OURS = "HGNC:"
_MOST_NAMES = 20


def deficiencies(lexicon: Lexicon, text: str, kind: EntityType | None) -> Iterator[str]:
    """Yield the names of a disease that a lack is named by, one for each name of the gene that is lacking."""
    if kind not in {EntityType.DISEASE, None}:
        return
    match = _LACKS.search(text) or _LACKED.search(text)
    if match is None:
        return
    genes = next(filter(None, (_genes(lexicon, thing) for thing in _things(match["thing"]))), [])
    for curie in dict.fromkeys(posting.curie for posting in genes[:2]):
        for posting in lexicon.names(curie)[:_MOST_NAMES]:
            yield f"{posting.name} deficiency"


def _things(text: str) -> Iterator[str]:
    """Yield what may be lacking: the text, a component of complement by its number, shorter and shorter ends.

    >>> list(_things("seventh component of complement"))[1], list(_things("type I C2"))[-1]
    ('complement component 7', 'C2')
    """
    yield text
    complement = _COMPLEMENT.match(text)
    if complement and (number := _number(complement)):
        yield f"complement component {number}"
    words = text.split()
    yield from (" ".join(words[first:]) for first in range(1, min(len(words), _MOST_LEFT_OUT + 1)))


def _number(complement: re.Match[str]) -> str:
    ordinal = (complement["ordinal"] or "").casefold()
    return str(_ORDINALS.index(ordinal) + 1) if ordinal in _ORDINALS else complement["number"] or ""


def _genes(lexicon: Lexicon, text: str) -> list[Posting]:
    return [posting for posting in lexicon.lookup(text) if posting.curie.startswith(_OURS)]
