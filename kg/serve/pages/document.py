"""The page of a document: its text with the mentions, and beside it what was read out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.model import Curie
from kg.prefixes import DOCUMENT, try_expand
from kg.serve.pages.findings import ClaimView, EventView, StatementView, read_claim, read_event, read_statement
from kg.serve.pages.forms import to_rdf
from kg.serve.pages.frame import local_address, render_template
from kg.serve.pages.parts import Part, choose_part
from kg.serve.pages.reader import BIOLINK, DC, DCTERMS, KG, OA, RDF, Reader, first, parse_json
from kg.serve.pages.request import PageFault, Rendered
from kg.serve.pages.spans import Mark, Piece, cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.pages.request import PageRequest

_TEXT = KG + "text"
_KINDS = {
    "mentions": OA + "Annotation",
    "statements": KG + "Statement",
    "events": BIOLINK + "Event",
    "claims": KG + "QuantitativeClaim",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text with an anchor of its own; ``start`` is its offset."""

    start: int
    kind: str
    pieces: tuple[Piece, ...]
    has_finding: bool


def render(request: PageRequest) -> Rendered:
    """Return the page of a document."""
    iri = DOCUMENT + request.rest
    reader = request.reader
    graph = _node(iri)
    if not request.rest or not reader.store.contains_named_graph(graph):
        raise PageFault(404, f"there is no document {request.rest}")
    if request.form != "html":
        quads = reader.store.quads_for_pattern(None, None, None, graph)
        hidden = set() if request.show_text else {_TEXT}
        return to_rdf((quad.triple for quad in quads if quad.predicate.value not in hidden), request.form)
    record = reader.record(iri, iri)
    text = first(record, _TEXT) if request.show_text else None
    places = {node: int(start) for node, start in _by_subject(reader, graph, KG + "start").items() if start.isdigit()}
    part = choose_part(request.fields, len(text) if text is not None else max(places.values(), default=0) + 1)
    statements, events, claims = read_findings(reader, graph, lambda iri: part.holds(places.get(iri)))
    starts = {view.evidence.start for views in (statements, events, claims) for view in views}
    mentions = read_mentions(reader, graph, part)
    values: dict[str, Any] = {
        "document": reader.document(iri),
        "facts": _facts(record),
        "links": [(curie, local) for curie, local in _links(record)],
        "sentences": cut_text(text, record, mentions, starts, part) if text is not None else None,
        "part": part,
        "show_text": request.show_text,
        "statements": statements,
        "events": events,
        "claims": claims,
        "types": sorted({mark.kind for mark in mentions}),
        "totals": {kind: len(_typed(reader, graph, iri)) for kind, iri in _KINDS.items()},
    }
    return Rendered(render_template("document.html", request.prefix, title=values["document"].title, **values))


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise PageFault(404, f"{iri} is not an IRI") from error


def read_findings(
    reader: Reader, graph: ox.NamedNode, is_wanted: Callable[[str], bool]
) -> tuple[list[StatementView], list[EventView], list[ClaimView]]:
    """Return what was read out of a document, each kind in text order."""
    wanted = {kind: filter(is_wanted, _typed(reader, graph, iri)) for kind, iri in _KINDS.items()}
    statements = [view for iri in wanted["statements"] if (view := read_statement(reader, iri))]
    events = [event for iri in wanted["events"] if (event := read_event(reader, iri))]
    claims = [claim for iri in wanted["claims"] if (claim := read_claim(reader, iri))]
    return sorted(statements, key=_place), sorted(events, key=_place), sorted(claims, key=_place)


def _place(view: StatementView | EventView | ClaimView) -> tuple[int, str]:
    return view.evidence.start or 0, view.iri


def _typed(reader: Reader, graph: ox.NamedNode, kind: str) -> list[str]:
    quads = reader.store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(kind), graph)
    return [quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)]


def read_mentions(reader: Reader, graph: ox.NamedNode, part: Part) -> list[Mark]:
    """Return the mentions in a part of a document as marks that lead to their entities."""
    ends = {name: _by_subject(reader, graph, OA + name) for name in ("start", "end", "hasBody")}
    marks = []
    for mention in _typed(reader, graph, _KINDS["mentions"]):
        position = f"{mention}#position"
        entity, start, end = ends["hasBody"].get(mention), ends["start"].get(position), ends["end"].get(position)
        if entity is None or start is None or end is None or not part.holds(int(start)):
            continue
        reference = reader.reference(entity)
        kind = reader.value(mention, KG + "entityType") or reference.type
        note = " · ".join(filter(None, (reference.label, reference.curie or "no identifier")))
        marks.append(Mark(int(start), int(end), kind, local_address(entity, reader.prefix), note))
    return marks


def _by_subject(reader: Reader, graph: ox.NamedNode, predicate: str) -> dict[str, str]:
    quads = reader.store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph)
    return {getattr(quad.subject, "value", ""): getattr(quad.object, "value", "") for quad in quads}


def cut_text(
    text: str, record: dict[str, list[str]], mentions: list[Mark], starts: set[int | None], part: Part
) -> tuple[Sentence, ...]:
    """Return a part of the text sentence by sentence, with what stands between sentences, so that nothing is lost."""
    spans: list[tuple[int, int, str]] = []
    position = 0
    for start, end, kind in parse_json(first(record, KG + "sentences")) or []:
        if start < position or end > len(text) or end <= start:
            continue
        if start > position:
            spans.append((position, start, ""))
        spans.append((start, end, kind))
        position = end
    if position < len(text):
        spans.append((position, len(text), ""))
    return tuple(
        Sentence(start, kind, tuple(cut(text, mentions, start, end)), start in starts and bool(kind))
        for start, end, kind in spans
        if part.holds(start)
    )


def _facts(record: dict[str, list[str]]) -> list[tuple[str, str]]:
    names = (
        ("published", DCTERMS + "issued"),
        ("publisher", DC + "publisher"),
        ("identifier", DCTERMS + "identifier"),
        ("language", DCTERMS + "language"),
        ("format", DCTERMS + "format"),
        ("source", DC + "source"),
        ("file", KG + "path"),
        ("read with", KG + "software"),
    )
    return [(name, value) for name, predicate in names if (value := first(record, predicate))]


def _links(record: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(curie, try_expand(Curie(curie)) or "") for curie in record.get(KG + "curie", ())]
