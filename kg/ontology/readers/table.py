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
    from collections.abc import Iterator
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
    rows = _rows(path, suffix)
    header = [column.strip().lower() for column in next(rows, (0, []))[1]]
    if all(column in header for column in _SSSOM):
        return _mappings(path, header, rows)
    places = {
        field: place
        for field, spellings in _COLUMNS.items()
        if (place := next((header.index(one) for one in spellings if one in header), None)) is not None
    }
    if "label" not in places:
        message = f"{path}: the header {header[:8]} has no column label or name (known: {', '.join(_COLUMNS['label'])})"
        raise LexiconError(message)
    return RawSource([_term(path, number, row, header, places) for number, row in rows])


def _rows(path: Path, suffix: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something, the header first, each with the number of the line at which it begins.

    Raises:
        LexiconError: a quotation mark is not closed, or a row has not as many fields as the header.
    """
    numbers, lines = [], []
    for number, line in enumerate(text_lines(path), 1):
        if not line.startswith("#"):
            numbers.append(number)
            lines.append(line)
    is_comma = suffix == ".csv" and lines and "\t" not in lines[0]
    reader = csv.reader(lines, delimiter="," if is_comma else "\t", strict=True)
    begins = width = 0
    try:
        for row in reader:
            width = width or len(row)
            if any(row):
                _refuse_other_width(path, numbers[begins], row, width)
                yield numbers[begins], row
            begins = reader.line_num
    except csv.Error as error:
        message = f"{path}, line {numbers[begins]}: a quotation mark of this row is not closed, or is inside a field"
        raise LexiconError(f"{message} ({error}); inside quoted fields it is written twice") from error


def _refuse_other_width(path: Path, number: int, row: list[str], width: int) -> None:
    if len(row) != width:
        hint = "; the file seems to be cut off there" if len(row) < width else ""
        message = f"{path}, line {number}: {len(row)} fields where the header has {width}: {row[:3]}{hint}"
        raise LexiconError(message)


def _term(path: Path, number: int, row: list[str], header: list[str], places: dict[str, int]) -> RawTerm:
    def listed(field: str) -> list[str]:
        return [one for one in _LIST.split(row[places[field]].strip()) if one] if field in places else []

    label = row[places["label"]].strip()
    if not label:
        message = f"{path}, line {number}: no name"
        raise LexiconError(message)
    curie = row[places["id"]].strip() if "id" in places else ""
    names = [Name(text, status_of(text, NameStatus.EXACT)) for text in listed("synonyms")]
    names += [Name(text, status_of(text, NameStatus.RELATED)) for text in listed("related")]
    if header[places["label"]] == "symbol" and "name" in header and (full := row[header.index("name")].strip()):
        names.append(Name(full))
    kind = row[places["kind"]].strip() if "kind" in places else ""
    return RawTerm(curie or f"kgentity:{slug(label)}", label, names, listed("xrefs"), [], listed("parents"), kind)


def _mappings(path: Path, header: list[str], rows: Iterator[tuple[int, list[str]]]) -> RawSource:
    """Return the subjects of an SSSOM table with the objects that are exact matches, whose labels are names."""
    found: dict[str, RawTerm] = {}
    for number, row in rows:
        values = dict(zip(header, map(str.strip, row), strict=True))
        if values["predicate_id"] not in _EXACT or values.get("predicate_modifier"):
            continue
        subject, other = values["subject_id"], values["object_id"]
        if not subject or not other:
            message = f"{path}, line {number}: a mapping without subject or object: {row[:4]}"
            raise LexiconError(message)
        term = found.setdefault(subject, RawTerm(subject))
        term.label = term.label or values.get("subject_label", "")
        term.xrefs.append(other)
        if label := values.get("object_label"):
            term.names.append(Name(label, status_of(label, NameStatus.EXACT)))
    return RawSource(list(found.values()), is_mapping=True)
