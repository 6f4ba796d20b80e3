"""Reads the curated tables of ontologies/curated/: terms that no list has, each with its source."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from kg.ontology.terms import HEADER, Term, parse_line

_REFUSED = Path(__file__).with_name("not-the-same.tsv")
_REFUSED_COLUMNS = ["subject", "object", "reason", "source"]
COLUMNS = [*HEADER.split("\t"), "source"]


def read(path: Path) -> list[Term]:
    """Return the terms of a curated table; an entry without a source is an error."""
    terms = []
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        if next(rows) != COLUMNS:
            message = f"{path}: the header must be {COLUMNS}"
            raise SystemExit(message)
        for row in rows:
            if len(row) != len(COLUMNS) or not row[-1].strip():
                message = f"{path}: an entry needs {len(COLUMNS)} fields and a source: {row}"
                raise SystemExit(message)
            terms.append(parse_line("\t".join(row[:-1])))
    return terms


def read_refused(path: Path = _REFUSED) -> frozenset[frozenset[str]]:
    """Return pairs of identifiers that some list takes for the same thing and that are not."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        if next(rows) != _REFUSED_COLUMNS:
            message = f"{path}: the header must be {_REFUSED_COLUMNS}"
            raise SystemExit(message)
        return frozenset(frozenset(row[:2]) for row in rows)


def with_identifiers(terms: list[Term], registered: list[Term]) -> list[Term]:
    """Return the terms, those without identifier under the one that a register has for one of their names."""
    known: dict[str, Term] = {}
    for term in registered:
        for name in (term.label, *(one.text for one in term.names)):
            known.setdefault(name.casefold(), term)
    found = []
    for term in terms:
        same = None
        if term.curie.startswith("kgentity:"):
            names = (term.label, *(one.text for one in term.names))
            same = next((known[name.casefold()] for name in names if name.casefold() in known), None)
        found.append(term if same is None or same.type is not term.type else replace(term, curie=same.curie))
    return found
