"""The one rule that merges recognizers."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import EntityType
from kg.pipeline import Recognizer
from kg.recognition.drug_patterns import DrugPatternRecognizer
from kg.recognition.merge import MergingRecognizer
from kg.recognition.organisations import OrganisationRecognizer
from kg.recognition.regulatory_patterns import RegulatoryPatternRecognizer
from tests.analysis.documents import analysis
from tests.recognition.fakes import Fake, Placed, found

DRUG, DISEASE, GENE = EntityType.DRUG, EntityType.DISEASE, EntityType.GENE_PROTEIN
ORGANISATION, PROCESS = EntityType.ORGANISATION, EntityType.PROCESS


def test_who_found_a_mention_is_listed_in_order() -> None:
    merged = MergingRecognizer([Fake("model", {"gout": DISEASE}), Fake("dictionary", {"gout": DISEASE})])
    (mention,) = merged.recognize(analysis("It is gout."))
    assert mention.recognizers == ("dictionary", "model")


def test_a_name_has_one_type_in_a_document_by_vote() -> None:
    text = "AML is bad. AML is common. AML is old. AML is rare."
    merged = MergingRecognizer(
        [Fake("dictionary", {"AML": DISEASE}, 0.7), Placed("model", [("AML", 0, DRUG), ("AML", 12, DISEASE)])]
    )
    assert found(merged.recognize(analysis(text))) == [("AML", "disease")] * 4


def test_the_longer_mention_wins_over_its_part() -> None:
    merged = MergingRecognizer(
        [Fake("dictionary", {"chronic joint pain": DISEASE}), Fake("dictionary", {"joint pain": DISEASE})]
    )
    assert found(merged.recognize(analysis("It eases chronic joint pain."))) == [("chronic joint pain", "disease")]


def test_two_parts_with_more_support_win_over_a_span_that_runs_them_together() -> None:
    parts = {"joint disease": DISEASE, "bone pain": DISEASE}
    merged = MergingRecognizer(
        [Fake("dictionary", parts), Fake("curated", parts), Fake("model", {"joint disease bone pain": DISEASE}, 0.6)]
    )
    assert found(merged.recognize(analysis("the joint disease bone pain"))) == [
        ("joint disease", "disease"),
        ("bone pain", "disease"),
    ]


def test_an_organisation_holds_what_stands_in_its_name() -> None:
    merged = MergingRecognizer(
        [Fake("organisations", {"Society for Gout Care": ORGANISATION}), Fake("dictionary", {"Gout": DISEASE})]
    )
    assert found(merged.recognize(analysis("the Society for Gout Care met"))) == [
        ("Society for Gout Care", "organisation")
    ]


def test_every_other_place_of_an_accepted_name_is_a_mention() -> None:
    text = "zorvelin works. Zorvelin is safe."
    merged = MergingRecognizer([Placed("dictionary", [("zorvelin", 0, DRUG)])])
    assert found(merged.recognize(analysis(text))) == [("zorvelin", "drug"), ("Zorvelin", "drug")]


def test_severity_articles_marks_and_possessives_are_cut_off() -> None:
    merged = MergingRecognizer(
        [
            Fake("dictionary", {"severe gout": DISEASE, "the Zorvex®": DRUG}),
            Fake("organisations", {"Belmar’s": ORGANISATION}),
        ]
    )
    assert found(merged.recognize(analysis("Belmar’s drug the Zorvex® treats severe gout."))) == [
        ("Belmar", "organisation"),
        ("Zorvex", "drug"),
        ("gout", "disease"),
    ]


def test_a_severity_word_that_the_text_abbreviates_belongs_to_the_name() -> None:
    text = "People with advanced joint disease (AJD) came. AJD is rare."
    merged = MergingRecognizer([Fake("dictionary", {"joint disease": DISEASE})])
    assert found(merged.recognize(analysis(text))) == [
        ("advanced joint disease", "disease"),
        ("AJD", "disease"),
        ("AJD", "disease"),
    ]


def test_a_short_form_of_something_else_is_dropped() -> None:
    text = "An antisense oligonucleotide (ASO) was made. The ASO is new."
    assert found(MergingRecognizer([Fake("dictionary", {"ASO": GENE}, 0.7)]).recognize(analysis(text))) == []


def test_a_name_before_a_bracketed_drug_is_a_drug() -> None:
    text = "Zorvex™ (histamine salt) is new. Zorvex works."
    merged = MergingRecognizer([Fake("dictionary", {"histamine salt": DRUG})])
    assert found(merged.recognize(analysis(text))) == [
        ("Zorvex", "drug"),
        ("histamine salt", "drug"),
        ("Zorvex", "drug"),
    ]


def test_the_model_alone_is_not_believed_on_persons_tickers_addresses_and_places() -> None:
    text = "Dr. Anna Keller (Nasdaq: ZRVX) in Leeds wrote to akeller@belmar.example from Tokyo."
    wrong = {"Keller": DRUG, "ZRVX": GENE, "belmar": GENE, "Tokyo": DISEASE}
    assert found(MergingRecognizer([Fake("model", wrong)]).recognize(analysis(text))) == []


def test_a_code_used_as_a_drug_outvotes_a_model_that_takes_it_for_a_gene() -> None:
    text = "Zorvex Inc. and Belmar Inc. gave QXT05 to patients."
    merged = MergingRecognizer(
        [
            Fake("organisations", {"Zorvex Inc.": ORGANISATION, "Belmar Inc.": ORGANISATION}),
            Fake("patterns", {"QXT05": DRUG}, 0.75),
            Fake("model", {"QXT05": GENE}, 0.99),
        ]
    )
    assert ("QXT05", "drug") in found(merged.recognize(analysis(text)))


def test_in_literature_a_lone_dictionary_name_falls_silent_where_the_model_does() -> None:
    text = "The iron zorvex of gout."
    dictionary = Fake("dictionary", {"iron": DRUG, "gout": DISEASE}, 0.8)
    assert found(MergingRecognizer([dictionary]).recognize(analysis(text))) == [("iron", "drug"), ("gout", "disease")]
    with_model = MergingRecognizer([dictionary, Fake("model", {"gout": DISEASE, "zorvex": DRUG})])
    assert ("iron", "drug") not in found(with_model.recognize(analysis(text)))


def test_a_text_in_another_language_keeps_only_sure_names() -> None:
    text = "Le patient reçoit zorvelimab contre la goutte."
    merged = MergingRecognizer(
        [
            Fake("patterns", {"zorvelimab": DRUG}),
            Fake("dictionary", {"patient": DISEASE}),
            Fake("model", {"goutte": GENE}),
        ]
    )
    assert found(merged.recognize(analysis(text, language="fr"))) == [("zorvelimab", "drug")]


def test_the_company_stands_for_the_company_so_named() -> None:
    text = "Zorvex Inc. (the “Company”) has a licence from Belmar Inc. for it. The Company is small."
    merged = MergingRecognizer([Fake("organisations", {"Zorvex Inc.": ORGANISATION, "Belmar Inc.": ORGANISATION})])
    (mention,) = [one for one in merged.recognize(analysis(text)) if one.coreference and "Company" in one.text]
    assert mention.antecedent is not None
    assert text[mention.antecedent.start : mention.antecedent.end] == "Zorvex Inc."


def test_this_drug_needs_one_drug_before_it() -> None:
    one = "Zorvelin treats gout. This drug is new."
    two = "Zorvelin and belmarin treat gout. This drug is new."
    merged = MergingRecognizer([Fake("dictionary", {"Zorvelin": DRUG, "belmarin": DRUG})])
    assert [mention.text for mention in merged.recognize(analysis(one)) if mention.coreference] == ["This drug"]
    assert [mention.text for mention in merged.recognize(analysis(two)) if mention.coreference] == []


def test_it_stands_for_one_subject_and_not_for_two() -> None:
    merged = MergingRecognizer([Fake("organisations", {"Zorvex Inc.": ORGANISATION, "Belmar Inc.": ORGANISATION})])
    one = merged.recognize(analysis("Zorvex Inc. has filed. It hopes for the best."))
    two = merged.recognize(analysis("Zorvex Inc. and Belmar Inc. have filed. It is a new drug."))
    assert [mention.text for mention in one if mention.coreference] == ["It"]
    assert [mention.text for mention in two if mention.coreference] == []


def test_the_place_of_a_dateline_is_no_drug() -> None:
    merged = MergingRecognizer([Fake("dictionary", {"SILVER": DRUG})])
    assert found(merged.recognize(analysis("SILVER LAKE, Md. -- The drug is new."))) == []


WORDS = ["gout", "Zorvex", "joint pain", "(", ")", "AML", ".", "the", "severe", "®", "\n\n", "Inc."]


def test_a_congress_a_footnote_and_half_a_city_are_no_part_of_a_name() -> None:
    text = "The Gout Care Summit in New Belmar City spoke of chronic gout2 and San Antonio and gout-free survival."
    merged = MergingRecognizer(
        [
            Fake("dictionary", {"Gout": DISEASE, "Antonio": DRUG}),
            Fake("model", {"chronic gout2": DISEASE, "gout": DISEASE}),
        ]
    )
    assert found(merged.recognize(analysis(text))) == [("chronic gout", "disease")]


def test_a_code_that_the_dictionary_has_as_a_drug_is_one_whatever_the_model_takes_it_for() -> None:
    text = "Zorvex Inc. and Belmar Inc. study QXT400. QXT400 is new. QXT400 is old."
    merged = MergingRecognizer(
        [
            Fake("organisations", {"Zorvex Inc.": ORGANISATION, "Belmar Inc.": ORGANISATION}),
            Fake("dictionary", {"QXT400": DRUG}, 0.4),
            Fake("model", {"QXT400": GENE}, 0.9),
        ]
    )
    assert {kind for name, kind in found(merged.recognize(analysis(text))) if name == "QXT400"} == {"drug"}


def test_the_model_naming_the_head_vouches_for_the_longer_name_of_the_dictionary() -> None:
    text = "Zorvex Inc. and Belmar Inc. treat dull renal gout."
    merged = MergingRecognizer(
        [
            Fake("organisations", {"Zorvex Inc.": ORGANISATION, "Belmar Inc.": ORGANISATION}),
            Fake("dictionary", {"dull renal gout": DISEASE}, 0.55),
            Fake("model", {"renal gout": DISEASE}),
        ]
    )
    assert ("dull renal gout", "disease") in found(merged.recognize(analysis(text)))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.lists(st.sampled_from(WORDS), max_size=4), st.data())
def test_merged_mentions_are_in_order_apart_and_cut_out_of_the_text(
    words: list[str], wanted: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    kinds = {word: data.draw(st.sampled_from(list(EntityType))) for word in wanted}
    merged = MergingRecognizer([Fake("dictionary", kinds), Fake("model", dict(list(kinds.items())[:2]))])
    last = 0
    for mention in merged.recognize(analysis(text)):
        assert text[mention.start : mention.end] == mention.text
        if not mention.coreference:
            assert mention.start >= last
            last = mention.end


@pytest.mark.parametrize(
    "noise", ["A" * 100_000, " " * 100_000, "(" * 50_000, "." * 100_000, "\n" * 100_000, "* " * 50_000]
)
def test_noise_of_any_length_takes_seconds(noise: str) -> None:
    started = time.process_time()
    recognizers: list[Recognizer] = [OrganisationRecognizer(), DrugPatternRecognizer(), RegulatoryPatternRecognizer()]
    MergingRecognizer(recognizers).recognize(analysis(noise))
    assert time.process_time() - started < 10
