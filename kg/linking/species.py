"""Whose gene a document means: mouse genes have identifiers of their own, under the names of the human ones."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from math import log1p
from pathlib import Path
from typing import TYPE_CHECKING

from kg.linking.species_words import ALTERED, HUMAN_LINES, MICE, MOUSE_LINES, PEOPLE, places
from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.model import Mention
    from kg.ontology.names import Posting

WEIGHTS = Path(__file__).with_name("species_weights.json")
"""What speaks for the mouse; written by ``python -m kg.evaluation.species_fit``."""
_BEFORE = re.compile(r"\b(?:(?P<mouse>mouse|murine|mice)|human)[\s-]+\Z", re.IGNORECASE)
_LACKING = re.compile(r"[\s(]*[-+]/-|[\s-]*(?:null|deficien|knock-?out|KO\b|fl/fl|flox)", re.IGNORECASE)
_VARIED = re.compile(r"\S*\s*(?:\S+\s+){0,2}(?:patients|polymorphism|mutations?|variants?|SNP)\b")
_REACH, _AFTER = 15, 50
_MOUSE_SYMBOL = re.compile(r"[A-Z][a-z]+(?:[a-z0-9-]*\d+[a-z]?\d*|[a-z]{0,3})")
_HUMAN_SYMBOL = re.compile(r"[A-Z][A-Z0-9-]+")
_OF_MAN, _OF_MOUSE = re.compile(r"h[A-Z]"), re.compile(r"m[A-Z]")
_HUMAN_GENES, _MOUSE_GENES = "HGNC:", "MGI:"
"""A nomenclature committee names the genes of one species."""
_SHOWN = (MICE, PEOPLE, MOUSE_LINES, HUMAN_LINES, ALTERED)
_MOST_COUNTED = 15
_TELLING = range(300, 6_000)
"""Letters of a text that may be about mice without a word of them: fewer tell too little, more would say so once."""
_SHARE, _MOST = 0.5, 4.0
"""How far a gene goes with all of its document, and how much one of these says at most."""


@dataclass(frozen=True, slots=True)
class SpeciesCues:
    """A text, where it speaks of what (``species_words``), and what that says of all its genes."""

    text: str
    places: Mapping[str, Sequence[int]]
    features: Mapping[str, float]


def species_cues(text: str, genes: Sequence[Mention]) -> SpeciesCues:
    """Return what a text and the way its genes are written say of species."""
    found = places(text)
    title_end = _end_of_sentence(text, 0)
    symbols = {gene.text for gene in genes if _MOUSE_SYMBOL.fullmatch(gene.text)}
    features = {kind: log1p(min(_MOST_COUNTED, len(those))) for kind, those in found.items() if kind != MICE}
    features |= {f"title_{kind}": 1.0 for kind in (MICE, PEOPLE) if kind in found and found[kind][0] < title_end}
    features |= {"bias": 1.0, "mouse_symbols": log1p(len(symbols)), "no_mice": float(MICE not in found)}
    return SpeciesCues(text, found, features)


def _end_of_sentence(text: str, start: int) -> int:
    ends = [at for mark in (". ", "? ", "\n") if (at := text.find(mark, start)) >= 0]
    return min(ends, default=len(text))


def species_features(mention: Mention, cues: SpeciesCues) -> dict[str, float]:
    """Return what speaks for or against the mouse for one gene, beside what its document says of all."""
    text, start, end = cues.text, mention.start, mention.end
    first = max(text.rfind(mark, 0, start) for mark in (". ", "? ", "\n")) + 1
    last = _end_of_sentence(text, end)
    said = _BEFORE.search(text, max(0, start - _REACH), start)
    told = {
        "said_mouse": said is not None and said["mouse"] is not None,
        "said_human": said is not None and said["mouse"] is None,
        f"last_{_last_shown(cues.places, start)}": True,
        "near_mice": _any_between(cues.places.get(MICE, ()), first, last),
        "near_people": _any_between(cues.places.get(PEOPLE, ()), first, last),
        "mouse_symbol": _MOUSE_SYMBOL.fullmatch(mention.text) is not None,
        "human_symbol": _HUMAN_SYMBOL.fullmatch(mention.text) is not None,
        "marked_human": _OF_MAN.match(mention.text) is not None,
        "marked_mouse": _OF_MOUSE.match(mention.text) is not None,
        "lacking": _LACKING.match(text, end, end + _AFTER) is not None,
        "varied": _VARIED.match(text, end, end + _AFTER) is not None,
    }
    return {name: 1.0 for name, value in told.items() if value}


def _last_shown(those: Mapping[str, Sequence[int]], start: int) -> str:
    """Return what a text spoke of last before a place: "nothing", mice, people, their cell lines, altered genes."""
    latest, found = -1, "nothing"
    for kind in _SHOWN:
        shown = those.get(kind, ())
        place = bisect_left(shown, start)
        if place and shown[place - 1] > latest:
            latest, found = shown[place - 1], kind
    return found


def _any_between(those: Sequence[int], first: int, last: int) -> bool:
    return bisect_left(those, first) < bisect_left(those, last)


@cache
def shipped_weights() -> Mapping[str, float]:
    """Return the weights of the features that come with the program."""
    stored: dict[str, float] = json.loads(WEIGHTS.read_text("utf-8"))["weights"]
    return stored


def murine_genes(text: str, mentions: Sequence[Mention], weights: Mapping[str, float] | None = None) -> set[Mention]:
    """Return the mentions of a document that name the mouse's gene.

    A gene goes with the others of its document as far as the text does not set it apart.
    """
    genes = [one for one in mentions if one.type is EntityType.GENE_PROTEIN and not one.coreference]
    if not genes:
        return set()
    cues = species_cues(text, genes)
    if MICE not in cues.places and len(text) not in _TELLING:
        return set()
    known = shipped_weights() if weights is None else weights
    of_all = _weigh(cues.features, known)
    scores = [of_all + _weigh(species_features(gene, cues), known) for gene in genes]
    usual = sum(max(-_MOST, min(_MOST, score)) for score in scores) / len(scores)
    return {gene for gene, score in zip(genes, scores, strict=True) if (1 - _SHARE) * score + _SHARE * usual > 0}


def _weigh(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


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
