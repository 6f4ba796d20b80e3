"""``kg push``: the store to another SPARQL 1.1 server."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.store_folder import store_folder
from kg.errors import ConfigError


def push(
    address: Annotated[
        str, typer.Argument(metavar="URL", help="A Graph Store, e.g. http://localhost:3030/kg/data or .../store.")
    ],
    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", metavar="FILE", help="File with a bearer token [default: KG_TOKEN]."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write every graph of the store to a server that speaks the SPARQL 1.1 Graph Store protocol.

    One PUT a graph: Fuseki, GraphDB, Virtuoso, Blazegraph, oxigraph or another `kg serve`. Runs are left out.
    """
    from pyoxigraph import NamedNode

    from kg.model import Iri
    from kg.store.layout import RUNS_GRAPH
    from kg.store.remote import RemoteStore
    from kg.store.store import open_current

    opened = open_current(store_folder(store))
    graphs = sorted(g.value for g in opened.named_graphs() if isinstance(g, NamedNode) and g != RUNS_GRAPH)
    with RemoteStore(address, _read_token(token_file)) as remote:
        for graph in graphs:
            remote.put_graph(Iri(graph), opened.quads_for_pattern(None, None, None, NamedNode(graph)))
    sys.stderr.write(f"kg: wrote {len(graphs)} graphs to {address}\n")


def _read_token(path: Path | None) -> str | None:
    if path is None:
        return os.environ.get("KG_TOKEN") or None
    try:
        return path.read_text("utf-8").strip()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise ConfigError(message) from error
