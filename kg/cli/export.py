"""``kg export``: the store, or one document of it, as RDF, KGX or GraphML."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.store_folder import store_folder
from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from pyoxigraph import Quad


class ExportFormat(StrEnum):
    """What ``kg export`` can write."""

    TURTLE = "turtle"
    NQUADS = "nquads"
    TRIG = "trig"
    JSONLD = "jsonld"
    KGX = "kgx"
    GRAPHML = "graphml"


def export(
    out: Annotated[
        Path | None, typer.Argument(metavar="OUT", help="A file, for kgx a folder; standard output by default.")
    ] = None,
    output_format: Annotated[
        ExportFormat,
        typer.Option("--format", "-f", help="turtle is the union of all graphs; trig and nquads keep them apart."),
    ] = ExportFormat.TURTLE,
    document: Annotated[
        str | None, typer.Option("--document", metavar="IRI", help="Only this document and what it mentions.")
    ] = None,
    store: StoreOption = None,
    *,
    runs: Annotated[bool, typer.Option("--runs", help="Also the descriptions of the runs, with their clock.")] = False,
) -> None:
    """Write the store to a file; the same content gives the same bytes.

    Example: `kg export --format trig store.trig`
    """
    from kg.store.selection import select_document, select_store
    from kg.store.store import open_current

    opened = open_current(store_folder(store))
    if document is None:
        quads = select_store(opened, with_runs=runs)
    else:
        from kg.store.entity_lookup import find_document

        quads = select_document(opened, find_document(opened, document), with_runs=runs)
    if output_format is ExportFormat.KGX:
        _write_kgx(quads, out)
        return
    with _target(out) as target:
        _write(quads, output_format, target)


def _write(quads: Iterator[Quad], output_format: ExportFormat, target: TextIO) -> None:
    if output_format is ExportFormat.GRAPHML:
        from kg.export.graphml import write_graphml

        write_graphml(quads, target)
        return
    from kg.export.rdf_files import RdfForm, write_rdf

    write_rdf(quads, RdfForm(output_format.value), target)


def _write_kgx(quads: Iterator[Quad], out: Path | None) -> None:
    if out is None:
        message = "kgx is two files, nodes.tsv and edges.tsv: name a folder for them"
        raise typer.BadParameter(message)
    from kg.export.kgx import write_kgx

    try:
        write_kgx(quads, out)
    except OSError as error:
        message = f"{out} cannot be written: {error.strerror}"
        raise StoreError(message) from error


@contextmanager
def _target(out: Path | None) -> Iterator[TextIO]:
    """Give the file to write, which takes its name only when it is complete."""
    if out is None or str(out) == "-":
        yield sys.stdout
        return
    part = out.with_name(out.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as target:
            yield target
        part.replace(out)
    except OSError as error:
        message = f"{out} cannot be written: {error.strerror}"
        raise StoreError(message) from error
    finally:
        part.unlink(missing_ok=True)
