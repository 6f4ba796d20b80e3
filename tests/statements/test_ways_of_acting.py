"""How one thing acts on another: coordination, asides, marks of cells, and effects told through a loss."""

from __future__ import annotations

import pytest

from tests.statements.marked import Triple, extract, triples

DRUG, OTHER = "[drug Zolamib]", "[drug Kerotide]"
FLT9, RIK2, TAB5 = "[gene_protein FLT9]", "[gene_protein RIK2]", "[gene_protein TAB5]"
GROWTH, DEATH = "[process cell growth]", "[process cell death]"


def acts(subject: str, relation: str, *objects: str) -> set[Triple]:
    return {(subject, relation, each) for each in objects}


CASES: list[tuple[str, set[Triple]]] = [
    (f"{FLT9} expression inhibited {GROWTH}.", acts("FLT9", "inhibits", "cell growth")),
    (
        f"{DRUG} reduced {FLT9} and stimulated {GROWTH}.",
        acts("Zolamib", "inhibits", "FLT9") | acts("Zolamib", "activates", "cell growth"),
    ),
    (
        f"In response to {FLT9}, these [gene_protein CD5](+) [cell T cells] increased {RIK2} and lowered {TAB5}.",
        acts("FLT9", "activates", "RIK2") | acts("FLT9", "inhibits", "TAB5"),
    ),
    (f"{DRUG} induces {FLT9} and {RIK2} degradation.", acts("Zolamib", "inhibits", "FLT9", "RIK2")),
    (f"{DRUG} raised levels of the {FLT9} inhibitor {RIK2}.",
     acts("Zolamib", "activates", "RIK2") | acts("RIK2", "inhibits", "FLT9")),
    (f"A reduced expression of {FLT9}, {RIK2}, and {TAB5} was seen after {DRUG}.",
     acts("Zolamib", "inhibits", "FLT9", "RIK2", "TAB5")),
    (f"The activation of {FLT9} was blocked by {DRUG}.", acts("Zolamib", "inhibits", "FLT9")),
    (f"{DRUG} protects it from {OTHER}-induced harm by activating {FLT9}.", acts("Zolamib", "activates", "FLT9")),
    (f"The effect of {DRUG} involved induction of {GROWTH} and downregulation of {FLT9}.",
     acts("Zolamib", "activates", "cell growth") | acts("Zolamib", "inhibits", "FLT9")),
    (f"{FLT9} is required for {DEATH}.", acts("FLT9", "activates", "cell death")),
    (f"{FLT9} was upregulated in the {RIK2} transgenic mice.", acts("RIK2", "activates", "FLT9")),
    (f"{DRUG} lowers the release of cytokines, including {FLT9}, {RIK2}, and {TAB5}.",
     acts("Zolamib", "inhibits", "FLT9", "RIK2", "TAB5")),
    (f"The two main {FLT9} inhibitors in use are {DRUG} and {OTHER}.",
     acts("Zolamib", "inhibits", "FLT9") | acts("Kerotide", "inhibits", "FLT9")),
    (f"The dose of {DRUG} ({FLT9} mAb) was low.", acts("Zolamib", "binds", "FLT9")),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_an_effect_is_read_however_it_is_told(sentence: str, expected: set[Triple]) -> None:
    assert triples(sentence) >= expected
    assert not {one for one in triples(sentence) if one[1] in ("inhibits", "activates")} - expected


CELLS = "[cell T cells]"
SILENT = [
    f"{CELLS} were stimulated with {DRUG}.",
    f"An inhibition of growth by {DRUG} was seen in {CELLS}.",
    f"[drug Lignin]-derived inhibitors such as {DRUG} were found.",
    f"The rapidly activating {FLT9} was found with {DRUG}.",
    f"Patients with gout had {DRUG} and lower {FLT9} levels.",
    f"{DRUG}, a [gene_protein FLT9]-positive tumour and more.",
    f"The {FLT9} promoter and {DRUG} were studied.",
    f"The observation that antagonists of {FLT9} act was made with {DRUG}.",
    f"{DRUG} reaches its target {FLT9}.",
]


@pytest.mark.parametrize("sentence", SILENT)
def test_what_describes_is_no_effect(sentence: str) -> None:
    assert not triples(sentence)


def test_two_names_that_only_a_comma_parts_are_no_list() -> None:
    assert triples(f"By raising {FLT9}, {RIK2} induces {DEATH}.") == {("RIK2", "activates", "cell death")}


def test_what_a_verb_acts_on_is_no_subject_of_the_next_verb() -> None:
    assert not triples(f"The treatment raised {FLT9} and {RIK2} and lowered those of {TAB5}.")


def test_what_is_only_measured_by_a_protein_is_not_done_by_it() -> None:
    text = f"{FLT9} leads to suppression of {GROWTH} as measured by {RIK2}-induced division."
    assert triples(text) == {("FLT9", "inhibits", "cell growth")}


def test_a_history_denies_no_harm() -> None:
    (one,) = extract(f"A man with no history of [disease asthma] developed [disease hives] after {DRUG}.").statements
    assert (one.object.name, one.negated) == ("hives", False)


def test_what_did_not_come_back_on_a_drug_is_denied() -> None:
    (one,) = extract(f"The [disease hives] did not recur during {DRUG} treatment.").statements
    assert (one.relation, one.negated) == ("causes_adverse_event", True)
