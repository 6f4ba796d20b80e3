"""Queries over HTTP: formats, caching, errors, description, CORS."""

from __future__ import annotations

import csv
import io
import json
import socket
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
import rdflib

from tests.serve.running_server import Server

SELECT = "SELECT ?s ?o { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?s ?o"
CONSTRUCT = "CONSTRUCT WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }"
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated, use Dataset:DeprecationWarning")
GRAPH_TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/trig": "trig",
    "application/n-quads": "nquads",
}


def count_rows(media: str, content: bytes) -> int:
    if media.endswith("+json"):
        return len(json.loads(content)["results"]["bindings"])
    if media.endswith("+xml"):
        return len(ET.fromstring(content).findall(".//{http://www.w3.org/2005/sparql-results#}result"))
    return len(list(csv.reader(io.StringIO(content.decode())))) - 1


@pytest.mark.parametrize(
    "media",
    ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
)
def test_a_select_comes_in_every_result_format(server: Server, media: str) -> None:
    expected = len(server.query(SELECT).json()["results"]["bindings"])
    answer = server.query(SELECT, media)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media
    assert expected > 10
    assert count_rows(media, answer.content) == expected


@pytest.mark.parametrize(("media", "name"), sorted(GRAPH_TYPES.items()))
def test_a_construct_comes_in_every_graph_format(server: Server, media: str, name: str) -> None:
    expected = len(server.query(CONSTRUCT, "application/n-triples").text.splitlines())
    answer = server.query(CONSTRUCT, media)
    assert answer.headers["content-type"].split(";")[0] == media
    graph = rdflib.Dataset() if name in {"trig", "nquads"} else rdflib.Graph()
    graph.parse(data=answer.content, format=name)
    assert len(graph) == expected > 10


def test_the_union_of_the_named_graphs_is_seen_without_a_dataset(server: Server) -> None:
    assert server.query("ASK { ?s ?p ?o }").json()["boolean"] is True
    assert server.query("ASK FROM <http://ex/none> { ?s ?p ?o }").json()["boolean"] is False
    named = {"named-graph-uri": "https://w3id.org/kg-loader/graph/entities"}
    assert server.query("ASK { ?s ?p ?o }", **named).json()["boolean"] is False
    assert server.query("ASK { GRAPH ?g { ?s ?p ?o } }", **named).json()["boolean"] is True


def test_an_unchanged_answer_is_not_sent_again(server: Server) -> None:
    first = server.query(SELECT)
    for name, header in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
        again = server.client.get("/sparql", params={"query": SELECT}, headers={header: first.headers[name]})
        assert (again.status_code, again.content) == (304, b"")
    other = server.client.get("/sparql", params={"query": SELECT}, headers={"If-None-Match": '"x"'})
    assert other.status_code == 200


def test_each_format_has_its_own_tag_and_a_volatile_query_has_none(server: Server) -> None:
    assert server.query(SELECT).headers["etag"] != server.query(SELECT, "text/csv").headers["etag"]
    volatile = server.query("SELECT (RAND() AS ?x) {}")
    assert "etag" not in volatile.headers
    assert volatile.headers["cache-control"] == "no-store"
    assert volatile.text != server.query("SELECT (RAND() AS ?x) {}").text


def test_the_same_bytes_again_give_the_same_answer_but_for_the_date(server: Server) -> None:
    text = SELECT + " # asked four times"
    answers = [server.query(text) for _ in range(4)]
    assert len({answer.content for answer in answers}) == 1
    names = [sorted(set(answer.headers) - {"date"}) for answer in answers]
    assert names[0] == names[3]


def test_gzip_is_used_where_it_is_taken(server: Server) -> None:
    packed = server.client.get("/sparql", params={"query": SELECT}, headers={"Accept-Encoding": "gzip"})
    plain = server.client.get("/sparql", params={"query": SELECT}, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])


def test_head_sends_the_headers_of_get(server: Server) -> None:
    head = server.client.head("/sparql", params={"query": SELECT})
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == server.query(SELECT).headers["content-length"]


def test_other_origins_may_ask(server: Server) -> None:
    preflight = server.client.options("/sparql", headers={"Origin": "http://elsewhere.example"})
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "Authorization" in preflight.headers["access-control-allow-headers"]
    assert server.query("ASK {}").headers["access-control-allow-origin"] == "*"


def test_a_syntax_error_tells_line_and_column(server: Server) -> None:
    answer = server.query("SELECT * {\n  ?s ?p\n}", accept="application/json")
    found = answer.json()
    assert answer.status_code == 400
    assert (found["line"], found["code"]) == (3, "syntax-error")
    assert "line 3" in server.query("SELECT * {\n  ?s ?p\n}", accept="*/*").text


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SELECT * {", 400),
        ("", 400),
        ("SELECT (<http://ex/f>(1) AS ?x) {}", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403),
        ("((((((" * 20000, 400),
    ],
)
def test_a_wrong_query_is_the_callers_fault(server: Server, text: str, status: int) -> None:
    answer = server.client.post(
        "/sparql", content=text, headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    )
    assert answer.status_code in {status, 503 if len(text) > 10_000 else status}, answer.text
    assert server.query("ASK {}").status_code == 200


def test_a_format_that_nobody_has_is_refused(server: Server) -> None:
    assert server.query(SELECT, "image/png").status_code == 406
    assert server.query(CONSTRUCT, "text/csv").status_code == 406
    assert server.query(SELECT, format="csv").headers["content-type"].startswith("text/csv")
    assert server.query(SELECT, format="none").status_code == 400


def test_a_body_that_is_too_large_or_not_gzip_is_refused(server: Server) -> None:
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    assert server.client.post("/sparql", content=b"not gzip", headers=headers).status_code == 400
    parts = urlsplit(server.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_the_service_describes_itself_in_rdf(server: Server) -> None:
    for path in ("/sparql", "/.well-known/void"):
        answer = server.get(path, "text/turtle")
        graph = rdflib.Graph().parse(data=answer.content, format="turtle")
        sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
        void = rdflib.Namespace("http://rdfs.org/ns/void#")
        service = graph.value(None, rdflib.RDF.type, sd.Service)
        assert str(service) == f"{server.url}/sparql"
        assert (service, sd.feature, sd.UnionDefaultGraph) in graph
        dataset = graph.value(service, sd.defaultDataset)
        assert int(str(graph.value(dataset, void.triples))) > 500
        assert len(list(graph.objects(dataset, void.classPartition))) > 5
        assert graph.value(dataset, rdflib.DCTERMS.license) is not None
        assert len(list(graph.subjects(rdflib.RDF.type, rdflib.SH.SPARQLExecutable))) >= 12
    jsonld = server.get("/sparql", "application/ld+json")
    assert len(rdflib.Graph().parse(data=jsonld.content, format="json-ld")) == len(graph)


def test_a_browser_is_sent_to_the_editor(server: Server) -> None:
    answer = server.get("/sparql", "text/html,application/xhtml+xml")
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")


def test_a_request_that_is_cut_into_pieces_is_still_one(server: Server) -> None:
    parts = urlsplit(server.url)
    request = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
    for cut in (3, 20, len(request) - 2, len(request)):
        with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
            for _ in range(3):
                connection.sendall(request[:cut])
                connection.sendall(request[cut:])
                answer = b""
                while b"\r\n\r\n" not in answer or not answer.endswith(b"true"):
                    piece = connection.recv(4096)
                    assert piece, answer
                    answer += piece
                assert answer.startswith(b"HTTP/1.1 200 OK\r\n")


def test_requests_sent_at_once_are_answered_in_order(server: Server) -> None:
    parts = urlsplit(server.url)
    requests = b"".join(
        b"GET /sparql?query=SELECT(%d%%20AS%%20%%3Fx)%%7B%%7D HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
        % n
        for n in (1, 2, 3)
    )
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(requests)
        answer = b""
        while answer.count(b"HTTP/1.1 200") < 3 or not answer.endswith(b"3\r\n"):
            piece = connection.recv(4096)
            assert piece, answer
            answer += piece
    assert [answer.index(b"x\r\n%d\r\n" % n) for n in (1, 2, 3)] == sorted(
        answer.index(b"x\r\n%d\r\n" % n) for n in (1, 2, 3)
    )


def test_graphs_are_read_by_name(server: Server) -> None:
    entities = "https://w3id.org/kg-loader/graph/entities"
    answer = server.get("/store", "application/n-triples", graph=entities)
    triples = list(ox.parse(answer.content, ox.RdfFormat.N_TRIPLES))
    assert len(triples) > 10
    assert server.get("/store", graph="http://ex/none").status_code == 404
    assert server.get("/store", "application/n-quads").text.count(f"<{entities}>") >= len(triples)
