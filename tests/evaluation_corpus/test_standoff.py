"""Annotations that are kept without their texts."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kg.evaluation.standoff import main

ANNOTATIONS = Path(__file__).parents[2] / "training" / "annotations"
RELEASE = "Acme's zorvolimab blocks KIT. Zorvolimab is in Phase 2."
TITLE, ABSTRACT = "KIT in mast cells.", "KIT drives mast cells."


def record(name: str, source: str, identifier: str, text: str, **parts: Any) -> dict[str, Any]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    empty: dict[str, Any] = {"mentions": [], "ignore": [], "relations": [], "equivalent": []}
    return empty | {"name": name, "source": source, "id": identifier, "sha256": digest} | parts


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return a folder with a press release, an abstract and a scorer, laid out as the shared folder."""
    corpora = tmp_path / "shared" / "corpora"
    corpora.mkdir(parents=True)
    (tmp_path / "shared" / "eval").mkdir()
    (tmp_path / "shared" / "eval" / "score.py").write_text("print('scored')\n")
    with gzip.open(corpora / "news.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.write(json.dumps({"id": "n1", "text": RELEASE}) + "\n")
    with gzip.open(corpora / "abstracts.pubtator.gz", "wt", encoding="utf-8") as stream:
        stream.write(f"7|t|{TITLE}\n7|a|{ABSTRACT}\n\n")
    return tmp_path / "shared"


def put_together(shared: Path, *records: dict[str, Any]) -> tuple[int, Path]:
    annotations = shared / "annotations.jsonl"
    annotations.write_text("".join(json.dumps(one) + "\n" for one in records))
    out = shared / "out"
    return main([str(annotations), "--shared", str(shared), "--out", str(out)]), out / "eval"


def test_names_come_back_from_the_text(shared: Path) -> None:
    drug = {"start": 7, "end": 17, "type": "drug", "ids": ["MESH:C1", "UNII:2"], "linked": True, "canonical": [7, 17]}
    again = {"start": 30, "end": 40, "type": "drug", "ids": ["UNII:2"], "linked": False, "canonical": [7, 17]}
    relation = {"subject": [30, 40], "predicate": "in_phase", "object": "phase 2", "negated": False, "hedged": False}
    release = record(
        "1", "news.jsonl.gz", "n1", RELEASE + "\n", mentions=[drug, again], ignore=[[0, 4]],
        relations=[relation | {"evidence": [30, 55]}], equivalent=[["MESH:C1", "UNII:2"]],
    )  # fmt: skip
    status, folder = put_together(shared, release)
    assert status == 0
    annotation = json.loads((folder / "ann" / "1.json").read_text())
    assert annotation["mentions"] == [
        {"start": 7, "end": 17, "text": "zorvolimab", "type": "drug", "id": "MESH:C1", "canonical": "zorvolimab",
         "alt_ids": ["UNII:2"]},
        {"start": 30, "end": 40, "text": "Zorvolimab", "type": "drug", "id": None, "canonical": "zorvolimab",
         "alt_ids": ["UNII:2"]},
    ]  # fmt: skip
    assert annotation["ignore"] == [{"start": 0, "end": 4, "text": "Acme"}]
    (stated,) = annotation["relations"]
    assert (stated["subject"], stated["object"]) == ("Zorvolimab", "phase 2")
    assert stated["evidence"] == "Zorvolimab is in Phase 2."
    assert json.loads((folder / "equiv.json").read_text())["groups"] == [["MESH:C1", "UNII:2"]]


def test_an_abstract_has_its_title_on_a_line_of_its_own(shared: Path) -> None:
    status, folder = put_together(shared, record("2", "abstracts.pubtator.gz", "7", f"{TITLE}\n{ABSTRACT}\n"))
    assert status == 0
    assert (folder / "docs" / "2.txt").read_text() == f"{TITLE}\n{ABSTRACT}\n"


@pytest.mark.parametrize(
    ("source", "identifier", "text", "message"),
    [
        ("news.jsonl.gz", "n1", "another text", "sha256"),
        ("news.jsonl.gz", "n2", RELEASE, "no document n2"),
        ("missing.jsonl.gz", "n1", RELEASE, "--shared"),
    ],
)
def test_another_text_is_refused(
    shared: Path, capsys: pytest.CaptureFixture[str], source: str, identifier: str, text: str, message: str
) -> None:
    status, _ = put_together(shared, record("1", source, identifier, text))
    assert status == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("path", sorted(ANNOTATIONS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_no_text_is_kept_in_the_annotations(path: Path) -> None:
    """All strings are names of types and relations, identifiers, phases, file names and hashes: no words of a text."""

    def strings(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [each for part in value.values() for each in strings(part)]
        if isinstance(value, list):
            return [each for part in value for each in strings(part)]
        return [value] if isinstance(value, str) else []

    for line in path.read_text().splitlines():
        for value in strings(json.loads(line)):
            assert " " not in value.removeprefix("phase "), value
