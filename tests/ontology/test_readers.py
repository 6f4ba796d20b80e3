from __future__ import annotations

import gzip
import json
from pathlib import Path
from textwrap import dedent

import pytest

from kg.errors import LexiconError
from kg.ontology.names import NameStatus
from kg.ontology.readers.detect import read_source
from kg.ontology.readers.raw import RawTerm

OBO = dedent(
    """\
    format-version: 1.2
    data-version: 2026-05-01
    ontology: myo

    [Term]
    id: MYO:1
    name: muscle disease
    synonym: "myopathy" EXACT [PMID:1]
    synonym: "MD" EXACT abbreviation []
    synonym: "disease of \\"muscle\\"" RELATED []
    synonym: "everything" BROAD []
    xref: MESH:D009135 {source="MONDO:equivalentTo"}
    xref: UMLS:C1

    [Term]
    id: MYO:2
    name: rod myopathy
    is_a: MYO:1 {source="x"} ! muscle disease
    xref: OMIM:1

    [Term]
    id: MYO:3
    name: obsolete thing
    is_obsolete: true

    [Typedef]
    id: part_of
    name: part of
    """
)
TURTLE = dedent(
    """\
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix oio: <http://www.geneontology.org/formats/oboInOwl#> .
    @prefix obo: <http://purl.obolibrary.org/obo/> .
    obo:MYO_1 a owl:Class ; rdfs:label "muscle disease"@en, "Muskelkrankheit"@de ; oio:hasExactSynonym "myopathy" ;
      skos:exactMatch <http://id.nlm.nih.gov/mesh/D009135> .
    obo:MYO_2 a owl:Class ; rdfs:label "rod myopathy" ; rdfs:subClassOf obo:MYO_1, [ a owl:Restriction ] .
    obo:MYO_3 a owl:Class ; rdfs:label "old" ; owl:deprecated true .
    """
)
RDF_XML = dedent(
    """\
    <?xml version="1.0"?>
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
             xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:oio="http://www.geneontology.org/formats/oboInOwl#">
      <owl:Class rdf:about="http://purl.obolibrary.org/obo/MYO_1">
        <rdfs:label>muscle disease</rdfs:label><oio:hasExactSynonym>myopathy</oio:hasExactSynonym>
      </owl:Class>
      <owl:Class rdf:about="http://purl.obolibrary.org/obo/MYO_2">
        <rdfs:label>rod myopathy</rdfs:label>
        <rdfs:subClassOf rdf:resource="http://purl.obolibrary.org/obo/MYO_1"/>
      </owl:Class>
    </rdf:RDF>
    """
)
SKOS = dedent(
    """\
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <http://example.org/c/1> a skos:Concept ; skos:prefLabel "muscle disease"@en ; skos:altLabel "myopathy"@en .
    <http://example.org/c/2> a skos:Concept ; skos:prefLabel "rod myopathy"@en ; skos:broader <http://example.org/c/1> .
    """
)
GRAPH = {
    "graphs": [
        {
            "meta": {"version": "v1"},
            "nodes": [
                {
                    "id": "http://purl.obolibrary.org/obo/MYO_1",
                    "lbl": "muscle disease",
                    "type": "CLASS",
                    "meta": {
                        "synonyms": [{"pred": "hasExactSynonym", "val": "myopathy"}],
                        "xrefs": [{"val": "UMLS:C1"}],
                    },
                },
                {"id": "http://purl.obolibrary.org/obo/MYO_2", "lbl": "rod myopathy", "type": "CLASS"},
                {"id": "http://purl.obolibrary.org/obo/MYO_3", "lbl": "old", "meta": {"deprecated": True}},
            ],
            "edges": [
                {
                    "sub": "http://purl.obolibrary.org/obo/MYO_2",
                    "pred": "is_a",
                    "obj": "http://purl.obolibrary.org/obo/MYO_1",
                }
            ],
        }
    ]
}
TSV = "id\tname\tsynonyms\tparents\nMYO:1\tmuscle disease\tmyopathy|MD\t\nMYO:2\trod myopathy\t\tMYO:1\n"


def read(folder: Path, name: str, content: str) -> dict[str, RawTerm]:
    path = folder / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(content.encode()))
    else:
        path.write_text(content, encoding="utf-8")
    return {term.label: term for term in read_source(path).terms}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.obo", OBO),
        ("a.obo.gz", OBO),
        ("a.ttl", TURTLE),
        ("a.owl", RDF_XML),
        ("b.owl", TURTLE),
        ("s.ttl", SKOS),
        ("a.json", json.dumps(GRAPH)),
        ("a.tsv", TSV),
        ("a.csv", TSV.replace("\t", ",")),
        ("noname", OBO),
    ],
)
def test_every_format_gives_the_same_terms(tmp_path: Path, name: str, content: str) -> None:
    found = read(tmp_path, name, content)
    assert set(found) == {"muscle disease", "rod myopathy"}
    assert "myopathy" in {one.text for one in found["muscle disease"].names}
    assert found["rod myopathy"].parents == [found["muscle disease"].curie]


def test_obo_keeps_scopes_and_the_exact_matches(tmp_path: Path) -> None:
    found = read(tmp_path, "a.obo", OBO)["muscle disease"]
    statuses = {name.text: name.status for name in found.names}
    assert statuses == {
        "myopathy": NameStatus.EXACT,
        "MD": NameStatus.ABBREVIATION,
        'disease of "muscle"': NameStatus.RELATED,
    }
    assert found.xrefs == ["MESH:D009135"]
    assert found.loose == ["UMLS:C1"]
    assert read_source(tmp_path / "a.obo").version == "2026-05-01"


def test_names_in_other_languages_are_left_out(tmp_path: Path) -> None:
    assert "Muskelkrankheit" not in {one.text for one in read(tmp_path, "a.ttl", TURTLE)["muscle disease"].names}


def test_a_table_needs_no_identifiers(tmp_path: Path) -> None:
    assert read(tmp_path, "a.tsv", "name\nRod Myopathy\n")["Rod Myopathy"].curie == "kgentity:rod-myopathy"


def test_sssom_gives_exact_matches_only(tmp_path: Path) -> None:
    header = "#curie_map:\n#  x: http://x/\nsubject_id\tsubject_label\tpredicate_id\tobject_id\n"
    rows = "MONDO:1\tm\tskos:exactMatch\tMESH:D1\nMONDO:1\tm\tskos:broadMatch\tMESH:D2\n"
    assert read(tmp_path, "a.sssom.tsv", header + rows)["m"].xrefs == ["MESH:D1"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.obo", "<!DOCTYPE html>\n<html><body>404</body></html>", "HTML page"),
        ("a.ttl", "  <html>", "HTML page"),
        ("a.obo", "", "empty"),
        ("a.obo", "format-version: 1.2\n", "no terms"),
        ("a.obo", OBO[: OBO.index("name: rod")], "cut off"),
        ("a.obo", OBO[: OBO.index("ame: rod")], "cut off"),
        ("a.obo", f"{OBO.rstrip()}\n\n[Term]\nid: MYO:77\nname: lasting\nis_a: MYO:99", "cut off"),
        ("a.obo", f'{OBO.rstrip()}\n\n[Term]\nid: MYO:77\nname: lasting\nsynonym: "las', "cut off"),
        ("a.obo", OBO + "\n[Term]\nid: MYO:9\nname: last\nis_a: MYO:", "breaks off"),
        ("a.json", '{"graphs": [', "cut off"),
        ("a.json", '{"a": 1}', "OBO Graphs"),
        ("a.owl", RDF_XML[:500], "cut off"),
        ("a.ttl", TURTLE[:-60], "cut off"),
        ("a.tsv", "id\tcolour\n1\tred\n", "no column label or name"),
        ("a.tsv", "id\tname\nA:1\n", "line 2: 1 fields where the header has 2"),
        ("a.bin", "hello", "no known format"),
    ],
)
def test_a_wrong_file_gets_a_clear_error(tmp_path: Path, name: str, content: str, says: str) -> None:
    with pytest.raises(LexiconError, match=says) as raised:
        read(tmp_path, name, content)
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_byte_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.obo").write_bytes(OBO.encode().replace(b"rod", b"r\xf6d"))
    with pytest.raises(LexiconError, match=r"not UTF-8: line 17 has the byte 0xf6"):
        read_source(tmp_path / "a.obo")


def test_a_cut_off_gzip_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.obo.gz").write_bytes(gzip.compress(OBO.encode() * 50)[:-30])
    with pytest.raises(LexiconError, match="cut off"):
        read_source(tmp_path / "a.obo.gz")


def test_a_missing_file_says_what_can_be_given(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="kg ontology list --available"):
        read_source(tmp_path / "nothing.obo")
