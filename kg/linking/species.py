"""Whose gene a document means: mouse genes have identifiers of their own, under the names of the human ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Mention
    from kg.ontology.names import Posting

_MOUSE = re.compile(r"\b(?:mouse|mice|murine|C57BL\S*|BALB/?c|MEFs?|3T3)\b", re.IGNORECASE)
_HUMAN = re.compile(
    r"\b(?:humans?|patients?|men|women|children|people|subjects|participants|individuals|famil(?:y|ies)|probands?|"
    r"carriers|cohort|clinical|cases|SNPs?|HeLa|HEK ?293T?|HepG2|MCF-?7)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:(mouse|murine)|(human))[\s-]+\Z", re.IGNORECASE)
_REACH = 10
_MOUSE_SYMBOL = re.compile(r"[A-Z][a-z]+[a-z-]*\d+[a-z]?\d*")
_LIKE_MOUSE = 3
_HUMAN_GENES, _MOUSE_GENES = "HGNC:", "MGI:"
"""A nomenclature committee names the genes of one species."""


def species_cues(text: str) -> tuple[int, int]:
    """Return how often a text speaks of mice, and of people.

    >>> species_cues("Casp3 knockout mice and three patients")
    (1, 1)
    """
    return sum(1 for _ in _MOUSE.finditer(text)), sum(1 for _ in _HUMAN.finditer(text))


def is_of_mouse(text: str, mention: Mention, cues: tuple[int, int]) -> bool:
    """Say whether a mention names the mouse's gene: by the word before it, else by the document and its writing.

    ``cues`` are those of the document. Mouse symbols are written Casp3, human ones CASP3.
    """
    said = _BEFORE.search(text, max(0, mention.start - _REACH), mention.start)
    if said is not None:
        return said[1] is not None
    mice, people = cues
    if not mice:
        return False
    if _MOUSE_SYMBOL.fullmatch(mention.text):
        return mice + _LIKE_MOUSE > people
    return mice > people + (1 if people and mention.text.isupper() else 0)


def of_one_species(found: Sequence[tuple[int, Posting]], *, murine: bool) -> list[tuple[int, Posting]]:
    """Return the names without those of genes of the other species, where both species have one."""
    kept, other = (_MOUSE_GENES, _HUMAN_GENES) if murine else (_HUMAN_GENES, _MOUSE_GENES)
    if not any(posting.curie.startswith(kept) for _, posting in found):
        return list(found)
    return [
        (distance, posting)
        for distance, posting in found
        if posting.type is not EntityType.GENE_PROTEIN or not posting.curie.startswith(other)
    ]
