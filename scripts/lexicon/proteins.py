"""Names of human proteins, their records in MeSH, and the classes of proteins that MeSH has them in."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.ontology.normalize import bag_key, key
from scripts.lexicon import mesh, ncbi_genes
from scripts.lexicon.judging import status_of
from scripts.lexicon.links import Links, match, match_labels
from scripts.lexicon.sole_members import SoleMembers

if TYPE_CHECKING:
    from kg.ontology.names import NameStatus
    from scripts.lexicon.build import Build

_GENE = EntityType.GENE_PROTEIN
_SAID = re.compile(r"([A-Z][A-Z0-9-]+) (?:Protein|Antigen)")


@dataclass(slots=True)
class Proteins:
    """By HGNC CURIE of a gene: its MeSH records, names of its protein in MeSH and NCBI Gene, and classes above it."""

    records: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    more: dict[str, list[tuple[str, NameStatus]]] = field(default_factory=lambda: defaultdict(list))
    classes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def names_of_proteins(
    build: Build,
    claims: set[tuple[str, str]],
    names: dict[str, list[str]],
    coding: list[list[str]],
    symbols: dict[str, str],
) -> Proteins:
    """Return what MeSH and NCBI Gene say of the protein of each human gene; full names are added to its ``names``.

    MeSH may have it twice: "STAT3 protein, human" among the supplementary records, mapped to the descriptor "STAT3
    Transcription Factor". What curators say goes first, then what is one gene's alone, then equal names.
    """
    further = ncbi_genes.human_names(build.packages, mesh.generic_names(build.headings))
    found = Proteins()
    for row in coding:
        found.more[row[0]] += further.get(f"NCBIGene:{row[5]}", ())
    full = {
        row[0]: [row[2], *(name for name, _ in further.get(f"NCBIGene:{row[5]}", ()) if " " in name)] for row in coding
    }
    members = mesh.human_members(build.headings, symbols)
    curated = claims | build.claims["HGNC"]
    owners = _owners(names)
    taker = _Taker(build, found, Ownership(build.headings, members, curated, full, symbols), names, owners)
    for heading in build.headings:
        human = mesh.HUMAN.match(heading.label)
        if human and human[1] in symbols and heading.mapped:
            taker.take(heading, symbols[human[1]])
    taker.take_all(match(curated, build.free_names(_GENE), names))
    for heading in build.headings:
        for gene in genes_said(heading, symbols):
            taker.take(heading, gene)
    sole = SoleMembers(members, full, names)
    for heading in build.headings:
        if gene := sole.gene_of(heading):
            taker.take(heading, gene)
    taker.take_all(build.link("HGNC", claims, names, _GENE))
    for gene, given in full.items():
        names[gene] += given[1:]
    links = Links()
    match_labels(links, build.free_names(_GENE), names)
    taker.take_all(links)
    return found


class Ownership:
    """Says whether a record may be one gene's.

    The record of a class of proteins is that of one gene only where curators say so, where the gene is officially
    called that, or where no other human gene is in it; never where another gene is officially called that, or the
    record has another gene's symbol ("ABCB1 Protein"): names of equal words in another order may be another's.
    """

    def __init__(
        self,
        headings: list[mesh.Heading],
        members: dict[str, set[str]],
        curated: set[tuple[str, str]],
        full: dict[str, list[str]],
        symbols: dict[str, str],
    ) -> None:
        self._members = members
        self._symbols = symbols
        self._curated = curated
        self._classes = mesh.classes(headings)
        self._wide = mesh.with_narrower(headings) | {curie for curie, genes in members.items() if len(genes) > 1}
        self._official = {gene: _order_free(given[0]) for gene, given in full.items()}
        self._officials = frozenset(self._official.values())
        self._known = {gene: set(map(_order_free, given)) for gene, given in full.items()}

    def may_be(self, heading: mesh.Heading, gene: str) -> bool:
        """Say whether a record may be that of a gene."""
        label, curie = _order_free(heading.label), heading.curie
        said = genes_said(heading, self._symbols)
        if said:
            return gene in said
        if label in self._officials and label != self._official.get(gene):
            return False
        is_plural = not heading.mapped and mesh.is_plural(heading)
        if not is_plural and curie not in self._classes and curie not in self._wide:
            return True
        is_sole = curie not in self._classes and self._members.get(curie) == {gene}
        is_named = not mesh.is_plural(heading) and label in self._known.get(gene, ())
        return is_sole or is_named or (curie, gene) in self._curated or label == self._official.get(gene)


def genes_said(heading: mesh.Heading, symbols: dict[str, str]) -> frozenset[str]:
    """Return the gene whose official symbol a descriptor has in a name, as in "ABCB1 Protein"; none of several."""
    found = {
        symbols[said[1]] for name, _ in mesh.names_of(heading) if (said := _SAID.fullmatch(name)) and said[1] in symbols
    }
    return frozenset(found) if len(found) == 1 and not heading.mapped else frozenset()


@dataclass(slots=True)
class _Taker:
    """Gives records to genes, each to one."""

    build: Build
    found: Proteins
    ownership: Ownership
    names: dict[str, list[str]]
    owners: dict[str, set[str]]
    _above: dict[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._above = {one: tuple(map(str, above)) for one, above in mesh.parents_of(self.build.headings).items()}

    def take(self, heading: mesh.Heading, gene: str) -> None:
        """Give a gene a record, unless another has it or it is a class's; a hormone stays a medicine, above its gene.

        What HGNC calls other genes only is none of its names: MeSH has VLCAD under the long-chain dehydrogenase.
        """
        if heading.curie in self.build.own_records or not self.ownership.may_be(heading, gene):
            return
        self.found.more[gene] += [
            (name, status_of(name))
            for name, _ in mesh.names_of(heading, spell_out=False)
            if gene in self.owners.get(_order_free(name), {gene})
        ]
        if self.build.kinds[heading.curie] is _GENE:
            self.found.records[gene].append(heading.curie)
            self.found.classes[gene].update(self._above[heading.curie])
            self.build.own_records.add(heading.curie)
        else:
            self.found.classes[gene].add(heading.curie)

    def take_all(self, links: Links) -> None:
        """Give the matched records; a second supplementary one only where it says the name, not just short forms."""
        for heading in self.build.headings:
            gene = links.left.get(heading.curie)
            if gene and not (heading.mapped and gene in self.found.records and not self._is_said(heading, gene)):
                self.take(heading, gene)

    def _is_said(self, heading: mesh.Heading, gene: str) -> bool:
        known = set(map(key, self.names[gene]))
        said = [name for name, _ in mesh.names_of(heading)]
        return any(key(name) in known for name in said if " " in name or name == said[0])


def _owners(names: dict[str, list[str]]) -> dict[str, set[str]]:
    """Return the genes that HGNC calls so, by the name in any order of its words."""
    owners: dict[str, set[str]] = defaultdict(set)
    for gene, given in names.items():
        for name in given:
            owners[_order_free(name)].add(gene)
    return owners


def _order_free(name: str) -> str:
    return bag_key(name) or key(name)
