"""One thing is said in many ways: each sentence here is a way that news or abstracts use."""

from __future__ import annotations

import pytest

from tests.statements.marked import Triple, triples

DRUG, OTHER, DISEASE = "[drug Zolamib]", "[drug Kerotide]", "[disease gout]"
FDA, ACME, BETA = "[organisation FDA]", "[organisation Acme Ltd]", "[organisation Beta Inc]"
FLT9 = "[gene_protein FLT9]"
APPROVED, TREATS = ("Zolamib", "approved_by", "FDA"), ("Zolamib", "treats", "gout")
SUBMITTED, APPLIES = ("Zolamib", "submitted_to", "FDA"), ("Acme Ltd", "submitted_to", "FDA")
DEVELOPED, SOLD = ("Zolamib", "developed_by", "Acme Ltd"), ("Zolamib", "marketed_by", "Acme Ltd")
PARTNERS = ("Acme Ltd", "collaborates_with", "Beta Inc")
INHIBITS, ACTIVATES = ("Zolamib", "inhibits", "FLT9"), ("Zolamib", "activates", "FLT9")
NAUSEA = ("Zolamib", "causes_adverse_event", "nausea")

CASES: list[tuple[str, set[Triple]]] = [
    (f"{ACME} won {FDA} approval for {DRUG} to treat {DISEASE}.", {APPROVED, TREATS}),
    (f"The {FDA} gave {ACME}'s {DRUG} the green light for patients with {DISEASE}.", {APPROVED, DEVELOPED, TREATS}),
    (f"{ACME}'s {DRUG} got the nod from the {FDA}.", {APPROVED, DEVELOPED}),
    (f"{DRUG} is the first {FDA}-approved therapy for {DISEASE}.", {APPROVED, TREATS}),
    (f"{DRUG} received accelerated approval from the {FDA} for adults with {DISEASE}.", {APPROVED, TREATS}),
    (f"The {FDA} cleared {DRUG} for use in {DISEASE}.", {APPROVED, TREATS}),
    (f"{DRUG} is approved in the U.S. for {DISEASE}.", {TREATS}),
    (f"{ACME} said it had filed for {FDA} approval of {DRUG}.", {SUBMITTED, APPLIES}),
    (f"{ACME} asked the {FDA} to approve {DRUG}.", {SUBMITTED, APPLIES}),
    (f"{ACME} applied to the {FDA} for permission to sell {DRUG}.", {SUBMITTED, APPLIES}),
    (f"{ACME} sells {DRUG} in Europe.", {SOLD}),
    (f"{ACME} will distribute {DRUG} in Europe.", {SOLD}),
    (f"{ACME} holds the rights to {DRUG} in Japan.", {SOLD}),
    (f"{ACME}, the maker of {DRUG}, said so.", {SOLD}),
    (f"{ACME} has begun a [phase Phase 3] study of {DRUG}.", {DEVELOPED, ("Zolamib", "in_phase", "Phase 3")}),
    (f"{ACME} licensed {DRUG} from {BETA}.", {DEVELOPED, PARTNERS}),
    (f"{ACME} is developing {DRUG} with {BETA}.", {DEVELOPED, PARTNERS}),
    (f"{ACME} and its partner {BETA} are testing {DRUG}.", {DEVELOPED, PARTNERS}),
    (f"{OTHER} was compared with {DRUG}, a drug being developed by {ACME}.", {DEVELOPED}),
    (f"{DRUG}, another {ACME} compound, is older.", {DEVELOPED}),
    (f"{DRUG}, which is being developed by {ACME}, is a {FLT9} antagonist.", {DEVELOPED, INHIBITS}),
    (f"{FLT9} blockade by {DRUG} was complete.", {INHIBITS}),
    (f"{FLT9} expression was lower in {DRUG}-treated mice.", {INHIBITS}),
    (f"{DRUG} prevented the increase in {FLT9}.", {INHIBITS}),
    (f"{FLT9} levels rose after {DRUG} treatment.", {ACTIVATES}),
    (f"Treatment with {DRUG} led to higher {FLT9} levels.", {ACTIVATES}),
    (f"Activation of {FLT9} was observed in {DRUG}-treated cells.", {ACTIVATES}),
    (f"{DRUG}-dependent {FLT9} activation was strong.", {ACTIVATES}),
    (f"{DRUG} lowered [drug urate] and {FLT9}.", {INHIBITS, ("Zolamib", "inhibits", "urate")}),
    (f"Patients taking {DRUG} reported [disease nausea].", {NAUSEA}),
    (f"[disease nausea] is a known side effect of {DRUG}.", {NAUSEA}),
    (f"{DRUG} was withdrawn because of [disease nausea].", {NAUSEA}),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_it_is_read_however_it_is_said(sentence: str, expected: set[Triple]) -> None:
    assert expected <= triples(sentence)


SILENT: list[tuple[str, str]] = [
    (f"{ACME} asked the {FDA} to approve {DRUG}.", "approved_by"),
    (f"The {FDA} cleared the [application IND] for {DRUG}.", "approved_by"),
    (f"The [organisation SUMMIT] trial evaluating {DRUG} ended.", "developed_by"),
    (f"{ACME} has a loan agreement with {BETA}.", "collaborates_with"),
    (f"{DRUG} prevented the loss of {FLT9}.", "inhibits"),
    (f"{DRUG} induced a reduction of {FLT9}.", "activates"),
    (f"The rate of {DISEASE} in patients receiving {DRUG} was low.", "treats"),
    (f"{DRUG}-based {OTHER} lowers {DISEASE}-related costs.", "treats"),
]


@pytest.mark.parametrize(("sentence", "relation"), SILENT)
def test_what_only_looks_like_it_is_not_read(sentence: str, relation: str) -> None:
    assert relation not in {read for _, read, _ in triples(sentence)}


def test_the_loss_of_a_protein_turns_its_effect_round() -> None:
    found = triples(f"Knockdown of {FLT9} increased [gene_protein KRP2].")
    assert ("FLT9", "inhibits", "KRP2") in found
    assert ("FLT9", "activates", "KRP2") not in found


def test_a_trial_that_failed_was_a_trial_all_the_same() -> None:
    found = triples(f"The [phase Phase 2] trial of {DRUG} in {DISEASE} did not meet its primary endpoint.")
    assert ("Zolamib", "studied_for", "gout") in found
    assert TREATS not in found
