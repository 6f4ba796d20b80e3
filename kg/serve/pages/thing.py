"""The page of anything else of ours (an event, a claim, a mention, a run, a term): its properties as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.prefixes import BASE
from kg.serve.pages.findings import read_claim, read_event
from kg.serve.pages.forms import to_rdf, triples_of
from kg.serve.pages.frame import curie_of, local_address, render_template
from kg.serve.pages.reader import LABEL, Reader
from kg.serve.pages.request import PageFault, Rendered

if TYPE_CHECKING:
    from kg.serve.pages.request import PageRequest

_LONGEST_VALUE = 400
_MOST_VALUES = 60


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property: its text, and where it leads when it is an IRI."""

    text: str
    address: str = ""


def render(request: PageRequest) -> Rendered:
    """Return the page of a thing of ours; the route is the kind of thing."""
    path = request.job["path"].lstrip("/")
    iri = BASE + path
    reader = request.reader
    try:
        node = ox.NamedNode(iri)
    except ValueError as error:
        raise PageFault(404, f"{iri} is not an IRI") from error
    if next(iter(reader.store.quads_for_pattern(node, None, None, None)), None) is None:
        raise PageFault(404, f"the store says nothing of {iri}")
    if request.form != "html":
        return to_rdf(triples_of(reader.store, iri), request.form)
    values: dict[str, Any] = {
        "iri": iri,
        "kind": path.partition("/")[0],
        "event": read_event(reader, iri),
        "claim": read_claim(reader, iri),
        "properties": _properties(reader, iri),
    }
    title = reader.value(iri, LABEL) or curie_of(iri)
    return Rendered(render_template("thing.html", request.prefix, title=title, **values))


def _properties(reader: Reader, iri: str) -> list[tuple[str, list[Value]]]:
    found: dict[str, set[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]] = {}
    for quad in reader.store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        found.setdefault(quad.predicate.value, set()).add(quad.object)
    return [
        (curie_of(predicate), [_value(reader, term) for term in sorted(terms, key=str)[:_MOST_VALUES]])
        for predicate, terms in sorted(found.items())
    ]


def _value(reader: Reader, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Value:
    if isinstance(term, ox.NamedNode):
        label = reader.value(term.value, LABEL)
        return Value(label or curie_of(term.value), local_address(term.value, reader.prefix))
    text = str(getattr(term, "value", term))
    return Value(text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + " …")
