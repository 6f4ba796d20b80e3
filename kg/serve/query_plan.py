"""From a query of the protocol to the job that answers it and the headers of its answer; the same wherever it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.prefixes import PREFIXES
from kg.serve.guard import QUERY, refuse_network
from kg.serve.validators import VARY, make_etag

if TYPE_CHECKING:
    from kg.serve.exchange import Header
    from kg.serve.negotiation import Format
    from kg.serve.protocol import QueryRequest
    from kg.serve.watch import Snapshot

SHOWN_PREFIXES = {
    name: PREFIXES[name]
    for name in ("biolink", "dcterms", "kg", "oa", "prov", "rdf", "rdfs", "schema", "skos", "xsd")
    if name in PREFIXES
}
_WITH_PREFIXES = {"ttl", "trig"}
_FIXED: Header = (b"cache-control", b"public, no-cache")
_VOLATILE: Header = (b"cache-control", b"no-store")


class QueryPlan(NamedTuple):
    """How a query is answered.

    ``content`` is the job for a worker, ``headers`` those of the answer that depend on the query, ``asked`` what tells
    one answer from another. A query that ``is_fixed`` has one answer for as long as the generation is the newest.
    """

    content: dict[str, object]
    headers: list[Header]
    asked: tuple[object, ...]
    is_fixed: bool


def check_query(request: QueryRequest, accept: str | None, allowed: frozenset[str]) -> Format:
    """Return the format to answer a query in.

    Raises:
        Fault: 403 for a query that reaches into the network, 406 or 400 for a format that there is not.
    """
    refuse_network(request.text, allowed, QUERY)
    return request.choose_format(accept)


def plan_query(request: QueryRequest, form: Format, snapshot: Snapshot, base: str, *, union: bool) -> QueryPlan:
    """Return how to answer a query; ``base`` is the address of the endpoint, ``union`` the default graph's setting."""
    shape = request.shape
    is_fixed = not shape.is_volatile
    asked = _asked(request, form.name, base)
    is_open = request.default_graphs is None and not shape.has_dataset
    content: dict[str, object] = {
        "op": "query",
        "generation": snapshot.path,
        "text": request.text,
        "format": form.name,
        "union": is_open and union,
        "default": request.default_graphs,
        "named": request.named_graphs,
        "base": base,
    }
    if form.name in _WITH_PREFIXES:
        content["prefixes"] = SHOWN_PREFIXES
    headers = [(b"content-type", form.content_type), VARY, (b"x-kg-generation", b"%d" % snapshot.number)]
    if is_fixed:
        headers.append((b"etag", make_query_etag(snapshot, request, form.name, base)))
        if snapshot.modified_text:
            headers.append((b"last-modified", snapshot.modified_text.encode()))
    headers.append(_FIXED if is_fixed else _VOLATILE)
    return QueryPlan(content, headers, asked, is_fixed)


def make_query_etag(snapshot: Snapshot, request: QueryRequest, form: str, base: str) -> bytes:
    """Return the entity tag of the answer to a query in a format, as the endpoint at ``base`` gives it."""
    return make_etag(snapshot, form, repr(_asked(request, form, base)))


def _asked(request: QueryRequest, form: str, base: str) -> tuple[object, ...]:
    return (request.text, request.default_graphs, request.named_graphs, form, base)
