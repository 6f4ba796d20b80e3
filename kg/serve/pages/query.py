"""The query editor and the results of a query as a page."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import QueryError
from kg.model import Curie
from kg.prefixes import BASE, PREFIXES, try_expand
from kg.serve.faults import Fault, syntax_fault
from kg.serve.guard import QUERY, refuse_network
from kg.serve.pages.frame import curie_of, local_address, render_template
from kg.serve.pages.reader import Reader
from kg.serve.pages.request import PageFault, Rendered
from kg.serve.sparql_tokens import read_shape
from kg.store.query_library import load_queries
from kg.store.querying import to_term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.serve.pages.request import PageRequest
    from kg.store.query_library import StoredQuery

_MOST_ROWS = 1000
_HASH = re.compile(r"[0-9a-f]{16,}")
_MOST_PICTURED = 150
_FIRST_QUERY = """PREFIX kg: <https://w3id.org/kg-loader/vocab/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX biolink: <https://w3id.org/biolink/vocab/>
SELECT ?subject ?relation ?object ?sentence WHERE {
  ?statement a kg:Statement ; rdf:subject/rdfs:label ?subject ; kg:relation ?relation ;
    rdf:object/rdfs:label ?object ; biolink:supporting_text ?sentence .
}
LIMIT 25
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table: its text, where it leads, and a name that people know it by."""

    text: str
    address: str = ""
    label: str = ""


def render(request: PageRequest) -> Rendered:
    """Return the editor with a query, or that of the library that ``name`` names."""
    library = load_queries()
    name = request.fields.get("name", "")
    chosen = library.get(name)
    if name and chosen is None:
        raise PageFault(404, f"there is no query named {name} in the library")
    complaint = ""
    text = _FIRST_QUERY
    if chosen is not None:
        text, complaint = bind_parameters(request.reader.store, chosen, request.fields)
    values: dict[str, Any] = {
        "queries": list(library.values()),
        "chosen": chosen,
        "given": request.fields,
        "complaint": complaint,
        "text": request.fields.get("query") or text,
        "first": _FIRST_QUERY,
        "is_asked": bool(name or request.fields.get("query")),
        "prefixes": json.dumps(dict(PREFIXES)),
    }
    return Rendered(render_template("query.html", request.prefix, title="Query", **values))


def bind_parameters(store: ox.Store, query: StoredQuery, given: Mapping[str, str]) -> tuple[str, str]:
    """Return a query of the library with its parameters bound, and what is wrong with a given value.

    A parameter that is not given is bound to its example, so that the query can be run and changed at once.
    """
    values: dict[str, ox.NamedNode | ox.Literal] = {}
    for parameter in query.parameters:
        words = given.get(parameter.name, "").strip()
        try:
            values[parameter.name] = to_term(store, parameter.type, words or parameter.example)
        except QueryError as error:
            if words:
                return _without_header(query.text), str(error)
            iri = try_expand(Curie(parameter.example)) or parameter.example
            values[parameter.name] = ox.NamedNode(iri) if ":" in iri else ox.Literal(iri)
    return _without_header(query.bind(values)), ""


def _without_header(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#+"))


def render_results(request: PageRequest) -> Rendered:
    """Return the results of a query as a table with links; ``part=1`` gives the table alone."""
    text = request.fields.get("query", "")
    if not text.strip():
        raise PageFault(400, "there is no query: write one at /query")
    reader = request.reader
    values: dict[str, Any] = {"text": text, "fault": None, "rows": [], "columns": [], "is_cut": False, "picture": ""}
    values |= {"boolean": None, "encoded": quote(text, safe=""), "is_graph": False}
    status = 200
    try:
        refuse_network(text, frozenset(request.job["allow_remote"]), QUERY)
        values |= _run(reader, text, request.job)
    except SyntaxError as error:
        values["fault"], status = syntax_fault(str(error), text), 400
    except Fault as fault:
        values["fault"], status = fault, fault.status
    except (RuntimeError, ValueError) as error:
        values["fault"], status = Fault(400, str(error), code="not-supported"), 400
    template = "results_part.html" if request.fields.get("part") else "results.html"
    body = render_template(template, request.prefix, title="Results", **values)
    is_fixed = not read_shape(text).is_volatile
    return Rendered(body, 200 if request.fields.get("part") else status, keep=is_fixed and values["fault"] is None)


def _run(reader: Reader, text: str, job: dict[str, Any]) -> dict[str, Any]:
    union = job["union"] and not read_shape(text).has_dataset
    results = reader.store.query(
        text, use_default_graph_as_union=union, base_iri=f"{job['base']}{job['prefix']}/sparql"
    )
    if isinstance(results, ox.QueryBoolean):
        return {"boolean": bool(results)}
    rows: list[list[Any]] = []
    is_cut = False
    if isinstance(results, ox.QueryTriples):
        columns = ["subject", "predicate", "object"]
        for triple in results:
            if len(rows) == _MOST_ROWS:
                is_cut = True
                break
            rows.append([triple.subject, triple.predicate, triple.object])
    else:
        columns = [variable.value for variable in results.variables]
        for row in results:
            if len(rows) == _MOST_ROWS:
                is_cut = True
                break
            rows.append([row[name] for name in columns])
    is_graph = isinstance(results, ox.QueryTriples)
    return {
        "columns": columns,
        "rows": [[_cell(reader, term) for term in row] for row in rows],
        "is_cut": is_cut,
        "is_graph": is_graph,
        "picture": json.dumps(_picture(reader, rows, columns, is_graph=is_graph), ensure_ascii=False),
    }


def _cell(reader: Reader, term: Any) -> Cell:
    if term is None:
        return Cell("")
    if isinstance(term, ox.NamedNode):
        label = reader.reference(term.value).label
        curie = _short_name(term.value)
        return Cell(
            curie, local_address(term.value, reader.prefix), label if label not in {curie, curie_of(term.value)} else ""
        )
    return Cell(str(getattr(term, "value", term)))


def _short_name(iri: str) -> str:
    """Return the CURIE of an IRI, or for a thing of ours its kind and the first digits of its hash.

    >>> _short_name("https://w3id.org/kg-loader/event/e6b19c2c293ff418aad3")
    'event e6b19c2c'
    """
    kind, _, name = iri.removeprefix(BASE).partition("/")
    return f"{kind} {name[:8]}" if iri.startswith(BASE) and _HASH.fullmatch(name) else curie_of(iri)


def _picture(reader: Reader, rows: list[list[Any]], columns: list[str], *, is_graph: bool) -> list[dict[str, Any]]:
    """Return nodes and edges: the triples of a graph, or from the first IRI of a row to its others."""
    nodes: dict[str, dict[str, Any]] = {}
    edges: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows[:_MOST_PICTURED]:
        if is_graph:
            pairs = [(row[0], row[2], curie_of(row[1].value).rpartition(":")[2])]
        else:
            found = [(name, term) for name, term in zip(columns, row, strict=True) if isinstance(term, ox.NamedNode)]
            pairs = [(found[0][1], term, name) for name, term in found[1:]]
        for source, target, name in pairs:
            if isinstance(source, ox.NamedNode) and isinstance(target, ox.NamedNode):
                for term in (source, target):
                    nodes.setdefault(term.value, _pictured(reader, term.value))
                data = {"source": source.value, "target": target.value, "label": name, "weight": 1, "vouched": True}
                edges.setdefault((source.value, target.value, name), {"data": data})
    return [*nodes.values(), *edges.values()]


def _pictured(reader: Reader, iri: str) -> dict[str, Any]:
    reference = reader.reference(iri)
    data = {"id": iri, "label": reference.label, "type": reference.type, "address": reference.address}
    return {"data": data | {"centre": False}}
