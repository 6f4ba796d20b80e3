"""Cell types (CL), biological processes and cellular complexes (GO)."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.model import Curie, EntityType
from kg.ontology.names import NameStatus
from kg.ontology.terms import Term
from scripts.lexicon.diseases import is_live, parents
from scripts.lexicon.judging import Judge, status_of
from scripts.lexicon.packages import Packages

CL_DATA = "CL-ontology-v2026-03-26"
_COMPLEX = "GO:0032991"
_VERBOSE = re.compile(
    r"^(?:positive|negative) regulation of|^regulation of|^up-?regulation|^down-?regulation|^activation of|"
    r"^inhibition of|^stimulation of|^upregulation|^downregulation|^up regulation|^down regulation"
)


def cl(packages: Packages, judge: Judge, mesh: dict[str, str]) -> list[Term]:
    """Return cell types."""
    terms = []
    for curie, entry in packages.cellxgene(CL_DATA).items():
        if not is_live(entry) or not curie.startswith("CL:"):
            continue
        found = [(entry["label"], NameStatus.LABEL)]
        found += [(name, status_of(name)) for name in entry.get("synonyms", ()) if len(name) > 2]
        found += [(short, NameStatus.EXACT) for name, _ in list(found) if (short := _without_marker_word(name))]
        names = judge.names(EntityType.CELL, found)
        xrefs = (Curie(mesh[curie]),) if curie in mesh else ()
        above = parents(entry["ancestors"], "CL:")
        terms.append(Term(Curie(curie), EntityType.CELL, entry["label"], names, xrefs, above))
    return terms


def _without_marker_word(name: str) -> str | None:
    """Return "CD4+ T cell" for "CD4-positive T cell"."""
    short = name.replace("-positive,", "+").replace("-positive", "+").replace("-negative", "-")
    return short if short != name else None


def go(packages: Packages, judge: Judge, mesh: dict[str, str], more: dict[str, list[str]]) -> list[Term]:
    """Return processes, and the complexes among the cellular components as gene products."""
    entries = {entry["id"]: entry for entry in packages.resource("go")}
    below = _below(_COMPLEX, entries)
    terms = []
    for curie, entry in entries.items():
        kind = _kind(curie, entry["namespace"], below)
        if kind is None or entry["name"].startswith("obsolete"):
            continue
        found = [(entry["name"], NameStatus.LABEL)]
        found += [(name, status_of(name)) for name in entry.get("synonyms", ()) if not _VERBOSE.match(name)]
        found += [(name, status_of(name)) for name in more.get(curie, ())]
        found += [(short, NameStatus.EXACT) for name, _ in list(found) if (short := _without_process(name))]
        names = judge.names(kind, found)
        above = tuple(sorted(map(Curie, entry.get("relations", {}).get("is_a", ()))))
        terms.append(
            Term(Curie(curie), kind, entry["name"], names, (Curie(mesh[curie]),) if curie in mesh else (), above)
        )
    return terms


def _kind(curie: str, namespace: str, complexes: set[str]) -> EntityType | None:
    if namespace == "biological_process":
        return EntityType.PROCESS
    return EntityType.GENE_PROTEIN if curie in complexes else None


def _without_process(name: str) -> str | None:
    """Return "xyz metabolism" for "xyz metabolic process" and the like, as texts say it."""
    for long, short in (
        (" metabolic process", " metabolism"),
        (" biosynthetic process", " biosynthesis"),
        (" catabolic process", " catabolism"),
        ("apoptotic process", "apoptosis"),
    ):
        if name.endswith(long):
            return name[: -len(long)] + short
    return None


def _below(root: str, entries: dict[str, dict[str, dict[str, list[str]]]]) -> set[str]:
    children: dict[str, list[str]] = defaultdict(list)
    for curie, entry in entries.items():
        for parent in entry.get("relations", {}).get("is_a", ()):
            children[parent].append(curie)
    found: set[str] = set()
    level = [root]
    while level:
        level = [child for one in level for child in children[one] if child not in found]
        found.update(level)
    return found
