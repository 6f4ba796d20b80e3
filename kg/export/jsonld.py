"""JSON-LD with one object a graph, keys and values sorted, full IRIs: every reader agrees on what it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from pyoxigraph import Literal, NamedNode

from kg.prefixes import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

_TYPE = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"
_JSON = PREFIXES["rdf"] + "JSON"


def write_jsonld(quads: Iterable[Quad], target: TextIO) -> None:
    """Write quads as expanded JSON-LD, one node a line."""
    graphs: dict[str, dict[str, dict[str, list[Any]]]] = {}
    for quad in sorted(set(quads), key=str):
        nodes = graphs.setdefault(str(quad.graph_name), {})
        properties = nodes.setdefault(_identifier(quad.subject), {})
        if quad.predicate.value == _TYPE and isinstance(quad.object, NamedNode):
            properties.setdefault("@type", []).append(quad.object.value)
        else:
            properties.setdefault(quad.predicate.value, []).append(_value(quad.object))
    target.write("[\n")
    target.write(",\n".join(_graph(graph, graphs[graph]) for graph in sorted(graphs)))
    target.write("\n]\n")


def _graph(graph: str, nodes: dict[str, dict[str, list[Any]]]) -> str:
    lines = ",\n".join(_dump({"@id": identifier} | nodes[identifier]) for identifier in sorted(nodes))
    if not graph.startswith("<"):  # the default graph
        return lines
    return f'{{"@id": {_dump(graph[1:-1])}, "@graph": [\n{lines}\n]}}'


def _identifier(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _value(term: object) -> dict[str, Any]:
    if not isinstance(term, Literal):
        return {"@id": _identifier(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return {"@value": term.value}
    if term.datatype.value == _JSON:
        # As a plain literal of that datatype, not as "@json": readers of the latter may write its text anew.
        return {"@value": term.value, "@type": _JSON}
    return {"@value": term.value, "@type": term.datatype.value}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
