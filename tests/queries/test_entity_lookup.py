from __future__ import annotations

import pytest
from pyoxigraph import Literal, Store

from kg.errors import QueryError
from kg.store.entity_lookup import find_document, find_entity
from kg.store.query_library import ParameterType
from kg.store.querying import to_term
from kg.store.statement_lookup import find_statement

OBO = "http://purl.obolibrary.org/obo/"


@pytest.mark.parametrize(
    ("words", "iri"),
    [
        ("http://example.org/any", "http://example.org/any"),
        ("MONDO:0018874", OBO + "MONDO_0018874"),
        ("MESH:D015470", OBO + "MONDO_0018874"),
        ("acute myeloid leukemia", OBO + "MONDO_0018874"),
        ("Acute Myeloid Leukemia", OBO + "MONDO_0018874"),
        ("AML", OBO + "MONDO_0018874"),
        ("leukemia", OBO + "MONDO_0005059"),
        ("T cells", OBO + "CL_0000084"),
        ("Zorbamol", "https://w3id.org/kg-loader/entity/zorbamol"),
        ("  imatinib ", OBO + "CHEBI_45783"),
    ],
    ids=["iri", "curie", "xref", "label", "case", "abbreviation", "ancestor", "words-of-text", "nil", "spaces"],
)
def test_an_entity_is_found_by(sample_store: Store, words: str, iri: str) -> None:
    assert find_entity(sample_store, words).value == iri


def test_an_unknown_name_suggests_near_ones(sample_store: Store) -> None:
    with pytest.raises(QueryError, match="did you mean 'dasatinib'"):
        find_entity(sample_store, "dasatinb")


def test_a_name_like_nothing_says_what_may_be_given(sample_store: Store) -> None:
    with pytest.raises(QueryError, match="give a name, CURIE or IRI"):
        find_entity(sample_store, "qqqqqqqqqq")


def test_an_iri_with_a_space_is_refused(sample_store: Store) -> None:
    with pytest.raises(QueryError, match="is not an IRI: it holds"):
        find_entity(sample_store, "http://example.org/a b> <x")


@pytest.mark.parametrize("words", ["paper", "https://w3id.org/kg-loader/document/paper"])
def test_a_document_is_found_by_its_id_or_iri(sample_store: Store, words: str) -> None:
    assert find_document(sample_store, words).value == "https://w3id.org/kg-loader/document/paper"


def test_an_unknown_document_is_said(sample_store: Store) -> None:
    with pytest.raises(QueryError, match="no document 'nothing'"):
        find_document(sample_store, "nothing")


def test_a_statement_is_found_by_the_beginning_of_its_hash(sample_store: Store) -> None:
    from kg.store.layout import TYPE, kg_term

    statement = next(quad.subject for quad in sample_store.quads_for_pattern(None, TYPE, kg_term("Statement"), None))
    iri = getattr(statement, "value", "")
    found, document = find_statement(sample_store, iri.rpartition("/")[2][:12])
    assert found == statement
    assert document.value.startswith("https://w3id.org/kg-loader/document/")
    assert find_statement(sample_store, iri)[0] == statement


@pytest.mark.parametrize("words", ["0", "no hash", "ffffffffffffffffffff"])
def test_what_is_no_statement_is_refused(sample_store: Store, words: str) -> None:
    with pytest.raises(QueryError):
        find_statement(sample_store, words)


def test_values_get_the_type_of_their_parameter(sample_store: Store) -> None:
    assert to_term(sample_store, ParameterType.NUMBER, "5") == Literal(5)
    assert to_term(sample_store, ParameterType.NUMBER, "0.5") == Literal(0.5)
    assert to_term(sample_store, ParameterType.TEXT, "5") == Literal("5")
    date = to_term(sample_store, ParameterType.DATE, "2008-05-27")
    assert isinstance(date, Literal)
    assert date.datatype.value.endswith("#date")
    with pytest.raises(QueryError, match="not a number"):
        to_term(sample_store, ParameterType.NUMBER, "five")
