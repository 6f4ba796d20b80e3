"""Mentions as Web Annotations: position and quote selectors, and what the linker had to choose from."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Triple

from kg.rdf.iris import entity_iri, mention_iri
from kg.rdf.terms import BIOLINK, KG, OA, TYPE, boolean, decimal, integer, json_literal, string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Annotation, Document, Entity, LinkedMention, Sentence

_CONTEXT = 20
"""Characters of context in a quote selector, before and after."""


def all_mentions(annotation: Annotation) -> tuple[LinkedMention, ...]:
    """Return every mention of the annotation once, in text order, also those that only a finding holds."""
    findings = annotation.findings
    found: list[LinkedMention | None] = list(annotation.mentions)
    for statement in findings.statements:
        found += (statement.subject, statement.object, statement.stated_by)
    for event in findings.events:
        found += (event.agent, event.recipient, event.product, event.indication)
    found += (claim.about for claim in findings.claims)
    unique = {(m.mention.start, m.mention.end, m.mention.type.value): m for m in reversed(found) if m is not None}
    return tuple(unique[key] for key in sorted(unique))


def mention_triples(document: Document, linked: LinkedMention, sentences: Sequence[Sentence]) -> list[Triple]:
    """Return one mention as an oa:Annotation whose body is the entity."""
    mention = linked.mention
    iri = mention_iri(document.iri, linked)
    entity = entity_iri(linked)
    target = NamedNode(f"{iri.value}#target")
    triples = [
        Triple(iri, TYPE, OA("Annotation")),
        Triple(iri, OA("motivatedBy"), OA("identifying")),
        Triple(iri, OA("hasBody"), entity),
        Triple(iri, OA("hasTarget"), target),
        Triple(iri, KG("entityType"), string(mention.type.value)),
        Triple(iri, KG("name"), string(linked.name)),
        Triple(iri, KG("recognitionScore"), decimal(mention.score)),
        Triple(iri, KG("linking"), json_literal(linking_record(linked))),
        Triple(target, TYPE, OA("SpecificResource")),
        Triple(target, OA("hasSource"), NamedNode(document.iri)),
        Triple(NamedNode(document.iri), BIOLINK("mentions"), entity),
    ]
    triples += [Triple(iri, KG("recognizer"), string(name)) for name in mention.recognizers]
    triples += _selector_triples(document, linked, iri, target)
    if linked.chosen:
        scores = [candidate.score for candidate in linked.candidates if candidate.entity == linked.chosen]
        triples += [Triple(iri, KG("linkScore"), decimal(score)) for score in scores[:1]]
    sentence = find_sentence(sentences, mention.start)
    if sentence:
        triples.append(Triple(iri, KG("sentenceStart"), integer(sentence.start)))
    if mention.coreference:
        triples.append(Triple(iri, KG("coreference"), boolean(value=True)))
    if mention.antecedent:
        triples.append(Triple(iri, KG("antecedentStart"), integer(mention.antecedent.start)))
        triples.append(Triple(iri, KG("antecedentEnd"), integer(mention.antecedent.end)))
    return triples


def _selector_triples(document: Document, linked: LinkedMention, iri: NamedNode, target: NamedNode) -> list[Triple]:
    start, end = linked.mention.start, linked.mention.end
    position, quote = NamedNode(f"{iri.value}#position"), NamedNode(f"{iri.value}#quote")
    return [
        Triple(target, OA("hasSelector"), position),
        Triple(target, OA("hasSelector"), quote),
        Triple(position, TYPE, OA("TextPositionSelector")),
        Triple(position, OA("start"), integer(start)),
        Triple(position, OA("end"), integer(end)),
        Triple(quote, TYPE, OA("TextQuoteSelector")),
        Triple(quote, OA("exact"), string(linked.mention.text)),
        Triple(quote, OA("prefix"), string(document.text[max(0, start - _CONTEXT) : start])),
        Triple(quote, OA("suffix"), string(document.text[end : end + _CONTEXT])),
    ]


def linking_record(linked: LinkedMention) -> dict[str, Any]:
    """Return the choice and the alternatives, best first, as one JSON value: one quad instead of thirty."""
    return {
        "chosen": _entity_record(linked.chosen) if linked.chosen else None,
        "candidates": [
            _entity_record(candidate.entity) | {"score": round(candidate.score, 6), "method": candidate.method}
            for candidate in linked.candidates
        ],
    }


def _entity_record(entity: Entity) -> dict[str, Any]:
    return {"id": entity.curie, "label": entity.label, "type": entity.type.value, "xrefs": list(entity.xrefs)}


def find_sentence(sentences: Sequence[Sentence], start: int) -> Sentence | None:
    """Return the sentence that holds an offset; sentences are in text order."""
    index = bisect_right(sentences, start, key=lambda sentence: sentence.start) - 1
    if index < 0 or start >= sentences[index].end:
        return None
    return sentences[index]
