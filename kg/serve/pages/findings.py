"""Statements, events and claims as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.prefixes import VOCABULARY
from kg.serve.pages.parts import address_in
from kg.serve.pages.reader import (
    BIOLINK,
    KG,
    OA,
    PROV,
    RDF,
    SCHEMA,
    DocumentReference,
    Reader,
    Reference,
    first,
    offset,
)
from kg.serve.pages.spans import Mark, Piece, cut

if TYPE_CHECKING:
    from collections.abc import Iterable

_STATEMENT = KG + "Statement"
_VOUCHED = {"asserted", "reported"}
_ROLES = ("agent", "recipient", "product", "indication")
_EVENT_FACTS = ("outcome", "procedure", "dateText")
_UNITS = {"1": "", "a": "years", "mo": "months", "wk": "weeks", "d": "days", "min": "minutes", "h": "hours"}
_CLAIM_FACTS = ("measures", "population", "statistic", "time")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a finding was read: the sentence in pieces with its marks, and who read it."""

    pieces: tuple[Piece, ...]
    text: str
    start: int | None
    end: int | None
    section: str
    extractor: str
    confidence: str | None
    document: DocumentReference | None
    address: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement as it is shown; ``modality`` is its short name."""

    iri: str
    address: str
    subject: Reference
    relation: str
    object: Reference
    negated: bool
    modality: str
    cue: str
    trigger: str
    date: str
    stated_by: Reference | None
    evidence: Evidence

    @property
    def is_vouched(self) -> bool:
        """It is positive, and asserted or reported."""
        return not self.negated and self.modality in _VOUCHED


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as it is shown; ``facts`` are name and text."""

    iri: str
    address: str
    kind: str
    actual: bool
    date: str
    earliest: str
    roles: tuple[tuple[str, Reference], ...]
    facts: tuple[tuple[str, str], ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A numeric claim as it is shown; ``amount`` is the number with comparator and unit."""

    iri: str
    address: str
    amount: str
    about: Reference | None
    facts: tuple[tuple[str, str], ...]
    modality: str
    evidence: Evidence

    def fact(self, name: str) -> str:
        """Return one of the facts, empty where the text does not say it."""
        return dict(self.facts).get(name, "")


def is_statement(reader: Reader, iri: str) -> bool:
    """The IRI is that of a statement."""
    return _STATEMENT in reader.values(iri, RDF + "type")


def read_statement(reader: Reader, iri: str) -> StatementView | None:
    """Return a statement, or None where the store holds none of that IRI."""
    record = reader.record(iri)
    subject, object_ = first(record, RDF + "subject"), first(record, RDF + "object")
    if subject is None or object_ is None:
        return None
    marks = [
        *_mention_marks(reader, record, "subjectMention", "subject"),
        *_mention_marks(reader, record, "objectMention", "object"),
        *_span_mark(record, "trigger", "trigger"),
        *_span_mark(record, "cue", "cue"),
    ]
    stated_by = first(record, KG + "statedBy")
    return StatementView(
        iri,
        reader.reference(iri).address,
        reader.reference(subject),
        first(record, KG + "relation") or "",
        reader.reference(object_),
        first(record, BIOLINK + "negated") == "true",
        (first(record, KG + "modality") or "").removeprefix(VOCABULARY).lower(),
        first(record, KG + "cueText") or "",
        first(record, KG + "triggerText") or "",
        first(record, KG + "date") or "",
        reader.reference(stated_by) if stated_by else None,
        _evidence(reader, record, marks, BIOLINK + "publications"),
    )


def read_event(reader: Reader, iri: str) -> EventView | None:
    """Return an event, or None where the store holds none of that IRI."""
    record = reader.record(iri)
    kind = first(record, KG + "eventKind")
    if kind is None:
        return None
    roles = [(role, first(record, KG + role)) for role in _ROLES]
    marks = [mark for role in _ROLES for mark in _mention_marks(reader, record, f"{role}Mention", role)]
    facts = [(name, first(record, KG + name)) for name in _EVENT_FACTS]
    return EventView(
        iri,
        reader.reference(iri).address,
        kind,
        first(record, KG + "actual") != "false",
        first(record, KG + "date") or "",
        first(record, KG + "earliest") or "",
        tuple((role, reader.reference(value)) for role, value in roles if value),
        tuple((name, value) for name, value in facts if value),
        _evidence(reader, record, [*marks, *_span_mark(record, "trigger", "trigger")], PROV + "wasQuotedFrom"),
    )


def read_claim(reader: Reader, iri: str) -> ClaimView | None:
    """Return a numeric claim, or None where the store holds none of that IRI."""
    record = reader.record(iri)
    value = first(record, SCHEMA + "value")
    if value is None:
        return None
    about = first(record, KG + "about")
    facts = [(name, first(record, KG + name)) for name in _CLAIM_FACTS]
    marks = [*_span_mark(record, "claim", "trigger"), *_mention_marks(reader, record, "aboutMention", "subject")]
    return ClaimView(
        iri,
        reader.reference(iri).address,
        _amount(reader.record(value), first(record, KG + "comparator") or "="),
        reader.reference(about) if about else None,
        tuple((name, text) for name, text in facts if text),
        (first(record, KG + "modality") or "").removeprefix(VOCABULARY).lower(),
        _evidence(reader, record, marks, PROV + "wasQuotedFrom"),
    )


def _amount(record: dict[str, list[str]], comparator: str) -> str:
    low, high = first(record, SCHEMA + "minValue"), first(record, SCHEMA + "maxValue")
    value, unit = first(record, SCHEMA + "value"), first(record, SCHEMA + "unitCode") or ""
    sign = {"=": "", "~": "about ", "<=": "≤ ", ">=": "≥ "}.get(comparator, f"{comparator} ")
    number = f"{low}–{high}" if low is not None and high is not None else value or low or high or ""
    return f"{sign}{number} {unit_words(unit)}".strip()


def unit_words(unit: str) -> str:
    """Return a UCUM unit as people write it.

    >>> unit_words("{patients}"), unit_words("1"), unit_words("mg/kg"), unit_words("a")
    ('patients', '', 'mg/kg', 'years')
    """
    return _UNITS.get(unit, unit.replace("{", "").replace("}", "").replace("_", " "))


def _evidence(reader: Reader, record: dict[str, list[str]], marks: Iterable[Mark], source: str) -> Evidence:
    text = first(record, BIOLINK + "supporting_text") or ""
    start, end = offset(record, "start"), offset(record, "end")
    document = first(record, source)
    shifted = [] if start is None else [_shift(mark, start) for mark in marks]
    reference = reader.document(document) if document else None
    place = address_in(reference.address, start) if reference and start is not None else ""
    return Evidence(
        tuple(cut(text, shifted)),
        text,
        start,
        end,
        first(record, BIOLINK + "supporting_text_section_type") or "",
        first(record, KG + "extractor") or "",
        first(record, BIOLINK + "has_confidence_score"),
        reference,
        place,
    )


def _shift(mark: Mark, start: int) -> Mark:
    return Mark(mark.start - start, mark.end - start, mark.kind, mark.address, mark.title)


def _mention_marks(reader: Reader, record: dict[str, list[str]], name: str, kind: str) -> list[Mark]:
    mention = first(record, KG + name)
    span = mention_span(reader, mention) if mention else None
    return [Mark(span[0], span[1], kind, "", kind)] if span else []


def mention_span(reader: Reader, mention: str) -> tuple[int, int] | None:
    """Return where a mention stands in its document."""
    position = f"{mention}#position"
    start, end = reader.value(position, OA + "start"), reader.value(position, OA + "end")
    return (int(start), int(end)) if start and end else None


def _span_mark(record: dict[str, list[str]], name: str, kind: str) -> list[Mark]:
    start, end = offset(record, f"{name}Start"), offset(record, f"{name}End")
    return [Mark(start, end, kind, "", kind)] if start is not None and end is not None else []
