"""Files that were cut off, or that a program saved in its own way."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.model import EntityType
from kg.ontology.adding import Addition, add_source
from kg.ontology.readers.detect import read_source
from tests.ontology.test_readers import GRAPH, OBO, RDF_XML, SKOS, TSV, TURTLE, read

HALF = OBO.replace("name: muscle disease\n", 'name: muscle disease\ndef: "Of muscles." [PMID:1]\n')
SSSOM = "subject_id\tpredicate_id\tobject_id\tobject_label\nA:1\tskos:exactMatch\tB:1\tb\n"


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_whole_obo_file_may_end_with_a_blank_line(tmp_path: Path, end: str) -> None:
    assert len(read(tmp_path, "a.obo", OBO.rstrip("\n") + "\n" + end)) == 2
    assert len(read(tmp_path, "b.obo", (OBO + end).replace("\n", "\r\n"))) == 2


@pytest.mark.parametrize("name", ["a.obo", "a.obo.gz"])
@pytest.mark.parametrize("tail", ["name: rod myopathy", "name: r", "is_a: M", "xref: OM", "def: x", "[", "[Term]"])
def test_an_obo_file_whose_last_line_has_no_end_is_refused(tmp_path: Path, name: str, tail: str) -> None:
    with pytest.raises(LexiconError, match="cut off"):
        read(tmp_path, name, OBO + tail)


def test_a_cut_off_obo_file_says_what_to_do_where_it_is_whole(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"its last line, 'is_a: M', has no end; if it is whole, add one"):
        read(tmp_path, "a.obo", OBO + "is_a: M")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (OBO + "[\n", r"line 29: '\[' is half a stanza's header"),
        (OBO + "[Ter\n", "half a stanza's header"),
        (HALF.replace('muscles." [PMID:1]', "muscles"), "line 8: 'def: .*' breaks off"),
        (HALF.replace("[PMID:1]", "[PMID:4"), "line 8: 'def: .*' breaks off"),
        (OBO.replace('"MD" EXACT abbreviation []', '"MD'), "line 9: 'synonym: \"MD' breaks off"),
        (OBO + "[Term]\nid: MYO:8\n", "the last term, MYO:8, has no name"),
        (OBO + "[Term]\n", "has no id"),
    ],
)
def test_what_betrays_a_cut_is_refused_though_the_line_ends(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(LexiconError, match=says):
        read(tmp_path, "a.obo", content)


def test_terms_that_never_had_a_name_are_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, "a.obo", OBO.replace("[Term]\nid: MYO:2", "[Term]\nid: MYO:7\n\n[Term]\nid: MYO:2"))
    assert set(found) == {"muscle disease", "rod myopathy"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.tsv", TSV + "MYO:3\tthi", "line 4: 2 fields where the header has 4.*cut off"),
        ("a.csv", "id,name,type\nA:1,a,drug\nA:2,b", "line 3: 2 fields.*cut off"),
        ("a.sssom.tsv", SSSOM + "A:2\tskos:exactMatch\tB", "line 3: 3 fields.*cut off"),
        ("a.sssom.tsv", "#curie_map:\n" + SSSOM + "A:2\tskos:ex", "line 4: 2 fields.*cut off"),
        ("a.tsv", "# nothing else\n", "no column label or name"),
    ],
)
def test_a_table_whose_last_row_is_short_is_refused(tmp_path: Path, name: str, content: str, says: str) -> None:
    with pytest.raises(LexiconError, match=says):
        read(tmp_path, name, content)
    assert len(read(tmp_path, "b.tsv", TSV.rstrip("\n"))) == 2
    assert len(read(tmp_path, "c.tsv", TSV + "\n")) == 2


@pytest.mark.parametrize(
    "content",
    [
        'id,name\nQ:1,one\nQ:2,"two\nQ:3,three\nQ:4,four\n',
        'id,name\nQ:1,one\nQ:2,"two\nQ:3,"three"\nQ:4,four\n',
        'id,name\nQ:1,one\nQ:2,"two" and\nQ:3,three\n',
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_told_with_its_line(tmp_path: Path, content: str) -> None:
    folder, path = tmp_path / "own", tmp_path / "a.csv"
    addition = Addition("mine", EntityType.DRUG)
    path.write_text("id,name\nQ:1,one\n", encoding="utf-8")
    add_source(path, addition, folder, lambda _: None)
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"a\.csv, line 3: a quotation mark .* is not closed") as raised:
        add_source(path, addition, folder, lambda _: None)
    assert "\n" not in str(raised.value)
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before


def test_quoted_fields_may_hold_commas_quotes_and_line_ends(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", '# by hand\nid,name\nQ:1,"a, ""b"" and\nc"\nQ:2,d\n')
    assert [one.curie for one in found.values()] == ["Q:1", "Q:2"]
    assert list(found) == ['a, "b" and\nc', "d"]
    with pytest.raises(LexiconError, match="line 5: 1 fields"):
        read(tmp_path, "a.csv", '# by hand\nid,name\nQ:1,"a\nb"\nQ:2\n')


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", TSV.replace("\t", ",")),
        ("a.tsv", TSV),
        ("a.tsv.gz", TSV),
        ("a.obo", OBO),
        ("noname", OBO),
        ("a.ttl", TURTLE),
        ("s.ttl", SKOS),
        ("a.owl", RDF_XML),
        ("noname", RDF_XML),
        ("a.json", json.dumps(GRAPH)),
    ],
)
def test_a_byte_order_mark_changes_nothing(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    marked = b"\xef\xbb\xbf" + content.encode()
    path.write_bytes(gzip.compress(marked) if name.endswith(".gz") else marked)
    with_mark = read_source(path).terms
    path.write_bytes(gzip.compress(content.encode()) if name.endswith(".gz") else content.encode())
    assert with_mark == read_source(path).terms
    assert all(not one.curie.startswith("kgentity:") for one in with_mark)
