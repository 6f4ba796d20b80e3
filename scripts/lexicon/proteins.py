"""Names of human proteins, and their records in MeSH."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.ontology.normalize import key
from scripts.lexicon import mesh, ncbi_genes
from scripts.lexicon.judging import status_of
from scripts.lexicon.links import Links, match_labels

if TYPE_CHECKING:
    from kg.ontology.names import NameStatus
    from scripts.lexicon.build import Build


def names_of_proteins(
    build: Build,
    claims: set[tuple[str, str]],
    names: dict[str, list[str]],
    coding: list[list[str]],
    symbols: dict[str, str],
) -> tuple[dict[str, list[str]], dict[str, list[tuple[str, NameStatus]]]]:
    """Return the MeSH records of each human gene, and names of its protein from MeSH and NCBI Gene.

    The record of a class of proteins is that of one gene only where curators say so, or where the gene is officially
    called that.
    """
    classes, curated = mesh.classes(build.headings), claims | build.claims["HGNC"]
    official = {row[0]: key(row[2]) for row in coding}
    records: dict[str, list[str]] = defaultdict(list)
    more: dict[str, list[tuple[str, NameStatus]]] = defaultdict(list)

    def take(heading: mesh.Heading, gene: str) -> None:
        is_one = (heading.curie, gene) in curated or official.get(gene) == key(heading.label)
        if heading.curie in classes and not is_one:
            return
        records[gene].append(heading.curie)
        more[gene] += [(name, status_of(name)) for name, _ in mesh.names_of(heading, spell_out=False)]
        build.own_records.add(heading.curie)

    for heading in build.headings:
        human = mesh.HUMAN.match(heading.label)
        if human and human[1] in symbols and heading.mapped:
            take(heading, symbols[human[1]])
    links = build.link("HGNC", claims, names, EntityType.GENE_PROTEIN)
    further_names = ncbi_genes.human_names(build.packages, mesh.generic_names(build.headings))
    for row in coding:
        more[row[0]] += further_names.get(f"NCBIGene:{row[5]}", ())
        names[row[0]] += [name for name, _ in further_names.get(f"NCBIGene:{row[5]}", ()) if " " in name]
    for heading in build.headings:
        if (other := links.left.get(heading.curie)) and heading.curie not in build.own_records:
            take(heading, other)
    further = Links()
    rest = {c: found for c, found in build.mesh_names(EntityType.GENE_PROTEIN).items() if c not in build.own_records}
    match_labels(further, rest, names)
    for heading in build.headings:
        if other := further.left.get(heading.curie):
            take(heading, other)
    return records, more
