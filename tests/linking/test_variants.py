from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking.variants import Step, variants
from kg.model import EntityType


@given(st.text(max_size=80), st.sampled_from([None, *EntityType]))
def test_variants_are_few_different_and_hold_letters(text: str, kind: EntityType) -> None:
    found = list(variants(text, kind))
    assert len(found) <= 60
    assert len({variant.text.casefold() for variant in found}) == len(found)
    assert all(any(map(str.isalpha, variant.text)) for variant in found)


def texts(name: str, kind: EntityType) -> Any:
    return [variant.text for variant in variants(name, kind)]


def test_the_text_itself_comes_first() -> None:
    assert next(variants("severe pain", EntityType.DISEASE)).step is Step.EXACT


def test_modifiers_and_tails_go_step_by_step() -> None:
    found = texts("severe acute asthma attacks", EntityType.DISEASE)
    assert found.index("acute asthma attacks") < found.index("asthma")


def test_a_salt_leaves_its_base() -> None:
    assert "amitriptyline" in texts("amitriptyline hydrochloride", EntityType.DRUG)
    assert "amitriptyline" not in texts("amitriptyline hydrochloride", EntityType.DISEASE)


def test_an_organ_is_named_by_noun_or_adjective() -> None:
    assert "kidney failure" in texts("renal failure", EntityType.DISEASE)


def test_the_name_of_an_organisation_is_left_whole() -> None:
    assert texts("Advanced Cell Group", EntityType.ORGANISATION) == ["Advanced Cell Group"]


def test_one_word_tells_what_happens_but_not_what_is() -> None:
    heads = {
        kind: [one.text for one in variants("glioblast apoptosis", kind) if one.step is Step.HEAD]
        for kind in (EntityType.PROCESS, EntityType.GENE_PROTEIN)
    }
    assert heads == {EntityType.PROCESS: ["apoptosis"], EntityType.GENE_PROTEIN: []}


def test_a_letter_for_a_greek_one_may_follow_a_small_letter_or_a_number() -> None:
    for written, spelled in (("interferon-g", "interferon-gamma"), ("interleukin-1b", "interleukin-1-beta")):
        assert spelled in [one.text for one in variants(written, EntityType.GENE_PROTEIN)]


@pytest.mark.parametrize(
    ("text", "gene"),
    [
        ("hGRalpha", "GR"),
        ("rhIL2", "IL2"),
        ("pAkt", "Akt"),
        ("OCT4A", "OCT4"),
        ("STAT3KO", "STAT3"),
        ("VII collagen", "type VII collagen"),
    ],
)
def test_a_gene_is_named_with_its_species_isoform_or_what_was_done_to_it(text: str, gene: str) -> None:
    assert gene in {variant.text for variant in variants(text, EntityType.GENE_PROTEIN)}


@pytest.mark.parametrize("text", ["...", "-", "?!", "(+)", "2013", "±"])
def test_what_has_no_letter_is_no_name(text: str) -> None:
    assert [one for kind in (None, *EntityType) for one in variants(text, kind)] == []


def test_what_is_too_long_for_a_name_is_looked_up_only_as_it_is() -> None:
    text = "cancer " * 20_000
    assert [one.text for one in variants(text, None)] == [text.strip()]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("TGF-betaRII", "TGF-beta receptor II"),
        ("FSHbeta", "FSHB"),
        ("IL8R-alpha", "IL8RA"),
        ("GPV", "GP5"),
        ("dopamine b-hydroxylase", "dopamine beta-hydroxylase"),
        ("plasminogen activator inhibitor type 1", "plasminogen activator inhibitor 1"),
        ("very-long-chain acyl-coenzyme A dehydrogenase", "very-long-chain acyl-CoA dehydrogenase"),
        ("bone morphogenetic protein receptor (BMPR)1", "BMPR1"),
        ("gonadotrophin", "gonadotropin"),
        ("IL-1 receptor antagonist", "interleukin-1 receptor antagonist"),
        ("basic FGF", "fibroblast growth factor basic"),
        ("H3 histamine receptor", "histamine H3 receptor"),
        ("ESCRT-III", "ESCRT-III complex"),
    ],
)
def test_a_gene_is_written_in_many_ways(written: str, meant: str) -> None:
    assert meant in texts(written, EntityType.GENE_PROTEIN)


@pytest.mark.parametrize("virus", ["HCV", "HBV"])
def test_what_may_be_a_virus_has_no_roman_number(virus: str) -> None:
    assert not {"HC5", "HB5"} & {variant.text for variant in variants(virus, None)}


def test_a_lost_greek_letter_is_put_back() -> None:
    assert "beta-thalassemia" in texts("b(0)-thalassemia", EntityType.DISEASE)
    assert "beta-carboline" in texts("b-carboline", EntityType.DRUG)
    assert not [text for text in texts("d-amphetamine", EntityType.DRUG) if text.startswith("delta")]


def test_a_short_form_defined_inside_stands_for_what_is_before_it() -> None:
    assert "GH deficiency" in texts("growth hormone (GH) deficiency", EntityType.DISEASE)


def test_a_medicine_is_found_without_how_its_atoms_stand() -> None:
    for written in ("(R)-alpha-(-)-methylhistamine", "(R)-(alpha)-(-)-methylhistamine"):
        assert "alpha-methylhistamine" in texts(written, EntityType.DRUG)


def test_a_code_is_found_with_the_general_word_that_a_source_has_behind_it() -> None:
    assert "IPA-3 compound" in texts("IPA-3", EntityType.DRUG)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("insulin signaling", "insulin receptor signaling pathway"),
        ("Wnt pathway", "Wnt signaling pathway"),
        ("JAK/STAT signalling cascade", "JAK-STAT cascade"),
    ],
)
def test_signalling_is_named_in_many_ways(written: str, meant: str) -> None:
    assert meant in texts(written, EntityType.PROCESS)
    assert meant not in texts(written, EntityType.DISEASE)
