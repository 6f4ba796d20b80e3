"""The SPARQL 1.1 Protocol as pure functions: a request's parts in, what is asked for out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.serve.faults import Fault
from kg.serve.fields import decode, read_fields
from kg.serve.negotiation import GRAPH_FORMATS, RESULT_FORMATS, SHORT_NAMES, Format, choose_format
from kg.serve.sparql_tokens import QueryShape, read_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_GRAPH_FORMS = {"construct", "describe"}
FORM = "application/x-www-form-urlencoded"
QUERY_BODY = "application/sparql-query"
UPDATE_BODY = "application/sparql-update"
QUERY_METHODS = "GET, HEAD, POST, OPTIONS"


class Message(NamedTuple):
    """The parts of an HTTP request that the protocol reads; ``content_type`` without its parameters."""

    method: str
    query_string: str
    content_type: str
    charset: str
    body: bytes


class QueryRequest(NamedTuple):
    """A query with the dataset that the request names; None leaves the dataset to the query and the server.

    ``format_name`` and ``time_limit`` (seconds) are wishes from the address: ``format=csv``, ``timeout=5``.
    """

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    format_name: str | None = None
    time_limit: float | None = None

    @property
    def shape(self) -> QueryShape:
        """Form and properties of the query."""
        return read_shape(self.text)

    def choose_format(self, accept: str | None) -> Format:
        """Return the format of the answer.

        Raises:
            Fault: 406 or, for an unknown ``format``, 400.
        """
        is_graph = self.shape.form in _GRAPH_FORMS
        if self.format_name is None:
            return _choose_by_accept(accept, is_graph)
        formats = GRAPH_FORMATS if is_graph else RESULT_FORMATS
        form = SHORT_NAMES.get(self.format_name) or formats.get(self.format_name)
        if form is SHORT_NAMES["xml"] and is_graph:
            form = SHORT_NAMES["rdf"]
        if form is SHORT_NAMES["jsonld"] and not is_graph:
            form = SHORT_NAMES["json"]
        if form is None or form not in formats.values():
            names = ", ".join(dict.fromkeys(choice.name for choice in formats.values()))
            raise Fault(400, f"format={self.format_name} is not one of {names}", code="unknown-format")
        return form


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """An update with the dataset that its WHERE clauses see; None leaves it to the update."""

    text: str
    using_graphs: tuple[str, ...] | None = None
    using_named_graphs: tuple[str, ...] | None = None


@lru_cache(maxsize=512)
def _choose_by_accept(accept: str | None, is_graph: bool) -> Format:  # noqa: FBT001 - a key of the cache
    if is_graph:
        return choose_format(accept, GRAPH_FORMATS, "graphs")
    return choose_format(accept, RESULT_FORMATS, "query results")


def read_content_type(header: str | None) -> tuple[str, str]:
    """Return media type and charset of a Content-Type header, both in lower case.

    >>> read_content_type("text/Turtle; charset=UTF-8")
    ('text/turtle', 'utf-8')
    """
    media, *parameters = (header or "").split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media.strip().lower(), value.strip().strip('"').lower()
    return media.strip().lower(), "utf-8"


def read_request(message: Message) -> QueryRequest | UpdateRequest | None:
    """Return what a request to /sparql asks for; None is a GET without a query.

    Raises:
        Fault: the request breaks the protocol, with the status that the protocol gives.
    """
    if message.method in {"GET", "HEAD"}:
        fields = read_fields(message.query_string)
        if len(fields) == 1 and fields[0][0] == "query":
            return _to_query(fields)
        if "update" in dict(fields):
            raise Fault(405, "an update must be sent by POST", code="method-not-allowed", allow="POST")
        return None if not fields or _is_description(fields) else _to_query(fields)
    if message.method != "POST":
        raise Fault(
            405, f"{message.method} is not one of {QUERY_METHODS}", code="method-not-allowed", allow=QUERY_METHODS
        )
    return _read_post(message)


def _read_post(message: Message) -> QueryRequest | UpdateRequest:
    if message.content_type == FORM:
        fields = read_fields(message.query_string) + read_fields(decode(message.body, message.charset))
        return _to_update(fields) if "update" in dict(fields) else _to_query(fields)
    if message.content_type not in {QUERY_BODY, UPDATE_BODY}:
        given = message.content_type or "none"
        raise Fault(
            415,
            f"Content-Type {given} cannot be read here: send {QUERY_BODY}, {UPDATE_BODY}, or a form ({FORM}) with "
            "query= or update=",
            code="unsupported-media-type",
        )
    fields = read_fields(message.query_string)
    name = "query" if message.content_type == QUERY_BODY else "update"
    if {"query", "update"} & dict(fields).keys():
        raise Fault(400, f"the {name} is in the body, so the address must not hold query= or update=", code="two-texts")
    fields.append((name, decode(message.body, message.charset)))
    return _to_query(fields) if name == "query" else _to_update(fields)


def _is_description(fields: Sequence[tuple[str, str]]) -> bool:
    return not ({"query", "default-graph-uri", "named-graph-uri"} & {name for name, _ in fields})


def _values(fields: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in fields if key == name)


def _one_text(fields: Sequence[tuple[str, str]], name: str) -> str:
    other = "update" if name == "query" else "query"
    texts = _values(fields, name)
    if len(texts) != 1 or _values(fields, other):
        found = f"{len(texts)} of {name}" + (f" and {other}" if _values(fields, other) else "")
        raise Fault(400, f"a request holds one query= or one update=, here is {found}", code="not-one-text")
    return texts[0]


def _to_query(fields: Sequence[tuple[str, str]]) -> QueryRequest:
    if len(fields) == 1 and fields[0][0] == "query":
        return QueryRequest(fields[0][1])
    text = _one_text(fields, "query")
    default = _graphs(fields, "default-graph-uri")
    named = _graphs(fields, "named-graph-uri")
    if default is not None or named is not None:
        default, named = default or (), named or ()
    wanted = _values(fields, "format") or _values(fields, "output")
    return QueryRequest(text, default, named, wanted[0] if wanted else None, _time_limit(fields))


def _to_update(fields: Sequence[tuple[str, str]]) -> UpdateRequest:
    text = _one_text(fields, "update")
    return UpdateRequest(text, _graphs(fields, "using-graph-uri"), _graphs(fields, "using-named-graph-uri"))


def _graphs(fields: Sequence[tuple[str, str]], name: str) -> tuple[str, ...] | None:
    """Return the graph names of a parameter; None where it is absent or empty."""
    found = tuple(value for value in _values(fields, name) if value)
    for value in found:
        check_absolute(value, name)
    return found or None


def check_absolute(iri: str, name: str) -> str:
    """Return an IRI that a parameter names.

    Raises:
        Fault: 400 when it is not an absolute IRI.
    """
    if not _ABSOLUTE.fullmatch(iri):
        raise Fault(400, f"{name}={iri} is not an absolute IRI", code="bad-iri")
    return iri


def _time_limit(fields: Sequence[tuple[str, str]]) -> float | None:
    found = _values(fields, "timeout")
    if not found or not found[0]:
        return None
    try:
        seconds = float(found[0])
    except ValueError as error:
        raise Fault(400, f"timeout={found[0]} is not a number of seconds", code="bad-timeout") from error
    if not 0 < seconds < 1e9:
        raise Fault(400, f"timeout={found[0]} is not a positive number of seconds", code="bad-timeout")
    return seconds
