import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg.cli.app import app
from kg.ontology.lexicon import Lexicon


@pytest.fixture
def run(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(Lexicon, "open", classmethod(lambda cls: lexicon))
    return lambda *arguments, **more: CliRunner().invoke(app, ["link", *arguments], **more)


def test_kg_link_says_what_a_name_stands_for(run: Any) -> None:
    result = run("NK cells")
    assert result.exit_code == 0
    assert "CL:0000623 natural killer cell" in result.stdout


def test_kg_link_gives_one_json_object_a_name(run: Any) -> None:
    result = run("IL-2", "cancer", "--format", "json")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["text"] for one in found] == ["IL-2", "cancer"]
    assert found[1]["id"] == "MONDO:0004992"
    assert found[1]["candidates"][0]["score"] > 0.5


def test_kg_link_explains_the_parts_of_the_score(run: Any) -> None:
    result = run("MS", "--context", "The magnesium sulfate (MS) dose.", "--explain", "--format", "json")
    why = json.loads(result.stdout)["explanation"]
    assert (why["type"], why["long_form"]) == ("drug", "magnesium sulfate")
    assert why["reasons"][0]["id"] == "CHEBI:25107"
    assert why["reasons"][0]["source"] == "small"
    assert "magnesium sulfate" in run("MS", "--context", "The magnesium sulfate (MS) dose.", "--explain").stdout


def test_kg_link_ends_with_1_where_a_name_is_nil(run: Any) -> None:
    result = run("zorblatinib")
    assert result.exit_code == 1
    assert "NIL" in result.stdout


def test_kg_link_reads_names_from_standard_input(run: Any) -> None:
    result = run("-", "--format", "json", input="cancer\n\nleukemia\n")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["MONDO:0004992", "MONDO:0005059"]


@pytest.mark.parametrize("names", [("-", "cancer"), ("cancer", "-"), ("-", "-")])
def test_kg_link_reads_standard_input_or_names_not_both(run: Any, names: tuple[str, ...]) -> None:
    result = run(*names, input="leukemia\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "from standard input" in result.output


def test_kg_link_links_into_a_vocabulary_and_says_for_what(run: Any) -> None:
    result = run("colorectal cancer", "--vocabulary", "mesh", "--explain", "--format", "json")
    found = json.loads(result.stdout)
    assert found["id"] == "MESH:D009369"
    assert found["explanation"]["reasons"][0]["told_for"] == "MONDO:0005575 colorectal cancer"
    assert "of MONDO:0005575" in run("colorectal cancer", "-V", "mesh", "--explain").stdout.replace("\n", " ")


def test_kg_link_refuses_a_year_without_a_vocabulary(run: Any) -> None:
    assert run("cancer", "--until", "2013").exit_code == 2


def test_kg_link_refuses_an_empty_name(run: Any) -> None:
    assert run(" ").exit_code == 2


def test_kg_link_shows_only_the_beginning_of_what_is_too_long_for_a_name(run: Any) -> None:
    result = run("x" * 100_000)
    assert result.exit_code == 1
    assert "…" in result.output
    assert len(result.output) < 10_000


def test_kg_relink_names_the_store_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["relink", "--store", str(tmp_path / "none")])
    assert "there is no store at" in str(result.exception)


def test_kg_link_refuses_what_is_not_utf_8(run: Any) -> None:
    result = run("-", input=b"caf\xe9 disease\n")
    assert result.exit_code == 2
    assert "not UTF-8" in result.stderr
    assert run("cancer", "--context", "caf\udce9").exit_code == 2
