"""Whose gene a document means: mouse genes have identifiers of their own, under the names of the human ones."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from math import log1p
from typing import TYPE_CHECKING

from kg.linking.species_signs import document_signs
from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.model import Mention
    from kg.ontology.names import Posting

_MOUSE = re.compile(r"\b(?:mouse|mice|murine|C57BL\S*|BALB/?c|MEFs?|3T3)\b", re.IGNORECASE)
_MICE = ("mouse", "mice", "murine", "c57bl", "balb", "mef", "3t3")
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
    "altered": 0.06,
    "bias": -0.16,
    "cancer": -0.35,
    "capitals": -0.33,
    "development": 0.65,
    "embryos": 0.68,
    "grafts": -3.61,
    "lines": -1.2,
    "marked_human": -1.36,
    "marked_mouse": 1.11,
    "mice": 0.57,
    "mouse_last": 0.97,
    "mouse_symbol": 0.3,
    "near_human": -1.01,
    "near_mouse": 0.61,
    "people": -1.52,
    "said_human": -0.94,
    "said_mouse": 0.22,
    "symbols": 0.69,
    "title_human": -1.07,
    "title_mouse": 1.03,
    "varied": -0.71,
}
"""What speaks for the mouse in a document that names one; made by ``python -m kg.evaluation.species_fit``."""


@dataclass(frozen=True, slots=True)
class SpeciesCues:
    """Where a text speaks of mice and of people, in order, where its title ends, whether it tells of altered genes.

    ``signs`` say what it is about (``species_signs``).
    """

    mice: tuple[int, ...]
    people: tuple[int, ...]
    title_end: int
    is_altered: bool
    signs: Mapping[str, float]


def species_cues(text: str) -> SpeciesCues:
    """Return what a text says of species.

    >>> species_cues("Casp3 knockout mice and three patients").mice
    (15,)
    """
    lower = text.lower()
    mice = tuple(match.start() for match in _MOUSE.finditer(text)) if any(mark in lower for mark in _MICE) else ()
    people = tuple(match.start() for match in _HUMAN.finditer(text)) if mice else ()
    is_altered = bool(mice) and _ALTERED.search(text) is not None
    return SpeciesCues(mice, people, _end_of_sentence(text, 0), is_altered, document_signs(text) if mice else {})


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
    return found | dict(cues.signs) | {"bias": 1.0, "mice": log1p(len(cues.mice)), "people": log1p(len(cues.people))}


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
    if len(found) < 2 or not any(posting.curie.startswith(kept) for _, posting in found):
        return list(found)
    return [
        (distance, posting)
        for distance, posting in found
        if posting.type is not EntityType.GENE_PROTEIN or not posting.curie.startswith(other)
    ]
