"""Cells and processes of several words, codes, trials, organisms and persons."""

import pytest

from kg.model import EntityType, Mention
from kg.recognition.cell_phrases import with_cell_phrases
from kg.recognition.drug_patterns import DrugPatternRecognizer
from kg.recognition.merge import MergingRecognizer
from kg.recognition.organisations import OrganisationRecognizer
from kg.recognition.process_patterns import process_mentions
from kg.recognition.spans import clean
from kg.recognition.trial_names import trial_places
from tests.analysis.documents import analysis
from tests.recognition.fakes import Fake, found

DRUG, DISEASE, CELL, ORGANISATION = EntityType.DRUG, EntityType.DISEASE, EntityType.CELL, EntityType.ORGANISATION
NEWS = "Zorvex Inc announced it today. "


def _cell(text: str, name: str) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, CELL, ("model",), 0.9)


@pytest.mark.parametrize(
    ("text", "name", "whole", "kind"),
    [
        ("the Vfh-cell reads it", "Vfh", "Vfh-cell", "cell"),
        ("V folded helper (Vfh) cells grow", "V folded helper", "V folded helper (Vfh) cells", "cell"),
        ("early B-cell maturation is slow", "B-cell", "B-cell maturation", "process"),
        ("the B cells of Vex", "B cells", "B cells", "cell"),
    ],
)
def test_a_cell_takes_the_words_that_belong_to_it(text: str, name: str, whole: str, kind: str) -> None:
    assert found(with_cell_phrases(text, [_cell(text, name)], is_news=False)) == [(whole, kind)]


def test_cells_of_a_tumour_are_cells() -> None:
    text = "It kills vexoma cells and not vexoma cell carcinoma."
    tumour = Mention(9, 15, "vexoma", DISEASE, ("model",), 0.9)
    assert found(with_cell_phrases(text, [tumour], is_news=True)) == [("vexoma cells", "cell")]
    lines = [Mention(2, 8, "vexoma", DISEASE, ("model",), 0.9)]
    assert found(with_cell_phrases("a vexoma cell line", lines, is_news=False)) == [("vexoma", "disease")]
    assert found(
        with_cell_phrases("a vexoma cell carcinoma", [Mention(2, 8, "vexoma", DISEASE, ("model",), 0.9)], is_news=True)
    ) == [("vexoma", "disease")]


@pytest.mark.parametrize("name", ["G2/M cell cycle arrest", "apoptotic glial cell death", "immune memory"])
def test_processes_of_several_words(name: str) -> None:
    assert [mention.text for mention in process_mentions(f"It caused {name} there.")] == [name]


def test_news_need_no_telling_word_beside_a_code() -> None:
    names = [
        name
        for name, _ in found(
            DrugPatternRecognizer().recognize(
                analysis(NEWS + "Late-breaking ZRV-201 news. The GLT-301 trial began. Lot QRS-1234 went. ASX 2024.")
            )
        )
    ]
    assert names == ["ZRV-201"]
    assert not DrugPatternRecognizer().recognize(analysis("Late-breaking ZRV-201 news."))


def test_a_lettered_compound_is_a_drug() -> None:
    assert found(DrugPatternRecognizer().recognize(analysis("We gave compound C to mice."))) == [("compound C", "drug")]


def test_names_of_trials_hold_no_mentions() -> None:
    assert trial_places("the VEXOR-GOUT study; VEXOR-GOUT ended") == [(4, 14), (22, 32)]
    assert not trial_places("GLINT 1 ended")
    assert trial_places("the VEXORAL-005 study; VEXORAL-005 ended") == [(4, 15), (23, 34)]
    merged = MergingRecognizer([OrganisationRecognizer(), Fake("dictionary", {"GOUT": DISEASE})])
    text = NEWS + "Zorvex Inc and Zorvex Inc. The VEXOR-GOUT study began."
    assert ("GOUT", "disease") not in found(merged.recognize(analysis(text)))


def test_viruses_and_species_are_no_mentions() -> None:
    merged = MergingRecognizer(
        [
            Fake("dictionary", {"vexal fever": DISEASE, "Candida albicans": DRUG}),
            Fake("model", {"vexal fever": DISEASE, "E. coli": DISEASE}),
        ]
    )
    text = "The vexal fever virus, Candida albicans and E. coli cause it."
    assert found(merged.recognize(analysis(text))) == []


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        ("2-4Zorvexa", DRUG, "Zorvexa"),
        ("Zorvexa® ODT", DRUG, "Zorvexa"),
        ("Vex & Co., Inc., Glint, N.J., USA", ORGANISATION, "Vex & Co., Inc."),
        ("Non-Metastatic", DISEASE, None),
    ],
)
def test_what_does_not_belong_to_a_name_is_cut_off(written: str, kind: EntityType, name: str | None) -> None:
    cleaned = clean(written, Mention(0, len(written), written, kind, ("model",), 0.9))
    assert (cleaned.text if cleaned else None) == name


@pytest.mark.parametrize(
    ("headline", "names"),
    [
        ("Ada Glint Vexley Elected to Zorvex Pharma Board of Directors", ["Zorvex Pharma"]),
        ("Zorvex CEO Ada Vexley Provides an Update", ["Zorvex"]),
        ("Zorvex Vaccines Launches Global Centers of Glint Network to Conduct Work", ["Zorvex Vaccines"]),
        ("Zorvex Pharma to Sell its Zorb-Cleared Glint Diagnostics", ["Zorvex Pharma"]),
    ],
)
def test_headlines_name_organisations_and_not_persons_or_deeds(headline: str, names: list[str]) -> None:
    seen = [name for name, _ in found(OrganisationRecognizer().recognize(analysis(headline)))]
    assert [name for name in seen if name != "Global Centers of Glint Network"] == names


def test_an_institution_may_be_abbreviated_by_more_than_its_name_has() -> None:
    text = "It was shown at the Society for Glintology (SGOC). SGOC is old."
    assert [name for name, _ in found(OrganisationRecognizer().recognize(analysis(text)))].count("SGOC") == len("ab")


def test_a_space_lost_behind_a_university_does_not_hide_it() -> None:
    text = "He studied atVexley Universityand left."
    assert [name for name, _ in found(OrganisationRecognizer().recognize(analysis(text)))] == ["Vexley University"]


def test_a_firm_that_a_bracket_names_may_have_a_plain_name() -> None:
    text = "It engaged New Growth Advisors (“NGV”), a firm, and Beacon Health System today."
    names = [name for name, _ in found(OrganisationRecognizer().recognize(analysis(text)))]
    assert names == ["New Growth Advisors", "NGV", "Beacon Health System"]


def test_an_agency_ends_before_what_it_is_asked_for() -> None:
    text = "It asked the Spanish Medicines Agency for Upcoming ZRV-004 trials."
    assert [name for name, _ in found(OrganisationRecognizer().recognize(analysis(text)))] == [
        "Spanish Medicines Agency"
    ]


def test_what_the_model_takes_for_a_gene_may_be_a_mutation_or_a_cell_line() -> None:
    genes = {"V612E": EntityType.GENE_PROTEIN, "ZKN45": EntityType.GENE_PROTEIN, "gene vexr": EntityType.GENE_PROTEIN}
    merged = MergingRecognizer([Fake("model", genes)])
    text = "The V612E change in ZKN45 gastric cells hit the gene vexr."
    assert found(merged.recognize(analysis(text))) == [("vexr", "gene_protein")]


def test_what_hangs_on_a_trial_a_meeting_or_a_degree_is_no_disease() -> None:
    merged = MergingRecognizer(
        [
            OrganisationRecognizer(),
            Fake("dictionary", {"VD1": DISEASE, "VXD": DISEASE}),
            Fake("model", {"GLOTERIA": DISEASE, "M.H.A": DISEASE, "Grade ≥3 rashes": DISEASE, "3Type 2 gout": DISEASE}),
        ]
    )
    text = (
        NEWS + "Zorvex Inc and Zorvex Inc showed GLINTER-VD1 at the VXD Congress. Ada Vex, M.H.A, led the GLOTERIA "
        "open-label extension. Grade ≥3 rashes and 3Type 2 gout fell."
    )
    assert [pair for pair in found(merged.recognize(analysis(text))) if pair[1] == "disease"] == [
        ("rashes", "disease"),
        ("Type 2 gout", "disease"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Zorvex Partners with Glint Pharma on gout", ["Zorvex", "Glint Pharma"]),
        ("They met at 5 p.m. in Las Vegas, NV today.", []),
        (
            "The Vexland Medicines Agency’s Committee for Glint Products agreed.",
            ["Vexland Medicines Agency", "Committee for Glint Products"],
        ),
        ("It owes Zorvex LLC (the “Lender”) money.", ["Zorvex LLC"]),
        ("It was approved by the Compensation Committee of Zorvexia’s board.", []),
    ],
)
def test_what_is_and_is_not_an_organisation_in_news(text: str, names: list[str]) -> None:
    assert [name for name, _ in found(OrganisationRecognizer().recognize(analysis(text)))] == names


def test_an_address_says_who_is_a_person() -> None:
    recognizer = MergingRecognizer([OrganisationRecognizer(), Fake("dictionary", {"Vexin": DRUG})])
    text = NEWS + "Zorvex Inc and Zorvex Inc. Contact: Anna Vexin; anna.vexin@zorvex.com"
    assert ("Vexin", "drug") not in found(recognizer.recognize(analysis(text)))
    assert ("Vexin", "drug") in found(recognizer.recognize(analysis(text.partition("; anna")[0])))


def test_a_row_of_what_cells_do_is_as_many_processes() -> None:
    text = "It slows proliferation, migration and invasion, and sales growth and survival."
    assert [mention.text for mention in process_mentions(text)] == ["proliferation", "migration", "invasion"]


def test_a_model_sees_no_disease_in_harm_to_a_part_of_the_cell() -> None:
    name = "mitochondrial toxicity"
    merged = MergingRecognizer([Fake("curated", {name: EntityType.PROCESS}, 0.85), Fake("model", {name: DISEASE})])
    assert found(merged.recognize(analysis(f"It caused {name}."))) == [(name, "process")]


def test_a_cell_of_the_lexicon_keeps_its_marker() -> None:
    dictionary = Fake("dictionary", {"VEX4+ T cells": CELL, "vexoma cell": CELL}, 0.95)
    model = Fake("model", {"VEX4": EntityType.GENE_PROTEIN, "T cells": CELL, "vexoma": DISEASE})
    text = "It counts VEX4+ T cells and a vexoma cell line."
    assert found(MergingRecognizer([dictionary, model]).recognize(analysis(text))) == [
        ("VEX4+ T cells", "cell"),
        ("vexoma", "disease"),
    ]
