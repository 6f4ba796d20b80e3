"""What names nothing is not linked to what happens to be like it; what is called exactly so still is."""

import pytest

from kg.linking.linker import EntityLinker
from kg.linking.nameless import is_nameless
from tests.linking.documents import link


@pytest.mark.parametrize(
    "text",
    ["10 mg", "2 g", "3 days", "24 h", "day 28", "5mg/kg", "25%", "95% CI", "p < 0.05", "in vivo", "grade 3", "table 2",
     "type 2", "dose", "was", "the", "blue", "once daily", "3-5 weeks"],
)  # fmt: skip
def test_a_text_without_a_word_for_a_thing_is_no_name(text: str) -> None:
    assert is_nameless(text)


@pytest.mark.parametrize(
    "text", ["grade 3 neutropenia", "type 2 diabetes", "vitamin C", "p53", "IL-2", "A-T", "ALL", "MG", "5-FU", "pain"]
)
def test_a_text_with_such_a_word_may_be_a_name(text: str) -> None:
    assert not is_nameless(text)


@pytest.mark.parametrize("kind", ["disease", "drug", "gene_protein"])
@pytest.mark.parametrize("text", ["10 mg", "grade 3", "type 2", "in vivo", "blue"])
def test_what_names_nothing_is_nil(linker: EntityLinker, text: str, kind: str) -> None:
    assert link(linker, f"It was [{text}|{kind}] then.") == {text: text}


def test_what_is_graded_is_still_found(linker: EntityLinker) -> None:
    assert link(linker, "[grade 3 neutropenia|disease]") == {"grade 3 neutropenia": "MONDO:0001475"}


@pytest.mark.parametrize("text", ["cold", "Cold", "was"])
def test_a_plain_word_is_not_a_name_in_capitals(linker: EntityLinker, text: str) -> None:
    found = link(linker, f"It [{text}|disease] there.")[text]
    assert found not in {"MONDO:0005002", "MONDO:0010518"}


def test_a_name_in_capitals_is_found_as_the_source_writes_it(linker: EntityLinker) -> None:
    assert link(linker, "[COLD|disease] and [WAS|disease]") == {"COLD": "MONDO:0005002", "WAS": "MONDO:0010518"}


def test_a_symbol_in_small_letters_is_a_gene_where_one_is_asked_for(linker: EntityLinker) -> None:
    assert link(linker, "[was|gene_protein] mutations") == {"was": "HGNC:12731"}
