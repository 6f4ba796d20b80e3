"""What terms of a user's own are called in the RDF, and by which other identifiers they are found."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from kg import prefixes
from kg.errors import LexiconError
from kg.model import Curie, EntityType
from kg.ontology.adding import Addition, add_source
from kg.ontology.lexicon import Lexicon
from kg.ontology.manifest import Manifest
from kg.ontology.readers.detect import read_source
from kg.rdf.iris import curie_iri
from tests.ontology.test_readers import OBO, SKOS


def add(folder: Path, name: str, content: str, iri_prefix: str = "") -> Manifest:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    addition = Addition(name.partition(".")[0], EntityType.DISEASE, iri_prefix=iri_prefix)
    return add_source(path, addition, folder / "own", lambda _: None)


def opened(folder: Path) -> Lexicon:
    return Lexicon.open(folder / "own", folder / "cache")


def test_a_concept_keeps_the_iri_that_it_has(tmp_path: Path) -> None:
    manifest = add(tmp_path, "sk.ttl", SKOS.replace("http://example.org/c/", "http://skos.example/"))
    assert (manifest.prefix, manifest.iri_prefix) == ("http://skos.example/", "")
    lexicon = opened(tmp_path)
    (found,) = lexicon.lookup("rod myopathy")
    assert found.curie == "http://skos.example/2"
    assert curie_iri(found.curie).value == "http://skos.example/2"
    assert lexicon.parents(found.curie) == ("http://skos.example/1",)
    assert lexicon.entity(Curie("http://skos.example/2")).label == "rod myopathy"


def test_iris_that_end_as_obos_do_are_no_obo_iris(tmp_path: Path) -> None:
    add(tmp_path, "my.ttl", SKOS.replace("http://example.org/c/", "http://skos.example/onto/MYQ_"))
    assert opened(tmp_path).lookup("rod myopathy")[0].curie == "http://skos.example/onto/MYQ_2"
    manifest = add(tmp_path, "obo.ttl", SKOS.replace("http://example.org/c/", "http://purl.obolibrary.org/obo/MYR_"))
    assert (manifest.prefix, manifest.iri_prefix) == ("MYR", "http://purl.obolibrary.org/obo/MYR_")


def test_concepts_of_two_schemes_are_one_where_they_say_so(tmp_path: Path) -> None:
    match = "<http://example.org/c/1> skos:exactMatch <http://other.example/x> .\n"
    add(tmp_path, "one.ttl", SKOS + match)
    add(tmp_path, "two.ttl", SKOS.replace("example.org/c/1", "other.example/x").replace("muscle disease", "myositis"))
    lexicon = opened(tmp_path)
    assert lexicon.entity(Curie("http://other.example/x")).curie == "http://example.org/c/1"
    assert lexicon.lookup("myositis")[0].curie == "http://example.org/c/1"


def table(prefix: str) -> str:
    return f"id\tname\n{prefix}:1\tzorvosis\n"


def test_a_prefix_that_nobody_knows_gets_an_address_of_ours(tmp_path: Path) -> None:
    manifest = add(tmp_path, "a.tsv", table("ACMEONE"))
    assert manifest.iri_prefix == "https://w3id.org/kg-loader/term/ACMEONE/"
    assert curie_iri(Curie("ACMEONE:1")).value == "https://w3id.org/kg-loader/term/ACMEONE/1"
    add(tmp_path, "b.tsv", table("ACMETWO"), "https://acmetwo.example/")
    assert prefixes.expand(Curie("ACMETWO:1")) == "https://acmetwo.example/1"
    assert add(tmp_path, "c.tsv", table("ACMETWO")).iri_prefix == "https://acmetwo.example/"


@pytest.mark.parametrize(
    ("content", "iri_prefix", "says"),
    [
        (table("MONDO"), "https://acmetwo.example/mondo/", "MONDO.*already in use"),
        (table("ACMETHREE"), "no iri", "no beginning of an IRI"),
        ("name\nzorvosis\n", "https://acmetwo.example/names/", "kgentity.*already in use"),
        ("iri\tname\nhttps://iris.example/x/1\tzorvosis\n", "https://iris.example/x/", "have no CURIEs"),
    ],
)
def test_an_iri_prefix_that_cannot_be_is_refused(tmp_path: Path, content: str, iri_prefix: str, says: str) -> None:
    with pytest.raises(LexiconError, match=says):
        add(tmp_path, "a.tsv", content, iri_prefix)


@pytest.mark.parametrize(
    ("prefix", "header", "iri"),
    [
        ("OWNA", "ontology: owna", "http://purl.obolibrary.org/obo/OWNA_2"),
        ("OWNB", "ontology: http://purl.obolibrary.org/obo/ownb.owl", "http://purl.obolibrary.org/obo/OWNB_2"),
        ("OWNC", "ontology: ownc/subsets/rare", "http://purl.obolibrary.org/obo/OWNC_2"),
        ("OWND", 'idspace: OWND http://own.example/d# "Ours"', "http://own.example/d#2"),
        ("OWNE", "idspace: OWNE http://own.example/e/\nontology: owne", "http://own.example/e/2"),
        ("OWNF", "ontology: other", "https://w3id.org/kg-loader/term/OWNF/2"),
    ],
)
def test_an_obo_file_says_what_its_prefix_stands_for(tmp_path: Path, prefix: str, header: str, iri: str) -> None:
    add(tmp_path, "a.obo", OBO.replace("MYO:", f"{prefix}:").replace("ontology: myo", header))
    assert prefixes.expand(Curie(f"{prefix}:2")) == iri


TRAILED = dedent(
    """\
    format-version: 1.2

    [Term]
    id: TRL:1 {source="x"} ! root
    name: muscle disease {source="PMID:1", note="a, b"} ! the root
    synonym: "myopathy {sic} ! so" EXACT [] {source="x"} ! often

    [Term]
    id: TRL:2
    name: rod {nemaline} myopathy ! rods
    alt_id: TRL:20
    alt_id: TRL:21 {source="x"}
    alt_id: TRL:1
    is_a: TRL:1\t! muscle disease
    xref: OMIM:1

    [Term]
    id: TRL:3
    name: Wow! \\! disease \\{x="y"\\}
    alt_id: TRL:21
    is_a: TRL:1{x="y"}
    """
)


def test_modifiers_and_comments_are_no_part_of_an_obo_value(tmp_path: Path) -> None:
    path = tmp_path / "a.obo"
    path.write_text(TRAILED, encoding="utf-8")
    terms = read_source(path).terms
    assert [one.curie for one in terms] == ["TRL:1", "TRL:2", "TRL:3"]
    assert [one.label for one in terms] == ["muscle disease", "rod {nemaline} myopathy", 'Wow! ! disease {x="y"}']
    assert [name.text for name in terms[0].names] == ["myopathy {sic} ! so"]
    assert terms[1].parents == terms[2].parents == ["TRL:1"]


def test_a_former_identifier_finds_the_term_that_has_replaced_it(tmp_path: Path) -> None:
    add(tmp_path, "trl.obo", TRAILED)
    lexicon = opened(tmp_path)
    assert lexicon.entity(Curie("TRL:20")).label == "rod {nemaline} myopathy"
    assert lexicon.entity(Curie("TRL:1")).label == "muscle disease"
    assert lexicon.entity(Curie("TRL:2")).xrefs == ("OMIM:1", "TRL:20")
    assert lexicon.try_entity(Curie("TRL:21")) is None  # two terms claim it


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.ttl",
            "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
            "@prefix oio: <http://www.geneontology.org/formats/oboInOwl#> .\n"
            '<http://purl.obolibrary.org/obo/FRM_1> a owl:Class ; rdfs:label "x" ; oio:hasAlternativeId "FRM:9" .\n',
        ),
        (
            "a.json",
            '{"graphs": [{"nodes": [{"id": "http://purl.obolibrary.org/obo/FRM_1", "lbl": "x", "meta": {'
            '"basicPropertyValues": [{"val": "FRM:9",'
            ' "pred": "http://www.geneontology.org/formats/oboInOwl#hasAlternativeId"}]}}]}]}',
        ),
    ],
)
def test_owl_and_obo_graphs_tell_former_identifiers_too(tmp_path: Path, name: str, content: str) -> None:
    add(tmp_path, name, content)
    assert opened(tmp_path).entity(Curie("FRM:9")).curie == "FRM:1"
