"""`kg ontology` as a user runs it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import Command

MINE = "id\tname\tsynonyms\nTESTCO:1\tzorvolimab\tZRV-101|Zorvo\nTESTCO:2\tplentuximab\tPLX-22\n"


def test_list_shows_sources_with_their_licences(kg: Command) -> None:
    shown = kg("ontology", "list")
    assert shown.returncode == 0
    assert "mondo" in shown.stdout
    assert "CC BY 4.0" in shown.stdout
    assert "purl.obolibrary.org" in kg("ontology", "list", "--available").stdout


def test_show_tells_a_source_and_an_entity(kg: Command) -> None:
    assert "Mondo Disease Ontology" in kg("ontology", "show", "mondo").stdout
    shown = kg("ontology", "show", "MESH:D015470").stdout
    assert "MONDO:0018874" in shown
    assert "AML" in shown
    assert "FPLX:NADPH_oxidase NADPH oxidase" in kg("ontology", "show", "HGNC:2578").stdout.partition("part of")[2]
    assert "HGNC:2578 CYBB" in kg("ontology", "show", "FPLX:NADPH_oxidase").stdout.partition("parts")[2]
    refused = kg("ontology", "show", "nothing")
    assert refused.returncode == 1
    assert "no source 'nothing'" in refused.stderr


@pytest.mark.slow
def test_a_custom_lexicon_takes_one_command(kg: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text(MINE, encoding="utf-8")
    project = ("--project", tmp_path / "project")
    added = kg("ontology", "add", "mine.tsv", "--type", "drug", *project)
    assert (added.returncode, added.stdout) == (0, "")
    assert "added mine: 2 terms, 5 names (drug)" in added.stderr
    assert "TESTCO: stands for https://w3id.org/kg-loader/term/TESTCO/ (--iri-prefix changes that)" in added.stderr
    found = kg("ontology", "search", "ZRV101", *project)
    assert "TESTCO:1" in found.stdout
    assert "zorvolimab" in found.stdout
    assert "mine: ok" in kg("ontology", "verify", *project).stdout
    assert kg("ontology", "remove", "mine", *project).returncode == 0
    assert kg("ontology", "search", "ZRV101", *project).returncode == 1


SKOS = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://skos.example/a> a skos:Concept ; skos:prefLabel "zorvolic fever"@en .
"""


@pytest.fixture
def own_kg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Command:
    """The command line with a folder of its own for what the user adds."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    command: Command = request.getfixturevalue("kg")
    return command


@pytest.mark.slow
def test_a_concept_has_its_own_iri_wherever_it_is_told(own_kg: Command, tmp_path: Path) -> None:
    (tmp_path / "sk.ttl").write_text(SKOS, encoding="utf-8")
    (tmp_path / "a.txt").write_text("Imatinib was studied in zorvolic fever.", encoding="utf-8")
    assert own_kg("load", "a.txt", "--store", "st").returncode == 0
    added = own_kg("ontology", "add", "sk.ttl", "--type", "disease")
    assert (added.returncode, "stands for" in added.stderr) == (0, False)
    assert "zorvolic fever (label, sk)" in own_kg("ontology", "show", "http://skos.example/a").stdout
    assert own_kg("relink", "--store", "st").returncode == 0
    assert "oa:hasBody <http://skos.example/a>" in own_kg("export", "--store", "st").stdout


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.tsv").write_text(MINE, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "site"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.slow
def test_a_source_is_added_from_its_address_and_replaced(kg: Command, tmp_path: Path, site: str) -> None:
    options = ("--type", "drug", "--project", tmp_path / "project")
    added = kg("ontology", "add", f"{site}/mine.tsv?raw=1", *options)
    assert added.returncode == 0
    assert "added mine: 2 terms" in added.stderr
    assert "replaced" not in added.stderr
    assert f"{site}/mine.tsv?raw=1" in kg("ontology", "show", "mine", "--project", tmp_path / "project").stdout
    (tmp_path / "mine.tsv").write_text(MINE + "TESTCO:3\tquixozumab\t\n", encoding="utf-8")
    again = kg("ontology", "add", "mine.tsv", *options)
    assert "added mine: 3 terms" in again.stderr
    assert "replaced your source mine" in again.stderr
    assert "of 2 terms" in again.stderr


def test_an_address_that_fails_leaves_nothing_behind(kg: Command, tmp_path: Path, site: str) -> None:
    options = ("--type", "drug", "--project", tmp_path / "project")
    missing = kg("ontology", "add", f"{site}/other.tsv", *options)
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    assert "answers 404" in missing.stderr
    changed = kg("ontology", "add", f"{site}/mine.tsv", "--sha256", "0" * 64, *options)
    assert changed.returncode == 1
    assert "the checksum is" in changed.stderr
    assert not (tmp_path / "project" / "ontologies").exists()


def test_a_wrong_file_is_one_line_of_error(kg: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.obo").write_text("<!DOCTYPE html><html>not found</html>", encoding="utf-8")
    refused = kg("ontology", "add", "bad.obo", "--type", "disease", "--project", tmp_path / "project")
    assert refused.returncode == 1
    assert refused.stderr.startswith("kg: bad.obo is an HTML page")
    assert refused.stderr.count("\n") == 1
    assert not (tmp_path / "project" / "ontologies").exists()


def test_diff_needs_two_versions(kg: Command) -> None:
    refused = kg("ontology", "diff", "mondo")
    assert refused.returncode == 1
    assert "mondo is there once only" in refused.stderr
