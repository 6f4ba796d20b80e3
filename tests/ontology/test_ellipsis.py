"""What the parts of a coordination leave out."""

import pytest

from kg.ontology.ellipsis import full_names, parts_of


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("colorectal, gastric and ovarian cancers", ["colorectal cancers", "gastric cancers", "ovarian cancers"]),
        ("alpha- and beta-thalassemia", ["alpha thalassemia", "beta-thalassemia"]),
        ("acute and chronic myeloid leukemia", ["acute myeloid leukemia", "chronic myeloid leukemia"]),
        ("hepatitis B and C", ["hepatitis B", "hepatitis C"]),
        ("Factor VII, VIII and IX", ["Factor VII", "Factor VIII", "Factor IX"]),
        ("IL-2, -4 and -6", ["IL-2", "IL-4", "IL-6"]),
        ("IL-1beta and -6", ["IL-1beta", "IL-6"]),
        ("Smad2 and 3", ["Smad2", "Smad3"]),
        ("MHC class I and II", ["MHC class I", "MHC class II"]),
        ("TGF-beta1 or -beta2", ["TGF-beta1", "TGF-beta2"]),
        ("cancer of the breast and ovaries", ["cancer of the breast", "cancer of the ovaries"]),
    ],
)
def test_each_part_of_a_coordination_is_completed(text: str, full: list[str]) -> None:
    parts = [text[start:end] for start, end in parts_of(text)]
    assert [next(full_names(parts, place), part) for place, part in enumerate(parts)] == full


def test_a_part_between_two_names_may_lack_the_end_of_one_and_the_beginning_of_the_other() -> None:
    parts = ["hepatitis B", "C virus infection"]
    assert "hepatitis B virus infection" in full_names(parts, 0)
    assert "hepatitis C virus infection" in full_names(parts, 1)


@pytest.mark.parametrize("text", ["gastric cancer", "2,4-D", "fever, cough", "and", "brandy orchid"])
def test_what_has_no_and_has_no_parts(text: str) -> None:
    assert parts_of(text) == []
