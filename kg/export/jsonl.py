"""The JSON of ``kg annotate --format jsonl`` (docs/json.md); other programs read it, so fields are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.export.naming import entity_key, find_fullest_names
from kg.relations import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Annotation, Claim, Cue, Document, Event, Evidence, LinkedMention, Span, Statement

_DIGITS = 4


def to_json(annotation: Annotation) -> dict[str, Any]:
    """Return the annotation as values that ``json.dumps`` takes; the same annotation gives the same bytes."""
    names = find_fullest_names(annotation)
    findings = annotation.findings
    return {
        "document": _document(annotation.document),
        "mentions": [_mention(linked) for linked in annotation.mentions],
        "statements": [_statement(statement) for statement in findings.statements],
        "events": [_event(event, names) for event in findings.events],
        "claims": [_claim(claim, names) for claim in findings.claims],
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "iri": document.iri,
        "id": document.id,
        "path": document.path,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "publisher": document.publisher,
        "url": document.url,
        "language": document.language,
        "identifiers": list(document.identifiers),
        "sha256": document.sha256,
    }


def _mention(linked: LinkedMention) -> dict[str, Any]:
    mention, entity = linked.mention, linked.chosen
    fields: dict[str, Any] = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type.value,
        "id": entity.curie if entity else None,
        "xrefs": list(entity.xrefs) if entity else [],
        "label": linked.name,
        "score": _round(_score(linked)),
        "recognizers": list(mention.recognizers),
    }
    if mention.coreference:
        fields["coreference"] = True
        fields["antecedent"] = _span(mention.antecedent)
    return fields


def _score(linked: LinkedMention) -> float:
    """Return the score of the chosen entity, or for NIL that of the recognizer."""
    scores = [candidate.score for candidate in linked.candidates if candidate.entity == linked.chosen]
    return scores[0] if scores else linked.mention.score


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "subject": _argument(statement.subject),
        "relation": statement.relation,
        "predicate": RELATIONS[statement.relation].predicate,
        "object": _argument(statement.object),
        "negated": statement.negated,
        "modality": statement.modality.value,
        "cue": _cue(statement.cue),
        "date": statement.date,
        "stated_by": _argument(statement.stated_by) if statement.stated_by else None,
        "confidence": _round(statement.evidence.confidence),
        "evidence": _evidence(statement.evidence),
    }


def _argument(linked: LinkedMention) -> dict[str, Any]:
    mention = linked.mention
    return {
        "text": mention.text,
        "label": linked.name,
        "id": linked.chosen.curie if linked.chosen else None,
        "start": mention.start,
        "end": mention.end,
    }


def _cue(cue: Cue | None) -> str | None:
    return cue.text if cue else None


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "extractor": evidence.extractor,
        "trigger": _span(evidence.trigger),
    }


def _event(event: Event, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "agent": _participant(event.agent, names),
        "recipient": _participant(event.recipient, names),
        "product": _participant(event.product, names),
        "indication": _participant(event.indication, names),
        "date": event.date,
        "date_text": event.date_text,
        "actual": event.actual,
        "outcome": event.outcome,
        "procedure": event.procedure,
        "identifiers": list(event.identifiers),
        "start": event.start,
        "end": event.end,
        "confidence": _round(event.evidence.confidence),
        "evidence": _evidence(event.evidence),
    }


def _claim(claim: Claim, names: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {"value": claim.value} if claim.low is None and claim.high is None else {}
    if not fields:
        fields = {"low": claim.low, "high": claim.high}
        if claim.value is not None:
            fields["value"] = claim.value
    return fields | {
        "unit": claim.unit,
        "comparator": claim.comparator,
        "measures": claim.measures,
        "population": claim.population,
        "about": _participant(claim.about, names),
        "statistic": claim.statistic,
        "time": claim.time,
        "modality": claim.modality.value,
        "start": claim.start,
        "end": claim.end,
        "confidence": _round(claim.evidence.confidence),
        "evidence": _evidence(claim.evidence),
    }


def _participant(linked: LinkedMention | None, names: Mapping[str, str]) -> dict[str, Any] | None:
    if linked is None:
        return None
    return {
        "text": names.get(entity_key(linked), linked.name),
        "label": linked.name,
        "id": linked.chosen.curie if linked.chosen else None,
    }


def _span(span: Span | None) -> dict[str, int] | None:
    return {"start": span.start, "end": span.end} if span else None


def _round(score: float) -> float:
    return round(score, _DIGITS)
