"""What a worker can do with a generation: answer a query, write graphs out, make a page, count."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.serve.job_fault import JobFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.frame_writer import FrameWriter

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


OPERATIONS: dict[str, Callable[[ox.Store, dict[str, Any], FrameWriter], None]] = {
    "query": run_query,
    "graph": run_graph,
    "dump": run_dump,
    "page": run_page,
    "names": run_names,
    "count": run_count,
}
