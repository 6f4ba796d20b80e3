"""The commands that read a store, through their front door."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
import rdflib

from kg.cli.app import run
from kg.store.store import open_current

Call = Callable[..., int]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, sample_folder: Path) -> Call:
    """Run kg with arguments on the sample store and return the exit code."""
    monkeypatch.setenv("KG_STORE", str(sample_folder))

    def run_kg(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["kg", *arguments])
        return run()

    return run_kg


def test_query_prints_a_table_with_curies(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("query", "drugs-for-disease", "-p", "disease=leukemia") == 0
    printed = capsys.readouterr()
    assert "CHEBI:45783" in printed.out
    assert printed.err == "2 rows\n"


def test_query_prints_csv_with_full_iris(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("query", "opposite-effects", "-f", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["subject"] for row in rows] == ["http://purl.obolibrary.org/obo/CHEBI_45783"]


def test_query_prints_sparql_json(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("query", "designations", "--format", "json") == 0
    results = json.loads(capsys.readouterr().out)
    assert results["results"]["bindings"][0]["drugLabel"]["value"] == "dasatinib"


def test_query_reads_a_file_and_prints_turtle(call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("CONSTRUCT WHERE { ?s kg:inhibits ?o }")
    assert call("query", str(path), "-f", "ttl") == 0
    graph = rdflib.Graph().parse(data=capsys.readouterr().out, format="turtle")
    assert len(graph) == 2


def test_query_reads_standard_input(
    call: Call, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("ASK { ?s kg:inhibits ?o }"))
    assert call("query", "-") == 0
    assert capsys.readouterr().out == "true\n"


def test_a_table_shortens_what_csv_gives_whole(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    long = "x" * 2000
    asked = f'SELECT ?cell {{ VALUES ?cell {{ "{long}" "short" }} }}'
    assert call("query", asked) == 0
    shown = capsys.readouterr().out
    assert "…" in shown
    assert 200 < shown.count("x") <= 300
    assert "short" in shown
    assert call("query", asked, "-f", "csv") == 0
    assert long in capsys.readouterr().out


@pytest.mark.parametrize("text", ["ASK { ?s kg:inhibits ?o }", "ASK{?s kg:inhibits?o}"])
def test_query_takes_sparql_itself(call: Call, capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert call("query", text) == 0
    assert capsys.readouterr().out == "true\n"


def test_wrong_sparql_is_told_where_it_is_wrong(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("query", "SELECT ?s { ?s ?p }") != 0
    assert "1:20" in capsys.readouterr().err


def test_query_lists_what_can_be_asked(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("query", "--list") == 0
    assert "drugs-for-disease -p disease=MONDO:0005059\n    Drugs said to treat" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("query",), 2, "give a named query"),
        (("query", "nothing-like-this"), 2, "there is no query named"),
        (("query", "missing.rq"), 1, "missing.rq cannot be read"),
        (("query", "contradictions", "-f", "ttl"), 1, "Turtle is for CONSTRUCT"),
        (("query", "drugs-for-disease"), 2, "needs disease"),
        (("query", "drugs-for-disease", "-p", "disease"), 2, "NAME=VALUE"),
        (("query", "contradictions", "--store", "/nowhere/at/all"), 1, "there is no store in /nowhere/at/all"),
        (("export", "--format", "kgx"), 2, "name a folder"),
        (("export", "/nowhere/at/all.ttl"), 1, "cannot be written"),
        (("export", "--document", "nothing"), 1, "holds no document"),
        (("explain", "ffffffff"), 1, "holds no statement"),
        (("push", "http://127.0.0.1:9/store"), 1, "cannot be reached"),
        (("graph", "imatinib", "nothing such"), 1, "names nothing"),
        (("graph", "imatinib", "Nasdaq", "--max-length", "1"), 1, "no path of at most 1 steps"),
        (("graph", "imatinib", "ABL1", "--out", "picture.txt"), 2, "--out must end in"),
    ],
)
def test_a_wrong_call_is_said_in_one_line(
    call: Call, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, message: str
) -> None:
    assert call(*arguments) == code
    printed = capsys.readouterr()
    assert message in " ".join(printed.err.split())
    assert printed.out == ""


def test_status_counts(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("status") == 0
    assert "documents   6\n" in capsys.readouterr().out
    assert call("status", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["statements"] == 18


def test_export_as_turtle_is_what_the_store_holds_without_runs(
    call: Call, capsys: pytest.CaptureFixture[str], sample_folder: Path
) -> None:
    assert call("export") == 0
    graph = rdflib.Graph().parse(data=capsys.readouterr().out, format="turtle")
    held = {quad.triple for quad in open_current(sample_folder)}
    expected = rdflib.Graph().parse(data="\n".join(f"{triple} ." for triple in held), format="nt")
    assert set(graph) == set(expected)


@pytest.mark.parametrize("form", ["turtle", "nquads", "trig", "jsonld", "graphml"])
def test_two_exports_are_the_same_bytes(call: Call, tmp_path: Path, form: str) -> None:
    assert call("export", "-f", form, str(tmp_path / "one")) == 0
    assert call("export", "-f", form, str(tmp_path / "two")) == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").stat().st_size > 1000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_export_of_one_document_holds_it_and_its_entities_only(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("export", "-f", "nquads", "--document", "paper") == 0
    lines = capsys.readouterr().out.splitlines()
    graphs = {line.split()[-2] for line in lines}
    base = "<https://w3id.org/kg-loader/"
    assert graphs == {f"{base}document/paper>", f"{base}graph/entities>", f"{base}graph/ontology>"}
    assert any("MONDO_0005059" in line and "label" in line for line in lines), "ancestors are described"
    assert not any("Bristol" in line for line in lines)


def test_export_as_graphml_opens_in_networkx(call: Call, tmp_path: Path) -> None:
    assert call("export", "-f", "graphml", str(tmp_path / "kg.graphml")) == 0
    graph = nx.read_graphml(tmp_path / "kg.graphml", force_multigraph=True)
    assert graph.nodes["CHEBI:45783"]["label"] == "imatinib"
    relations = sorted(values["label"] for values in graph.get_edge_data("CHEBI:45783", "HGNC:76").values())
    assert relations == ["inhibits", "inhibits"]


def test_export_as_kgx_has_biolink_predicates_and_known_nodes(call: Call, tmp_path: Path) -> None:
    assert call("export", "-f", "kgx", str(tmp_path / "kgx")) == 0
    nodes, edges = (
        list(csv.DictReader(io.StringIO((tmp_path / "kgx" / name).read_text("utf-8")), delimiter="\t"))
        for name in ("nodes.tsv", "edges.tsv")
    )
    identifiers = {node["id"] for node in nodes}
    assert all(edge["subject"] in identifiers and edge["object"] in identifiers for edge in edges)
    assert all(edge["predicate"].startswith("biolink:") for edge in edges)
    assert all(node["category"].startswith("biolink:") for node in nodes)
    denied = [edge for edge in edges if edge["negated"] == "true"]
    assert {edge["original_predicate"] for edge in denied} == {"biolink:treats"}
    inhibition = next(edge for edge in edges if edge["object"] == "HGNC:76")
    assert inhibition["object_direction_qualifier"] == "decreased"
    assert inhibition["qualified_predicate"] == "biolink:causes"


def statement_hash(capsys: pytest.CaptureFixture[str], call: Call, document: str, relation: str) -> str:
    assert call("query", "statements-of-document", "-p", f"document={document}", "-f", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    return next(row["statement"] for row in rows if row["relation"] == relation).rpartition("/")[2]


def test_explain_marks_the_spans_and_shows_the_alternatives(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    beginning = statement_hash(capsys, call, "rival-paper", "treats")[:10]
    assert call("explain", beginning) == 0
    explained = capsys.readouterr().out
    marked = "[Imatinib]{subject} [does not]{cue} treat [chronic myelogenous leukemia]{object} and inhibits apoptosis."
    assert marked in explained
    assert "said how    negated, asserted" in explained
    assert "extractor   pattern:sample" in explained
    assert "-> 0.95  CHEBI:45783  imatinib  (exact)" in explained


def test_graph_shows_paths_with_their_sentences(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("graph", "ABL1", "dasatinib") == 0
    printed = capsys.readouterr().out
    assert printed.startswith("1. ABL1 - imatinib - chronic myelogenous leukemia, BCR-ABL1 positive - dasatinib\n")
    assert "Imatinib inhibits ABL1 and activates apoptosis." in printed


def test_graph_leaves_hedged_statements_out_unless_asked(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("graph", "ABL1", "T cell") == 1
    assert call("graph", "ABL1", "T cell", "--hedged") == 0
    assert "[hypothetical, 0.80]" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_graph_draws_a_picture(call: Call, tmp_path: Path, ending: str) -> None:
    picture = tmp_path / f"paths.{ending}"
    assert call("graph", "ABL1", "dasatinib", "--out", str(picture)) == 0
    if ending == "svg":
        texts = "".join(ET.parse(picture).getroot().itertext())
        assert "imatinib" in texts
        assert "inhibits" in texts
    else:
        assert picture.read_bytes().startswith(b"\x89PNG")


def test_conflicts_shows_both_sides(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("conflicts") == 0
    printed = capsys.readouterr()
    assert "imatinib inhibits and activates apoptotic process" in printed.out
    assert "    - Imatinib does not treat chronic myelogenous leukemia and inhibits apoptosis." in printed.out
    assert "    2005-03-01 complete response by Food and Drug Administration: On March 1, 2005" in printed.out
    assert "dasatinib: approval on 2006-06 or on 2007-07-03" in printed.out
    assert printed.err == "kg: 4 conflicts\n"


def test_remove_takes_documents_out_and_says_what_it_does_not_know(
    call: Call, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from tests.rdf.sample_annotations import imatinib_release
    from tests.store.documents import load

    load(tmp_path, imatinib_release())
    assert call("remove", "imatinib-release", "nothing", "--store", str(tmp_path)) == 1
    assert "holds no document 'nothing'" in capsys.readouterr().err
    assert len(open_current(tmp_path)) == 0


@pytest.mark.parametrize("arguments", [["--help"], ["query", "--list"], ["query", "contradictions", "-f", "csv"]])
def test_a_query_imports_nothing_heavy(sample_folder: Path, arguments: list[str]) -> None:
    script = (
        "import sys; sys.argv = ['kg', *sys.argv[1:]]\n"
        "from kg.cli.app import run\n"
        "code = run()\n"
        "heavy = {'spacy', 'rdflib', 'pyshacl', 'networkx', 'matplotlib', 'onnxruntime', 'scipy', 'numpy'}\n"
        "sys.stderr.write(f'{code} {sorted(heavy & set(sys.modules))}')\n"
    )
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"KG_STORE": str(sample_folder)})
    assert done.stderr.splitlines()[-1] == "0 []"
