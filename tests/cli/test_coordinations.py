"""Several names in one phrase, through the front door, with the shipped lexicon and model."""

import json
from pathlib import Path

import pytest

from tests.conftest import Command

TEXT = """Patients with colorectal, gastric and ovarian cancers were enrolled.

The vaccine protects against hepatitis B and C in adults. Serum levels of IL-2, -4 and -6 were raised.

Plasma levels of Factor VII, VIII and IX were measured. Hand, foot and mouth disease is common in children.
"""


def test_each_name_of_a_coordination_has_an_identifier_of_its_own(kg: Command, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, "utf-8")
    mentions = json.loads(kg("annotate", path).stdout)["mentions"]
    found = {mention["text"]: mention["id"] for mention in mentions}
    assert found.items() >= {
        ("colorectal", "MONDO:0005575"),
        ("gastric", "MONDO:0001056"),
        ("ovarian cancers", "MONDO:0008170"),
        ("hepatitis B", "MONDO:0005344"),
        ("C", "MONDO:0005231"),
        ("IL-2", "HGNC:6001"),
        ("-4", "HGNC:6014"),
        ("-6", "HGNC:6018"),
        ("Factor VII", "HGNC:3544"),
        ("VIII", "HGNC:3546"),
        ("IX", "HGNC:3551"),
        ("Hand, foot and mouth disease", "MONDO:0005779"),
    }
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in mentions)


@pytest.mark.parametrize("options", [(), ("--type", "disease")])
def test_a_part_is_linked_by_the_phrase_that_it_stands_in(kg: Command, options: tuple[str, ...]) -> None:
    phrase = "colorectal, gastric and ovarian cancers"
    result = kg("link", "gastric", "--context", phrase, "--format", "json", *options)
    assert json.loads(result.stdout)["id"] == "MONDO:0001056"


def test_what_names_nothing_is_nil(kg: Command) -> None:
    result = kg("link", "10 mg", "3 days", "in vivo", "95% CI", "grade 3", "was", "blue", "--format", "json")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [None] * 7
