"""The SPARQL 1.1 Protocol as pure functions: a request's parts in, what is asked for out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote_plus

from kg.serve.faults import Fault
from kg.serve.negotiation import GRAPH_FORMATS, RESULT_FORMATS, SHORT_NAMES, Format, choose_format
from kg.serve.sparql_tokens import QueryShape, read_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_MOST_FIELDS = 1000
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
        is_graph = self.shape.form in {"construct", "describe"}
        formats = GRAPH_FORMATS if is_graph else RESULT_FORMATS
        if self.format_name is None:
            return choose_format(accept, formats, "graphs" if is_graph else "query results")
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


def decode(body: bytes, charset: str) -> str:
    """Return the text of a body.

    Raises:
        Fault: 415 for a charset other than UTF-8 or ASCII, 400 for bytes that are not of it.
    """
    if charset not in {"utf-8", "utf8", "us-ascii", "ascii"}:
        raise Fault(415, f"charset {charset} is not read here: send UTF-8", code="unsupported-charset")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Fault(400, f"the body is not UTF-8: byte {error.start} is wrong", code="not-utf-8") from error


def read_fields(encoded: str) -> list[tuple[str, str]]:
    """Return the fields of a form or query string, decoded once.

    >>> read_fields("query=ASK+%7B%7D&format=json")
    [('query', 'ASK {}'), ('format', 'json')]
    """
    try:
        if encoded.startswith("query=") and "&" not in encoded:
            return [("query", unquote_plus(encoded[len("query=") :], errors="strict"))]
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise Fault(400, "a parameter is not UTF-8 after percent-decoding", code="not-utf-8") from error
    except ValueError as error:
        raise Fault(400, f"the parameters cannot be read: {error}", code="bad-parameters") from error


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
