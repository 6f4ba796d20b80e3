"""Regulatory, clinical and business events with who took part, what about, when and how it ended."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg.model import Span
from kg.rdf.evidence import evidence_triples, source_triples, span_triples
from kg.rdf.iris import curie_iri, entity_iri, event_iri, mention_iri
from kg.rdf.terms import BIOLINK, KG, TYPE, boolean, date_triples, string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.model import Document, Event, LinkedMention, Sentence

EVENT_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "submission": "RegulatorySubmission",
        "acceptance": "RegulatorySubmission",
        "re_examination": "RegulatorySubmission",
        "withdrawal": "RegulatorySubmission",
        "approval": "RegulatoryDecision",
        "positive_opinion": "RegulatoryDecision",
        "negative_opinion": "RegulatoryDecision",
        "complete_response": "RegulatoryDecision",
        "refusal_to_file": "RegulatoryDecision",
        "designation": "RegulatoryDecision",
        "expected_decision": "RegulatoryDecision",
        "trial_start": "TrialEvent",
        "enrolment": "TrialEvent",
        "readout": "TrialEvent",
        "licensing": "BusinessEvent",
        "acquisition": "BusinessEvent",
        "collaboration": "BusinessEvent",
    }
)
"""Event kind -> our class under biolink:Event."""
DECISIONS: Mapping[str, str] = MappingProxyType(
    {
        "approval": "Approval",
        "positive_opinion": "PositiveOpinion",
        "negative_opinion": "NegativeOpinion",
        "complete_response": "CompleteResponse",
        "refusal_to_file": "RefusalToFile",
        "designation": "Designation",
    }
)
"""Event kind -> concept of the outcome scheme."""


def unique_events(document: Document, events: Iterable[Event]) -> Iterator[tuple[NamedNode, Event]]:
    """Yield each event once with its IRI, the surest reading of it."""
    best: dict[str, Event] = {}
    for event in events:
        iri = event_iri(document.iri, event).value
        if iri not in best or event.evidence.confidence > best[iri].evidence.confidence:
            best[iri] = event
    for iri in sorted(best):
        yield NamedNode(iri), best[iri]


def event_triples(document: Document, iri: NamedNode, event: Event, sentences: Sequence[Sentence]) -> list[Triple]:
    """Return one event with its participants, date, outcome and evidence."""
    triples = [
        Triple(iri, TYPE, KG(EVENT_CLASSES.get(event.kind, "Event"))),
        Triple(iri, TYPE, BIOLINK("Event")),
        Triple(iri, KG("eventKind"), string(event.kind)),
        Triple(iri, KG("actual"), boolean(event.actual)),
    ]
    if event.kind in DECISIONS:
        triples.append(Triple(iri, KG("decision"), KG(DECISIONS[event.kind])))
    values = (("dateText", event.date_text), ("outcome", event.outcome), ("procedure", event.procedure))
    triples += [Triple(iri, KG(name), string(value)) for name, value in values if value]
    for identifier in event.identifiers:
        trial = curie_iri(identifier)
        triples.append(Triple(iri, KG("registration"), trial))
        triples.append(Triple(trial, KG("curie"), string(identifier)))
    roles = (
        ("agent", event.agent),
        ("recipient", event.recipient),
        ("product", event.product),
        ("indication", event.indication),
    )
    for role, linked in roles:
        triples += _role_triples(document, iri, role, linked)
    triples += date_triples(iri, event.date)
    triples += span_triples(iri, "trigger", Span(event.start, event.end), document)
    triples += evidence_triples(iri, event.evidence, sentences)
    return triples + source_triples(iri, NamedNode(document.iri))


def _role_triples(document: Document, iri: NamedNode, role: str, linked: LinkedMention | None) -> list[Triple]:
    if linked is None:
        return []
    return [
        Triple(iri, KG(role), entity_iri(linked)),
        Triple(iri, KG(f"{role}Mention"), mention_iri(document.iri, linked)),
    ]
