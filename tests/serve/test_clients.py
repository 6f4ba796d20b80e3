"""The clients that people use: SPARQLWrapper, rdflib's SPARQLStore, pandas-like CSV reading, curl."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from typing import Any

import pytest
import rdflib
from rdflib.compare import isomorphic

from tests.serve.running_server import TOKEN, Server

LABELS = "SELECT ?s ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label }"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_sparqlwrapper_reads_json_xml_and_turtle(server: Server) -> None:
    wrapper_module: Any = pytest.importorskip("SPARQLWrapper")
    wrapper = wrapper_module.SPARQLWrapper(f"{server.url}/sparql")
    for method in (wrapper_module.GET, wrapper_module.POST):
        wrapper.setMethod(method)
        wrapper.setReturnFormat(wrapper_module.JSON)
        wrapper.setQuery(LABELS)
        rows = wrapper.query().convert()["results"]["bindings"]
        assert len(rows) > 10
        wrapper.setReturnFormat(wrapper_module.XML)
        assert len(wrapper.query().convert().getElementsByTagName("result")) == len(rows)
        wrapper.setQuery("CONSTRUCT WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label }")
        wrapper.setReturnFormat(wrapper_module.TURTLE)
        graph = rdflib.Graph().parse(data=wrapper.query().convert(), format="turtle")
        assert len(graph) > 10


def test_sparqlwrapper_updates_with_the_token(scratch: Server) -> None:
    wrapper_module: Any = pytest.importorskip("SPARQLWrapper")
    wrapper = wrapper_module.SPARQLWrapper(f"{scratch.url}/sparql")
    wrapper.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    wrapper.setMethod(wrapper_module.POST)
    wrapper.setQuery("INSERT DATA { GRAPH <http://ex/g> { <http://ex/s> <http://ex/p> 'åäö' } }")
    wrapper.query()
    assert scratch.query("ASK { ?s ?p 'åäö' }").json()["boolean"] is True


def test_rdflib_reads_and_writes_through_its_store(scratch: Server) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

    headers = {"Authorization": f"Bearer {TOKEN}"}
    store = SPARQLUpdateStore(f"{scratch.url}/sparql", f"{scratch.url}/sparql", headers=headers)
    name = rdflib.URIRef("http://ex/g")
    graph = rdflib.Graph(store=store, identifier=name)
    graph.add((rdflib.URIRef("http://ex/s"), rdflib.RDFS.label, rdflib.Literal("a thing")))
    assert len(graph) == 1
    assert [str(label) for label in graph.objects(None, rdflib.RDFS.label)] == ["a thing"]
    rows = list(graph.query("SELECT ?l { ?s rdfs:label ?l }"))
    assert len(rows) == 1
    graph.remove((None, None, None))
    assert len(graph) == 0


def test_rdflib_puts_a_graph_by_the_graph_store_protocol(scratch: Server) -> None:
    graph = rdflib.Graph()
    graph.add((rdflib.URIRef("http://ex/s"), rdflib.RDFS.label, rdflib.Literal("a thing")))
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
    put = scratch.client.put(
        "/store", params={"graph": "http://ex/g"}, content=graph.serialize(format="turtle"), headers=headers
    )
    assert put.status_code == 201
    found = rdflib.Graph().parse(f"{scratch.url}/store?graph=http%3A%2F%2Fex%2Fg", format="turtle")
    assert isomorphic(found, graph)


def test_curl_downloads_csv(server: Server) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    command = ["curl", "-sS", "--fail", "-H", "Accept: text/csv", "--compressed", f"{server.url}/sparql"]
    said = subprocess.run(
        [*command, "--data-urlencode", f"query={LABELS}"], capture_output=True, text=True, check=True, timeout=30
    )
    rows = list(csv.DictReader(io.StringIO(said.stdout)))
    assert "imatinib" in [row["label"] for row in rows]
