"""The page of an entity: names, identifiers, hierarchy, statements by relation, neighbours, timeline, documents."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.model import Curie
from kg.prefixes import ENTITY, try_expand
from kg.relations import RELATIONS
from kg.serve.pages.findings import (
    ClaimView,
    EventView,
    StatementView,
    is_statement,
    read_claim,
    read_event,
    read_statement,
)
from kg.serve.pages.forms import to_rdf, triples_of
from kg.serve.pages.frame import render_template
from kg.serve.pages.reader import BIOLINK, KG, RDF, SKOS, Reader, Reference
from kg.serve.pages.request import PageFault, Rendered

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.pages.request import PageRequest

_MOST_STATEMENTS = 400
_MOST_LISTED = 100
_MOST_NEIGHBOURS = 40
_MOST_PICTURED = 24
_MOST_NAMED = 2
_ROLES = ("agent", "recipient", "product", "indication")


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one relation in one direction, by the entity at the other end."""

    relation: str
    is_subject: bool
    members: tuple[tuple[Reference, tuple[StatementView, ...]], ...]

    @property
    def anchor(self) -> str:
        """Its place in the page."""
        return f"{'is' if self.is_subject else 'was'}-{self.relation}"

    @property
    def size(self) -> int:
        """How many statements there are."""
        return sum(len(statements) for _, statements in self.members)


def find_iri(request: PageRequest) -> str:
    """Return the IRI that the address names: ``?iri=``, a CURIE, or the slug of an entity of our own.

    Raises:
        PageFault: it names none.
    """
    if "iri" in request.fields:
        iri = request.fields["iri"]
    elif ":" in request.rest:
        iri = try_expand(Curie(request.rest)) or ""
    else:
        iri = ENTITY + request.rest if request.rest else ""
    if not iri or not _is_iri(iri):
        raise PageFault(404, f"{request.fields.get('iri') or request.rest or 'nothing'} names no entity")
    return iri


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def render(request: PageRequest) -> Rendered:
    """Return the page of an entity."""
    iri = find_iri(request)
    reader = request.reader
    if not reader.exists(iri):
        raise PageFault(404, f"the store says nothing of {iri}")
    statements = list(_iris(reader, iri, ("subject", "object"), RDF, is_statement))
    if request.form != "html":
        return to_rdf(triples_of(reader.store, iri, *statements), request.form)
    views = [view for view in (read_statement(reader, s) for s in statements[:_MOST_STATEMENTS]) if view]
    groups = group_statements(iri, views)
    entity = reader.reference(iri)
    values: dict[str, Any] = {
        "entity": entity,
        "external": iri,
        "xrefs": _xrefs(reader, iri),
        "synonyms": reader.values(iri, SKOS + "altLabel"),
        "parents": _references(reader, reader.values(iri, BIOLINK + "subclass_of")),
        "ancestors": _references(reader, reader.values(iri, KG + "ancestor")),
        "children": _references(reader, sorted({s for s, _ in reader.subjects(BIOLINK + "subclass_of", iri)})),
        "wholes": _references(reader, reader.values(iri, BIOLINK + "part_of")),
        "parts": _references(reader, sorted({s for s, _ in reader.subjects(BIOLINK + "part_of", iri)})),
        "groups": groups,
        "total": len(statements),
        "shown": len(views),
        "neighbours": _neighbours(groups),
        "events": _events(reader, iri),
        "claims": _claims(reader, iri),
        "documents": _documents(reader, iri),
    }
    values["picture"] = json.dumps(picture(entity, groups), ensure_ascii=False)
    return Rendered(render_template("entity.html", request.prefix, title=entity.label, **values))


def group_statements(iri: str, views: list[StatementView]) -> tuple[Group, ...]:
    """Return the statements by relation, direction and other end."""
    found: dict[tuple[str, bool], dict[str, list[StatementView]]] = {}
    ends: dict[str, Reference] = {}
    for view in views:
        is_subject = view.subject.iri == iri
        other = view.object if is_subject else view.subject
        ends[other.iri] = other
        found.setdefault((view.relation, is_subject), {}).setdefault(other.iri, []).append(view)
    groups = [
        Group(
            relation,
            is_subject,
            tuple(
                (ends[other], tuple(sorted(group, key=_surest_first)))
                for other, group in sorted(members.items(), key=lambda pair: (-len(pair[1]), ends[pair[0]].label))
            ),
        )
        for (relation, is_subject), members in found.items()
    ]
    return tuple(sorted(groups, key=_place))


def _place(group: Group) -> tuple[bool, int, str]:
    """Return the place of a group: what it does itself first, in the order of the relations."""
    names = list(RELATIONS)
    place = names.index(group.relation) if group.relation in names else len(names)
    return not group.is_subject, place, group.relation


def picture(entity: Reference, groups: tuple[Group, ...]) -> list[dict[str, Any]]:
    """Return nodes and edges of the neighbourhood for the picture, the strongest neighbours only.

    All relations in one direction are one edge, so that the picture stays calm; the table tells them apart.
    """
    elements = {entity.iri: _node(entity, is_centre=True)}
    edges: dict[tuple[str, str], dict[str, Any]] = {}
    names: dict[tuple[str, str], list[str]] = {}
    for group, other, statements in _strongest(groups):
        if other.iri not in elements and len(elements) > _MOST_PICTURED:
            continue
        elements.setdefault(other.iri, _node(other, is_centre=False))
        ends = (entity.iri, other.iri) if group.is_subject else (other.iri, entity.iri)
        names.setdefault(ends, []).append(group.relation.replace("_", " "))
        edge = edges.setdefault(ends, {"source": ends[0], "target": ends[1], "weight": 0, "vouched": False})
        edge["weight"] += len(statements)
        edge["vouched"] |= any(statement.is_vouched for statement in statements)
        more = len(names[ends]) - _MOST_NAMED
        edge["label"] = ", ".join(names[ends][:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return [*elements.values(), *({"data": edge} for edge in edges.values())]


def _node(reference: Reference, *, is_centre: bool) -> dict[str, Any]:
    data = {"id": reference.iri, "label": reference.label, "type": reference.type, "address": reference.address}
    return {"data": data | {"centre": is_centre}}


def _strongest(groups: tuple[Group, ...]) -> list[tuple[Group, Reference, tuple[StatementView, ...]]]:
    rows = [(group, other, statements) for group in groups for other, statements in group.members]
    return sorted(rows, key=lambda row: -len(row[2]))[:_MOST_NEIGHBOURS]


def _neighbours(groups: tuple[Group, ...]) -> list[tuple[Group, Reference, int, int]]:
    """Return the rows of the table beside the picture: statements and documents of each neighbour."""
    return [
        (group, other, len(statements), len({s.evidence.document.iri for s in statements if s.evidence.document}))
        for group, other, statements in _strongest(groups)
    ]


def _surest_first(view: StatementView) -> tuple[bool, float, str]:
    return not view.is_vouched, -float(view.evidence.confidence or 0), view.iri


def _iris(
    reader: Reader, iri: str, names: tuple[str, ...], prefix: str, is_wanted: Callable[[Reader, str], bool]
) -> list[str]:
    found = {subject for name in names for subject, _ in reader.subjects(prefix + name, iri)}
    return sorted(subject for subject in found if is_wanted(reader, subject))


def _xrefs(reader: Reader, iri: str) -> list[tuple[str, str]]:
    """Return the other identifiers with where they are described."""
    own = {reader.reference(iri).curie}
    return [(curie, try_expand(Curie(curie)) or "") for curie in reader.values(iri, KG + "xref") if curie not in own]


def _references(reader: Reader, iris: list[str]) -> list[Reference]:
    return sorted((reader.reference(iri) for iri in iris[:_MOST_LISTED]), key=lambda reference: reference.label)


def _events(reader: Reader, iri: str) -> list[EventView]:
    found = _iris(reader, iri, _ROLES, KG, lambda _reader, _iri: True)[:_MOST_LISTED]
    views = [view for view in (read_event(reader, event) for event in found) if view]
    return sorted(views, key=lambda view: (view.earliest or "9999", view.kind, view.iri))


def _claims(reader: Reader, iri: str) -> list[ClaimView]:
    found = _iris(reader, iri, ("about",), KG, lambda _reader, _iri: True)[:_MOST_LISTED]
    return [view for view in (read_claim(reader, claim) for claim in found) if view]


def _documents(reader: Reader, iri: str) -> list[Any]:
    found = sorted({document for document, _ in reader.subjects(BIOLINK + "mentions", iri)})
    documents = [reader.document(document) for document in found[: 4 * _MOST_LISTED]]
    return sorted(documents, key=lambda document: document.date, reverse=True)[:_MOST_LISTED]
