"""One annotation to the quads that the store holds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.rdf.claims import claim_triples, unique_claims
from kg.rdf.document import document_triples
from kg.rdf.entities import entity_quads, nil_triples
from kg.rdf.events import event_triples, unique_events
from kg.rdf.hierarchy import hierarchy_quads
from kg.rdf.mentions import all_mentions, mention_triples
from kg.rdf.run import stamp_triples
from kg.rdf.statements import best_statements, statement_triples
from kg.rdf.terms import in_graph

if TYPE_CHECKING:
    from pyoxigraph import Quad, Triple

    from kg.model import Annotation, LinkedMention
    from kg.rdf.hierarchy import Hierarchy
    from kg.rdf.run import Run


def to_quads(
    annotation: Annotation, run: Run, hierarchy: Hierarchy | None = None, *, keep_text: bool = True
) -> list[Quad]:
    """Return the document's graph and what it adds to the shared graphs; sorted, without repeats.

    Args:
        annotation: everything that was read out of the document.
        run: what read it; stamped on the document, without a clock.
        hierarchy: the lexicon; without it no ancestors and other names are written.
        keep_text: whether the whole text is written beside the evidence sentences.
    """
    mentions = all_mentions(annotation)
    graph = NamedNode(annotation.document.iri)
    triples = document_triples(annotation, keep_text=keep_text)
    triples += stamp_triples(graph, run)
    triples += _mention_triples(annotation, mentions)
    triples += nil_triples([*mentions, *_ends(annotation)])
    triples += _finding_triples(annotation)
    quads = set(in_graph(triples, graph))
    quads.update(entity_quads(mentions))
    if hierarchy is not None:
        curies = {linked.chosen.curie for linked in mentions if linked.chosen}
        quads.update(hierarchy_quads(curies, hierarchy))
    return sorted(quads, key=str)


def _ends(annotation: Annotation) -> list[LinkedMention]:
    """Return what statements are about: a brand beside its substance has an end that no mention stands for."""
    return [end for one in annotation.findings.statements for end in (one.subject, one.object)]


def _mention_triples(annotation: Annotation, mentions: tuple[LinkedMention, ...]) -> list[Triple]:
    sentences = annotation.sentences
    return [triple for linked in mentions for triple in mention_triples(annotation.document, linked, sentences)]


def _finding_triples(annotation: Annotation) -> list[Triple]:
    document, sentences, findings = annotation.document, annotation.sentences, annotation.findings
    triples: list[Triple] = []
    for iri, statement in best_statements(document, findings.statements):
        triples += statement_triples(document, iri, statement, sentences)
    for iri, event in unique_events(document, findings.events):
        triples += event_triples(document, iri, event, sentences)
    for iri, claim in unique_claims(document, findings.claims):
        triples += claim_triples(document, iri, claim, sentences)
    return triples
