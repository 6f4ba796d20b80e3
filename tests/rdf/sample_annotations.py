"""Annotations made by hand for the tests of RDF, store, export and queries; no model and no lexicon are needed."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from kg.model import (
    Annotation,
    Candidate,
    Claim,
    Cue,
    Curie,
    Document,
    Entity,
    EntityType,
    Event,
    Evidence,
    Findings,
    Iri,
    LinkedMention,
    Mention,
    Modality,
    PartialDate,
    Sentence,
    Span,
    Statement,
)
from kg.prefixes import DOCUMENT
from kg.rdf.run import Run

RUN = Run(software="kg-loader 0.1.0", lexicon="lexicon-1", settings="settings-1")

IMATINIB = Entity(Curie("CHEBI:45783"), "imatinib", EntityType.DRUG, (Curie("UNII:BKJ8M8G5HI"),))
DASATINIB = Entity(Curie("CHEBI:49375"), "dasatinib", EntityType.DRUG)
CML = Entity(Curie("MONDO:0011996"), "chronic myelogenous leukemia, BCR-ABL1 positive", EntityType.DISEASE)
AML = Entity(Curie("MONDO:0018874"), "acute myeloid leukemia", EntityType.DISEASE, (Curie("MESH:D015470"),))
LEUKEMIA = Entity(Curie("MONDO:0005059"), "leukemia", EntityType.DISEASE)
CANCER = Entity(Curie("MONDO:0004992"), "cancer", EntityType.DISEASE)
EDEMA = Entity(Curie("HP:0000969"), "edema", EntityType.DISEASE)
ABL1 = Entity(Curie("HGNC:76"), "ABL1", EntityType.GENE_PROTEIN)
CYBB = Entity(Curie("HGNC:2578"), "CYBB", EntityType.GENE_PROTEIN)
NADPH_OXIDASE = Entity(Curie("FPLX:NADPH_oxidase"), "NADPH oxidase", EntityType.GENE_PROTEIN)
RELA = Entity(Curie("HGNC:9955"), "RELA", EntityType.GENE_PROTEIN)
NFKB_2 = Entity(Curie("FPLX:NFkappaB_2"), "NFkappaB 2", EntityType.GENE_PROTEIN)
NFKB = Entity(Curie("FPLX:NFkappaB"), "NFkappaB", EntityType.GENE_PROTEIN)
COMPLEXES = Entity(Curie("MESH:D046912"), "Multiprotein Complexes", EntityType.GENE_PROTEIN)
APOPTOSIS = Entity(Curie("GO:0006915"), "apoptotic process", EntityType.PROCESS)
T_CELL = Entity(Curie("CL:0000084"), "T cell", EntityType.CELL)
NOVARTIS = Entity(Curie("SEC_CIK:0001114448"), "Novartis", EntityType.ORGANISATION)
BMS = Entity(Curie("SEC_CIK:0000014272"), "Bristol-Myers Squibb", EntityType.ORGANISATION)
FDA = Entity(Curie("ROR:034xvzb47"), "Food and Drug Administration", EntityType.ORGANISATION)
NASDAQ = Entity(Curie("MIC:XNAS"), "Nasdaq", EntityType.ORGANISATION)
PHASE_3 = Entity(Curie("NCIT:C15602"), "Phase 3", EntityType.PHASE)

_ANCESTORS = {
    AML.curie: (LEUKEMIA, CANCER),
    CML.curie: (LEUKEMIA, CANCER),
    LEUKEMIA.curie: (CANCER,),
    RELA.curie: (NFKB_2,),
    NFKB.curie: (COMPLEXES,),
}
_WHOLES = {CYBB.curie: (NADPH_OXIDASE,), NFKB_2.curie: (NFKB,)}
_DISEASES, _DRUGS = (AML, CML, LEUKEMIA, CANCER), (IMATINIB, DASATINIB)
_GENES = (ABL1, CYBB, NADPH_OXIDASE, RELA, NFKB_2, NFKB, COMPLEXES)
_ENTITIES = {entity.curie: entity for entity in (*_DISEASES, *_DRUGS, *_GENES, T_CELL)}


@dataclass(frozen=True)
class SampleName:
    name: str
    status: str


class SampleHierarchy:
    """The few ancestors, wholes and names that the tests need."""

    def ancestors(self, curie: Curie) -> tuple[Curie, ...]:
        return tuple(entity.curie for entity in _ANCESTORS.get(curie, ()))

    def wholes(self, curie: Curie) -> tuple[Curie, ...]:
        return tuple(entity.curie for entity in _WHOLES.get(curie, ()))

    def try_entity(self, curie: Curie) -> Entity | None:
        return _ENTITIES.get(curie)

    def names(self, curie: Curie) -> tuple[SampleName, ...]:
        if curie == AML.curie:
            return (SampleName("AML", "abbreviation"), SampleName("acute myeloid leukemia", "label"))
        return ()


def make_document(text: str, identifier: str = "sample", published: dt.date | None = None) -> Document:
    return Document(
        iri=Iri(f"{DOCUMENT}{identifier}"),
        id=identifier,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=f"Title of {identifier}",
        published=published,
    )


@dataclass
class Scribe:
    """Builds an annotation sentence by sentence; mentions are found by their words."""

    identifier: str = "sample"
    published: dt.date | None = None
    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    mentions: dict[tuple[int, int], LinkedMention] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def write(self, sentence: str) -> Scribe:
        """Add a sentence; what follows is about it."""
        start = len(self.text) + bool(self.text)
        self.text = f"{self.text} {sentence}" if self.text else sentence
        self.sentences.append(Sentence(start, start + len(sentence)))
        return self

    def mention(self, words: str, entity: Entity | None, kind: EntityType | None = None) -> LinkedMention:
        """Return the mention that the words make in the last sentence."""
        sentence = self.sentences[-1]
        start = self.text.index(words, sentence.start)
        span = (start, start + len(words))
        if span not in self.mentions:
            kind = entity.type if entity else (kind or EntityType.DRUG)
            mention = Mention(*span, words, kind, ("dictionary",), 0.9)
            candidates = (Candidate(entity, 0.95, "exact"),) if entity else ()
            self.mentions[span] = LinkedMention(mention, entity.label if entity else words, candidates, entity)
        return self.mentions[span]

    def evidence(self, trigger: str | None = None, confidence: float = 0.8) -> Evidence:
        sentence = self.sentences[-1]
        span = None
        if trigger:
            start = self.text.index(trigger, sentence.start)
            span = Span(start, start + len(trigger))
        text = self.text[sentence.start : sentence.end]
        return Evidence(sentence.start, sentence.end, text, "pattern:sample", confidence, span)

    def state(
        self,
        subject: tuple[str, Entity | None],
        relation: str,
        object_: tuple[str, Entity | None],
        *,
        trigger: str | None = None,
        negated: bool = False,
        modality: Modality = Modality.ASSERTED,
        cue: str | None = None,
        date: str | None = None,
        confidence: float = 0.8,
    ) -> Scribe:
        cue_start = self.text.index(cue, self.sentences[-1].start) if cue else 0
        self.statements.append(
            Statement(
                subject=self.mention(*subject),
                relation=relation,
                object=self.mention(*object_),
                evidence=self.evidence(trigger, confidence),
                negated=negated,
                modality=modality,
                cue=Cue(cue_start, cue_start + len(cue), cue) if cue else None,
                date=PartialDate(date) if date else None,
            )
        )
        return self

    def happen(
        self,
        kind: str,
        trigger: str,
        *,
        date: str | None = None,
        actual: bool = True,
        agent: tuple[str, Entity] | None = None,
        recipient: tuple[str, Entity] | None = None,
        product: tuple[str, Entity] | None = None,
        indication: tuple[str, Entity] | None = None,
        outcome: str | None = None,
    ) -> Scribe:
        evidence = self.evidence(trigger)
        assert evidence.trigger is not None
        event = Event(
            kind,
            evidence.trigger.start,
            evidence.trigger.end,
            evidence,
            agent=self.mention(*agent) if agent else None,
            recipient=self.mention(*recipient) if recipient else None,
            product=self.mention(*product) if product else None,
            indication=self.mention(*indication) if indication else None,
            date=PartialDate(date) if date else None,
            actual=actual,
            outcome=outcome,
        )
        self.events.append(event)
        return self

    def count(self, words: str, value: float, unit: str, measures: str, about: tuple[str, Entity]) -> Scribe:
        evidence = self.evidence(words)
        assert evidence.trigger is not None
        span = evidence.trigger
        self.claims.append(
            Claim(span.start, span.end, evidence, value, unit=unit, measures=measures, about=self.mention(*about))
        )
        return self

    def finish(self) -> Annotation:
        return Annotation(
            make_document(self.text, self.identifier, self.published),
            tuple(self.sentences),
            tuple(self.mentions[span] for span in sorted(self.mentions)),
            Findings(tuple(self.statements), tuple(self.events), tuple(self.claims)),
        )


def imatinib_release() -> Annotation:
    """A document with a plain, a negated and a hedged statement, an event and a number."""
    scribe = Scribe("imatinib-release", dt.date(2001, 5, 10))
    scribe.write("Imatinib inhibits ABL1 and treats chronic myelogenous leukemia.")
    scribe.state(("Imatinib", IMATINIB), "inhibits", ("ABL1", ABL1), trigger="inhibits", confidence=0.93)
    scribe.state(("Imatinib", IMATINIB), "treats", ("chronic myelogenous leukemia", CML), trigger="treats")
    scribe.write("It has not been shown that imatinib treats acute myeloid leukemia.")
    scribe.state(
        ("imatinib", IMATINIB),
        "treats",
        ("acute myeloid leukemia", AML),
        trigger="treats",
        negated=True,
        cue="not been shown",
    )
    scribe.write("Novartis developed Gleevex and the FDA approved imatinib on May 10, 2001.")
    scribe.state(("Gleevex", None), "developed_by", ("Novartis", NOVARTIS), trigger="developed")
    scribe.state(("imatinib", IMATINIB), "approved_by", ("FDA", FDA), trigger="approved", date="2001-05-10")
    scribe.happen("approval", "approved", date="2001-05-10", agent=("FDA", FDA), product=("imatinib", IMATINIB))
    scribe.write("Novartis expects that imatinib may protect T cells in Phase III.")
    scribe.state(
        ("imatinib", IMATINIB),
        "protects",
        ("T cells", T_CELL),
        modality=Modality.ANTICIPATED,
        cue="expects",
    )
    scribe.write("About 4,500 patients a year are diagnosed with chronic myelogenous leukemia.")
    scribe.count("4,500 patients", 4500, "{patients}/a", "incidence", ("chronic myelogenous leukemia", CML))
    return scribe.finish()
