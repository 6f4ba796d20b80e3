"""Our own terms, declared under Biolink, PROV, OA and SKOS, in a graph of their own."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad, Triple

from kg.model import Curie, Modality
from kg.prefixes import GRAPH, VOCABULARY
from kg.rdf.biolink import super_predicate
from kg.rdf.events import DECISIONS, EVENT_CLASSES
from kg.rdf.iris import curie_iri
from kg.rdf.terms import BIOLINK, KG, LABEL, OWL, RDF, RDFS, SKOS, TYPE, in_graph, string
from kg.relations import RELATIONS

VOCABULARY_GRAPH = NamedNode(GRAPH + "vocabulary")

_CLASSES = {
    "Statement": ("biolink:Association", "a statement read in a document"),
    "QuantitativeClaim": ("biolink:InformationContentEntity", "a number that a document claims"),
    "TrialPhase": ("skos:Concept", "the phase of a clinical trial"),
    "RegulatoryApplication": ("biolink:InformationContentEntity", "an application for marketing authorization"),
    "Event": ("biolink:Event", "an event that a document tells of"),
}
_PROPERTIES = {
    "relation": "the short name of a statement's relation",
    "directPredicate": "the predicate of the direct edge that a positive, asserted or reported statement has",
    "modality": "how sure the text is of what it says",
    "evidenceMention": "a mention that a statement or event was read from",
    "cueText": "the words that negate or hedge a statement",
    "triggerText": "the words that say the relation or the event",
    "extractor": "the rule or model that read it",
    "statedBy": "who says so, where the text attributes it",
    "start": "offset of the first character of the sentence, counted from 0 in kg:text",
    "end": "offset after the last character of the sentence",
    "text": "the whole text of a document; all offsets count in it",
    "sentences": "start, end and section kind of each sentence, as JSON",
    "sections": "start, end, kind and title of each section, as JSON",
    "linking": "what the linker chose and what else it considered, as JSON",
    "linkScore": "score of the chosen entity",
    "recognitionScore": "score of the recognizer",
    "recognizer": "who found a mention",
    "sentenceStart": "start of the sentence that a mention stands in",
    "entityType": "the short type of an entity or mention",
    "curie": "the identifier as a CURIE",
    "xref": "an exact match of the identifier, as a CURIE",
    "ancestor": "an ancestor at any distance in the ontology",
    "whole": "what an entity is a part of, at any distance in the ontology",
    "date": "the date as precisely as the text gives it",
    "earliest": "the first day that the date may mean",
    "latest": "the last day that the date may mean",
    "eventKind": "the short name of an event's kind",
    "actual": "false where an event is anticipated, hoped for or a risk",
    "decision": "what a regulator decided",
    "agent": "who acts in an event",
    "recipient": "who receives or decides in an event",
    "product": "the drug that an event is about",
    "indication": "the disease that an event is about",
    "registration": "the trial register's entry",
    "about": "the entity that a claim is about",
    "measures": "what a claim measures",
    "comparator": "one of = < > ~ <= >=",
    "lexiconVersion": "content hash of the term sources that were in force",
    "settings": "hash of the settings that were in force",
    "software": "the software and version that read the document",
}
_EVIDENCE_MENTIONS = (
    "subjectMention", "objectMention", "statedByMention", "agentMention", "recipientMention", "productMention",
    "indicationMention", "aboutMention",
)  # fmt: skip


def vocabulary_quads() -> list[Quad]:
    """Return the declarations of all our terms."""
    triples = [*_class_triples(), *_relation_triples(), *_property_triples(), *_concept_triples()]
    return in_graph(triples, VOCABULARY_GRAPH)


def _class_triples() -> list[Triple]:
    triples = []
    for name, (parent, comment) in sorted(_CLASSES.items()):
        triples += _declared(KG(name), OWL("Class"), name, comment)
        triples.append(Triple(KG(name), RDFS("subClassOf"), curie_iri(Curie(parent))))
    for name in sorted(set(EVENT_CLASSES.values())):
        triples += _declared(KG(name), OWL("Class"), name, None)
        triples.append(Triple(KG(name), RDFS("subClassOf"), KG("Event")))
    return triples


def _relation_triples() -> list[Triple]:
    triples = []
    for relation in sorted(RELATIONS.values(), key=lambda relation: relation.name):
        predicate = curie_iri(relation.predicate)
        triples.append(Triple(predicate, KG("relationName"), string(relation.name)))
        if not predicate.value.startswith(VOCABULARY):
            continue
        triples += _declared(predicate, OWL("ObjectProperty"), relation.name, None)
        triples.append(Triple(predicate, RDFS("subPropertyOf"), curie_iri(Curie(super_predicate(relation.name)))))
        if relation.symmetric:
            triples.append(Triple(predicate, TYPE, OWL("SymmetricProperty")))
    return triples


def _property_triples() -> list[Triple]:
    triples = []
    for name, comment in sorted(_PROPERTIES.items()):
        triples += _declared(KG(name), RDF("Property"), name, comment)
    for name in _EVIDENCE_MENTIONS:
        triples += _declared(KG(name), RDF("Property"), name, None)
        triples.append(Triple(KG(name), RDFS("subPropertyOf"), KG("evidenceMention")))
    for step, any_distance in (("subclass_of", "ancestor"), ("part_of", "whole")):
        triples.append(Triple(BIOLINK(step), RDFS("subPropertyOf"), KG(any_distance)))
    return triples


def _concept_triples() -> list[Triple]:
    names = [modality.value.capitalize() for modality in Modality]
    triples = _scheme("ModalityScheme", names)
    return triples + _scheme("DecisionScheme", sorted(set(DECISIONS.values())))


def _scheme(scheme: str, names: list[str]) -> list[Triple]:
    triples = _declared(KG(scheme), SKOS("ConceptScheme"), scheme, None)
    for name in names:
        triples += _declared(KG(name), SKOS("Concept"), name, None)
        triples.append(Triple(KG(name), SKOS("inScheme"), KG(scheme)))
    return triples


def _declared(term: NamedNode, kind: NamedNode, name: str, comment: str | None) -> list[Triple]:
    words = "".join(f" {c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name)).replace("_", " ")
    triples = [
        Triple(term, TYPE, kind),
        Triple(term, LABEL, string(words)),
        Triple(term, RDFS("isDefinedBy"), NamedNode(VOCABULARY)),
    ]
    if comment:
        triples.append(Triple(term, RDFS("comment"), string(comment)))
    return triples
