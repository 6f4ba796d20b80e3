"""The main job through the front door: text in, JSON and RDF out."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from tests.conftest import Command

RELEASE = """ACME BIOSCIENCES RECEIVES NEGATIVE OPINION FOR IMATINIB

BASEL, Switzerland (June 3, 2019) - Acme Biosciences Inc. (Nasdaq: ACMB) today said that the Committee for Medicinal
Products for Human Use (CHMP) adopted a negative opinion on imatinib for the treatment of multiple myeloma.

Imatinib inhibits BRAF and does not inhibit EGFR in laboratory studies. About 30% of patients relapse.
"""


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "release.txt"
    path.write_text(RELEASE, "utf-8")
    return path


def test_annotate_prints_the_documented_json(kg: Command, release: Path) -> None:
    result = kg("annotate", release)
    assert result.returncode == 0, result.stderr
    annotation = json.loads(result.stdout)
    assert set(annotation) >= {"document", "mentions", "statements", "events", "claims"}
    assert annotation["document"]["published"] == "2019-06-03"
    found = {mention["text"]: mention for mention in annotation["mentions"]}
    assert found["imatinib"]["id"] == "CHEBI:45783"
    assert found["multiple myeloma"]["id"] == "MONDO:0009693"
    assert found["CHMP"]["type"] == "organisation"
    for mention in annotation["mentions"]:
        assert RELEASE[mention["start"] : mention["end"]] == mention["text"]


def test_a_denied_statement_is_marked_and_has_no_direct_edge(kg: Command, release: Path) -> None:
    statements = json.loads(kg("annotate", release).stdout)["statements"]
    inhibited = {
        (statement["object"]["text"], statement["negated"])
        for statement in statements
        if statement["relation"] == "inhibits"
    }
    assert inhibited == {("BRAF", False), ("EGFR", True)}
    assert kg("load", release, "--store", "store").returncode == 0
    asked = "ASK { ?drug kg:inhibits ?target . ?target rdfs:label ?name FILTER(CONTAINS(?name, '%s')) }"
    prefixes = "PREFIX kg: <https://w3id.org/kg-loader/vocab/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    answers = {
        name: kg("query", "-", "--store", "store", "--format", "json", stdin=prefixes + asked % name).stdout
        for name in ("BRAF", "EGFR")
    }
    assert json.loads(answers["BRAF"])["boolean"] is True
    assert json.loads(answers["EGFR"])["boolean"] is False


def test_loading_twice_changes_no_byte_of_the_export(kg: Command, release: Path) -> None:
    kg("load", release, "--store", "store")
    first = kg("export", "--format", "nquads", "--store", "store")
    again = kg("load", release, "--store", "store")
    assert again.returncode == 0
    assert "1 unchanged" in again.stderr
    assert kg("export", "--format", "nquads", "--store", "store").stdout == first.stdout
    kg("load", release, "--store", "other")
    assert kg("export", "--format", "nquads", "--store", "other").stdout == first.stdout


def test_the_turtle_export_is_the_graph_that_the_store_holds(kg: Command, release: Path) -> None:
    kg("load", release, "--store", "store")
    turtle = rdflib.Graph().parse(data=kg("export", "--format", "turtle", "--store", "store").stdout, format="turtle")
    dump = kg("export", "--format", "nquads", "--store", "store").stdout
    held = {quad.triple for quad in pyoxigraph.parse(dump, format=pyoxigraph.RdfFormat.N_QUADS)}
    union = rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in held), format="ntriples")
    assert len(turtle) > 100
    assert to_isomorphic(turtle) == to_isomorphic(union)


def test_a_load_is_valid_by_the_shapes(kg: Command, release: Path) -> None:
    result = kg("load", release, "--store", "store", "--validate")
    assert result.returncode == 0, result.stderr


def test_several_processes_give_the_same_as_one(kg: Command, release: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Aspirin may reduce fever in patients with influenza.\n", "utf-8")
    one = kg("annotate", release, tmp_path / "other.txt")
    two = kg("annotate", release, tmp_path / "other.txt", "--jobs", "2")
    assert one.returncode == 0
    assert two.stdout == one.stdout


def test_a_text_that_is_not_english_is_kept_and_marked(kg: Command, tmp_path: Path) -> None:
    german = (
        "Das Unternehmen teilte heute mit, dass die Behörde den Antrag auf Zulassung des Arzneimittels geprüft hat. "
    )
    (tmp_path / "german.txt").write_text(german * 3, "utf-8")
    result = kg("load", "german.txt", "--store", "store")
    assert result.returncode == 0, result.stderr
    assert "not English" in result.stderr
    assert "1 document loaded" in result.stderr


def test_html_output_marks_the_mentions_and_escapes_the_text(kg: Command, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Imatinib <script>alert(1)</script> treats chronic myeloid leukemia.\n", "utf-8")
    page = kg("annotate", "text.txt", "--format", "html").stdout
    assert "<script>alert" not in page
    assert "CHEBI:45783" in page
