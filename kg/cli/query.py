"""``kg query``: a named query, a file, standard input or SPARQL itself, answered as a table, CSV, JSON or Turtle."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.store_folder import store_folder

if TYPE_CHECKING:
    from kg.store.query_library import StoredQuery


_SPARQL = re.compile(r"[\s{]")
"""What stands in every query and in no name."""


class QueryFormat(StrEnum):
    """What ``kg query`` can print."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TTL = "ttl"


def query(
    source: Annotated[
        str | None,
        typer.Argument(metavar="NAME|FILE.rq|SPARQL|-", help="A named query, a file, SPARQL, or - for standard input."),
    ] = None,
    output_format: Annotated[
        QueryFormat, typer.Option("--format", "-f", help="ttl is for CONSTRUCT and DESCRIBE.")
    ] = QueryFormat.TABLE,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter",
            "-p",
            metavar="NAME=VALUE",
            help="Value of a parameter: an IRI, a CURIE such as MONDO:0018874, or a name that the store knows.",
        ),
    ] = None,
    list_queries: Annotated[bool, typer.Option("--list", help="List the named queries and leave.")] = False,  # noqa: FBT002
    store: StoreOption = None,
) -> None:
    """Ask the store by SPARQL; every query sees the union of all documents.

    Examples: `kg query drugs-for-disease -p disease=leukemia`, `kg query 'SELECT * {?s kg:inhibits ?o}'`
    """
    if list_queries:
        _print_list()
        return
    if source is None:
        sys.stderr.write(
            "kg: give a named query, a .rq file, SPARQL in quotes or -; 'kg query --list' shows the named ones\n"
        )
        raise typer.Exit(2)
    from kg.cli.results import print_results
    from kg.store.querying import run_stored_query
    from kg.store.store import open_current

    stored = _read_source(source)
    values = _parse_parameters(parameters or [])
    results = run_stored_query(open_current(store_folder(store)), stored, values)
    print_results(results, output_format.value)


def _read_source(source: str) -> StoredQuery:
    from kg.store.query_library import SUFFIX, load_query, parse_query, read_query

    if source == "-":
        return parse_query("standard input", sys.stdin.read())
    if source.endswith(SUFFIX):
        return read_query(Path(source))
    if _SPARQL.search(source):
        return parse_query("command line", source)
    return load_query(source)


def _parse_parameters(parameters: list[str]) -> dict[str, str]:
    values = {}
    for parameter in parameters:
        name, separator, value = parameter.partition("=")
        if not separator or not name:
            message = f"-p needs NAME=VALUE, not {parameter!r}"
            raise typer.BadParameter(message)
        values[name.strip()] = value
    return values


def _print_list() -> None:
    from kg.store.query_library import load_queries

    for stored in load_queries().values():
        needs = " ".join(f"-p {parameter.name}={parameter.example}" for parameter in stored.parameters)
        sys.stdout.write(f"{' '.join((stored.name, needs)).strip()}\n    {stored.summary}\n")
