"""A mention out of its oa:Annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.model import Candidate, Curie, Entity, EntityType, LinkedMention, Mention, Span
from kg.rdf.terms import KG, OA

if TYPE_CHECKING:
    from kg.rdf.graph_index import GraphIndex


def read_mention(index: GraphIndex, iri: NamedNode) -> LinkedMention:
    """Return the linked mention with its alternatives."""
    position, quote = NamedNode(f"{iri.value}#position"), NamedNode(f"{iri.value}#quote")
    antecedent = None
    if index.text(iri, KG("antecedentEnd")) is not None:
        antecedent = Span(index.offset(iri, KG("antecedentStart")), index.offset(iri, KG("antecedentEnd")))
    text = index.text(quote, OA("exact")) or ""
    mention = Mention(
        start=index.offset(position, OA("start")),
        end=index.offset(position, OA("end")),
        text=text,
        type=EntityType(index.text(iri, KG("entityType")) or ""),
        recognizers=tuple(term.value for term in index.all(iri, KG("recognizer"))),
        score=index.number(iri, KG("recognitionScore")) or 0.0,
        coreference=index.is_true(iri, KG("coreference")),
        antecedent=antecedent,
    )
    record = index.json(iri, KG("linking")) or {"chosen": None, "candidates": []}
    return LinkedMention(
        mention=mention,
        name=index.text(iri, KG("name")) or text,
        candidates=tuple(Candidate(_entity(c), c["score"], c["method"]) for c in record["candidates"]),
        chosen=_entity(record["chosen"]) if record["chosen"] else None,
    )


def _entity(record: dict[str, Any]) -> Entity:
    xrefs = tuple(Curie(xref) for xref in record["xrefs"])
    return Entity(Curie(record["id"]), record["label"], EntityType(record["type"]), xrefs)
