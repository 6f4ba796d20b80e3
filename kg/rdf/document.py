"""A document's own description: what it is, where it comes from, its text and how the text is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.rdf.iris import try_curie_iri
from kg.rdf.terms import BIOLINK, DC, DCTERMS, KG, LABEL, PROV, RDFS, SCHEMA, TYPE, XSD, json_literal, string

if TYPE_CHECKING:
    from kg.model import Annotation, Document

_JOURNAL_PREFIXES = ("PMID", "PMC", "DOI")


def document_triples(annotation: Annotation, *, keep_text: bool = True) -> list[Triple]:
    """Return the metadata of the document, and with ``keep_text`` the text that the offsets count in."""
    document = annotation.document
    iri = NamedNode(document.iri)
    triples = [
        Triple(iri, TYPE, BIOLINK("JournalArticle" if _is_journal_article(document) else "Publication")),
        Triple(iri, TYPE, PROV("Entity")),
        Triple(iri, LABEL, string(document.title or document.id)),
        Triple(iri, DCTERMS("identifier"), string(document.id)),
        Triple(iri, DCTERMS("language"), string(document.language)),
        Triple(iri, DCTERMS("format"), string(document.media_type.value)),
        Triple(iri, SCHEMA("sha256"), string(document.sha256)),
        Triple(iri, KG("sentences"), json_literal([[s.start, s.end, s.section.value] for s in annotation.sentences])),
    ]
    if document.sections:
        sections = [[s.start, s.end, s.kind.value, s.title] for s in document.sections]
        triples.append(Triple(iri, KG("sections"), json_literal(sections)))
    if keep_text:
        triples.append(Triple(iri, KG("text"), string(document.text)))
    return triples + _optional_triples(document, iri)


def _is_journal_article(document: Document) -> bool:
    return any(identifier.partition(":")[0] in _JOURNAL_PREFIXES for identifier in document.identifiers)


def _optional_triples(document: Document, iri: NamedNode) -> list[Triple]:
    values = (
        (DCTERMS("title"), document.title),
        (DC("publisher"), document.publisher),
        (DC("source"), document.url),
        (KG("path"), document.path),
    )
    triples = [Triple(iri, predicate, string(value)) for predicate, value in values if value]
    if document.published:
        day = Literal(document.published.isoformat(), datatype=XSD("date"))
        triples.append(Triple(iri, DCTERMS("issued"), day))
    for identifier in document.identifiers:
        triples.append(Triple(iri, KG("curie"), string(identifier)))
        address = try_curie_iri(identifier)
        if address:
            triples.append(Triple(iri, RDFS("seeAlso"), address))
    return triples
