"""Figures on a corpus in PubTator format: strict and overlap precision, recall, F1 by type, and linking accuracy.

Only the types that a corpus annotates are judged. Strict means the same span and type; overlap matches gold and found
mentions of one type one to one, the largest overlap first. Relations are judged where the corpus has types of them that
``kg.evaluation.relations`` knows and statements were read. A link is right when the entity found, one of its exact
matches, or the identifier by which ``corpus_identifiers`` tells it is one that the corpus gives; it is judged over gold
mentions with an identifier that were found.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.evaluation.corpus_identifiers import Teller, identifiers_of, vocabularies_of
from kg.evaluation.corpus_relations import make_tally
from kg.evaluation.corpus_types import curie_of, entity_type_of, shown_names
from kg.evaluation.pubtator_format import CorpusDocument, GoldMention
from kg.model import Curie, Document, EntityType, Iri, Section, SectionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.evaluation.corpus_identifiers import Names, Vocabularies
    from kg.evaluation.score import Score
    from kg.model import LinkedMention, Statement

    Annotator = Callable[[Document], "Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a document; ``statements`` is None where only mentions were looked for."""

    mentions: Sequence[LinkedMention]
    statements: Sequence[Statement] | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Mentions that are right, found and gold."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the found ones that are right, 0 when none was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold ones that were found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall.

        >>> Count(8, 10, 10).f1
        0.8
        """
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


@dataclass(frozen=True, slots=True)
class TypeReport:
    """The figures of one type; ``linked`` counts right links (right) over judged mentions (gold)."""

    strict: Count = field(default_factory=Count)
    overlap: Count = field(default_factory=Count)
    linked: Count = field(default_factory=Count)

    def __add__(self, other: TypeReport) -> TypeReport:
        return TypeReport(self.strict + other.strict, self.overlap + other.overlap, self.linked + other.linked)


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """The figures of one file by the corpus's type names, and the documents as predicted."""

    documents: int
    types: dict[str, TypeReport]
    predicted: tuple[CorpusDocument, ...]
    relations: dict[str, Score] = field(default_factory=dict)

    @property
    def total(self) -> TypeReport:
        """The figures over all types."""
        return sum(self.types.values(), TypeReport())


@dataclass(frozen=True, slots=True)
class _Typed:
    start: int
    end: int
    curies: frozenset[Curie]


@dataclass(frozen=True, slots=True)
class _Scheme:
    """How a corpus names types and things; without ``teller`` links are not judged and things keep their CURIE."""

    shown: dict[EntityType, str]
    vocabularies: dict[EntityType, Vocabularies]
    teller: Teller | None

    def told(self, linked: LinkedMention) -> Curie | None:
        """Return the identifier of the corpus's vocabularies by which a link is told; the entity's own without one."""
        if linked.chosen is None:
            return None
        known = self.vocabularies.get(linked.mention.type)
        told = self.teller.tell(linked.chosen, known.prefixes) if self.teller and known else None
        return told or linked.chosen.curie

    def written(self, linked: LinkedMention) -> tuple[str, ...]:
        """Return the identifiers of a mention as the corpus writes them."""
        told, known = self.told(linked), self.vocabularies.get(linked.mention.type)
        return () if told is None else (known.written(told) if known else told,)


def evaluate_corpus(documents: Iterable[CorpusDocument], annotate: Annotator, names: Names | None) -> CorpusReport:
    """Annotate every document and compare with its gold mentions; without ``names`` links are not judged."""
    documents = tuple(documents)
    shown = shown_names(mention.type for document in documents for mention in document.mentions)
    teller = Teller(names, identifiers_of(documents)) if names is not None else None
    scheme = _Scheme(shown, vocabularies_of(documents), teller)
    totals = {name: TypeReport() for name in shown.values()}
    predicted = []
    tally = make_tally(documents)
    for document in documents:
        reading = annotate(to_document(document))
        found = [linked for linked in reading.mentions if linked.mention.type in shown]
        if tally is not None and reading.statements is not None:
            tally.add(document, reading.statements)
        predicted.append(_predicted(document, found, scheme))
        for kind, name in shown.items():
            gold = _gold(document, kind, names)
            totals[name] += compare(gold, [_typed(linked, scheme) for linked in found if linked.mention.type is kind])
    return CorpusReport(len(documents), totals, tuple(predicted), tally.scores() if tally is not None else {})


def to_document(document: CorpusDocument) -> Document:
    """Return a corpus document as the pipeline reads it, with its title as a section."""
    title = len(document.title)
    sections = (
        Section(0, title, SectionKind.TITLE),
        Section(min(title + 1, len(document.text)), len(document.text), SectionKind.ABSTRACT),
    )
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    return Document(
        Iri(f"urn:corpus:{document.id}"), document.id, document.text, digest, title=document.title, sections=sections
    )


def _gold(document: CorpusDocument, kind: EntityType, names: Names | None) -> list[_Typed]:
    spans: dict[tuple[int, int], frozenset[Curie]] = {}
    for mention in document.mentions:
        if entity_type_of(mention.type) is kind:
            curies = frozenset(curie for one in mention.identifiers if (curie := curie_of(one, kind)) is not None)
            known = spans.get((mention.start, mention.end), frozenset())
            spans[mention.start, mention.end] = known | (_with_matches(curies, names) if names else frozenset())
    return [_Typed(start, end, curies) for (start, end), curies in sorted(spans.items())]


def _with_matches(curies: frozenset[Curie], names: Names) -> frozenset[Curie]:
    """Return the corpus's identifiers and the entities that they name: not these' other matches, which others share."""
    return curies | {entity.curie for curie in curies if (entity := names.try_entity(curie)) is not None}


def _typed(linked: LinkedMention, scheme: _Scheme) -> _Typed:
    chosen, told = linked.chosen, scheme.told(linked)
    curies = frozenset({chosen.curie, *chosen.xrefs, *([told] if told else [])}) if chosen else frozenset()
    return _Typed(linked.mention.start, linked.mention.end, curies)


def compare(gold: Sequence[_Typed], found: Sequence[_Typed]) -> TypeReport:
    """Return the figures of one type in one document."""
    unique = list({(one.start, one.end): one for one in found}.values())
    strict = len({(one.start, one.end) for one in gold} & {(one.start, one.end) for one in unique})
    pairs = align(gold, unique)
    judged = [(one, other) for one, other in pairs if one.curies]
    right = sum(bool(one.curies & other.curies) for one, other in judged)
    return TypeReport(
        Count(strict, len(unique), len(gold)),
        Count(len(pairs), len(unique), len(gold)),
        Count(right, sum(bool(other.curies) for _, other in judged), len(judged)),
    )


def align(gold: Sequence[_Typed], found: Sequence[_Typed]) -> list[tuple[_Typed, _Typed]]:
    """Match one to one, the largest share of overlap first; ties go to the earlier mention."""
    candidates = sorted(
        (-_share(one, other), number, place)
        for number, one in enumerate(gold)
        for place, other in enumerate(found)
        if one.start < other.end and other.start < one.end
    )
    pairs: list[tuple[_Typed, _Typed]] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for _, number, place in candidates:
        if number not in used_gold and place not in used_found:
            used_gold.add(number)
            used_found.add(place)
            pairs.append((gold[number], found[place]))
    return pairs


def _share(one: _Typed, other: _Typed) -> float:
    common = min(one.end, other.end) - max(one.start, other.start)
    return common / (max(one.end, other.end) - min(one.start, other.start))


def _predicted(document: CorpusDocument, found: Iterable[LinkedMention], scheme: _Scheme) -> CorpusDocument:
    mentions = tuple(
        GoldMention(
            linked.mention.start,
            linked.mention.end,
            linked.mention.text.replace("\t", " ").replace("\n", " "),
            scheme.shown[linked.mention.type],
            scheme.written(linked),
        )
        for linked in found
    )
    return CorpusDocument(document.id, document.title, document.text, mentions)
