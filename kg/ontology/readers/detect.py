"""Chooses the reader by a file's name, and by its first bytes where the name says nothing."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.errors import LexiconError
from kg.ontology.readers.raw import RawSource, open_bytes, refuse_html

if TYPE_CHECKING:
    from pathlib import Path

_RDF = (".owl", ".rdf", ".xml", ".ttl", ".nt", ".jsonld")
FORMATS = ".obo .owl .rdf .ttl .nt .jsonld .json (OBO Graphs) .tsv .csv (tables, SSSOM), each also .gz"


def read_source(path: Path) -> RawSource:
    """Return the terms of a file in any format that is known.

    Raises:
        LexiconError: missing, an HTML page, of an unknown format, damaged, or without terms.
    """
    if not path.is_file():
        message = f"{path} is not a file; give a file ({FORMATS}) or a name of `kg ontology list --available`"
        raise LexiconError(message)
    refuse_html(path)
    suffix = _suffix(path)
    source = _read(path, suffix)
    if not source.terms:
        message = f"{path} holds no terms with a name: is it the right file?"
        raise LexiconError(message)
    return source


def _suffix(path: Path) -> str:
    name = PurePath(path.name.removesuffix(".gz"))
    if name.suffix.lower() in (".obo", ".json", ".tsv", ".csv", ".txt", *_RDF):
        return name.suffix.lower()
    with open_bytes(path) as stream:
        head = stream.read(2000).lstrip()
    return ".obo" if b"format-version:" in head or b"[Term]" in head else ".owl" if head.startswith(b"<") else ""


def _read(path: Path, suffix: str) -> RawSource:
    if suffix == ".obo":
        from kg.ontology.readers.obo import read_obo

        return read_obo(path)
    if suffix == ".json":
        from kg.ontology.readers.obograph import read_obograph

        return read_obograph(path)
    if suffix in _RDF:
        from kg.ontology.readers.rdf import read_rdf

        return read_rdf(path, suffix)
    if suffix in (".tsv", ".csv", ".txt"):
        from kg.ontology.readers.table import read_table

        return read_table(path, suffix)
    message = f"{path} is of no known format: {FORMATS}"
    raise LexiconError(message)
