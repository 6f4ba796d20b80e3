"""Mentions of names in the lexicon, by the case rule, the stop list and the most trusted type."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import EntityType, Mention, Span
from kg.ontology.names import SHORT, NameStatus, Posting, case_fits
from kg.recognition.acronyms import supported
from kg.recognition.dictionary_spans import (
    elliptic_parts,
    extra_mentions,
    shortened,
    symbol_end,
    with_modifiers,
    without_overlaps,
)
from kg.recognition.drug_patterns import is_inn
from kg.recognition.process_patterns import process_mentions
from kg.recognition.words import is_common, is_in_capitals, is_unreliable, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis, Curie
    from kg.ontology.lexicon import Lexicon

_NAME = "dictionary"
_TRUST = {
    NameStatus.LABEL: 0.9,
    NameStatus.CURATED: 1.0,
    NameStatus.EXACT: 0.85,
    NameStatus.BRAND: 0.7,
    NameStatus.ABBREVIATION: 0.7,
    NameStatus.CODE: 0.65,
    NameStatus.RELATED: 0.55,
}
_LIKELY = {
    EntityType.DISEASE: 0.05,
    EntityType.DRUG: 0.02,
    EntityType.CELL: 0.06,
    EntityType.GENE_PROTEIN: 0.04,
    EntityType.PROCESS: 0.0,
    EntityType.ORGANISATION: -0.1,
}
"""Added where a name stands in lists of several types: which of them texts mean more often."""
_PLAIN_WORD = {EntityType.DRUG: 0.6, EntityType.GENE_PROTEIN: 0.5, EntityType.CELL: 0.6}
_PLAIN_OTHER = 0.8
"""Factors for names that are also plain English words."""
_BREAK = re.compile(
    r"[.:;?!]\s|—|\s{2,}|^(?:at|as|is|to|in|or|and|of)\b|\b(?:at|as|is|to|in|or|and|of)$|\d\s[a-z]{1,4}$"
)
_CELLS = re.compile(r"\b[Cc]ells?$")
_INDUCED = re.compile(r"[-\s]induced\s")
_DATE = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s*\d")
_HEADLINE = 200
_REMEMBERED = 50_000


class _Named(NamedTuple):
    """Which part of a writing is the name, and what it names."""

    start: int
    end: int
    type: EntityType
    score: float


class DictionaryRecognizer:
    """Finds what the lexicon has a name for."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Use an open lexicon."""
        self._lexicon = lexicon
        self._known: dict[tuple[str, bool], _Named | None] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Leave what was found behind."""
        return {"_lexicon": self._lexicon, "_known": {}}

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        """Return the longest names, in text order; they do not overlap."""
        text, capitals = analysis.document.text, _capital_sentences(analysis)
        mentions: list[Mention] = []
        last = 0
        for start, end, postings in self._lexicon.scan(text, analysis.tokens):
            if start < last:
                continue
            surface = text[start:end]
            named = self._named(surface, postings, shouting=_inside(capitals, start))
            if named is not None:
                name, last = surface[named.start : named.end], start + named.end
                mentions.append(Mention(start + named.start, last, name, named.type, (_NAME,), named.score))
        vouched = supported(analysis, [*extra_mentions(text), *process_mentions(text), *mentions])
        whole = without_overlaps([with_modifiers(text, mention) for mention in vouched])
        return without_overlaps([*whole, *self._elliptic(analysis, whole)])

    def _named(self, surface: str, postings: Sequence[Posting], *, shouting: bool) -> _Named | None:
        """Return the name that a writing holds, remembered, as texts repeat their names."""
        asked = (surface, shouting)
        if asked not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[asked] = self._name_in(surface, postings, shouting=shouting)
        return self._known[asked]

    def _name_in(self, text: str, postings: Sequence[Posting], *, shouting: bool) -> _Named | None:
        start, end = 0, len(text)
        induced = _INDUCED.search(text)
        if induced is not None and not text.startswith("drug"):
            end = induced.start()
            postings = self._lexicon.lookup(text[:end])
        short = shortened(text, start, end)
        whole = any(_is_gene_name(text[start:end], posting) for posting in postings)
        if short != (start, end) and not whole:
            start, end = short
            postings = self._lexicon.lookup(text[start:end]) if end > start else ()
        symbol = symbol_end(text, start, end, self._is_gene)
        if symbol is not None and (named := self._lexicon.lookup(text[start:symbol])):
            end, postings = symbol, named
        return _named(text, start, end, postings, shouting=shouting)

    def _is_gene(self, name: str) -> bool:
        return any(posting.type is EntityType.GENE_PROTEIN for posting in self._lexicon.lookup(name))

    def _elliptic(self, analysis: Analysis, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the parts of "colorectal, gastric and ovarian cancers" that lack their head."""
        text = analysis.document.text
        for mention in mentions:
            for start, end, head in elliptic_parts(text, mention):
                full = f"{text[start:end]} {head}"
                if any(posting.type is mention.type for posting in self._lexicon.lookup(full)):
                    yield Mention(start, end, text[start:end], mention.type, (_NAME,), mention.score)


def _named(text: str, start: int, end: int, postings: Sequence[Posting], *, shouting: bool) -> _Named | None:
    surface = text[start:end]
    if is_stopped(surface) or "\n\n" in surface or _DATE.match(surface):
        return None
    acronyms = _lowered_acronyms(surface, postings)
    fitting = [
        posting
        for posting in postings
        if fits(surface, posting) and _is_reliable(surface, posting) and posting.curie not in acronyms
    ]
    if not fitting or (shouting and len(surface) <= SHORT and is_common(surface)):
        return None
    entity_type, score = best_type(surface, fitting)
    if entity_type is EntityType.DRUG and _CELLS.search(surface):
        entity_type = EntityType.CELL
    if entity_type is EntityType.ORGANISATION and _is_plain_name(surface):
        return None
    return _Named(start, end, entity_type, score)


def _lowered_acronyms(surface: str, postings: Sequence[Posting]) -> frozenset[Curie]:
    """Return what has the writing in capitals as its acronym: lists have "caps" beside "CAPS", texts mean the word."""
    if surface.isupper() or not surface.isalpha():
        return frozenset()
    capitals = surface.upper()
    return frozenset(
        posting.curie
        for posting in postings
        if posting.status is NameStatus.ABBREVIATION and capitals in (posting.name, f"{posting.name}S")
    )


def _is_gene_name(surface: str, posting: Posting) -> bool:
    """Whether the lexicon has the whole phrase as a gene: "plasminogen activator inhibitor-1"."""
    official = posting.status in (NameStatus.LABEL, NameStatus.EXACT)
    return posting.type is EntityType.GENE_PROTEIN and official and len(surface.split()) > 1 and "(" not in surface


def fits(surface: str, posting: Posting) -> bool:
    """Whether the writing may stand for the name: the lexicon's case rule, but ontology labels may begin small."""
    name = posting.name
    if _BREAK.search(surface) and not _BREAK.search(name):
        return False
    if posting.type is EntityType.GENE_PROTEIN and name.isupper() and name.isalpha() and surface[1:].islower():
        return False
    if posting.status is NameStatus.BRAND and surface.islower() and not is_inn(surface):
        return False
    if case_fits(surface, posting):
        return True
    if posting.exact_case or posting.status not in (NameStatus.LABEL, NameStatus.EXACT) or not surface.isalpha():
        return False
    is_word = name.istitle() and len(name) > len("abc") and posting.type is not EntityType.GENE_PROTEIN
    return is_word and surface.lower() == name.lower() and surface[1:].islower()


def _is_reliable(surface: str, posting: Posting) -> bool:
    """Whether the posting is worth believing: seen to be right in corpora, and a process of the Gene Ontology."""
    if posting.type is EntityType.PROCESS and not (
        posting.curie.startswith("GO:") or posting.source == "clinical-course"
    ):
        return False
    return not is_unreliable(surface, posting.type)


def is_stopped(surface: str) -> bool:
    """Whether a name says too little to be a mention: a stop word, a number, one or two small letters.

    >>> is_stopped("patients"), is_stopped("AML"), is_stopped("12")
    (True, False, True)
    """
    folded = " ".join(surface.casefold().split())
    letters = sum(char.isalpha() for char in surface)
    if folded in load_words("stop_names") or letters == 0:
        return True
    return letters < len("ab") or (len(surface) <= len("abc") and not any(char.isupper() for char in surface))


def best_type(surface: str, postings: Sequence[Posting]) -> tuple[EntityType, float]:
    """Return the type that the postings speak for most, with a score in [0, 1]."""
    votes: dict[EntityType, float] = defaultdict(float)
    for posting in postings:
        trust = _TRUST[posting.status] + (0.05 if posting.name == surface else 0.0)
        votes[posting.type] = max(votes[posting.type], trust)
    if len(votes) > 1:
        for entity_type in votes:
            votes[entity_type] += _LIKELY.get(entity_type, 0.0)
    chosen = max(votes, key=lambda entity_type: (votes[entity_type], entity_type))
    certain = 1.0 if len(votes) == 1 else 0.9
    plain = _PLAIN_WORD.get(chosen, _PLAIN_OTHER) if is_common(surface) else 1.0
    return chosen, round(min(1.0, votes[chosen]) * certain * plain, 4)


def _is_plain_name(surface: str) -> bool:
    """Whether a company's name is a plain word or a place: the text must mark it as an organisation."""
    words = surface.split()
    return (
        surface in load_words("places")
        or not surface[:1].isupper()
        or all(is_common(word.strip(".,")) for word in words)
        or (len(words) == 1 and len(surface) <= SHORT)
    )


def _capital_sentences(analysis: Analysis) -> tuple[Span, ...]:
    """Return the sentences written in capitals, where case says nothing."""
    from kg.model import Span

    text = analysis.document.text
    return tuple(
        Span(sentence.start, sentence.end)
        for sentence in analysis.sentences
        if is_in_capitals(text[sentence.start : min(sentence.end, sentence.start + _HEADLINE)])
    )


def _inside(spans: Sequence[Span], position: int) -> bool:
    return any(span.start <= position < span.end for span in spans)
