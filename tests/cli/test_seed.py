"""What the first issue asks to be shown on the seed document, end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command

pytestmark = [pytest.mark.shared, pytest.mark.slow]
NAME = "press-release-2008-05-27.txt"
IDENTIFIERS = {
    "histamine dihydrochloride": {"UNII:3POA0Q644U"},
    "interleukin-2": {"HGNC:6001", "MESH:D007376", "UNII:M89N0Q7EQR"},
    "Acute Myeloid Leukemia": {"MONDO:0018874"},
    "AML": {"MONDO:0018874"},
    "NADPH oxidase": {"FPLX:NADPH_oxidase", "GO:0043020"},
    "oxygen radicals": {"CHEBI:61073", "CHEBI:26523", "MESH:D017382"},
    "NK-cells": {"CL:0000623"},
    "T-cells": {"CL:0000084"},
    "phagocytes": {"CL:0000234"},
    "lymphocytes": {"CL:0000542"},
    "caspase-3": {"HGNC:1504"},
    "apoptosis": {"GO:0006915"},
}
NAMED = {
    "Ceplene": "drug",
    "Azixa": "drug",
    "NP-1": "drug",
    "EPC2407": "drug",
    "EpiCept": "organisation",
    "CHMP": "organisation",
    "Myriad": "organisation",
    "Nasdaq": "organisation",
}


@pytest.fixture(scope="module")
def annotation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    import os

    from kg.assembly import make_pipeline
    from kg.config import Settings
    from kg.export.jsonl import to_json
    from kg.model import Document
    from kg.reading import ReadingOptions, read_documents
    from tests.conftest import ROOT

    folder = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared")
    if not (folder / "seed").is_dir():
        pytest.skip(f"the shared folder is not at {folder}: set KG_SHARED")
    (document,) = read_documents([str(folder / "seed" / NAME)], ReadingOptions())
    assert isinstance(document, Document)
    return to_json(make_pipeline(Settings()).annotate(document))


@pytest.mark.parametrize("name", sorted(IDENTIFIERS))
def test_every_listed_name_is_found_with_its_identifier(annotation: dict[str, Any], name: str) -> None:
    found = [mention for mention in annotation["mentions"] if mention["text"] == name]
    assert found
    for mention in found:
        assert IDENTIFIERS[name] & {mention["id"], *mention["xrefs"]}, mention


@pytest.mark.parametrize("name", sorted(NAMED))
def test_every_listed_name_is_found_with_its_type(annotation: dict[str, Any], name: str) -> None:
    assert {mention["type"] for mention in annotation["mentions"] if mention["text"] == name} == {NAMED[name]}


def test_title_date_and_publisher_are_read(annotation: dict[str, Any]) -> None:
    document = annotation["document"]
    assert document["published"] == "2008-05-27"
    assert document["title"].startswith("EPICEPT FILES RE-EXAMINATION")
    assert document["publisher"] == "EpiCept Corporation"


def test_none_of_the_traps_is_stated(annotation: dict[str, Any]) -> None:
    sure = {
        (statement["subject"]["text"].casefold(), statement["relation"], statement["object"]["text"].casefold())
        for statement in annotation["statements"]
        if statement["modality"] in {"asserted", "reported"} and not statement["negated"]
    }
    drugs = {"ceplene", "azixa", "np-1", "epc2407", "histamine dihydrochloride"}
    for subject, relation, target in sure:
        assert not (subject in drugs and relation in {"treats", "approved_by"}), (subject, relation, target)
        assert target != "caspase-3", (subject, relation, target)
    identifiers = {m["text"]: {m["id"], *m["xrefs"]} for m in annotation["mentions"]}
    assert not {"HGNC:8004", "HGNC:2761"} & identifiers["NP-1"]
    assert "EPCT-GEN" not in identifiers


def test_sparql_answers_what_inhibits_protects_develops_and_decided(kg: Command, shared: Path) -> None:
    loaded = kg("load", shared / "seed" / NAME, "--store", "store")
    assert loaded.returncode == 0, loaded.stderr
    answers = {
        "drugs-acting-on-target": ("target=NADPH oxidase", ["Ceplene"]),
        "mechanism-of-drug": ("drug=Ceplene", ["NADPH oxidase", "natural killer cell", "T cell"]),
        "developers-of-drug": ("drug=Ceplene", ["EpiCept"]),
        "regulatory-history": ("drug=Ceplene", ["2008-03-19", "negative", "2008-05-27"]),
    }
    for query, (parameter, wanted) in answers.items():
        result = kg("query", query, "-p", parameter, "--store", "store", "--format", "csv")
        assert result.returncode == 0, result.stderr
        for text in wanted:
            assert text.casefold() in result.stdout.casefold(), (query, text, result.stdout)
