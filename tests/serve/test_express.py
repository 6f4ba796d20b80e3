"""The short way from a request to its answer says the same as the general way."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from kg.serve.access import DATA_POLICY
from kg.serve.express import Declined, make_ready, read_express
from kg.serve.stencil import draft
from kg.serve.views import View
from kg.serve.watch import Snapshot

DATE = "Sat, 01 Aug 2026 10:00:00 GMT"
VIEW = View(
    Snapshot(3, "/store/3", "3-abc", 0.0, DATE), "/kg/sparql", (b"GET /kg/sparql?", b"POST /kg/sparql"),
    union=True, allow_remote=frozenset(), most_bytes=1000,
)  # fmt: skip
QUERIES = [
    "ASK {}",
    "SELECT * { ?s ?p 'é & # +%' }",
    "PREFIX a: <http://a/> SELECT ?fromage { ?s a:nowhere ?o } # nowhere from",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE <http://ex/s>",
]
HEADS = [
    "Host: localhost\r\n",
    "Host: kg.example:8080\r\nAccept: text/csv, text/turtle;q=0.5\r\nAccept-Encoding: gzip\r\n",
    "host: localhost\r\naccept: application/xml\r\nuser-agent: x\r\n",
]


def get(encoded: str, head: str = HEADS[0]) -> bytes:
    return f"GET /kg/sparql?query={encoded} HTTP/1.1\r\n{head}\r\n".encode()


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("query", QUERIES)
def test_the_short_way_says_what_the_general_way_says(query: str, head: str) -> None:
    short = draft(get(quote(query, safe=""), head), VIEW)
    # An empty parameter more keeps a request off the short way and changes nothing else.
    general = get(quote(query, safe="") + "&timeout=", head)
    assert short is not None
    assert draft(general, VIEW) is None
    assert read_express(general, VIEW) == short
    assert short.text == query
    assert DATE.encode() in short.lines


@pytest.mark.parametrize(
    "request_bytes",
    [
        get("ASK%20%7B%7D&format=csv"),
        get("ASK%20%7B%7D", "Host: localhost\r\nAuthorization: Bearer x\r\n"),
        get("ASK%20%7B%7D", "Host: localhost\r\nContent-Type: text/plain\r\n"),
        get("ASK%20%7B%7D", "Host: localhost\r\n\r\nAccept: */*\r\n"),
        get("ASK%20%7B%7D", "Host: local host<>\r\n"),
        get("ASK%20%7B%7D", "Host: localhost\r\nAccept: image/png\r\n"),
        get("ASK%20%7B%7D")[:-2],
        get("ASK%20%7B%7D") + b"GET",
        get("%FF"),
        get("SELECT%20%28NOW%28%29%20AS%20%3Fn%29%20%7B%7D"),
        get(quote("SELECT * FROM <http://ex/g> { ?s ?p ?o }")),
        get(quote("SELECT * { SERVICE <http://ex/> {} }")),
        get("LOAD"),
    ],
)
def test_what_needs_a_closer_look_is_not_for_the_short_way(request_bytes: bytes) -> None:
    assert draft(request_bytes, VIEW) is None


def test_other_addresses_are_declined() -> None:
    with pytest.raises(Declined):
        read_express(get("ASK%20%7B%7D").replace(b"/kg/sparql", b"/store"), VIEW)


def test_a_ready_answer_has_all_headers_and_its_length() -> None:
    found = draft(get("ASK%20%7B%7D"), VIEW)
    assert found is not None
    head, _, body = make_ready(found, b'{"boolean": true}').partition(b"\r\n\r\n")
    assert body == b'{"boolean": true}'
    lines = head[9:].split(b"\r\n")
    assert b"content-length: 17" in lines
    assert b": ".join(DATA_POLICY) in lines
    assert b"content-type: application/sparql-results+json" in lines
    assert len([line for line in lines if line.startswith(b"etag: W/")]) == 1
