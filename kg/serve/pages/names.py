"""The index of names behind the search box: one small SQLite file a generation, built in a worker."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX_LENGTHS = "1 2 3 4"
_LABEL, _SYNONYM, _CURIE = 0, 1, 2
_NAMES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX kg: <https://w3id.org/kg-loader/vocab/>
SELECT ?entity ?type ?predicate ?name {
  GRAPH ?graph { ?entity kg:entityType ?type }
  VALUES ?predicate { rdfs:label skos:altLabel kg:curie kg:xref }
  GRAPH ?other { ?entity ?predicate ?name }
  FILTER(!CONTAINS(STR(?entity), "/kg-loader/mention/"))
}
"""
_USES = """
PREFIX biolink: <https://w3id.org/biolink/vocab/>
SELECT ?entity (COUNT(*) AS ?n) { GRAPH ?document { ?document biolink:mentions ?entity } } GROUP BY ?entity
"""
_RANK = {"label": _LABEL, "altLabel": _SYNONYM, "curie": _CURIE, "xref": _CURIE}


def build_names(store: ox.Store, target: str, maker: int) -> int:
    """Write the index of a generation to a file and return the number of names; ``maker`` keeps two makers apart."""
    making = Path(f"{target}.{maker}")
    making.unlink(missing_ok=True)
    uses = {row["entity"].value: int(row["n"].value) for row in _rows(store, _USES)}
    rows = set(_iter_names(store, uses))
    with closing(sqlite3.connect(making)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute(
            "CREATE VIRTUAL TABLE names USING fts5(name, iri UNINDEXED, type UNINDEXED, label UNINDEXED, "
            f"rank_ UNINDEXED, uses UNINDEXED, prefix='{_PREFIX_LENGTHS}', tokenize='unicode61 remove_diacritics 2')"
        )
        connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?)", sorted(rows))
        connection.commit()
    making.replace(target)
    return len(rows)


def search_names(index: Path, words: str, limit: int) -> list[dict[str, object]]:
    """Return the entities whose names begin like the words, each once, most used first."""
    match = " ".join(f'"{word}"*' for word in re.findall(r"[^\W_]+", words))
    if not match:
        return []
    with closing(sqlite3.connect(f"file:{index}?mode=ro", uri=True)) as connection:
        found = connection.execute(
            "SELECT name, iri, type, label, rank_, uses FROM names WHERE names MATCH ? LIMIT 2000", (match,)
        ).fetchall()
    wanted = words.casefold()
    found.sort(key=lambda row: (_closeness(row[0], wanted), -row[5], row[4], len(row[0]), row[0]))
    unique: dict[str, dict[str, object]] = {}
    for name, iri, kind, label, _, uses in found:
        unique.setdefault(iri, {"iri": iri, "name": name, "label": label, "type": kind, "documents": uses})
        if len(unique) == limit:
            break
    return list(unique.values())


def _closeness(name: str, wanted: str) -> int:
    folded = name.casefold()
    return 0 if folded == wanted else 1 if folded.startswith(wanted) else 2


def _iter_names(store: ox.Store, uses: dict[str, int]) -> Iterator[tuple[str, str, str, str, int, int]]:
    names: list[tuple[str, str, str, str]] = []
    labels: dict[str, str] = {}
    for row in _rows(store, _NAMES):
        predicate = row["predicate"].value.replace("#", "/").rpartition("/")[2]
        iri = row["entity"].value
        names.append((row["name"].value, iri, row["type"].value, predicate))
        if predicate == "label":
            labels[iri] = row["name"].value
    for name, iri, kind, predicate in names:
        if iri in uses:
            yield name, iri, kind, labels.get(iri, name), _RANK[predicate], uses[iri]


def _rows(store: ox.Store, query: str) -> ox.QuerySolutions:
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - a SELECT gives nothing else
    return rows
