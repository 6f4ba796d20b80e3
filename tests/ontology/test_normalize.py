from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ontology.normalize import bag_key, key, keys, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NK-cells", "NK cell"),
        ("IL-2", "IL2"),
        ("caspase-3", "Caspase 3"),
        ("TNF-α", "TNF-alpha"),
        ("β-catenin", "beta catenin"),
        ("interferon-γ", "Interferon gamma"),
        ("tumours", "tumor"),
        ("acute myeloid leukaemia", "Acute Myeloid Leukemia"),
        ("oesophageal cancer", "esophageal cancers"),
        ("anaemia", "anemia"),
        ("foetal haemoglobin", "fetal hemoglobin"),
        ("sulphate", "sulfate"),
        ("immunisation", "immunization"),
        ("type II diabetes", "type 2 diabetes"),
        ("angiotensin II", "Angiotensin 2"),
        ("Alzheimer's disease", "Alzheimer disease"),
        ("Alzheimer’s disease", "Alzheimers disease"),
        ("Sjögren syndrome", "Sjogren's syndrome"),
        ("metastases", "metastasis"),
        ("therapies", "therapy"),
        ("CARCINOMAS", "carcinoma"),
        ("carcinomata", "carcinoma"),
        ("TKIs", "TKI"),
        ("Johnson & Johnson", "Johnson and Johnson"),
        ("µ-opioid receptor", "mu opioid receptors"),
    ],
)
def test_writings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AIDS", "aid"),
        ("KRAS", "Kra"),
        ("ROS", "RO"),
        ("trisomy X", "trisomy 10"),
        ("virus", "viru"),
        ("IL-2", "IL-12"),
        ("interferon alpha", "interferon beta"),
        ("5-fluorouracil", "fluorouracil"),
    ],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize("symbol", ["KRAS", "HRAS", "GNAS", "PTEN", "BRAF"])
def test_a_gene_symbol_has_one_key_in_capitals_and_in_title_case(symbol: str) -> None:
    assert key(symbol) == key(symbol.capitalize())


def test_word_order_does_not_matter_for_the_bag() -> None:
    assert bag_key("leukemia, acute myeloid") == bag_key("acute myeloid leukaemia")
    assert bag_key("cancer of the breast") == bag_key("breast cancer")
    assert bag_key("breast") == ""


@given(st.text(max_size=60))
def test_a_key_never_fails_and_has_no_space(text: str) -> None:
    assert " " not in key(text)
    assert not bag_key(text) or " " in bag_key(text)


@given(st.text(max_size=80))
def test_words_are_cut_out_of_the_untouched_text(text: str) -> None:
    found = words(text)
    assert "".join(word.key for word in found) == key(text)
    ends = [0, *(word.end for word in found)]
    assert all(before <= word.start < word.end <= len(text) for before, word in zip(ends, found, strict=False))


@given(st.lists(st.text(max_size=30), max_size=8))
def test_many_names_get_the_same_keys_as_each_alone(names: list[str]) -> None:
    assert keys(names) == [key(name) for name in names]


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x7F), min_size=1, max_size=20))
def test_hyphens_do_not_matter_between_words(text: str) -> None:
    assert key(f"{text} cell") == key(f"{text}-cell") == key(f"{text} cells")
