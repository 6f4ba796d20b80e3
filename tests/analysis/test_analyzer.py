"""Tokens, abbreviations, and what the analyzer leaves alone."""

import pickle

from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
from tests.analysis.documents import analysis, document


def tokens(text: str) -> list[str]:
    return [text[token.start : token.end] for token in analysis(text).tokens]


def abbreviations(text: str) -> list[tuple[str, str]]:
    found = analysis(text).abbreviations
    return [(text[one.short.start : one.short.end], text[one.long.start : one.long.end]) for one in found]


def test_tokens_are_cut_at_hyphens_slashes_and_trade_marks() -> None:
    assert tokens("anti-CDX9 for A/B, Zorvex[®]") == [
        "anti", "-", "CDX9", "for", "A", "/", "B", ",", "Zorvex", "[", "®", "]",
    ]  # fmt: skip


def test_a_lost_space_parts_a_function_word_from_a_name() -> None:
    assert tokens("saidAnne inLeeds") == ["said", "Anne", "in", "Leeds"]


def test_mixed_case_names_stay_whole() -> None:
    assert tokens("AstraZeneca mRNA NfL") == ["AstraZeneca", "mRNA", "NfL"]


def test_markdown_noise_does_not_stick_to_a_name() -> None:
    assert "Zorvex" in tokens("commercialize****Zorvex****in Leeds")


def test_a_definition_in_brackets_is_found() -> None:
    assert abbreviations("People with chronic joint disease (CJD) came.") == [("CJD", "chronic joint disease")]


def test_a_long_form_in_brackets_is_found() -> None:
    assert abbreviations("Some had CJD (chronic joint disease) before.") == [("CJD", "chronic joint disease")]


def test_a_quoted_short_form_is_found() -> None:
    assert abbreviations("A complete joint response (“CJR”) was seen.") == [("CJR", "complete joint response")]


def test_a_committee_whose_letters_stand_in_another_order_is_found() -> None:
    text = "The Committee for Medicinal Products for Human Use (CHMP) met."
    assert abbreviations(text) == [("CHMP", "Committee for Medicinal Products for Human Use")]


def test_a_remark_in_brackets_is_no_abbreviation() -> None:
    assert abbreviations("The trial (see below) began (May 2020).") == []


def test_an_empty_text_has_an_empty_analysis() -> None:
    found = analysis("")
    assert (found.tokens, found.sentences, found.abbreviations) == ((), (), ())


def test_the_analyzer_travels_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(ScispacyAnalyzer()))
    assert len(copy.analyze(document("One sentence.")).sentences) == 1


def test_many_brackets_take_linear_time() -> None:
    text = "(a " * 20_000
    assert len(analysis(text).tokens) == 40_000
