"""Answers of queries on standard output."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from kg.errors import QueryError
from kg.model import Iri
from kg.prefixes import try_compress

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 300
"""Characters of a cell in a table; csv and json always have the whole."""

Results = QueryBoolean | QuerySolutions | QueryTriples


def print_results(results: Results, form: str) -> None:
    """Print an answer as table, csv, json or ttl; data on standard output, the count on standard error.

    Raises:
        QueryError: the form does not fit what the query asks for.
    """
    if isinstance(results, QueryTriples):
        _print_triples(results, form)
    elif form == "ttl":
        message = "Turtle is for CONSTRUCT and DESCRIBE: print the answer of this query as table, csv or json"
        raise QueryError(message)
    elif form == "json":
        _write(results.serialize(format=QueryResultsFormat.JSON))
    elif isinstance(results, QueryBoolean):
        sys.stdout.write(f"{str(bool(results)).lower()}\n")
    elif form == "csv":
        _print_csv(results)
    else:
        _print_table(results)


def _write(serialized: bytes | None) -> None:
    sys.stdout.write((serialized or b"").decode("utf-8").rstrip("\n") + "\n")


def _print_triples(results: QueryTriples, form: str) -> None:
    if form == "json":
        _write(results.serialize(format=RdfFormat.JSON_LD))
        return
    if form == "csv":
        message = "CSV is for SELECT: print the triples of this query as ttl or json"
        raise QueryError(message)
    from kg.export.turtle import write_turtle

    write_turtle(results, sys.stdout)


def _rows(results: QuerySolutions) -> Iterable[list[str]]:
    names = [variable.value for variable in results.variables]
    for solution in results:
        yield [show_term(solution[name]) for name in names]


def _print_csv(results: QuerySolutions) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    names = [variable.value for variable in results.variables]
    writer.writerow(names)
    for solution in results:
        writer.writerow(["" if solution[name] is None else solution[name].value for name in names])


def _print_table(results: QuerySolutions) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(header_style="bold", show_lines=False)
    for variable in results.variables:
        table.add_column(variable.value, overflow="fold")
    for row in _rows(results):
        table.add_row(*(escape(_shortened(cell)) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else 240)
    console.print(table)
    sys.stderr.write(f"{table.row_count} row{'' if table.row_count == 1 else 's'}\n")


def _shortened(cell: str) -> str:
    return cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1].rstrip() + "…"


def show_term(term: object) -> str:
    """Return a term as a person reads it: a CURIE where there is one, a literal's text."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return try_compress(Iri(term.value)) or term.value
    if isinstance(term, Literal):
        return term.value
    return str(term)
