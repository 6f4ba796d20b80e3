"""Looks things up in one generation: short ways to what the pages show."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.prefixes import ENTITY, PREFIXES
from kg.serve.pages.frame import curie_of, local_address

if TYPE_CHECKING:
    from collections.abc import Iterator

RDF, RDFS, KG = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["kg"]
BIOLINK, SKOS, OA = PREFIXES["biolink"], PREFIXES["skos"], PREFIXES["oa"]
DCTERMS, PROV, SCHEMA = PREFIXES["dcterms"], PREFIXES["prov"], PREFIXES["schema"]
DC = "http://purl.org/dc/elements/1.1/"
TYPE, LABEL = RDF + "type", RDFS + "label"
Resource = ox.NamedNode | ox.BlankNode | ox.Triple
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing as it is shown in a line: what it is called, its type, its page."""

    iri: str
    label: str
    type: str
    curie: str
    address: str


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """A document as it is shown in a line."""

    iri: str
    title: str
    date: str
    publisher: str
    address: str


class Reader:
    """Reads one open generation; what is asked twice within a page is looked up once."""

    def __init__(self, store: ox.Store, prefix: str) -> None:
        self.store = store
        self.prefix = prefix
        self._references: dict[str, Reference] = {}
        self._documents: dict[str, DocumentReference] = {}

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property in any graph, without repeats, in sort order."""
        quads = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
        return sorted({_text(quad.object) for quad in quads})

    def value(self, subject: str, predicate: str) -> str | None:
        """Return the first value of a property, or None."""
        return next(iter(self.values(subject, predicate)), None)

    def record(self, subject: str, graph: str | None = None) -> dict[str, list[str]]:
        """Return all properties of a thing: predicate IRI to values."""
        name = ox.NamedNode(graph) if graph else None
        found: dict[str, set[str]] = {}
        for quad in self.store.quads_for_pattern(ox.NamedNode(subject), None, None, name):
            found.setdefault(quad.predicate.value, set()).add(_text(quad.object))
        return {predicate: sorted(values) for predicate, values in found.items()}

    def subjects(self, predicate: str, value: str) -> Iterator[tuple[str, str]]:
        """Yield subject and graph of the quads with this predicate and IRI."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value), None)
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value, getattr(quad.graph_name, "value", "")

    def count(self, predicate: str, value: str) -> int:
        """Return how many quads have this predicate and IRI."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value), None)
        return sum(1 for _ in quads)

    def exists(self, iri: str) -> bool:
        """The store says something of this IRI, or with it."""
        node = ox.NamedNode(iri)
        patterns = ((node, None), (None, node))
        return any(next(iter(self.store.quads_for_pattern(s, None, o, None)), None) for s, o in patterns)

    def reference(self, iri: str) -> Reference:
        """Return how a thing is shown in a line."""
        found = self._references.get(iri)
        if found is None:
            curie = curie_of(iri)
            label = self.value(iri, LABEL) or self.value(iri, SKOS + "prefLabel") or _name_in(iri) or curie
            kind = self.value(iri, KG + "entityType") or ""
            shown = self.value(iri, KG + "curie") or (curie if curie != iri else "")
            if shown.startswith("kgentity:"):
                shown = ""
            found = Reference(iri, label, kind, shown, local_address(iri, self.prefix))
            self._references[iri] = found
        return found

    def document(self, iri: str) -> DocumentReference:
        """Return how a document is shown in a line."""
        found = self._documents.get(iri)
        if found is None:
            record = self.record(iri, iri)
            title = first(record, DCTERMS + "title") or first(record, LABEL) or iri
            date, publisher = first(record, DCTERMS + "issued") or "", first(record, DC + "publisher") or ""
            found = DocumentReference(iri, title, date, publisher, local_address(iri, self.prefix))
            self._documents[iri] = found
        return found

    def select(self, query: str, **bindings: str) -> list[dict[str, str]]:
        """Return the rows of a SELECT; bound variables must be in its SELECT line."""
        substitutions: dict[ox.Variable, Any] = {ox.Variable(k): ox.NamedNode(v) for k, v in bindings.items()}
        rows = self.store.query(query, substitutions=substitutions)
        assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - a SELECT gives nothing else
        names = [variable.value for variable in rows.variables]
        return [{name: _text(row[name]) for name in names if row[name] is not None} for row in rows]


def _name_in(iri: str) -> str:
    """Return the words that an entity of our own has in its IRI; empty for any other."""
    return iri[len(ENTITY) :].replace("-", " ") if iri.startswith(ENTITY) else ""


def first(record: dict[str, list[str]], predicate: str) -> str | None:
    """Return the first value of a property of a record."""
    return next(iter(record.get(predicate, ())), None)


def offset(record: dict[str, list[str]], name: str) -> int | None:
    """Return a property of our own vocabulary as a whole number, or None."""
    value = first(record, KG + name)
    return int(value) if value is not None and value.isdigit() else None


def parse_json(text: str | None) -> Any:
    """Return the value of an rdf:JSON literal; None for none and for what cannot be read."""
    if text is None:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _text(term: Term | None) -> str:
    return str(getattr(term, "value", term))
