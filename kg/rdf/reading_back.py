"""From a document's graph back to the annotation that it was written from."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.model import (
    Annotation,
    Curie,
    Document,
    Findings,
    Iri,
    MediaType,
    Section,
    SectionKind,
    Sentence,
)
from kg.rdf.finding_reader import read_claim, read_event, read_statement
from kg.rdf.graph_index import GraphIndex
from kg.rdf.mention_reader import read_mention
from kg.rdf.run import Run
from kg.rdf.terms import BIOLINK, DC, DCTERMS, KG, LABEL, OA, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad


def read_annotation(document: Iri, quads: Iterable[Quad]) -> Annotation:
    """Return the annotation that the quads of a document's graph were written from.

    Mentions, statements, events and claims come in text order, each once. A text that was not kept is empty.
    """
    node = NamedNode(document)
    index = GraphIndex(quads)
    mentions = {iri: read_mention(index, iri) for iri in index.of_type(OA("Annotation"))}
    statements = [read_statement(index, iri, mentions) for iri in index.of_type(KG("Statement"))]
    events = [read_event(index, iri, mentions) for iri in index.of_type(BIOLINK("Event"))]
    claims = [read_claim(index, iri, mentions) for iri in index.of_type(KG("QuantitativeClaim"))]
    return Annotation(
        document=_read_document(index, node),
        sentences=_sentences(index, node),
        mentions=tuple(sorted(mentions.values(), key=lambda m: (m.mention.start, m.mention.end, m.mention.type))),
        findings=Findings(
            statements=tuple(
                sorted(statements, key=lambda s: (s.evidence.start, s.subject.mention.start, s.object.mention.start))
            ),
            events=tuple(sorted(events, key=lambda event: (event.start, event.end, event.kind))),
            claims=tuple(sorted(claims, key=lambda claim: (claim.start, claim.end))),
        ),
    )


def read_run(document: Iri, quads: Iterable[Quad]) -> Run:
    """Return what the document was read with."""
    index, node = GraphIndex(quads), NamedNode(document)
    values = (index.text(node, KG(name)) for name in ("software", "lexiconVersion", "settings"))
    return Run(*(value or "" for value in values))


def _sentences(index: GraphIndex, node: NamedNode) -> tuple[Sentence, ...]:
    rows = index.json(node, KG("sentences")) or []
    return tuple(Sentence(start, end, SectionKind(kind)) for start, end, kind in rows)


def _sections(index: GraphIndex, node: NamedNode) -> tuple[Section, ...]:
    rows = index.json(node, KG("sections")) or []
    return tuple(Section(start, end, SectionKind(kind), title) for start, end, kind, title in rows)


def _read_document(index: GraphIndex, node: NamedNode) -> Document:
    issued = index.text(node, DCTERMS("issued"))
    return Document(
        iri=Iri(node.value),
        id=index.text(node, DCTERMS("identifier")) or index.text(node, LABEL) or node.value,
        text=index.text(node, KG("text")) or "",
        sha256=index.text(node, SCHEMA("sha256")) or "",
        path=index.text(node, KG("path")),
        title=index.text(node, DCTERMS("title")),
        published=dt.date.fromisoformat(issued) if issued else None,
        publisher=index.text(node, DC("publisher")),
        url=index.text(node, DC("source")),
        media_type=MediaType(index.text(node, DCTERMS("format")) or MediaType.TEXT),
        language=index.text(node, DCTERMS("language")) or "en",
        identifiers=tuple(
            sorted(Curie(term.value) for term in index.all(node, KG("curie")) if isinstance(term, Literal))
        ),
        sections=_sections(index, node),
    )
