from __future__ import annotations

import httpx
import pytest

from kg.errors import StoreError
from kg.model import Iri
from kg.rdf.annotation_quads import to_quads
from kg.store.remote import RemoteStore
from tests.rdf.sample_annotations import RUN, imatinib_release

ADDRESS = "http://graphs.example/store"


class Server:
    """Keeps what was put, as a Graph Store does."""

    def __init__(self, status: int = 204) -> None:
        self.graphs: dict[str, set[str]] = {}
        self.tokens: set[str | None] = set()
        self.status = status

    def __call__(self, request: httpx.Request) -> httpx.Response:
        graph = request.url.params["graph"]
        self.tokens.add(request.headers.get("Authorization"))
        if request.method == "DELETE":
            return httpx.Response(204 if self.graphs.pop(graph, None) else 404)
        assert request.headers["Content-Type"] == "application/n-triples"
        self.graphs[graph] = set(request.read().decode().splitlines())
        return httpx.Response(self.status, text="no room\nleft")


def test_a_document_is_put_as_one_graph_with_the_token() -> None:
    server = Server()
    annotation = imatinib_release()
    quads = [q for q in to_quads(annotation, RUN) if getattr(q.graph_name, "value", "") == annotation.document.iri]
    with RemoteStore(ADDRESS, "secret", httpx.MockTransport(server)) as remote:
        remote.put_graph(annotation.document.iri, quads)
    assert server.graphs == {annotation.document.iri: {f"{quad.triple} ." for quad in quads}}
    assert server.tokens == {"Bearer secret"}


def test_a_graph_is_deleted_and_one_that_is_not_there_is_no_fault() -> None:
    server = Server()
    with RemoteStore(ADDRESS, transport=httpx.MockTransport(server)) as remote:
        remote.put_graph(Iri("http://example.org/g"), to_quads(imatinib_release(), RUN)[:3])
        remote.delete_graph(Iri("http://example.org/g"))
        remote.delete_graph(Iri("http://example.org/g"))
    assert server.graphs == {}


def test_a_refusal_is_said_with_the_servers_reason_in_one_line() -> None:
    transport = httpx.MockTransport(Server(507))
    with RemoteStore(ADDRESS, transport=transport) as remote, pytest.raises(StoreError, match="507 no room left"):
        remote.put_graph(Iri("http://example.org/g"), [])


def test_a_server_that_is_not_there_is_said() -> None:
    with RemoteStore("http://127.0.0.1:9/store") as remote, pytest.raises(StoreError, match="cannot be reached"):
        remote.delete_graph(Iri("http://example.org/g"))
