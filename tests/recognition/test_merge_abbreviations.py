"""What a document's short forms stand for: the disease, its gene, or the enzyme that is lacking."""

from kg.model import EntityType
from kg.recognition.merge import MergingRecognizer
from tests.analysis.documents import analysis
from tests.recognition.fakes import Fake, Placed, found

DISEASE, GENE = EntityType.DISEASE, EntityType.GENE_PROTEIN


def test_the_short_form_inside_a_longer_disease_is_not_that_disease() -> None:
    text = "Morvanase (MVS) deficiency is rare. The MVS level fell."
    merged = MergingRecognizer(
        [Placed("model", [("Morvanase (MVS) deficiency", 0, DISEASE), ("MVS", text.index("MVS level"), GENE)])]
    )
    assert found(merged.recognize(analysis(text))) == [
        ("Morvanase (MVS) deficiency", "disease"),
        ("MVS", "gene_protein"),
    ]


def test_in_deficiency_of_an_enzyme_the_short_form_is_not_the_deficiency() -> None:
    text = "They had a deficiency of morvanase ligand (MVL). The MVL level fell."
    merged = MergingRecognizer([Fake("model", {"deficiency of morvanase ligand": DISEASE})])
    assert found(merged.recognize(analysis(text))) == [("deficiency of morvanase ligand", "disease")]


def test_a_short_form_is_the_disease_and_where_the_text_speaks_of_the_gene_the_gene() -> None:
    text = "Belmar tubular polyposis (BTP) is rare. Mutations in BTP cause it. Children with BTP are small."
    gene = [("BTP", text.index("BTP cause"), GENE)]
    merged = MergingRecognizer([Fake("model", {"Belmar tubular polyposis": DISEASE}), Placed("model", gene)])
    assert found(merged.recognize(analysis(text))) == [
        ("Belmar tubular polyposis", "disease"),
        ("BTP", "disease"),
        ("BTP", "gene_protein"),
        ("BTP", "disease"),
    ]


def test_a_homonym_gene_that_no_place_speaks_of_is_the_disease() -> None:
    text = "Children with BTP (Belmar tubular polyposis) are small. BTP is rare."
    merged = MergingRecognizer([Fake("dictionary", {"Belmar tubular polyposis": DISEASE, "BTP": GENE})])
    assert {kind for _, kind in found(merged.recognize(analysis(text)))} == {"disease"}


def test_a_numbered_short_form_is_its_disease_though_its_letters_are_turned() -> None:
    text = "Belmar quorate type 2 (QB2) is rare. QB2 is a drug elsewhere."
    merged = MergingRecognizer(
        [Fake("model", {"Belmar quorate type 2": DISEASE}), Fake("dictionary", {"QB2": EntityType.DRUG})]
    )
    assert found(merged.recognize(analysis(text))) == [
        ("Belmar quorate type 2", "disease"),
        ("QB2", "disease"),
        ("QB2", "disease"),
    ]


def test_the_short_form_of_a_committee_is_no_gene() -> None:
    text = "The Spleen Review Committee (SRC) met. SRC agreed."
    merged = MergingRecognizer([Fake("model", {"SRC": GENE}), Fake("dictionary", {"SRC": GENE})])
    assert found(merged.recognize(analysis(text))) == []


def test_a_pair_of_short_forms_of_two_diseases_is_two() -> None:
    parts = {"bone rot": DISEASE, "marrow wilt": DISEASE}
    merged = MergingRecognizer([Fake("dictionary", parts), Fake("model", parts)])
    text = "It eases bone rot/marrow wilt (BR/MW). BR/MW is rare."
    assert [name for name, _ in found(merged.recognize(analysis(text)))] == [
        "bone rot",
        "marrow wilt",
        *["BR", "MW"] * 2,
    ]
