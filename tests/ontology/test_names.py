from __future__ import annotations

import pytest

from kg.model import Curie, EntityType
from kg.ontology.names import NameStatus, Posting, case_fits, spaces_fit


def posting(name: str, *, exact: bool = False) -> Posting:
    return Posting(Curie("X:1"), name, NameStatus.EXACT, "test", EntityType.DISEASE, exact_case=exact)


@pytest.mark.parametrize(
    ("surface", "name", "fits"),
    [
        ("AML", "AML", True),
        ("aml", "AML", False),
        ("AMLs", "AML", True),
        ("ros", "ROS", False),
        ("NK-1", "NK1", True),
        ("pain", "pain", True),
        ("Pain", "pain", True),
        ("PAIN", "pain", True),
        ("was", "WAS", False),
        ("mTOR", "mTOR", True),
        ("MTOR", "mTOR", True),
        ("leukemia", "Leukemia", True),
        ("LEUKEMIA", "leukemia", True),
        ("Gut", "gut", True),
        ("GUT", "gut", False),
    ],
)
def test_the_case_rule_of_short_names(surface: str, name: str, fits: bool) -> None:
    assert case_fits(surface, posting(name)) is fits


def test_a_name_that_is_a_plain_word_needs_its_exact_writing() -> None:
    assert case_fits("IMPACT", posting("IMPACT", exact=True))
    assert not case_fits("Impact", posting("IMPACT", exact=True))


@pytest.mark.parametrize(
    ("surface", "name", "fits"),
    [
        ("NK cells", "NK cell", True),
        ("acute  myeloid\nleukemia", "acute myeloid leukemia", True),
        ("in a", "INA", False),
        ("PD L1", "PD-L1", True),
        ("of ABP", "O-FABP", False),
        ("Nov. 03", "NOV-03", False),
        ("at 1:30", "AT 130", False),
        ("PTH(1", "PTH1", False),
        ("leukemia, acute myeloid", "leukemia, acute myeloid", True),
        ("cell. Death", "cell death", False),
        ("tumour cells", "tumor cell", True),
    ],
)
def test_what_may_stand_between_the_words_of_a_name(surface: str, name: str, fits: bool) -> None:
    assert spaces_fit(surface, name) is fits
