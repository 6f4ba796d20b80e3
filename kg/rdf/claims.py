"""Numeric claims as schema:QuantitativeValue nodes with unit, comparator and what they measure."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.model import Span
from kg.rdf.evidence import evidence_triples, modality_concept, source_triples, span_triples
from kg.rdf.iris import claim_iri, entity_iri, mention_iri
from kg.rdf.terms import KG, SCHEMA, SIO, TYPE, XSD, string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.model import Claim, Document, Sentence

_STATISTICS: Mapping[str, str] = MappingProxyType({"median": "SIO_001110"})
_PERCENTAGE = "SIO_001413"


def unique_claims(document: Document, claims: Iterable[Claim]) -> Iterator[tuple[NamedNode, Claim]]:
    """Yield each claim once with its IRI, the surest reading of it."""
    best: dict[str, Claim] = {}
    for claim in claims:
        iri = claim_iri(document.iri, claim).value
        if iri not in best or claim.evidence.confidence > best[iri].evidence.confidence:
            best[iri] = claim
    for iri in sorted(best):
        yield NamedNode(iri), best[iri]


def claim_triples(document: Document, iri: NamedNode, claim: Claim, sentences: Sequence[Sentence]) -> list[Triple]:
    """Return one claim with its number, unit, population and evidence."""
    value = NamedNode(f"{iri.value}#value")
    triples = [
        Triple(iri, TYPE, KG("QuantitativeClaim")),
        Triple(iri, KG("comparator"), string(claim.comparator)),
        Triple(iri, KG("modality"), modality_concept(claim.modality)),
        Triple(iri, SCHEMA("value"), value),
        Triple(value, TYPE, SCHEMA("QuantitativeValue")),
    ]
    if claim.unit == "%":
        triples.append(Triple(iri, TYPE, SIO(_PERCENTAGE)))
    numbers = (("value", claim.value), ("minValue", claim.low), ("maxValue", claim.high))
    triples += [Triple(value, SCHEMA(name), _double(number)) for name, number in numbers if number is not None]
    if claim.unit:
        triples.append(Triple(value, SCHEMA("unitCode"), string(claim.unit)))
    texts = (
        ("measures", claim.measures),
        ("population", claim.population),
        ("statistic", claim.statistic),
        ("time", claim.time),
    )
    triples += [Triple(iri, KG(name), string(text)) for name, text in texts if text]
    if claim.statistic and claim.statistic in _STATISTICS:
        triples.append(Triple(iri, TYPE, SIO(_STATISTICS[claim.statistic])))
    if claim.about:
        triples.append(Triple(iri, KG("about"), entity_iri(claim.about)))
        triples.append(Triple(iri, KG("aboutMention"), mention_iri(document.iri, claim.about)))
    triples += span_triples(iri, "claim", Span(claim.start, claim.end), document)
    triples += span_triples(iri, "trigger", claim.evidence.trigger, document)
    triples += evidence_triples(iri, claim.evidence, sentences)
    return triples + source_triples(iri, NamedNode(document.iri))


def _double(number: float) -> Literal:
    """Return an xsd:double in the form in which the store writes it back: 40000 as "40000"."""
    text = repr(float(number))
    return Literal(text.removesuffix(".0") if "e" not in text else text, datatype=XSD("double"))
