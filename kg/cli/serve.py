"""``kg serve``: the SPARQL endpoint and the pages of a store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import StoreOption

_SPEED = "Speed and size"
_ACCESS = "Access"
_LOGS = "Logs"
_MEGABYTE = 1024 * 1024


def serve(
    *,
    store: StoreOption = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.", min=0, max=65535)] = 7878,
    prefix: Annotated[
        str, typer.Option("--prefix", help="Path under which a reverse proxy shows the server, such as /kg.")
    ] = "",
    token_file: Annotated[
        Path | None,
        typer.Option(
            "--token-file", help="File with the token for writes [default: KG_TOKEN].", rich_help_panel=_ACCESS
        ),
    ] = None,
    allow_remote: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-remote",
            metavar="IRI",
            help="Address that SERVICE and LOAD may reach; repeatable.",
            rich_help_panel=_ACCESS,
        ),
    ] = None,
    hide_texts: Annotated[
        bool, typer.Option("--hide-texts", help="Show evidence sentences only, no whole text.", rich_help_panel=_ACCESS)
    ] = False,
    rate: Annotated[
        float,
        typer.Option(
            "--rate", help="Requests a second from one address; 0 for no limit.", min=0, rich_help_panel=_ACCESS
        ),
    ] = 0,
    trust_proxy: Annotated[
        bool,
        typer.Option(
            "--trust-proxy", help="Take the client's address and scheme from X-Forwarded-*.", rich_help_panel=_ACCESS
        ),
    ] = False,
    strict_default_graph: Annotated[
        bool,
        typer.Option(
            "--strict-default-graph",
            help="A query without a dataset sees the (empty) default graph, not the union of all graphs.",
        ),
    ] = False,
    time_limit: Annotated[
        float, typer.Option("--time-limit", help="Seconds that a query may take.", rich_help_panel=_SPEED)
    ] = 30,
    memory_limit: Annotated[
        int, typer.Option("--memory-limit", help="MB that a query may hold.", min=64, rich_help_panel=_SPEED)
    ] = 2048,
    result_limit: Annotated[
        int, typer.Option("--result-limit", help="MB that an answer may have.", min=1, rich_help_panel=_SPEED)
    ] = 1024,
    workers: Annotated[
        int, typer.Option("--workers", help="Processes for small queries.", min=1, rich_help_panel=_SPEED)
    ] = 3,
    clerks: Annotated[
        int | None,
        typer.Option(
            "--clerks",
            help="Processes that answer on the connections of busy clients; 0 for none [default: a core each, 2 to 8].",
            min=0,
            show_default=False,
            rich_help_panel=_SPEED,
        ),
    ] = None,
    long_queries: Annotated[
        int, typer.Option("--long-queries", help="Long queries that may run at a time.", min=1, rich_help_panel=_SPEED)
    ] = 4,
    queue: Annotated[
        int, typer.Option("--queue", help="Requests that may wait for a process.", min=1, rich_help_panel=_SPEED)
    ] = 256,
    access_log: Annotated[
        str | None,
        typer.Option(
            "--access-log",
            metavar="FILE",
            help="Log each request as JSON; - for standard output.",
            rich_help_panel=_LOGS,
        ),
    ] = None,
    slow_query: Annotated[
        float,
        typer.Option("--slow-query", help="Log queries that take longer than these seconds.", rich_help_panel=_LOGS),
    ] = 5,
) -> None:
    """Serve a store: SPARQL at /sparql, the graph store at /store, pages at /.

    Without a token (KG_TOKEN or --token-file) nothing can be written. Example: `kg serve --store kg-store`
    """
    from kg.config import read_settings
    from kg.serve.run import serve as run
    from kg.serve.settings import Limits, ServeSettings, default_clerks, read_token

    folder = store or read_settings().store
    limits = Limits(
        query_time=time_limit,
        memory=memory_limit * _MEGABYTE,
        result=result_limit * _MEGABYTE,
        workers=workers,
        clerks=default_clerks() if clerks is None else clerks,
        long_queries=long_queries,
        queue=queue,
        rate=rate,
    )
    settings = ServeSettings(
        store=folder,
        host=host,
        port=port,
        prefix=prefix.rstrip("/"),
        token=read_token(token_file),
        union_default_graph=not strict_default_graph,
        show_text=not hide_texts,
        allow_remote=frozenset(allow_remote or ()),
        access_log=access_log,
        slow_query_time=slow_query,
        trust_proxy=trust_proxy,
        limits=limits,
    )
    run(settings, lambda address: sys.stderr.write(f"kg: serving {folder} at {address} (Ctrl-C ends it)\n"))
