import pickle
from dataclasses import replace

import pytest

from kg.linking.linker import EntityLinker
from kg.linking.questions import ask
from kg.linking.scoring import Scorer
from kg.model import Curie, EntityType, Span
from tests.linking.documents import link, marked


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("[NK cells|cell]", "CL:0000623"),
        ("[T-lymphocytes|cell]", "CL:0000084"),
        ("[Acute Myeloid Leukaemia|disease]", "MONDO:0018874"),
        ("[leukemia, acute myeloid|disease]", "MONDO:0018874"),
        ("[severe hypertension|disease]", "MONDO:0005044"),
        ("[hypertensive|disease]", "MONDO:0005044"),
        ("[cardiac and renal failure|disease]", "MONDO:0001106"),
        ("[histamine dihydrochloride|drug]", "CHEBI:18295"),
        ("[Gleevec®|drug]", "CHEBI:45783"),
        ("[caspase-3 protein|gene_protein]", "HGNC:1504"),
        ("[CASP3 C163A|gene_protein]", "HGNC:1504"),
        ("[cancer of the stomach|disease]", "MONDO:0001056"),
        ("[kidney failures|disease]", "MONDO:0001106"),
    ],
)
def test_a_name_is_found_however_it_is_written(linker: EntityLinker, text: str, curie: str) -> None:
    assert list(link(linker, text).values()) == [curie]


def test_a_typing_error_is_found_by_similar_letters(linker: EntityLinker) -> None:
    assert link(linker, "[multiple sclerrosis|disease]") == {"multiple sclerrosis": "MONDO:0005301"}


def test_the_type_of_the_mention_decides_between_medicine_and_cytokine(linker: EntityLinker) -> None:
    assert link(linker, "[IL-2|drug]") == {"IL-2": "UNII:M89N0Q7EQR"}
    assert link(linker, "[IL-2|gene_protein]") == {"IL-2": "HGNC:6001"}


def test_the_document_defines_what_a_short_form_means(linker: EntityLinker) -> None:
    assert link(linker, "[magnesium sulfate|drug] (MS) was given. [MS|drug] helped.")["MS"] == "CHEBI:25107"
    assert link(linker, "In multiple sclerosis (MS), [MS|disease] relapses.")["MS"] == "MONDO:0005301"


def test_a_short_form_may_have_the_initials_in_another_order(linker: EntityLinker) -> None:
    found = link(linker, "[myotonic dystrophy|disease] ( [DM|disease] ) weakens muscles.")
    assert found["DM"] == "MONDO:0016107"


def test_the_one_name_that_a_short_form_fits_outweighs_what_it_means_elsewhere(linker: EntityLinker) -> None:
    found = link(linker, "[Myotonic dystrophy|disease] is inherited. The gene for [DM|disease] was found.")
    assert found["DM"] == "MONDO:0016107"
    assert link(linker, "The gene for [DM|disease] was found.")["DM"] == "MONDO:0005015"


def test_a_lack_of_a_protein_is_found_by_any_name_of_its_gene(linker: EntityLinker) -> None:
    for text in ("[CA2 deficiency|disease]", "[CA2-deficient|disease]", "[deficiency of CA2|disease]"):
        assert list(link(linker, text).values()) == ["MONDO:0008564"], text


def test_a_component_of_complement_may_be_told_by_its_number(linker: EntityLinker) -> None:
    for text in ("[deficiency of the seventh component of complement|disease]", "[type I C7 deficiency|disease]"):
        assert list(link(linker, text).values()) == ["MONDO:0012412"], text


def test_a_disease_that_a_drug_brought_about_is_the_drug_induced_one(linker: EntityLinker) -> None:
    for text in (
        "[Levodopa|drug]-induced [dyskinesia|disease] is common.",
        "Some [dyskinesia|disease] caused by [levodopa|drug]. The [dyskinesia|disease] went away.",
    ):
        assert link(linker, text)["dyskinesia"] == "MONDO:0006732", text
    assert link(linker, "[Dyskinesia|disease] is not treated with [imatinib|drug].")["Dyskinesia"] == "HP:0100660"


def test_a_short_form_may_stand_before_what_it_means(linker: EntityLinker) -> None:
    for text in ("[GPP|disease] (generalized pustular psoriasis)", "Generalized pustular psoriasis ([GPP|disease])"):
        assert link(linker, text)["GPP"] == "MONDO:0100491", text


def test_an_official_symbol_is_not_taken_for_a_gene_that_has_it_as_an_alias(linker: EntityLinker) -> None:
    for kind in ("gene_protein", "drug"):
        assert link(linker, f"[NOS2|{kind}] was induced.") == {"NOS2": "HGNC:7873"}
    found = link(linker, "[Nanos C2HC-type zinc finger 2|gene_protein] (NOS2) was silent. [NOS2|gene_protein] rose.")
    assert found["NOS2"] == "HGNC:23292"


def test_what_a_short_form_is_said_to_mean_counts_though_its_type_is_near_only(linker: EntityLinker) -> None:
    analysis, mentions = marked("[Nanos C2HC-type zinc finger 2|drug] (NOS2) was silent. [NOS2|drug] was given.")
    against = {one.evidence.posting.curie: one.features for one in linker.scored(ask(analysis, mentions)[1])}
    assert "contradicted" in against[Curie("HGNC:7873")]
    assert "contradicted" not in against[Curie("HGNC:23292")]


def test_what_holds_the_short_form_itself_is_no_definition_of_it(linker: EntityLinker) -> None:
    found = link(linker, "The Ca2+-binding sites and Ca-ATPase (Ca) were full. [Ca|drug] left them.")
    assert found["Ca"] == "CHEBI:22984"


def test_a_chemical_symbol_stands_against_a_definition_that_names_nothing_known(linker: EntityLinker) -> None:
    assert link(linker, "It was calibrated (Ca). [Ca|drug] was low.")["Ca"] == "CHEBI:22984"


def test_an_enzyme_is_found_among_the_chemicals_too(linker: EntityLinker) -> None:
    assert link(linker, "[Aminotransferase|drug] rose.") == {"Aminotransferase": "MESH:D000637"}


def test_the_label_of_a_family_is_not_taken_for_a_member(linker: EntityLinker) -> None:
    assert link(linker, "[AMPK|gene_protein] was activated.") == {"AMPK": "FPLX:AMPK"}


def test_each_type_may_weigh_the_same_evidence_otherwise() -> None:
    scorer = Scorer({"bias": 1.0}, 0.5, {EntityType.DRUG: {"bias": -1.0}})
    assert scorer.score({"bias": 1.0}, EntityType.DRUG) < 0.5 < scorer.score({"bias": 1.0}, EntityType.DISEASE)


def test_candidates_may_be_filled_up_with_neighbours_that_are_never_chosen(linker: EntityLinker) -> None:
    analysis, mentions = marked("[caspase 3|gene_protein], [leukemia|disease] and [Multiple sclerosis|disease]")
    narrow, wide = linker.link(analysis, mentions), linker.link_widely(analysis, mentions)
    assert [one.chosen for one in wide] == [one.chosen for one in narrow]
    for few, many in zip(narrow, wide, strict=True):
        assert many.candidates[: len(few.candidates)] == few.candidates
        assert [one.score for one in many.candidates] == sorted((one.score for one in many.candidates), reverse=True)
    found = [{str(one.entity.curie): one.method for one in linked.candidates} for linked in wide]
    assert found[0]["MGI:107739"] == "other species"
    assert found[1]["MONDO:0018874"] in {"meaning", "narrower"}
    assert "broader" in found[1].values()


def test_a_latin_letter_may_stand_for_a_greek_one(linker: EntityLinker) -> None:
    assert link(linker, "[b-catenin|gene_protein]") == {"b-catenin": "HGNC:2514"}


def test_a_definition_that_no_source_knows_makes_the_short_form_nil(linker: EntityLinker) -> None:
    found = link(linker, "The novel peptide 1 (NP-1) was safe. [NP-1|gene_protein] works.")
    assert found["NP-1"] == "novel peptide 1"


def test_a_short_form_inside_a_mention_is_written_out(linker: EntityLinker) -> None:
    found = link(linker, "acute myeloid leukemia (AcML). [relapsed AcML|disease] is hard to treat.")
    assert found["relapsed AcML"] == "MONDO:0018874"


def test_the_elliptic_parts_of_a_coordination_are_completed(linker: EntityLinker) -> None:
    found = link(linker, "[colorectal|disease], [gastric|disease] and [ovarian cancers|disease]")
    assert list(found.values()) == ["MONDO:0005575", "MONDO:0001056", "MONDO:0008170"]
    found = link(linker, "[caspase-3|gene_protein] and [-9|gene_protein]")
    assert found["-9"] == "HGNC:1511"


def test_what_an_elliptic_part_is_called_in_full_wins_over_what_it_resembles(linker: EntityLinker) -> None:
    found = link(linker, "[acute|disease] or chronic [pain|disease], [lung|disease] and [colorectal cancers|disease]")
    assert found["lung"] == "MONDO:0008903"  # not the tumour that one source calls "lung"
    analysis, mentions = marked("[acute and chronic myeloid leukemia|disease]")
    assert [one.entity.curie for one in linker.link(analysis, mentions)[0].candidates][:2] == [
        "MONDO:0018874",
        "MONDO:0011996",
    ]


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("We saw colorectal, [gastric|disease] and ovarian cancers often.", "MONDO:0001056"),
        ("We saw [colorectal|disease], gastric and ovarian cancers often.", "MONDO:0005575"),
        ("We saw [acute|disease] and chronic myeloid leukemia.", "MONDO:0018874"),
        ("They raised caspase-3 and [-9|gene_protein].", "HGNC:1511"),
    ],
)
def test_a_name_asked_for_alone_is_completed_from_the_words_around_it(
    linker: EntityLinker, text: str, curie: str
) -> None:
    assert list(link(linker, text).values()) == [curie]


def test_what_a_hyphen_cuts_off_is_no_name_by_itself(linker: EntityLinker) -> None:
    found = link(linker, "[TGF-beta1|gene_protein] and [-beta2|gene_protein]")
    assert found == {"TGF-beta1": "HGNC:11766", "-beta2": "HGNC:11768"}
    assert link(linker, "[beta2|gene_protein]") == {"beta2": "HGNC:20771"}


def test_two_names_in_one_mention_are_not_taken_for_a_third(linker: EntityLinker) -> None:
    assert link(linker, "[type 1 and type 2 diabetes|disease]") == {"type 1 and type 2 diabetes": "MONDO:0005147"}


def test_another_name_in_the_text_decides_between_the_senses_of_a_short_form(linker: EntityLinker) -> None:
    assert link(linker, "Neuropilin 1 was high, and so [NP-1|gene_protein].")["NP-1"] == "HGNC:8004"
    found = link(linker, "[ROS|drug] are reactive oxygen species.")
    assert found["ROS"] == "CHEBI:26523"
    assert link(linker, "[ROS|drug] rose.") == {"ROS": "CHEBI:26523"}


def test_what_no_source_knows_is_nil_and_keeps_its_candidates(linker: EntityLinker) -> None:
    analysis, mentions = marked("[zorblatinib|drug] in [cancer|disease]")
    unknown, known = linker.link(analysis, mentions)
    assert unknown.is_nil
    assert unknown.name == "zorblatinib"
    assert known.chosen is not None
    assert known.name == "cancer"


def test_nil_mentions_of_one_organisation_share_its_fullest_name(linker: EntityLinker) -> None:
    analysis, mentions = marked(
        "[ZORBLAT|organisation] FILES. [Zorblat Pharma, Inc.|organisation] said [Zorblat Pharma|organisation] and "
        "[Zorblat|organisation] agree with [Pfizer|organisation]."
    )
    names = [one.name for one in linker.link(analysis, mentions)]
    assert names == ["Zorblat Pharma, Inc"] * 4 + ["Pfizer Inc"]


def test_a_coreferring_mention_takes_the_link_of_what_it_stands_for(linker: EntityLinker) -> None:
    analysis, mentions = marked("[Pfizer|organisation] says that [the Company|organisation] grows.")
    company = replace(mentions[1], coreference=True, antecedent=Span(mentions[0].start, mentions[0].end))
    linked = linker.link(analysis, (mentions[0], company))
    assert linked[1].chosen == linked[0].chosen
    assert linked[1].name == "Pfizer Inc"
    assert linked[1].mention is company


def test_a_trial_phase_is_linked_to_the_thesaurus_and_keeps_its_letter(linker: EntityLinker) -> None:
    analysis, mentions = marked("a [Phase IIb|phase] and a [phase 1/2|phase] trial")
    linked = linker.link(analysis, mentions)
    assert [(one.chosen and one.chosen.curie, one.name) for one in linked] == [
        ("NCIT:C15601", "Phase 2b"),
        ("NCIT:C15693", "Phase 1/2"),
    ]


def test_linking_twice_gives_the_same_and_a_pickled_linker_too(linker: EntityLinker) -> None:
    analysis, mentions = marked("[IL-2|drug], [NK cells|cell], [severe hypertention|disease] and [foo|process]")
    first = linker.link(analysis, mentions)
    assert linker.link(analysis, mentions) == first
    again = pickle.loads(pickle.dumps(linker))
    assert isinstance(again, EntityLinker)
    assert again.link(analysis, mentions) == first


def test_every_mention_comes_back_once_in_order(linker: EntityLinker) -> None:
    analysis, mentions = marked("[a|drug] [b|disease] [c|organisation] [☃|process] [1|phase]")
    assert [one.mention for one in linker.link(analysis, mentions)] == list(mentions)


def test_an_incompatible_type_is_no_candidate(linker: EntityLinker) -> None:
    analysis, mentions = marked("[Pfizer|disease]")
    assert not any(
        candidate.entity.type is EntityType.ORGANISATION for candidate in linker.link(analysis, mentions)[0].candidates
    )


def test_a_chemical_symbol_is_the_substance_with_or_without_its_charge(linker: EntityLinker) -> None:
    assert link(linker, "[Ca(2+)|drug] rose.") == {"Ca(2+)": "CHEBI:22984"}
    assert link(linker, "[Ca2+|drug] rose.") == {"Ca2+": "CHEBI:22984"}


def test_a_company_of_a_similar_name_is_another_company(linker: EntityLinker) -> None:
    assert link(linker, "[Moltarnal Therapeutics|organisation]") == {"Moltarnal Therapeutics": "Moltarnal Therapeutics"}


def test_the_parts_of_a_compound_short_form_are_known(linker: EntityLinker) -> None:
    found = link(linker, "aldesleukin or acute myeloid leukemia (AD/AcML). Relapse of [AcML|disease].")
    assert found["AcML"] == "MONDO:0018874"


def test_a_long_form_that_began_inside_a_bracket_is_whole(linker: EntityLinker) -> None:
    assert link(linker, "(R)-imatinib (RIM) and [RIM|drug]")["RIM"] == "CHEBI:45783"


def test_a_short_form_that_nothing_defines_is_the_one_name_that_it_fits(linker: EntityLinker) -> None:
    found = link(linker, "[Imatinib|drug] was compared with [histamine|drug]; [IMT|drug] was better.")
    assert found["IMT"] == "CHEBI:45783"
    found = link(linker, "[ovarian cancer|disease] and [old vascular cancer|disease]: [OVC|disease] is rare.")
    assert found["OVC"] == "OVC"


def test_a_similar_name_of_a_process_that_says_something_else_is_not_its_name(linker: EntityLinker) -> None:
    assert link(linker, "[necrotic process|process]") == {"necrotic process": "necrotic process"}
    assert link(linker, "[apoptotc process|process]") == {"apoptotc process": "GO:0006915"}
