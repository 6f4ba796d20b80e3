"""Statements as Biolink associations with their evidence; a direct edge only where the text vouches for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.model import Curie, Modality
from kg.rdf.biolink import association_form
from kg.rdf.evidence import KNOWLEDGE_SOURCE, evidence_triples, modality_concept, span_triples
from kg.rdf.iris import curie_iri, entity_iri, mention_iri, statement_iri
from kg.rdf.terms import BIOLINK, KG, LABEL, RDF, TYPE, boolean, date_triples, integer, string
from kg.relations import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Document, Sentence, Statement

VOUCHED = frozenset({Modality.ASSERTED, Modality.REPORTED})
"""The modalities of a statement that may become a direct edge."""

_PHASE_VALUES = {
    "C15600": "clinical_trial_phase_1",
    "C15601": "clinical_trial_phase_2",
    "C15602": "clinical_trial_phase_3",
    "C15603": "clinical_trial_phase_4",
    "C15693": "clinical_trial_phase_1_to_2",
    "C15694": "clinical_trial_phase_2_to_3",
}


def is_vouched(statement: Statement) -> bool:
    """The statement is positive, and asserted or reported."""
    return not statement.negated and statement.modality in VOUCHED


def best_statements(document: Document, statements: Iterable[Statement]) -> Iterator[tuple[NamedNode, Statement]]:
    """Yield each statement once with its IRI; of two readings of the same the surer, then the earlier, one."""
    best: dict[str, Statement] = {}
    for statement in statements:
        iri = statement_iri(document.iri, statement).value
        known = best.get(iri)
        if known is None or _rank(statement) < _rank(known):
            best[iri] = statement
    for iri in sorted(best):
        yield NamedNode(iri), best[iri]


def _rank(statement: Statement) -> tuple[float, int, int, int, int, str]:
    subject, object_ = statement.subject.mention, statement.object.mention
    extractor = statement.evidence.extractor
    return -statement.evidence.confidence, subject.start, subject.end, object_.start, object_.end, extractor


def statement_triples(
    document: Document, iri: NamedNode, statement: Statement, sentences: Sequence[Sentence]
) -> list[Triple]:
    """Return the association node of one statement and, where the text vouches for it, its direct edge."""
    subject, object_ = entity_iri(statement.subject), entity_iri(statement.object)
    form = association_form(statement.relation, statement.subject.mention.type, statement.object.mention.type)
    edge = curie_iri(RELATIONS[statement.relation].predicate)
    level = "knowledge_assertion" if statement.modality in VOUCHED else "not_provided"
    triples = [
        Triple(iri, TYPE, _named(form.association)),
        Triple(iri, TYPE, KG("Statement")),
        Triple(iri, RDF("subject"), subject),
        Triple(iri, RDF("predicate"), _named(form.predicate)),
        Triple(iri, RDF("object"), object_),
        Triple(iri, KG("relation"), string(statement.relation)),
        Triple(iri, KG("directPredicate"), edge),
        Triple(iri, KG("modality"), modality_concept(statement.modality)),
        Triple(iri, KG("subjectMention"), mention_iri(document.iri, statement.subject)),
        Triple(iri, KG("objectMention"), mention_iri(document.iri, statement.object)),
        Triple(iri, BIOLINK("negated"), boolean(statement.negated)),
        Triple(iri, BIOLINK("knowledge_level"), string(level)),
        Triple(iri, BIOLINK("agent_type"), string("text_mining_agent")),
        Triple(iri, BIOLINK("publications"), NamedNode(document.iri)),
        Triple(iri, BIOLINK("primary_knowledge_source"), KNOWLEDGE_SOURCE),
    ]
    triples += [Triple(iri, BIOLINK(name), _qualifier(value)) for name, value in form.qualifiers]
    triples += evidence_triples(iri, statement.evidence, sentences)
    triples += span_triples(iri, "trigger", statement.evidence.trigger, document)
    triples += date_triples(iri, statement.date)
    triples += _attribution_triples(document, iri, statement)
    if is_vouched(statement):
        triples.append(Triple(subject, edge, object_))
        if RELATIONS[statement.relation].symmetric:
            triples.append(Triple(object_, edge, subject))
        triples += _trial_triples(iri, statement)
    return triples


def _attribution_triples(document: Document, iri: NamedNode, statement: Statement) -> list[Triple]:
    triples = []
    if statement.cue:
        triples += [
            Triple(iri, KG("cueText"), string(statement.cue.text)),
            Triple(iri, KG("cueStart"), integer(statement.cue.start)),
            Triple(iri, KG("cueEnd"), integer(statement.cue.end)),
        ]
    if statement.stated_by:
        triples += [
            Triple(iri, KG("statedBy"), entity_iri(statement.stated_by)),
            Triple(iri, KG("statedByMention"), mention_iri(document.iri, statement.stated_by)),
        ]
    return triples


def _trial_triples(iri: NamedNode, statement: Statement) -> list[Triple]:
    """Return the trial that "X is in phase 3" speaks of."""
    if statement.relation != "in_phase" or statement.object.chosen is None:
        return []
    trial = NamedNode(f"{iri.value}#trial")
    identifier = statement.object.chosen.curie.partition(":")[2]
    return [
        Triple(trial, TYPE, BIOLINK("ClinicalTrial")),
        Triple(trial, LABEL, string(f"{statement.object.name} trial of {statement.subject.name}")),
        Triple(trial, KG("phase"), entity_iri(statement.object)),
        Triple(trial, KG("testsIntervention"), entity_iri(statement.subject)),
        Triple(trial, BIOLINK("clinical_trial_phase"), string(_PHASE_VALUES.get(identifier, "not_provided"))),
        Triple(iri, KG("trial"), trial),
    ]


def _qualifier(value: str) -> NamedNode | Literal:
    return _named(value) if ":" in value else string(value)


def _named(curie: str) -> NamedNode:
    return curie_iri(Curie(curie))
