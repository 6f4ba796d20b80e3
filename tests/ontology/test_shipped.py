"""What the repository ships: manifests, curated tables, and the lexicon made of them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from kg import Linker
from kg.locations import shipped_folder
from kg.model import Curie, Entity, Span
from kg.ontology.lexicon import Lexicon
from kg.ontology.manifest import file_sha256, read_manifests
from kg.ontology.names import case_fits
from kg.ontology.sources import installed_sources
from kg.ontology.terms import parse_line

FOLDER = shipped_folder("ontologies")
MANIFESTS = read_manifests(FOLDER)
MOST_BYTES = 15_000_000


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return Lexicon.open(FOLDER)


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda manifest: manifest.name)
def test_every_source_is_whole_and_says_its_licence(manifest: object) -> None:
    from kg.ontology.manifest import Manifest

    assert isinstance(manifest, Manifest)
    assert file_sha256(FOLDER / manifest.file) == manifest.sha256
    assert manifest.licence != "unknown"
    assert manifest.attribution
    assert manifest.origin
    assert not re.search(r"\bNC\b|non-?commercial", manifest.licence, re.IGNORECASE)
    assert manifest.title in (FOLDER / "ATTRIBUTION.md").read_text(encoding="utf-8")


def test_all_of_it_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < MOST_BYTES


@pytest.mark.parametrize("path", sorted((FOLDER / "curated").glob("*.tsv")), ids=lambda path: path.stem)
def test_every_curated_entry_has_its_source(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("\tsource")
    for line in lines[1:]:
        fields = line.split("\t")
        assert len(fields) == 7
        assert fields[6].strip(), line
        parse_line("\t".join(fields[:6]))


@pytest.mark.parametrize(
    ("name", "curie"),
    [
        ("acute myelogenous leukaemia", "MONDO:0018874"),
        ("natural killer cells", "CL:0000623"),
        ("apoptosis", "GO:0006915"),
        ("caspase-3", "HGNC:1504"),
        ("NADPH oxidase", "FPLX:NADPH_oxidase"),
        ("interleukin-2", "HGNC:6001"),
        ("histamine dihydrochloride", "UNII:3POA0Q644U"),
        ("Ceplene", "UNII:3POA0Q644U"),
        ("histamine", "CHEBI:18295"),
        ("Glivec", "CHEBI:45783"),
        ("breast cancer", "MONDO:0007254"),
        ("pain", "HP:0012531"),
        ("Committee for Medicinal Products for Human Use", "kgentity:committee-for-medicinal-products-for-human-use"),
    ],
)
def test_well_known_names_lead_to_their_entities(shipped: Lexicon, name: str, curie: str) -> None:
    assert curie in {posting.curie for posting in shipped.lookup(name)}


def test_a_salt_is_not_its_base_but_its_brand_is_the_medicine(shipped: Lexicon) -> None:
    salt, base = (shipped.lookup(name)[0].curie for name in ("imatinib mesylate", "imatinib"))
    assert salt != base
    assert shipped.lookup("Gleevec")[0].curie == base


def test_medicines_are_joined_across_vocabularies(shipped: Lexicon) -> None:
    assert {"MESH:C582435"} <= set(shipped.entity(Curie("UNII:DPT0O3T46P")).xrefs)
    assert {"UNII:9100L32L2N", "MESH:D008687"} <= set(shipped.entity(Curie("CHEBI:6801")).xrefs)
    assert {"MESH:D015470", "DOID:9119"} <= set(shipped.entity(Curie("MONDO:0018874")).xrefs)


def test_a_protein_that_mesh_has_twice_is_one_gene(shipped: Lexicon) -> None:
    assert {"MESH:D050796"} <= set(shipped.entity(Curie("HGNC:11364")).xrefs)
    for name, gene in (("serotonin transporter", "HGNC:11050"), ("tissue-type plasminogen activator", "HGNC:9051")):
        assert [posting.curie for posting in shipped.lookup(name) if posting.curie.startswith("HGNC:")] == [gene]


def test_a_class_of_proteins_is_no_gene_but_has_genes_below_it(shipped: Lexicon) -> None:
    for name, members in (("estrogen receptors", {"HGNC:3467"}), ("protein kinases", set())):
        (found,) = {posting.curie for posting in shipped.lookup(name)}
        assert found.startswith(("MESH:", "FPLX:"))
        assert all(found in shipped.ancestors(Curie(gene)) for gene in members)


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("AMPA receptor", "HGNC:26802"),  # CNIH3 is its auxiliary protein
        ("ribonucleotide reductase", "HGNC:17296"),  # RRM2B a subunit that p53 induces
        ("septic shock", "MONDO:0001881"),  # toxic shock syndrome
    ],
)
def test_a_wrong_cross_reference_is_not_followed(shipped: Lexicon, name: str, gone: str) -> None:
    found = {posting.curie for posting in shipped.lookup(name)}
    assert found
    assert gone not in found


def test_of_mouse_genes_only_the_namesake_has_the_human_gene_s_names(shipped: Lexicon) -> None:
    assert "MGI:88184" not in {posting.curie for posting in shipped.lookup("MYC")}


def test_the_hierarchy_leads_from_aml_to_cancer(shipped: Lexicon) -> None:
    above = shipped.ancestors(Curie("MONDO:0018874"))
    assert {"MONDO:0005059", "MONDO:0004992"} <= set(above)


def test_plain_english_holds_no_names(shipped: Lexicon) -> None:
    text = (
        "The company said on March 7 that it can set a new price at the time. It was a rest period with no impact, "
        "and the lead team met in a room. As of Nov. 03, all work is complete; the group will act for the rest."
    )
    tokens = [Span(*match.span()) for match in re.finditer(r"\w+|[^\w\s]", text)]
    found = {
        text[start:end]
        for start, end, postings in shipped.scan(text, tokens)
        if any(case_fits(text[start:end], posting) for posting in postings)
    }
    assert found == set()


_IN_CONTEXT = "ROS kill the cells that NADPH oxidase protects."


@pytest.mark.shared
def test_every_concept_of_the_design_resolves(shipped: Lexicon, shared: Path) -> None:
    linker, missing = Linker(shipped), []
    with (shared / "design" / "concepts.tsv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            accepted = set(row["accepted identifiers"].split("|"))
            for written in row["names"].split("|"):
                name, marked, _ = written.partition(" (in context)")
                chosen = linker.link_text(name, context=_IN_CONTEXT if marked else "").chosen
                known = set() if chosen is None else {chosen.curie, *chosen.xrefs}
                is_curated = row["accepted identifiers"].startswith("curated") and _is_curated(shipped, chosen)
                if not (known & accepted or is_curated):
                    missing.append((name, chosen))
    assert missing == []


def test_names_as_texts_write_them_are_linked_to_what_they_mean(shipped: Lexicon) -> None:
    """Written down and judged by hand, one after the other, not taken from a corpus."""
    linker, wrong = Linker(shipped), []
    with Path(__file__).with_name("usual-names.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    for row in rows:
        chosen = linker.link_text(row["name"], row["type"]).chosen
        if chosen is None or chosen.curie != row["curie"]:
            wrong.append((row["name"], row["label"], chosen))
    assert len(rows) > 1000
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "context", "curie"),
    [
        ("EMA", "The EMA approved the drug in the EU.", "ROR:01z0wsw92"),
        ("EMA", "EMA expression was positive in the tumour.", "HGNC:7508"),
        ("NP-1", "Patients received NP-1 topical cream for their pain.", "kgentity:np-1-amitriptyline-ketamine"),
        ("NP-1", "NP-1 binds VEGF165 on endothelial cells.", "HGNC:8004"),
        ("ROS", "NADPH oxidase makes ROS in myeloid cells.", "CHEBI:26523"),
        ("CAT", "CAT activity was lower in the liver.", "HGNC:1516"),
        ("MS", "MS patients were treated with interferon beta.", "MONDO:0005301"),
    ],
)
def test_the_words_around_a_name_of_several_meanings_decide(
    shipped: Lexicon, name: str, context: str, curie: str
) -> None:
    chosen = Linker(shipped).link_text(name, context=context).chosen
    assert chosen is not None
    assert chosen.curie == curie


def _is_curated(shipped: Lexicon, chosen: Entity | None) -> bool:
    curated = {source.manifest.name for source in installed_sources() if source.manifest.reader == "curated"}
    return chosen is not None and any(posting.source in curated for posting in shipped.names(chosen.curie))


def test_a_record_is_not_that_of_a_gene_whose_name_has_the_same_words(shipped: Lexicon) -> None:
    genes = {posting.curie for posting in shipped.lookup("P-glycoprotein") if posting.curie.startswith("HGNC:")}
    assert genes == {"HGNC:40"}
    vlcad = {posting.curie for posting in shipped.lookup("VLCAD") if posting.curie.startswith("HGNC:")}
    assert vlcad == {"HGNC:92"}


def test_complexes_have_parts_and_families_are_those_of_mesh(shipped: Lexicon) -> None:
    assert {"HGNC:2577", "HGNC:2578"} <= set(shipped.parts(Curie("FPLX:NADPH_oxidase")))
    assert "MESH:D011493" in shipped.entity(Curie("FPLX:PKC")).xrefs
    assert "HGNC:9393" in shipped.children(Curie("FPLX:PKC"))
