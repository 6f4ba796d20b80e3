from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.reading.identity import document_iri, to_identifier
from tests.reading.reading import Folder, read_all, read_one


@given(st.text(), st.sampled_from(["id", "path", "url", "text"]))
def test_an_iri_of_a_document_is_always_readable_ascii(name: str, kind: str) -> None:
    iri = document_iri(f"{kind}:{name}".encode("utf-8", "replace").decode())
    assert re.fullmatch(r"https://w3id\.org/kg-loader/document/[a-z0-9-]+-[0-9a-f]{12}", iri)


@given(st.text(alphabet=st.characters(codec="utf-8")), st.text(alphabet=st.characters(codec="utf-8")))
def test_two_names_never_share_an_iri(first: str, second: str) -> None:
    assert (document_iri(f"id:{first}") == document_iri(f"id:{second}")) == (first == second)


@pytest.mark.parametrize(
    ("name", "curie"),
    [
        ("PMID:18809400", "PMID:18809400"),
        ("pmid 0018809400", "PMID:18809400"),
        ("https://pubmed.ncbi.nlm.nih.gov/18809400/", "PMID:18809400"),
        ("PMC2423123", "PMC:PMC2423123"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2423123/", "PMC:PMC2423123"),
        ("https://doi.org/10.1182/Blood-2006", "DOI:10.1182/blood-2006"),
        ("18809400", None),
        ("release-10.1182", None),
    ],
)
def test_identifiers_are_known_in_the_forms_people_write(name: str, curie: str | None) -> None:
    assert to_identifier(name) == curie


def test_a_file_is_known_by_its_path_from_the_folder_that_was_loaded(folder: Folder) -> None:
    folder.write("a/b/note.txt", "Imatinib inhibits KIT.")
    document = read_one(str(folder.path / "a"))
    assert (document.path, document.id) == ("b/note.txt", "b/note.txt")
    assert document.iri.rsplit("/", 1)[1].startswith("b-note-")


def test_a_file_that_is_moved_with_its_folder_stays_the_same_document(folder: Folder) -> None:
    one = folder.read("x/note.txt", "One.")
    two = folder.read("y/note.txt", "Two.")
    assert one.iri == two.iri
    assert one.sha256 != two.sha256


def test_files_of_one_name_in_one_load_are_told_apart(folder: Folder) -> None:
    one, two = folder.write("x/note.txt", "One."), folder.write("y/note.txt", "Two.")
    documents = [document for document in read_all(one, two) if isinstance(document, Document)]
    assert [document.path for document in documents] == ["x/note.txt", "y/note.txt"]
    assert len({document.iri for document in documents}) == 2


def test_the_same_citation_is_the_same_document_from_xml_and_from_json(folder: Folder) -> None:
    citation = "<PMID>7</PMID><Article><ArticleTitle>On statins.</ArticleTitle></Article>"
    xml = f"<MedlineCitationSet><MedlineCitation>{citation}</MedlineCitation></MedlineCitationSet>"
    from_xml = folder.read("a.xml", xml)
    from_json = folder.read("a.jsonl", '{"id": "pmid:7", "text": "On statins."}\n')
    assert from_xml.iri == from_json.iri
    assert from_json.identifiers == ("PMID:7",)
    assert (from_xml.id, from_json.id) == ("PMID:7", "pmid:7")
