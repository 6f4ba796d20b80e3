"""The words of the project: the frozen values that travel between the stages.

Offsets everywhere are 0-based, half-open, and count code points of the untouched ``Document.text``.
Scores and confidences lie in [0, 1].
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, NewType, Self

if TYPE_CHECKING:
    import datetime as dt

Curie = NewType("Curie", str)
Iri = NewType("Iri", str)
PartialDate = NewType("PartialDate", str)
"""An ISO 8601 day, month or year, or an interval of two days with "/": 2008-05-27, 2008-05, 2008, a/b."""


class EntityType(StrEnum):
    """What kind of thing a mention names."""

    DRUG = "drug"
    DISEASE = "disease"
    GENE_PROTEIN = "gene_protein"
    CELL = "cell"
    PROCESS = "process"
    ORGANISATION = "organisation"
    PROCEDURE = "procedure"
    PHASE = "phase"
    APPLICATION = "application"


class SectionKind(StrEnum):
    """What part of a document a span stands in."""

    TITLE = "title"
    ABSTRACT = "abstract"
    BODY = "body"
    HEADING = "heading"
    TABLE = "table"
    CONTACT = "contact"
    FORWARD_LOOKING = "forward_looking"
    TRADEMARK = "trademark"
    REFERENCES = "references"


class Modality(StrEnum):
    """How sure the text is of a statement; only asserted and reported ones become direct edges."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    INTENDED = "intended"
    ANTICIPATED = "anticipated"
    HYPOTHETICAL = "hypothetical"
    RISK = "risk"


class MediaType(StrEnum):
    """The format a document was read from."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    XML = "application/xml"
    JSON_LINES = "application/jsonl"


class _Edges(NamedTuple):
    start: int
    end: int


class Span(_Edges):
    """A stretch of the text, ``start <= end``; a tuple, as every token is one."""

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        """Check the edges."""
        if not 0 <= start <= end:
            message = f"a span must have 0 <= start <= end, not {start}-{end}"
            raise ValueError(message)
        return tuple.__new__(cls, (start, end))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text with its kind; sections may nest, the innermost (shortest) counts."""

    start: int
    end: int
    kind: SectionKind
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text with where it comes from; ``text`` is exactly what is annotated and stored.

    ``iri`` is built from the strongest identifier, ``sha256`` is that of the UTF-8 text,
    ``language`` an ISO 639-1 code, ``identifiers`` CURIEs such as PMID:18809400.
    """

    iri: Iri
    id: str
    text: str
    sha256: str
    path: str | None = None
    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    media_type: MediaType = MediaType.TEXT
    language: str = "en"
    identifiers: tuple[Curie, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the kind of the innermost section that it stands in."""

    start: int
    end: int
    section: SectionKind = SectionKind.BODY


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form that the document itself defines, as in "long form (SF)"."""

    short: Span
    long: Span


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with its tokens, sentences and abbreviations, all in text order."""

    document: Document
    tokens: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    abbreviations: tuple[Abbreviation, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something; ``recognizers`` says who found it, sorted.

    ``coreference`` marks "the Company", "its", "this compound"; ``antecedent`` is then the span it stands for.
    """

    start: int
    end: int
    text: str
    type: EntityType
    recognizers: tuple[str, ...]
    score: float = 1.0
    coreference: bool = False
    antecedent: Span | None = None

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or not self.text:
            message = f"mention {self.text!r} does not fill {self.start}-{self.end}"
            raise ValueError(message)


class Entity(NamedTuple):
    """One thing with its preferred CURIE; ``xrefs`` are exact matches of it elsewhere, its own first."""

    curie: Curie
    label: str
    type: EntityType
    xrefs: tuple[Curie, ...] = ()


class Candidate(NamedTuple):
    """An entity that a mention may stand for; ``method`` names how it was found (exact, abbreviation, ngram ...)."""

    entity: Entity
    score: float
    method: str


@dataclass(frozen=True, slots=True)
class LinkedMention:
    """A mention with its candidates, best first; ``chosen`` is None for NIL.

    ``name`` is what the thing is called: the entity's label, or for NIL the fullest name that the document gives it,
    so that all NIL mentions of one thing share one name.
    """

    mention: Mention
    name: str
    candidates: tuple[Candidate, ...] = ()
    chosen: Entity | None = None

    @property
    def is_nil(self) -> bool:
        """No candidate is good enough."""
        return self.chosen is None


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that negate or hedge a statement, where they stand."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement was read: the sentence's span and text, who read it and how sure it was.

    ``extractor`` names the rule or model, as "pattern:drug-inhibits-target"; ``trigger`` is the word that says it.
    """

    start: int
    end: int
    text: str
    extractor: str
    confidence: float
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, relation, object as a document says it; ``relation`` is a short name of kg.relations."""

    subject: LinkedMention
    relation: str
    object: LinkedMention
    evidence: Evidence
    negated: bool = False
    modality: Modality = Modality.ASSERTED
    cue: Cue | None = None
    date: PartialDate | None = None
    stated_by: LinkedMention | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A regulatory, clinical or business event; ``start``-``end`` is the trigger.

    ``actual`` is False for what is anticipated, hoped for or a risk; ``identifiers`` holds trial registrations.
    """

    kind: str
    start: int
    end: int
    evidence: Evidence
    agent: LinkedMention | None = None
    recipient: LinkedMention | None = None
    product: LinkedMention | None = None
    indication: LinkedMention | None = None
    date: PartialDate | None = None
    date_text: str | None = None
    actual: bool = True
    outcome: str | None = None
    procedure: str | None = None
    identifiers: tuple[Curie, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that the text claims: ``value``, or ``low`` and ``high``; ``unit`` is a UCUM code.

    ``comparator`` is one of = < > ~ <= >=.
    """

    start: int
    end: int
    evidence: Evidence
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    comparator: str = "="
    measures: str | None = None
    population: str | None = None
    about: LinkedMention | None = None
    statistic: str | None = None
    time: str | None = None
    modality: Modality = Modality.ASSERTED


@dataclass(frozen=True, slots=True)
class Findings:
    """What the statement stage reads out of one document."""

    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything known of one document after all stages that read text."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[LinkedMention, ...]
    findings: Findings = field(default_factory=Findings)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that failed: which, in what stage, and why, in one line."""

    source: str
    stage: str
    reason: str
