"""Reads tables: CSV and TSV with a header, and SSSOM mapping tables."""

from __future__ import annotations

import csv
import re
import unicodedata
from typing import TYPE_CHECKING

from kg.errors import LexiconError
from kg.ontology.names import NameStatus
from kg.ontology.readers.raw import RawSource, RawTerm, status_of, text_lines
from kg.ontology.terms import Name

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS = {
    "id": ("id", "curie", "identifier", "hgnc_id", "code", "iri", "uri"),
    "label": ("label", "symbol", "name", "preferred_label", "preflabel", "term", "title", "market_name"),
    "synonyms": (
        "synonyms",
        "synonym",
        "names",
        "aliases",
        "alias",
        "alias_symbol",
        "alt_labels",
        "altlabel",
        "acronyms",
    ),
    "related": ("related", "related_synonyms", "prev_symbol", "previous_names"),
    "xrefs": ("xrefs", "xref", "exact_matches", "exactmatch", "same_as"),
    "parents": ("parents", "parent", "is_a", "broader", "subclass_of"),
    "kind": ("type", "entity_type", "kind"),
}
_LIST = re.compile(r"\s*[|;]\s*")
_EXACT = ("skos:exactMatch", "owl:equivalentClass", "owl:sameAs")
_SSSOM = ("subject_id", "predicate_id", "object_id")


def slug(text: str) -> str:
    """Return a name as the last part of an IRI.

    >>> slug("Läkemedelsverket (MPA)")
    'lakemedelsverket-mpa'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"


def read_table(path: Path, suffix: str) -> RawSource:
    """Return the terms of a table with a header; lists within a field are separated by "|" or ";".

    A column for the name is needed; without an identifier, terms become ``kgentity:<slug of the name>``.

    Raises:
        LexiconError: no header that can be understood, or a row that does not fit it.
    """
    lines = [line for line in text_lines(path) if not line.startswith("#")]
    rows = csv.reader(lines, delimiter="," if suffix == ".csv" and "\t" not in lines[0] else "\t")
    try:
        header = [column.strip().lower() for column in next(rows)]
        if all(column in header for column in _SSSOM):
            return _mappings(path, header, rows)
        places = {
            field: place
            for field, spellings in _COLUMNS.items()
            if (place := next((header.index(one) for one in spellings if one in header), None)) is not None
        }
        if "label" not in places:
            message = (
                f"{path}: the header {header[:8]} has no column label or name (known: {', '.join(_COLUMNS['label'])})"
            )
            raise LexiconError(message)
        return RawSource([_term(path, number, row, header, places) for number, row in enumerate(rows, 2) if any(row)])
    except (csv.Error, StopIteration) as error:
        message = f"{path} is not a table with a header: {error!r}"
        raise LexiconError(message) from error


def _term(path: Path, number: int, row: list[str], header: list[str], places: dict[str, int]) -> RawTerm:
    if len(row) != len(header):
        message = f"{path}, row {number}: {len(row)} fields where the header has {len(header)}: {row[:3]}"
        raise LexiconError(message)

    def listed(field: str) -> list[str]:
        return [one for one in _LIST.split(row[places[field]].strip()) if one] if field in places else []

    label = row[places["label"]].strip()
    if not label:
        message = f"{path}, row {number}: no name"
        raise LexiconError(message)
    curie = row[places["id"]].strip() if "id" in places else ""
    names = [Name(text, status_of(text, NameStatus.EXACT)) for text in listed("synonyms")]
    names += [Name(text, status_of(text, NameStatus.RELATED)) for text in listed("related")]
    if header[places["label"]] == "symbol" and "name" in header and (full := row[header.index("name")].strip()):
        names.append(Name(full))
    kind = row[places["kind"]].strip() if "kind" in places else ""
    return RawTerm(curie or f"kgentity:{slug(label)}", label, names, listed("xrefs"), [], listed("parents"), kind)


def _mappings(path: Path, header: list[str], rows: csv._reader) -> RawSource:  # type: ignore[name-defined]
    """Return the subjects of an SSSOM table with the objects that are exact matches."""
    found: dict[str, RawTerm] = {}
    for row in rows:
        values = dict(zip(header, row, strict=False))
        if values.get("predicate_id") not in _EXACT or values.get("predicate_modifier"):
            continue
        subject = values["subject_id"]
        if not subject or not values.get("object_id"):
            message = f"{path}: a mapping without subject or object: {row[:4]}"
            raise LexiconError(message)
        term = found.setdefault(subject, RawTerm(subject, values.get("subject_label") or ""))
        term.xrefs.append(values["object_id"])
    return RawSource(list(found.values()), title="mappings")
