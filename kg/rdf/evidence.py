"""Where something was read: sentence, offsets, trigger, extractor and confidence, the same for all findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Triple

from kg.rdf.mentions import find_sentence
from kg.rdf.terms import BIOLINK, INFORES, KG, PROV, decimal, integer, string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import NamedNode

    from kg.model import Document, Evidence, Modality, Sentence, Span

KNOWLEDGE_SOURCE = INFORES("kg-loader")


def evidence_triples(subject: NamedNode, evidence: Evidence, sentences: Sequence[Sentence]) -> list[Triple]:
    """Return the sentence with its offsets and section, who read it and how sure it was."""
    triples = [
        Triple(subject, BIOLINK("supporting_text"), string(evidence.text)),
        Triple(subject, KG("start"), integer(evidence.start)),
        Triple(subject, KG("end"), integer(evidence.end)),
        Triple(subject, KG("extractor"), string(evidence.extractor)),
        Triple(subject, BIOLINK("has_confidence_score"), decimal(evidence.confidence)),
    ]
    sentence = find_sentence(sentences, evidence.start)
    if sentence:
        triples.append(Triple(subject, BIOLINK("supporting_text_section_type"), string(sentence.section.value)))
    return triples


def span_triples(subject: NamedNode, name: str, span: Span | None, document: Document) -> list[Triple]:
    """Return a span of the text as three properties: nameStart, nameEnd and nameText."""
    if span is None:
        return []
    return [
        Triple(subject, KG(f"{name}Start"), integer(span.start)),
        Triple(subject, KG(f"{name}End"), integer(span.end)),
        Triple(subject, KG(f"{name}Text"), string(document.text[span.start : span.end])),
    ]


def modality_concept(modality: Modality) -> NamedNode:
    """Return the concept of a modality, such as kg:Asserted."""
    return KG(modality.value.capitalize())


def source_triples(subject: NamedNode, document: NamedNode) -> list[Triple]:
    """Return the document that a finding was read in."""
    return [Triple(subject, PROV("wasQuotedFrom"), document)]
