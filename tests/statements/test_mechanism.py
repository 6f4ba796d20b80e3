from __future__ import annotations

import pytest

from tests.statements.marked import extract, triples

CASES = [
    ("[drug Zolamib] potently inhibits [gene_protein FLT9].", ("Zolamib", "inhibits", "FLT9")),
    ("[gene_protein FLT9] was inhibited in vitro by [drug Zolamib].", ("Zolamib", "inhibits", "FLT9")),
    ("We saw inhibition of [gene_protein FLT9] by [drug Zolamib].", ("Zolamib", "inhibits", "FLT9")),
    ("The [gene_protein FLT9] inhibitor [drug Zolamib] is oral.", ("Zolamib", "inhibits", "FLT9")),
    ("[drug Zolamib], an oral [gene_protein FLT9] inhibitor, is new.", ("Zolamib", "inhibits", "FLT9")),
    ("[drug Zolamib] is a selective inhibitor of [gene_protein FLT9].", ("Zolamib", "inhibits", "FLT9")),
    ("[drug Zolamib] led to a marked reduction in [gene_protein FLT9].", ("Zolamib", "inhibits", "FLT9")),
    ("[drug Zolamib] is a dual [gene_protein FLT9] agonist.", ("Zolamib", "activates", "FLT9")),
    ("The [gene_protein IL-77]-activated [cell B-cells] grew.", ("IL-77", "activates", "B-cells")),
    ("[drug Zolamib] shields [cell neurons] from stress.", ("Zolamib", "protects", "neurons")),
    ("The anti-[gene_protein FLT9] antibody [drug Zolumab] is new.", ("Zolumab", "binds", "FLT9")),
    ("[drug Zolumab] binds to [gene_protein FLT9] on tumours.", ("Zolumab", "binds", "FLT9")),
    ("[drug Zolamib] was given in combination with [drug cisplatin].", ("Zolamib", "combined_with", "cisplatin")),
    ("[drug Zolara] ([drug zolamib]) is a tablet.", ("Zolara", "has_active_ingredient", "zolamib")),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_a_mechanism_is_read_in_many_forms(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples(sentence)


def test_a_relative_clause_carries_its_subject_over_coordinated_verbs() -> None:
    found = triples(
        "[drug Zolumab] is an antibody, which binds to [gene_protein FLT9], blocks the [gene_protein KLR2] pathway, "
        "and reactivates [cell T-cells]."
    )
    assert ("Zolumab", "binds", "FLT9") in found
    assert ("Zolumab", "inhibits", "KLR2") in found
    assert ("Zolumab", "activates", "T-cells") in found
    assert not any(subject != "Zolumab" for subject, _, _ in found)


def test_a_participle_takes_the_subject_of_the_main_verb() -> None:
    found = triples("[drug Zolamib] reduces [drug nitric oxide], inhibiting [gene_protein NOX8].")
    assert {("Zolamib", "inhibits", "nitric oxide"), ("Zolamib", "inhibits", "NOX8")} <= found


def test_a_list_gives_a_statement_for_each_member() -> None:
    found = triples("[drug Zolamib] inhibits [gene_protein FLT9], [gene_protein KLR2] and [gene_protein MOB4].")
    assert {target for _, _, target in found} == {"FLT9", "KLR2", "MOB4"}


def test_a_definite_description_stands_for_the_drug_of_the_passage() -> None:
    text = "[drug Zolamib] was tested.\n[drug Zolamib] was safe.\nThe [gene_protein FLT9] inhibitor was taken daily."
    assert ("Zolamib", "inhibits", "FLT9") in triples(text)


def test_a_class_that_is_compared_with_says_nothing_of_the_drug() -> None:
    assert not triples("Compared with [gene_protein DPP-9] inhibitors, [drug Zolamib] was dearer.")


def test_passive_participles_are_no_active_verbs() -> None:
    assert not triples("[drug Zolamib] was reduced in [gene_protein FLT9] mice.")


def test_synonyms_in_brackets_are_no_ingredients() -> None:
    assert not triples("[drug ZM-105] ([drug ION77]) is new.")


def test_evidence_names_the_rule_the_trigger_and_the_sentence() -> None:
    (statement,) = extract("[drug Zolamib] potently inhibits [gene_protein FLT9].").statements
    evidence = statement.evidence
    assert evidence.extractor == "pattern:inhibit-active"
    assert evidence.text == "Zolamib potently inhibits FLT9."
    assert evidence.trigger is not None
    assert evidence.text[evidence.trigger.start : evidence.trigger.end] == "inhibits"
    assert 0 < evidence.confidence < 1
