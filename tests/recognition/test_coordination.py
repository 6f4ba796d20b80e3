"""Several names that the model takes for one are mentions of their own; a name with an "and" in it stays whole."""

import pytest

from kg.model import EntityType, Mention
from kg.ontology.lexicon import Lexicon
from kg.recognition.coordination import Coordinations
from kg.recognition.merge import MergingRecognizer
from tests.analysis.documents import analysis
from tests.recognition.fakes import Fake, found
from tests.small_lexicon import open_terms

DISEASE, GENE = EntityType.DISEASE, EntityType.GENE_PROTEIN
TERMS = """id\ttype\tlabel\tnames\txrefs\tparents
MONDO:0005575\tdisease\tcolorectal cancer\t\t\t
MONDO:0001056\tdisease\tgastric cancer\t\t\t
MONDO:0008170\tdisease\tovarian cancer\t\t\t
MONDO:0007254\tdisease\tbreast cancer\t\t\t
MONDO:0005627\tdisease\thead and neck cancer\t\t\t
MONDO:0021310\tdisease\tneck cancer\t\t\t
MONDO:0003582\tdisease\thereditary breast ovarian cancer syndrome\t\t\t
MONDO:0005779\tdisease\thand, foot and mouth disease\t\t\t
MONDO:0000001\tdisease\tfoot disease\te:hand disease\t\t
MONDO:0000002\tdisease\tmouth disease\t\t\t
MONDO:0005344\tdisease\thepatitis B\t\t\t
MONDO:0005231\tdisease\thepatitis C\t\t\t
MONDO:0005147\tdisease\ttype 1 diabetes\t\t\t
MONDO:0005148\tdisease\ttype 2 diabetes\t\t\t
MONDO:0007454\tdisease\ttype 1 diabetes 2\t\t\t
HGNC:6001\tgene_protein\tIL2\te:IL-2\t\t
HGNC:6014\tgene_protein\tIL4\te:IL-4\t\t
HGNC:6018\tgene_protein\tIL6\te:IL-6\t\t
"""


@pytest.fixture(scope="module")
def coordinations(tmp_path_factory: pytest.TempPathFactory) -> Coordinations:
    lexicon: Lexicon = open_terms(tmp_path_factory.mktemp("coordinations"), TERMS)
    return Coordinations(lexicon)


def parts(coordinations: Coordinations, name: str, kind: EntityType = DISEASE, recognizer: str = "model") -> list[str]:
    text = f"We saw {name} often."
    mention = Mention(7, 7 + len(name), name, kind, (recognizer,))
    mentions = list(coordinations.parted(analysis(text), [mention]))
    assert all(text[one.start : one.end] == one.text for one in mentions)
    return [one.text for one in mentions]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("colorectal, gastric and ovarian cancers", ["colorectal", "gastric", "ovarian cancers"]),
        ("gastric, breast and head and neck cancers", ["gastric", "breast", "head and neck cancers"]),
        ("hepatitis B or C", ["hepatitis B", "C"]),
        ("type 1 and type 2 diabetes", ["type 1", "type 2 diabetes"]),
        ("gastric cancer and hepatitis B", ["gastric cancer", "hepatitis B"]),
        ("hepatitis\nB and C", ["hepatitis\nB", "C"]),
    ],
)
def test_each_name_of_a_coordination_is_a_mention(coordinations: Coordinations, name: str, expected: list[str]) -> None:
    assert parts(coordinations, name) == expected


def test_numbers_behind_a_hyphen_are_names_too(coordinations: Coordinations) -> None:
    assert parts(coordinations, "IL-2, -4 and -6", GENE) == ["IL-2", "-4", "-6"]


@pytest.mark.parametrize(
    "name",
    [
        "head and neck cancer",
        "hand, foot and mouth disease",
        "hereditary breast and ovarian cancer",
        "breast and ovarian cancer syndrome",
        "gastric and related cancers",
        "gastric and",
    ],
)
def test_a_name_that_holds_an_and_stays_whole(coordinations: Coordinations, name: str) -> None:
    assert parts(coordinations, name) == [name]


def test_what_another_recognizer_knows_as_one_name_stays_whole(coordinations: Coordinations) -> None:
    assert parts(coordinations, "breast and ovarian cancer", recognizer="dictionary") == ["breast and ovarian cancer"]
    assert parts(coordinations, "hepatitis B and C", EntityType.PROCESS) == ["hepatitis B and C"]


def test_what_the_document_abbreviates_stays_whole(coordinations: Coordinations) -> None:
    name = "breast and ovarian cancer"
    mention = Mention(7, 7 + len(name), name, DISEASE, ("model",))
    for short in ("BOC", "BrOvCa"):
        text = f"We saw {name} ({short}) often."
        assert [one.text for one in coordinations.parted(analysis(text), [mention])] == [name]


def test_an_elliptic_part_is_no_name_elsewhere(coordinations: Coordinations) -> None:
    model = Fake("model", {"gastric and ovarian cancers": DISEASE})
    text = "It treats gastric and ovarian cancers. The gastric juice is not gastric and ovarian cancers."
    mentions = MergingRecognizer([model], coordinations).recognize(analysis(text))
    assert found(mentions) == [("gastric", "disease"), ("ovarian cancers", "disease")] * 2
