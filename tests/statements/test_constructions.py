"""A table of constructions: each line is a way that abstracts tell an effect in, with all that is to be read in it.

X, X2, Y, Y2 are proteins, D, D2 drugs, P, P2 processes, C cells; "X - Y" is "X inhibits Y", "+" activates, "b" binds,
"p" protects, and "!" denies it.
"""

from __future__ import annotations

import pytest

from kg.model import Modality
from tests.statements.marked import extract

NAMES = {
    "X": "[gene_protein FLT9]", "X2": "[gene_protein NUK4]", "Y": "[gene_protein RIK2]", "Y2": "[gene_protein TAB5]",
    "D": "[drug Zolamib]", "D2": "[drug Kerotide]", "P": "[process apoptosis]", "P2": "[process autophagy]",
    "C": "[cell neurons]", "U": "[process ubiquitination]", "F": "[process phosphorylation]",
}  # fmt: skip
LETTERS = {mark.split(" ", 1)[1].rstrip("]"): letter for letter, mark in NAMES.items()}
SIGNS = {"inhibits": "-", "activates": "+", "binds": "b", "protects": "p"}

# what is acted on comes first
PASSIVE = [
    ("{X} activation is prevented primarily by {Y} and {Y2}.", "Y - X, Y2 - X"),
    ("{X} is held in check by {Y}.", "Y - X"),
    ("{X} is kept in check by {Y} and {Y2}.", "Y - X, Y2 - X"),
    ("{X} is negatively regulated by {Y}.", "Y - X"),
    ("{X} is positively regulated by {Y}.", "Y + X"),
    ("{X} expression was strongly induced by {D} and {D2}.", "D + X, D2 + X"),
    ("{X} is repressed by {Y} and {Y2}.", "Y - X, Y2 - X"),
    ("{P} was induced by {D} as well as {D2}.", "D + P, D2 + P"),
    ("The activity of {X} could be restored by addition of {D}.", "D + X"),
    ("{X} activity was restored by {D}.", "D + X"),
    ("{P} is prevented by {X}.", "X - P"),
    ("{X} is up-regulated by {D} and promotes {P}.", "D + X, X + P"),
]
# the actor is called an inhibitor, a mediator, a driver
AGENT = [
    ("{X} and {X2} are critical effectors of {P}.", "X + P, X2 + P"),
    ("{X} is a key mediator of {P}.", "X + P"),
    ("{X} is a potent inducer of {P}.", "X + P"),
    ("{X} is a negative regulator of {P}.", "X - P"),
    ("{X} is a potent suppressor of {P}.", "X - P"),
    ("{X} acts as a negative regulator of {Y}.", "X - Y"),
    ("{X} functions as an activator of {P}.", "X + P"),
    ("{X}, a negative regulator of {Y}, was lost.", "X - Y"),
    ("{X}, an inhibitor of {P}, was lost.", "X - P"),
    ("{X} was identified as a repressor of {Y}.", "X - Y"),
    ("These results identify {X} as an inhibitor of {Y}.", "X - Y"),
    ("The {P} inducer {X} was found.", "X + P"),
    ("The {Y} inhibitor {X} was found.", "X - Y"),
    ("{X} mediates {P}.", "X + P"),
    ("{X} mediates its own {U}.", "X + U"),
    ("{P} is mediated by {X}.", "X + P"),
    ("{X} mediates the release of {Y}.", "X + Y"),
    ("{X}-mediated {P} was seen.", "X + P"),
    ("{X}-mediated inhibition of {Y} was seen.", "X - Y"),
    ("{X}-mediated {Y} inhibition was seen.", "X - Y"),
    ("{X}-mediated activation of {Y} was seen.", "X + Y"),
    ("An {X} inhibitor blocked {P}.", "X + P"),
    ("The inhibitory effect of {X} on {Y} was strong.", "X - Y"),
    ("{D} enhanced {X}-mediated {P}.", "D + P, X + P"),
    ("{D}, an {X} antagonist, reduced {P}.", "D - X, D - P"),
    ("The {X} agonist {D} reduced {P}.", "D + X, D - P"),
    ("{D} relieved {X}-mediated repression of {Y}.", "X - Y"),
    ("{P} was inhibited by the {X} inhibitor {D}.", "D - X, D - P, X + P"),
]
# the effect is told by the loss or gain of the actor, which turns it round or not
LOSS = [
    ("{P} was abolished by deletion of {X}.", "X + P"),
    ("{P} was enhanced by knockdown of {X}.", "X - P"),
    ("{Y} was reduced by silencing of {X}.", "X + Y"),
    ("Loss of {X} enhanced {P}.", "X - P"),
    ("Lack of {X} reduced {P}.", "X + P"),
    ("Knockout of {X} impaired {P}.", "X + P"),
    ("Depletion of {X} suppressed {Y} expression.", "X + Y"),
    ("Silencing {X} suppressed {Y} expression.", "X + Y"),
    ("Knockdown of {X} or {X2} reduced {Y}.", "X + Y, X2 + Y"),
    ("{X} knockdown reduced {Y}.", "X + Y"),
    ("{X} deficiency increased {P}.", "X - P"),
    ("{X} deficiency reduced {Y} and {P}.", "X + Y, X + P"),
    ("{X} silencing led to increased {P}.", "X - P"),
    ("{X} knockdown resulted in reduced {Y} expression.", "X + Y"),
    ("Deletion of {X} resulted in increased {Y} levels.", "X - Y"),
    ("Inhibition of {X} blocked {P}.", "X + P"),
    ("Overexpression of {X} inhibited {P}.", "X - P"),
    ("Ectopic expression of {X} induced {P}.", "X + P"),
    ("{X} overexpression increased {Y}.", "X + Y"),
    ("In the absence of {X}, {Y} was increased.", "X - Y"),
    ("{Y} was increased in the absence of {X}.", "X - Y"),
    ("{Y} expression was reduced in {X}-deficient mice.", "X + Y"),
    ("{Y} expression was reduced in {X}-null cells.", "X + Y"),
    ("{Y} expression was higher in {X} knockout mice.", "X - Y"),
    ("{X}-deficient mice showed increased {P}.", "X - P"),
    ("{X}-null mice had reduced {Y} expression.", "X + Y"),
    ("Cells lacking {X} showed reduced {P}.", "X + P"),
    ("Mice lacking {X} had elevated {Y} levels.", "X - Y"),
    ("{X} enzyme inhibitors decreased {P}.", "X + P"),
    ("{X} siRNA reduced {Y} expression.", "X + Y"),
    ("Transfection with {X} siRNA increased {P}.", "X - P"),
    ("A dominant-negative {X} blocked {P}.", "X + P"),
    ("{X} knockdown in {C}, but not in controls, reduced {Y}.", "X + Y"),
    ("Upregulation of {X} increased {P}.", "X + P"),
    ("{P} is impaired in {X}-deficient {C}.", "X + P"),
    ("{P} was blocked by {X} inhibitors.", "X + P"),
    ("{P} was blocked by inhibitors of {X}.", "X + P"),
    ("Blocking {X} prevented {P}.", "X + P"),
    ("Reduction of {X} levels increased {P}.", "X - P"),
    ("Transient knockdown {X} promoted {P}.", "X - P"),
    ("Reduction of {X}-induced {P} was seen.", "X + P"),
    ("Anti-{X} treatment restored {Y}.", "X - Y"),
]
# a process that needs a protein is brought about by it
NEED = [
    ("{X} is an essential driver of {P}.", "X + P"),
    ("{X}-dependent {P} was seen.", "X + P"),
    ("{X}-dependent repression of {Y} was seen.", "X - Y"),
    ("{X} is required for {P}.", "X + P"),
    ("{X} is essential for {Y} activation.", "X + Y"),
    ("{X} is necessary for {D}-induced {P}.", "X + P, D + P"),
    ("{P} requires {X}.", "X + P"),
    ("{P} requires {X} and {X2}.", "X + P, X2 + P"),
    ("{P} depends on {X}.", "X + P"),
    ("{P} is dependent on {X}.", "X + P"),
    ("{P} was dependent upon {X} activation.", "X + P"),
    ("{Y} expression depends on {X}.", "X + Y"),
    ("{P} was {X}-dependent.", "X + P"),
    ("{X} plays an essential role in {P}.", "X + P"),
    ("{X} contributes to {P}.", "X + P"),
    ("{X} is critical for {P}.", "X + P"),
    ("{X} is responsible for {P}.", "X + P"),
    ("{Y} increased in response to {X}.", "X + Y"),
    ("{Y} is upregulated in response to {D}.", "D + Y"),
    ("{P} in response to {D} was reduced.", "D + P"),
]
# what is denied is denied, and what only looks like an effect is none
DENIED = [
    ("{X} was activated by {Y} but not {Y2}.", "Y + X, Y2 !+ X"),
    ("{X} was activated by {Y} but not by {Y2}.", "Y + X, Y2 !+ X"),
    ("{X} was activated by {Y}, but not by {Y2}.", "Y + X, Y2 !+ X"),
    ("{X} inhibits {Y} but not {Y2}.", "X - Y, X !- Y2"),
    ("{X}, but not {X2}, inhibits {Y}.", "X - Y, X2 !- Y"),
    ("{D}, but not {D2}, induced {P}.", "D + P, D2 !+ P"),
    ("Neither {X} nor {X2} activated {Y}.", "X !+ Y, X2 !+ Y"),
    ("{X} activated neither {Y} nor {Y2}.", "X !+ Y, X !+ Y2"),
    ("{Y} failed to accumulate in cells lacking {X}.", ""),
    ("{X} is not required for {P}.", "X !+ P"),
    ("{P} was independent of {X}.", "X !+ P"),
    ("{X} is dispensable for {P}.", "X !+ P"),
    ("{X} had no effect on {Y}.", ""),
    ("{X} did not affect {Y}.", ""),
    ("{D} failed to inhibit {Y}.", "D !- Y"),
    ("{D} does not activate {Y}.", "D !+ Y"),
    ("{D} did not induce {P} or {P2}.", "D !+ P, D !+ P2"),
    ("{Y} was not inhibited by {D}.", "D !- Y"),
    ("{D} inhibited {X} without activating {Y}.", "D - X, D !+ Y"),
    ("No inhibition of {Y} by {D} was seen.", "D !- Y"),
    ("Regulation of {Y} by {X} was seen.", ""),
    ("{X} is a direct target of {Y}.", ""),
    ("{X} correlates with {Y}.", ""),
    ("{X} regulates {Y}.", ""),
    ("{Y} is a substrate of {X}.", ""),
    ("{X} and {Y} interact.", ""),
    ("{X} governs {P}.", ""),
    ("{D} evoked rapidly desensitizing currents in cells expressing {X}.", ""),
    ("{X} mutations increased {P}.", ""),
    ("{X} increased {Y} resistance.", ""),
]
# the effect is a noun
NOUN = [
    ("{X}-driven {P} was seen.", "X + P"),
    ("{X}-induced {P} was seen.", "X + P"),
    ("{D}-induced {Y} expression was seen.", "D + Y"),
    ("The stimulatory effect of {X} on {P} was strong.", "X + P"),
    ("Suppression of {Y} by {X} was seen.", "X - Y"),
    ("Activation of {Y} by {X} and {X2} was seen.", "X + Y, X2 + Y"),
    ("Induction of {Y} through {X} signaling was seen.", "X + Y"),
    ("{X} inhibition of {Y} was seen.", "X - Y"),
    ("{X} up-regulation by {D} was seen.", "D + X"),
]
# verbs, means, modifiers and lists
CLAUSE = [
    ("{X} negatively regulates {Y}.", "X - Y"),
    ("{X} positively regulates {P}.", "X + P"),
    ("{D} as well as {D2} induced {P}.", "D + P, D2 + P"),
    ("Both {X} and {X2} promote {P} and {P2}.", "X + P, X2 + P, X + P2, X2 + P2"),
    ("{X} inhibits both {Y} and {Y2}.", "X - Y, X - Y2"),
    ("{X} regulates stability by targeting the {Y} protein for degradation.", "X - Y"),
    ("{X} targets {Y} for {U}.", "X - Y, X + U"),
    ("{X} promotes the degradation of {Y}.", "X - Y"),
    ("{X} promotes {Y} degradation.", "X - Y"),
    ("{X} triggers {Y} {U}.", "X - Y, X + U"),
    ("{X} inhibits the {F} of {Y}.", "X - Y"),
    ("{X} increased the {F} of {Y} and {Y2}.", "X + Y, X + Y2"),
    ("{X} increased {Y} {F}.", "X + Y"),
    ("{X} phosphorylates and activates {Y}.", "X + Y"),
    ("{X} prevented the degradation of {Y}.", "X + Y"),
    ("{X} stabilizes {Y} by blocking its degradation.", "X + Y"),
    ("Genetic studies indicate that {X} inhibits {Y}.", "X - Y"),
    ("Our data suggest that {X} inhibits {Y}.", "X - Y"),
    ("These results demonstrate that {X} activates {Y}.", "X + Y"),
    ("We show that {X} activates {Y}.", "X + Y"),
    ("{D} induces {Y} expression via {X}.", "D + Y"),
    ("{D} induces {P} through activation of {X}.", "D + P, D + X"),
    ("{D} induces {P} via inhibition of {X}.", "D + P, D - X"),
    ("{D} induces {P} by inhibiting {X}.", "D + P, D - X"),
    ("{D} induces {P} by downregulating {X} via the {Y} pathway and upregulating {Y2}.", "D + P, D - X, D + Y2"),
    ("{D}, which blocks {X}, induces {P}.", "D - X, D + P"),
    ("{D} binds {X}, thereby inhibiting {Y}.", "D b X, D - Y"),
    ("{D} binds {X} and blocks {Y}.", "D b X, D - Y"),
    ("{D} reduced {X} without affecting {Y}.", "D - X"),
    ("{X} suppresses {Y}-induced {P}.", "X - P, Y + P"),
    ("{D} attenuated {X}-induced {Y} expression.", "D - Y, X + Y"),
    ("{D} blocked {X} inhibition of {P}.", "X - P"),
    ("{D} resulted in {P}.", "D + P"),
    ("{D} resulted in {F} of {Y}.", "D + Y"),
    ("{D} led to a decrease in {Y} expression and an increase in {P}.", "D - Y, D + P"),
    ("{D} diminished {X}, resulting in reduced {F} of its target {Y}.", "D - X, D - Y"),
    ("{X} directly targets and inhibits {Y}.", "X - Y"),
    ("{D} protects {C} from {P}.", "D p C, D - P"),
    ("{D} protects {C} against {D2}-induced {P}.", "D p C, D - P, D2 + P"),
    ("{X} protects {C} from {P}.", "X - P"),
    ("{X} confers resistance to {P}.", "X - P"),
    ("{P} was inhibited in {C} treated with {D}.", "D - P"),
    ("{D} treatment of {C} increased {Y}.", "D + Y"),
    ("Treatment of {C} with {D} increased {Y}.", "D + Y"),
    ("Exposure to {D} upregulated {Y}.", "D + Y"),
    ("{X} blocks {P} by sequestering {Y}.", "X - P, X - Y"),
    ("{X} prevents {P}.", "X - P"),
    ("{X} increases the expression of {Y} and decreases that of {Y2}.", "X + Y, X - Y2"),
    ("{X} induces transcription of {Y}.", "X + Y"),
    ("{X} stimulates {Y} secretion from {C}.", "X + Y"),
    ("{X} cooperates with {X2} to induce {P}.", "X + P"),
    ("{X} upregulated by {D} promotes {P}.", "D + X, X + P"),
    ("{X} drives {P} by activating {Y} and repressing {Y2}.", "X + P, X + Y, X - Y2"),
    ("{X} limits {P}.", "X - P"),
    ("{X} impairs {P}.", "X - P"),
    ("{D} sensitizes {C} to {P}.", "D + P"),
    ("{D} ameliorated {P} by downregulating {Y}.", "D - P, D - Y"),
    ("{D} stimulates {X} to activate {Y}.", "D + X, D + Y"),
    ("{X} reduced {Y}, while increasing {Y2} and suppressing {P}.", "X - Y, X + Y2, X - P"),
    ("{X}, via {X2}, increases {Y}.", "X + Y"),
    ("{X} activates the kinase {Y}, which blocks {P}.", "X + Y, Y - P"),
    ("{X} promotes {P} via suppression of {Y}.", "X + P, X - Y"),
    ("After inhibiting {Y} with {D}, {P} rose.", "D - Y"),
    ("The {X}-specific inhibitor {D} was used.", "D - X"),
    ("{D} raised {Y} and the {Y2}.", "D + Y, D + Y2"),
]


def read(sentence: str) -> set[str]:
    """Return what is read of effects, in the notation of the table."""
    return {
        f"{LETTERS[one.subject.name]} {'!' * one.negated}{SIGNS[one.relation]} {LETTERS[one.object.name]}"
        for one in extract(sentence.format(**NAMES)).statements
        if one.relation in SIGNS
    }


@pytest.mark.parametrize(("sentence", "told"), PASSIVE + AGENT + LOSS + NEED + DENIED + NOUN + CLAUSE)
def test_all_of_an_effect_is_read_and_nothing_else(sentence: str, told: str) -> None:
    assert read(sentence) == {one for one in told.split(", ") if one}


@pytest.mark.parametrize(
    "lead", ["Genetic studies indicate that", "Our data suggest that", "These results demonstrate that"]
)
def test_what_studies_show_is_not_hedged(lead: str) -> None:
    (one,) = extract(f"{lead} [gene_protein FLT9] inhibits [gene_protein RIK2].").statements
    assert one.modality in (Modality.ASSERTED, Modality.REPORTED)


def test_what_could_be_restored_was_restored_and_what_could_be_used_was_not() -> None:
    (one,) = extract("The activity of [gene_protein FLT9] could be restored by addition of [drug zinc].").statements
    assert one.modality is Modality.ASSERTED
    (other,) = extract("[gene_protein FLT9] could inhibit [process apoptosis].").statements
    assert other.modality is Modality.HYPOTHETICAL
