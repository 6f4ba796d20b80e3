import pytest

from kg.linking.linker import EntityLinker
from kg.linking.species import murine_genes, species_cues
from kg.model import EntityType, Mention
from tests.linking.documents import link


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("[Casp3|gene_protein] is absent from these mice.", "MGI:107739"),
        ("Murine [caspase-3|gene_protein] cleaves it.", "MGI:107739"),
        ("[CASP3|gene_protein] was measured in 40 patients.", "HGNC:1504"),
        ("Mice were given human [caspase 3|gene_protein].", "HGNC:1504"),
        ("[caspase 3|gene_protein] cleaves it.", "HGNC:1504"),
        ("[Casp9|gene_protein] is absent from these mice.", "HGNC:1511"),
        ("[yama|gene_protein] is absent from these mice.", "MGI:107739"),
        ("[yama|gene_protein] was measured in 40 patients.", "HGNC:1504"),
    ],
)
def test_a_gene_is_that_of_the_species_the_text_is_about(linker: EntityLinker, text: str, curie: str) -> None:
    assert list(link(linker, text).values()) == [curie]


SILENT = (
    "Loss of Casp3 delays the turnover of cartilage. Casp3 was deleted with a Cre driver that is active in cartilage, "
    "and the animals were followed from birth. Homozygous floxed animals grew as their wild-type littermates did; "
    "those without Casp3 had a wider growth plate, where Casp9 and Apaf1 rose. It went back when Bcl2l1 was lost, too."
)
"""About mice, with no word that says so."""


def _genes(text: str, *names: str) -> list[Mention]:
    starts = [text.index(name) for name in names]
    return [
        Mention(start, start + len(name), name, EntityType.GENE_PROTEIN, ("test",))
        for name, start in zip(names, starts, strict=True)
    ]


def _murine(text: str, *names: str) -> set[str]:
    return {gene.text for gene in murine_genes(text, _genes(text, *names))}


def test_a_text_on_altered_genes_is_about_mice_though_it_names_none() -> None:
    assert _murine(SILENT, "Casp3", "Casp9", "Apaf1", "Bcl2l1") == {"Casp3", "Casp9", "Apaf1", "Bcl2l1"}


def test_a_long_text_about_mice_would_name_them() -> None:
    assert not _murine(SILENT * 20, "Casp3", "Casp9", "Apaf1", "Bcl2l1")


def test_a_name_alone_is_no_text_about_mice() -> None:
    assert not _murine("Casp3", "Casp3")


@pytest.mark.parametrize(
    ("line", "is_mouse"), [("RAW 264.7", True), ("C2C12", True), ("HeLa", False), ("MCF-7", False), ("Caco-2", False)]
)
def test_cell_lines_tell_the_species(line: str, *, is_mouse: bool) -> None:
    text = f"Caspase 3 was silenced in {line} cells. In mice and in people, {line} cells lacked caspase 9."
    assert ("mouse_lines" if is_mouse else "human_lines") in species_cues(text, ()).places
    assert ("caspase 9" in _murine(text, "caspase 9")) is is_mouse


def test_tumours_grown_in_nude_mice_have_human_genes() -> None:
    own = "The mouse colon was stained for caspase 3 after immunization. "
    grown = "Nude mice bore xenografts of the cancer cell line, stained for caspase 3. "
    assert _murine(own, "caspase 3") == {"caspase 3"}
    assert not _murine(grown, "caspase 3")


def test_a_gene_goes_with_the_others_of_its_document() -> None:
    text = "Caspase 9 fell in mice without mCasp3, mApaf1 and mCasp8."
    weights = {"bias": -1.0, "marked_mouse": 4.0}
    alone, *others = _genes(text, "Caspase 9", "mCasp3", "mApaf1", "mCasp8")
    assert not murine_genes(text, [alone], weights)
    assert murine_genes(text, [alone, *others], weights) == {alone, *others}


def test_what_is_no_gene_has_no_species() -> None:
    text = "Knockout mice without aspirin."
    assert not murine_genes(text, [Mention(22, 29, "aspirin", EntityType.DRUG, ("test",))])
