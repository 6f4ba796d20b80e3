"""What a model alone takes for a cell or a process is cut to what its last word can name."""

import pytest

from kg.model import EntityType
from kg.recognition.merge import MergingRecognizer
from tests.analysis.documents import analysis
from tests.recognition.fakes import Fake, found

CELL, PROCESS = EntityType.CELL, EntityType.PROCESS


@pytest.mark.parametrize(
    ("kind", "span", "names"),
    [
        (CELL, "elevated lymphocytes", [("lymphocytes", "cell")]),
        (CELL, "vex-treated glial cells", [("glial cells", "cell")]),
        (CELL, "CD4-positive T cells", [("CD4-positive T cells", "cell")]),
        (CELL, "glial and ganglion cells", [("glial", "cell"), ("ganglion cells", "cell")]),
        (CELL, "glioblast cell lines", [("glioblast cell", "cell")]),
        (CELL, "transfected cells", []),
        (CELL, "multipotent", []),
        (CELL, "vexoclastogenesis", [("vexoclastogenesis", "process")]),
        (PROCESS, "vexolysis", [("vexolysis", "process")]),
        (PROCESS, "terminal", []),
        (PROCESS, "signaling pathways", []),
    ],
)
def test_the_last_word_says_what_is_named(kind: EntityType, span: str, names: list[tuple[str, str]]) -> None:
    merged = MergingRecognizer([Fake("model", {span: kind})])
    assert found(merged.recognize(analysis(f"It changed {span} there."))) == names


def test_what_the_dictionary_knows_stays_whole() -> None:
    name = {"multipotent glial cells": CELL}
    merged = MergingRecognizer([Fake("dictionary", name), Fake("model", name)])
    assert ("multipotent glial cells", "cell") in found(merged.recognize(analysis("It has multipotent glial cells.")))
