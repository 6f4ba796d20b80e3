"""Statements, events and claims out of their nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.model import Claim, Cue, Curie, Event, Evidence, Modality, PartialDate, Span, Statement
from kg.rdf.terms import BIOLINK, KG, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import LinkedMention
    from kg.rdf.graph_index import GraphIndex


def read_statement(index: GraphIndex, iri: NamedNode, mentions: Mapping[NamedNode, LinkedMention]) -> Statement:
    """Return the statement that an association node stands for."""
    cue = index.text(iri, KG("cueText"))
    subject, object_ = (_mention(index, iri, role, mentions) for role in ("subject", "object"))
    if subject is None or object_ is None:
        message = f"the statement {iri.value} lacks the mention of its subject or object: load its document again"
        raise ValueError(message)
    return Statement(
        subject=subject,
        relation=index.text(iri, KG("relation")) or "",
        object=object_,
        evidence=_evidence(index, iri, _span(index, iri, "trigger")),
        negated=index.is_true(iri, BIOLINK("negated")),
        modality=_modality(index, iri),
        cue=Cue(index.offset(iri, KG("cueStart")), index.offset(iri, KG("cueEnd")), cue) if cue else None,
        date=_date(index, iri),
        stated_by=_mention(index, iri, "statedBy", mentions),
    )


def read_event(index: GraphIndex, iri: NamedNode, mentions: Mapping[NamedNode, LinkedMention]) -> Event:
    """Return the event that a node stands for; its evidence has no trigger of its own, the event's span is it."""
    trigger = _span(index, iri, "trigger") or Span(0, 0)
    registrations = (node for node in index.all(iri, KG("registration")) if isinstance(node, NamedNode))
    identifiers = (index.text(node, KG("curie")) for node in registrations)
    return Event(
        kind=index.text(iri, KG("eventKind")) or "",
        start=trigger.start,
        end=trigger.end,
        evidence=_evidence(index, iri, trigger),
        agent=_mention(index, iri, "agent", mentions),
        recipient=_mention(index, iri, "recipient", mentions),
        product=_mention(index, iri, "product", mentions),
        indication=_mention(index, iri, "indication", mentions),
        date=_date(index, iri),
        date_text=index.text(iri, KG("dateText")),
        actual=index.is_true(iri, KG("actual")),
        outcome=index.text(iri, KG("outcome")),
        procedure=index.text(iri, KG("procedure")),
        identifiers=tuple(sorted(Curie(identifier) for identifier in identifiers if identifier)),
    )


def read_claim(index: GraphIndex, iri: NamedNode, mentions: Mapping[NamedNode, LinkedMention]) -> Claim:
    """Return the numeric claim that a node stands for."""
    value = NamedNode(f"{iri.value}#value")
    span = _span(index, iri, "claim") or Span(0, 0)
    return Claim(
        start=span.start,
        end=span.end,
        evidence=_evidence(index, iri, _span(index, iri, "trigger")),
        value=index.number(value, SCHEMA("value")),
        low=index.number(value, SCHEMA("minValue")),
        high=index.number(value, SCHEMA("maxValue")),
        unit=index.text(value, SCHEMA("unitCode")),
        comparator=index.text(iri, KG("comparator")) or "=",
        measures=index.text(iri, KG("measures")),
        population=index.text(iri, KG("population")),
        about=_mention(index, iri, "about", mentions),
        statistic=index.text(iri, KG("statistic")),
        time=index.text(iri, KG("time")),
        modality=_modality(index, iri),
    )


def _mention(
    index: GraphIndex, iri: NamedNode, role: str, mentions: Mapping[NamedNode, LinkedMention]
) -> LinkedMention | None:
    node = index.node(iri, KG(f"{role}Mention"))
    return mentions.get(node) if node else None


def _evidence(index: GraphIndex, iri: NamedNode, trigger: Span | None) -> Evidence:
    return Evidence(
        start=index.offset(iri, KG("start")),
        end=index.offset(iri, KG("end")),
        text=index.text(iri, BIOLINK("supporting_text")) or "",
        extractor=index.text(iri, KG("extractor")) or "",
        confidence=index.number(iri, BIOLINK("has_confidence_score")) or 0.0,
        trigger=trigger,
    )


def _span(index: GraphIndex, iri: NamedNode, name: str) -> Span | None:
    if index.text(iri, KG(f"{name}End")) is None:
        return None
    return Span(index.offset(iri, KG(f"{name}Start")), index.offset(iri, KG(f"{name}End")))


def _date(index: GraphIndex, iri: NamedNode) -> PartialDate | None:
    text = index.text(iri, KG("date"))
    return PartialDate(text) if text else None


def _modality(index: GraphIndex, iri: NamedNode) -> Modality:
    concept = index.text(iri, KG("modality")) or ""
    return Modality(concept.removeprefix(KG("").value).lower())
