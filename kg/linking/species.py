"""Whose gene a document means: mouse genes have identifiers of their own, under the names of the human ones."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from math import log1p
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
_ALTERED = re.compile(r"knock-?out|-/-|null mice|transgenic|wild-type|\bKO\b", re.IGNORECASE)
_VARIED = re.compile(r"\S*\s*(?:\S+\s+){0,2}(?:patients|polymorphism|mutations?|variants?|SNP)\b")
_REACH = 10
_AFTER = 50
_MOUSE_SYMBOL = re.compile(r"[A-Z][a-z]+[a-z-]*\d+[a-z]?\d*")
_OF_MAN, _OF_MOUSE = re.compile(r"h[A-Z]"), re.compile(r"m[A-Z]")
_HUMAN_GENES, _MOUSE_GENES = "HGNC:", "MGI:"
"""A nomenclature committee names the genes of one species."""

WEIGHTS = {
    "altered": 0.86,
    "bias": -0.08,
    "capitals": -0.38,
    "marked_human": -1.45,
    "marked_mouse": 0.83,
    "mice": 0.54,
    "mouse_last": 0.77,
    "mouse_symbol": 1.04,
    "near_human": -0.79,
    "near_mouse": 0.57,
    "people": -1.14,
    "said_human": -0.92,
    "said_mouse": 0.49,
    "title_human": -1.95,
    "title_mouse": 1.08,
    "varied": -0.58,
}
"""What speaks for the mouse in a document that names one; made by ``python -m kg.evaluation.species_fit``."""


@dataclass(frozen=True, slots=True)
class SpeciesCues:
    """Where a text speaks of mice and of people, in order; where its title ends; whether it tells of altered genes."""

    mice: tuple[int, ...]
    people: tuple[int, ...]
    title_end: int
    is_altered: bool


def species_cues(text: str) -> SpeciesCues:
    """Return what a text says of species.

    >>> species_cues("Casp3 knockout mice and three patients").mice
    (15,)
    """
    mice = tuple(match.start() for match in _MOUSE.finditer(text))
    people = tuple(match.start() for match in _HUMAN.finditer(text)) if mice else ()
    return SpeciesCues(mice, people, _end_of_sentence(text, 0), bool(mice) and _ALTERED.search(text) is not None)


def _end_of_sentence(text: str, start: int) -> int:
    ends = [at for mark in (". ", "? ", "\n") if (at := text.find(mark, start)) >= 0]
    return min(ends, default=len(text))


def species_features(text: str, mention: Mention, cues: SpeciesCues) -> dict[str, float]:
    """Return what speaks for or against the mouse in a document that names one; what is left out is 0."""
    start = mention.start
    first = max(text.rfind(mark, 0, start) for mark in (". ", "? ", "\n")) + 1
    last = _end_of_sentence(text, mention.end)
    said = _BEFORE.search(text, max(0, start - _REACH), start)
    mice, people = bisect_left(cues.mice, start), bisect_left(cues.people, start)
    told = {
        "said_mouse": said is not None and said[1] is not None,
        "said_human": said is not None and said[1] is None,
        "title_mouse": cues.mice[0] < cues.title_end,
        "title_human": bool(cues.people) and cues.people[0] < cues.title_end,
        "near_mouse": _any_between(cues.mice, first, last),
        "near_human": _any_between(cues.people, first, last),
        "mouse_last": mice > 0 and (not people or cues.mice[mice - 1] > cues.people[people - 1]),
        "mouse_symbol": _MOUSE_SYMBOL.fullmatch(mention.text) is not None,
        "capitals": mention.text.isupper(),
        "marked_human": _OF_MAN.match(mention.text) is not None,
        "marked_mouse": _OF_MOUSE.match(mention.text) is not None,
        "altered": cues.is_altered,
        "varied": _VARIED.match(text, mention.end, mention.end + _AFTER) is not None,
    }
    found = {name: 1.0 for name, value in told.items() if value}
    return found | {"bias": 1.0, "mice": log1p(len(cues.mice)), "people": log1p(len(cues.people))}


def _any_between(places: Sequence[int], first: int, last: int) -> bool:
    return bisect_left(places, first) < bisect_left(places, last)


def is_of_mouse(text: str, mention: Mention, cues: SpeciesCues) -> bool:
    """Say whether a mention names the mouse's gene; never in a document that names no mouse.

    ``cues`` are those of the document. Mouse symbols are written Casp3, human ones CASP3.
    """
    if mention.type is not EntityType.GENE_PROTEIN or not cues.mice:
        return False
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in species_features(text, mention, cues).items()) > 0


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
