"""A worker: one process, one query at a time, read-only on one generation; it may be killed at any moment."""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.serve.express import Declined, read_express, read_view
from kg.serve.frames import CHUNK, Frame, JobReader, pack

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from kg.serve.express import View

RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}


class JobFault(Exception):  # noqa: N818 - travels to the front and becomes a Fault there
    """A job that cannot be done, as the front will answer it."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class FrameWriter:
    """What the engine serialises into: the first bytes are kept back, so that a small answer is one frame."""

    def __init__(self, connection: socket.socket, most_bytes: int) -> None:
        self._connection = connection
        self._left = most_bytes
        self._pieces: list[bytes] = []
        self._held = 0
        self._has_sent = False

    def write(self, piece: bytes) -> int:
        """Take bytes; send them on when a chunk is full.

        Raises:
            JobFault: the answer is larger than the limit.
        """
        self._left -= len(piece)
        if self._left < 0:
            raise JobFault(413, "result-too-large", "the answer is larger than this server sends: add a LIMIT")
        self._pieces.append(bytes(piece))
        self._held += len(piece)
        if self._held >= CHUNK:
            self._connection.sendall(pack(Frame.DATA, b"".join(self._pieces)))
            self._pieces.clear()
            self._held = 0
            self._has_sent = True
        return len(piece)

    def flush(self) -> None:
        """Nothing is sent before a chunk is full."""

    def whole(self) -> bytes | None:
        """Return what was written, or None where a part of it was sent."""
        return None if self._has_sent else b"".join(self._pieces)

    def close(self) -> None:
        """Send what is left and say that the answer is whole."""
        rest = b"".join(self._pieces)
        if not self._has_sent:
            self._connection.sendall(pack(Frame.RESULT, rest))
        else:
            self._connection.sendall((pack(Frame.DATA, rest) if rest else b"") + pack(Frame.END))


class Worker:
    """Takes jobs from a connection until it closes."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._store: ox.Store | None = None
        self._generation = ""
        self._operations: dict[str, Callable[[ox.Store, dict[str, Any], FrameWriter], None]] = {
            "query": run_query,
            "graph": run_graph,
            "dump": run_dump,
            "page": run_page,
            "names": run_names,
            "count": run_count,
        }

    def run(self) -> None:
        """Work until the front goes away."""
        with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
            jobs = JobReader(self._connection)
            while True:
                self._do(jobs.read())

    def _do(self, payload: bytes) -> None:
        head, _, request = payload.partition(b"\n")
        try:
            if request:
                self._answer(request, read_view(head))
            else:
                job: dict[str, Any] = json.loads(head)
                writer = FrameWriter(self._connection, job.get("most_bytes", 1 << 40))
                self._operations[job["op"]](self._open(job["generation"]), job, writer)
                writer.close()
        except SyntaxError as error:
            self._send_fault(400, "syntax-error", str(error))
        except JobFault as fault:
            self._send_fault(fault.status, fault.code, str(fault))
        except MemoryError:
            self._send_fault(503, "memory-limit", "the query needed more memory than this server gives to one")
        except (OSError, RuntimeError, ValueError) as error:
            if isinstance(error, BrokenPipeError | ConnectionResetError):
                raise
            self._send_fault(*_explain(error))

    def _answer(self, request: bytes, view: View) -> None:
        """Answer a plain request with the whole of its answer, or decline it."""
        writer = FrameWriter(self._connection, view.most_bytes)
        try:
            express = read_express(request, view)
            run_query(self._open(view.snapshot.path), express.plan.content, writer)
        except (Declined, SyntaxError):
            self._connection.sendall(pack(Frame.DECLINED))
            return
        body = writer.whole()
        if body is None:
            writer.close()
        else:
            self._connection.sendall(pack(Frame.READY, express.ready(body)))

    def _open(self, path: str) -> ox.Store:
        if self._store is None or self._generation != path:
            self._store = None
            self._store = ox.Store.read_only(path)
            self._generation = path
        return self._store

    def _send_fault(self, status: int, code: str, message: str) -> None:
        fault = json.dumps({"status": status, "code": code, "message": message})
        self._connection.sendall(pack(Frame.FAULT, fault.encode()))


def run_query(store: ox.Store, job: dict[str, Any], writer: FrameWriter) -> None:
    """Answer a SPARQL query in the format asked for."""
    options: dict[str, Any] = {"use_default_graph_as_union": job["union"], "base_iri": job["base"]}
    if job["default"] is not None:
        options["default_graph"] = [ox.NamedNode(iri) for iri in job["default"]]
        options["named_graphs"] = [ox.NamedNode(iri) for iri in job["named"]]
    if job.get("bindings"):
        options["substitutions"] = {ox.Variable(name): ox.NamedNode(iri) for name, iri in job["bindings"].items()}
    results = store.query(job["text"], **options)
    if isinstance(results, ox.QueryTriples):
        prefixes = job.get("prefixes")
        if prefixes and job["format"] in {"ttl", "trig"}:
            ox.serialize(results, writer, GRAPHS[job["format"]], prefixes=prefixes)  # type: ignore[arg-type]
        else:
            results.serialize(writer, GRAPHS[job["format"]])  # type: ignore[arg-type]
    else:
        results.serialize(writer, RESULTS[job["format"]])  # type: ignore[arg-type]


def run_graph(store: ox.Store, job: dict[str, Any], writer: FrameWriter) -> None:
    """Write one graph out.

    Raises:
        JobFault: there is no such graph.
    """
    name = job["graph"]
    graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
    if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
        raise JobFault(404, "no-such-graph", f"there is no graph <{name}>")
    store.dump(writer, GRAPHS[job["format"]], from_graph=graph, prefixes=job.get("prefixes"))  # type: ignore[arg-type]


def run_dump(store: ox.Store, job: dict[str, Any], writer: FrameWriter) -> None:
    """Write all graphs out, in a format that holds several."""
    store.dump(writer, GRAPHS[job["format"]], prefixes=job.get("prefixes"))  # type: ignore[arg-type]


def run_page(store: ox.Store, job: dict[str, Any], writer: FrameWriter) -> None:
    """Make a page; the first line of the answer is its status and headers as JSON."""
    from kg.serve.pages.render import render

    writer.write(render(store, job))


def run_names(store: ox.Store, job: dict[str, Any], writer: FrameWriter) -> None:
    """Build the index of names that the search box asks."""
    from kg.serve.pages.names import build_names

    writer.write(str(build_names(store, job["into"], os.getpid())).encode())


def run_count(store: ox.Store, job: dict[str, Any], writer: FrameWriter) -> None:  # noqa: ARG001
    """Count what VoID tells."""
    from kg.serve.description import count_store

    writer.write(json.dumps(count_store(store)).encode())


def _explain(error: Exception) -> tuple[int, str, str]:
    message = str(error)
    if isinstance(error, RuntimeError) and "not supported" in message:
        return 400, "not-supported", message
    if isinstance(error, ValueError):
        return 400, "bad-value", message
    if "Permission denied" in message or "service" in message.lower():
        return 403, "remote-refused", "the query reaches a remote address, which this server refuses"
    return 500, "engine-error", f"the store could not answer: {message}"
