"""Reads the curated tables of ontologies/curated/: terms that no list has, each with its source."""

from __future__ import annotations

import csv
from pathlib import Path

from kg.ontology.terms import HEADER, Term, parse_line

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
