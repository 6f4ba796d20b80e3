from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store

from kg.errors import QueryError
from kg.store.query_library import Parameter, ParameterType, load_queries, load_query, parse_query
from kg.store.querying import run_query, run_stored_query
from kg.store.store import open_current
from tests.rdf.sample_annotations import CYBB, RELA, Scribe
from tests.rdf.sample_annotations import DASATINIB as DASATINIB_ENTITY
from tests.rdf.sample_annotations import IMATINIB as IMATINIB_ENTITY
from tests.store.documents import load

IMATINIB, DASATINIB, CML = "imatinib", "dasatinib", "chronic myelogenous leukemia, BCR-ABL1 positive"
FDA, DRUG_FACTS = "Food and Drug Administration", ("relation", "targetLabel", "negated", "modality")
ASSERTED = "https://w3id.org/kg-loader/vocab/Asserted"
HYPOTHETICAL = "https://w3id.org/kg-loader/vocab/Hypothetical"
ANTICIPATED = "https://w3id.org/kg-loader/vocab/Anticipated"

EXPECTED: dict[str, tuple[dict[str, str], tuple[str, ...], set[tuple[str | None, ...]]]] = {
    "drugs-for-disease": (
        {"disease": "leukemia"},
        ("drugLabel", "relation", "kindLabel"),
        {(IMATINIB, "treats", CML), (DASATINIB, "treats", CML)},
    ),
    "drugs-in-development": (
        {"disease": "MONDO:0004992"},
        ("drugLabel", "relation", "kindLabel"),
        {(DASATINIB, "studied_for", "acute myeloid leukemia")},
    ),
    "mechanism-of-drug": (
        {"drug": "imatinib"},
        DRUG_FACTS,
        {
            ("inhibits", "ABL1", "false", ASSERTED),
            ("inhibits", "apoptotic process", "false", ASSERTED),
            ("activates", "apoptotic process", "false", ASSERTED),
            ("protects", "T cell", "false", HYPOTHETICAL),
            ("protects", "T cell", "false", ANTICIPATED),
        },
    ),
    "drugs-acting-on-target": (
        {"target": "HGNC:76"},
        ("drugLabel", "relation", "actedOnLabel", "confidence", "sentence"),
        {
            (IMATINIB, "inhibits", "ABL1", "0.93", "Imatinib inhibits ABL1 and treats chronic myelogenous leukemia."),
            (IMATINIB, "inhibits", "ABL1", "0.7", "Imatinib inhibits ABL1 and activates apoptosis."),
        },
    ),
    "cells-protected": (
        {"drug": "Imatinib"},
        ("cellLabel", "modality", "cue"),
        {("T cell", HYPOTHETICAL, "may"), ("T cell", ANTICIPATED, "expects")},
    ),
    "developers-of-drug": ({"drug": "dasatinib"}, ("organisationLabel",), {("Bristol-Myers Squibb",)}),
    "pipeline-of-organisation": (
        {"organisation": "Bristol-Myers Squibb"},
        ("drugLabel", "role", "diseaseRelation", "diseaseLabel", "phaseLabel"),
        {
            (DASATINIB, "developed_by", "treats", CML, "Phase 3"),
            (DASATINIB, "developed_by", "studied_for", "acute myeloid leukemia", "Phase 3"),
        },
    ),
    "regulatory-history": (
        {"drug": "dasatinib"},
        ("date", "kind", "agentLabel", "indicationLabel", "outcome"),
        {
            ("2005-03-01", "complete_response", FDA, None, None),
            ("2006-06", "approval", FDA, CML, None),
            ("2007-07-03", "approval", FDA, None, None),
            (None, "designation", FDA, "acute myeloid leukemia", "orphan"),
        },
    ),
    "evidence-for-pair": (
        {"first": "chronic myelogenous leukemia", "second": "imatinib"},
        ("subjectLabel", "relation", "negated", "cue"),
        {(IMATINIB, "treats", "false", None), (IMATINIB, "treats", "true", "does not")},
    ),
    "contradictions": (
        {},
        ("subjectLabel", "relation", "objectLabel", "denyingDocument"),
        {(IMATINIB, "treats", CML, "https://w3id.org/kg-loader/document/rival-paper")},
    ),
    "opposite-effects": ({}, ("subjectLabel", "objectLabel"), {(IMATINIB, "apoptotic process")}),
    "changed-decisions": (
        {},
        ("drugLabel", "unfavourable", "unfavourableDate", "favourable", "favourableDate"),
        {
            (DASATINIB, "complete_response", "2005-03-01", "approval", "2006-06"),
            (DASATINIB, "complete_response", "2005-03-01", "approval", "2007-07-03"),
        },
    ),
    "disputed-dates": (
        {},
        ("drugLabel", "kind", "oneDate", "otherDate"),
        {(DASATINIB, "approval", "2006-06", "2007-07-03")},
    ),
    "agreements": (
        {},
        ("subjectLabel", "relation", "objectLabel", "documents"),
        {(IMATINIB, "inhibits", "ABL1", "2")},
    ),
    "trials-of-drug": ({"drug": "dasatinib"}, ("kind", "outcome"), {("readout", "met primary endpoint")}),
    "numbers-on-disease": (
        {"disease": "leukemia"},
        ("kindLabel", "measures", "value", "unit"),
        {(CML, "incidence", "4500", "{patients}/a")},
    ),
    "numbers-on-drug": ({"drug": "imatinib"}, ("measures", "value", "unit"), {("rate of edema", "24", "%")}),
    "adverse-events": ({"drug": "imatinib"}, ("effectLabel", "negated"), {("edema", "false")}),
    "designations": (
        {},
        ("drugLabel", "agentLabel", "indicationLabel", "outcome"),
        {(DASATINIB, FDA, "acute myeloid leukemia", "orphan")},
    ),
    "hedged-statements": (
        {"entity": "T cell"},
        ("modality", "subjectLabel", "relation", "objectLabel"),
        {(HYPOTHETICAL, IMATINIB, "protects", "T cell"), (ANTICIPATED, IMATINIB, "protects", "T cell")},
    ),
    "expected-decisions": ({}, ("date", "kind", "agentLabel"), {("2013", "expected_decision", FDA)}),
    "co-mentioned": (
        {"entity": "edema"},
        ("otherLabel", "otherType", "sentences", "documents"),
        {(IMATINIB, "drug", "1", "1")},
    ),
    "newest-documents": (
        {},
        ("title", "issued", "statements"),
        {
            ("Title of outlook", "2012-01-01", "1"),
            ("Title of rival-paper", "2011-01-01", "2"),
            ("Title of paper", "2010-01-01", "5"),
            ("Title of approval-news", "2006-06-28", "4"),
            ("Title of refusal-news", "2005-03-01", "0"),
            ("Title of imatinib-release", "2001-05-10", "6"),
        },
    ),
    "statements-of-document": (
        {"document": "rival-paper"},
        ("subjectLabel", "relation", "objectLabel", "negated"),
        {(IMATINIB, "treats", CML, "true"), (IMATINIB, "inhibits", "apoptotic process", "false")},
    ),
    "collaborations": (
        {"organisation": "BMS"},
        ("relation", "subjectLabel", "objectLabel"),
        {
            ("listed_on", "Bristol-Myers Squibb", "Nasdaq"),
            ("collaborates_with", "Bristol-Myers Squibb", "Novartis"),
        },
    ),
    "deals": (
        {},
        ("date", "kind", "agentLabel", "recipientLabel"),
        {("2006", "collaboration", "Bristol-Myers Squibb", "Novartis")},
    ),
    "targets-for-disease": (
        {"disease": "leukemia"},
        ("targetLabel", "effect", "drugLabel"),
        {
            ("ABL1", "inhibits", IMATINIB),
            ("apoptotic process", "inhibits", IMATINIB),
            ("apoptotic process", "activates", IMATINIB),
        },
    ),
    "without-identifier": (
        {},
        ("label", "type", "documents"),
        {("Gleevex", "drug", "1"), ("Zorbamol", "drug", "1")},
    ),
}


def rows(store: Store, name: str, values: dict[str, str], columns: tuple[str, ...]) -> list[tuple[str | None, ...]]:
    solutions = run_stored_query(store, load_query(name), values)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(getattr(solution[column], "value", None) for column in columns) for solution in solutions]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_named_query_gives_the_answers_that_the_documents_hold(sample_store: Store, name: str) -> None:
    values, columns, expected = EXPECTED[name]
    assert set(rows(sample_store, name, values, columns)) == expected


@pytest.mark.parametrize(
    ("target", "acted_on"),
    [("NADPH oxidase", "CYBB"), ("FPLX:NFkappaB", "RELA"), ("Multiprotein Complexes", "RELA"), ("NFkappaB 2", "RELA")],
)
def test_what_acts_on_a_part_acts_on_the_complex(tmp_path: Path, target: str, acted_on: str) -> None:
    scribe = Scribe().write("Imatinib inhibits CYBB and dasatinib inhibits RELA.")
    scribe.state(("Imatinib", IMATINIB_ENTITY), "inhibits", ("CYBB", CYBB))
    scribe.state(("dasatinib", DASATINIB_ENTITY), "inhibits", ("RELA", RELA))
    load(tmp_path, scribe.finish())
    found = rows(open_current(tmp_path), "drugs-acting-on-target", {"target": target}, ("actedOnLabel",))
    assert found == [(acted_on,)]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_named_query_repeats_a_row(sample_store: Store, name: str) -> None:
    values, _, _ = EXPECTED[name]
    solutions = run_stored_query(sample_store, load_query(name), values)
    assert isinstance(solutions, QuerySolutions)
    variables = [variable.value for variable in solutions.variables]
    found = [tuple(str(solution[name]) for name in variables) for solution in solutions]
    assert len(found) == len(set(found))


def test_every_named_query_has_expected_answers_here() -> None:
    assert set(load_queries()) == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_query_says_what_it_answers(name: str) -> None:
    query = load_query(name)
    assert query.title != name
    assert len(query.summary) > 20
    assert query.description
    assert all(parameter.example for parameter in query.parameters)


def test_newest_documents_come_newest_first(sample_store: Store) -> None:
    issued = [row[0] for row in rows(sample_store, "newest-documents", {}, ("issued",))]
    assert issued == sorted(issued, key=str, reverse=True)


def test_a_regulatory_history_is_in_order_and_the_undated_come_last(sample_store: Store) -> None:
    dates = [row[0] for row in rows(sample_store, "regulatory-history", {"drug": "dasatinib"}, ("date",))]
    assert dates == ["2005-03-01", "2006-06", "2007-07-03", None]


def test_a_query_without_its_parameter_shows_an_example() -> None:
    with pytest.raises(QueryError, match="-p disease=MONDO"):
        load_query("drugs-for-disease").bind({})


def test_a_parameter_that_the_query_does_not_have_is_refused() -> None:
    disease = NamedNode("http://example.org/d")
    with pytest.raises(QueryError, match="no parameter drug"):
        load_query("drugs-for-disease").bind({"disease": disease, "drug": disease})


def test_an_unknown_query_suggests_the_nearest() -> None:
    with pytest.raises(QueryError, match="did you mean drugs-for-disease"):
        load_query("drug-for-disease")


def test_values_are_bound_and_never_pasted() -> None:
    from pyoxigraph import Literal

    query = parse_query("by-label", "#+ parameter name: text, x\nSELECT ?s WHERE { ?s ?p ?name }")
    store = Store()
    evil = '" . ?s ?p ?o } #'
    assert list(_solutions(store, query.bind({"name": Literal(evil)}))) == []


def _solutions(store: Store, text: str) -> QuerySolutions:
    solutions = run_query(store, text)
    assert isinstance(solutions, QuerySolutions)
    return solutions


def test_a_header_is_read_as_grlc_writes_it() -> None:
    query = parse_query(
        "mine",
        "#+ title: Mine\n#+ summary: What is mine\n#+ parameter drug: entity, CHEBI:1\n#+ parameter n: number, 5\n"
        "SELECT * WHERE { ?s ?p ?o }",
    )
    assert (query.title, query.summary) == ("Mine", "What is mine")
    assert query.parameters == (
        Parameter("drug", ParameterType.ENTITY, "CHEBI:1"),
        Parameter("n", ParameterType.NUMBER, "5"),
    )


def test_a_parameter_of_unknown_type_is_refused() -> None:
    with pytest.raises(QueryError, match="gives its parameter x the type 'colour'"):
        parse_query("mine", "#+ parameter x: colour, red\nASK { }")


def test_a_query_with_values_and_no_where_is_refused() -> None:
    query = parse_query("mine", "#+ parameter s: iri, x\n# WHERE { in a comment\nASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match=r"must write out 'WHERE \{'"):
        query.bind({"s": NamedNode("http://example.org/s")})


def test_a_users_query_goes_before_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "contradictions.rq").write_text("#+ title: My own\nSELECT * WHERE { ?s ?p ?o }")
    assert load_query("contradictions", tmp_path).title == "My own"
    assert load_queries(tmp_path)["contradictions"].title == "My own"
    assert "agreements" in load_queries(tmp_path)


def test_a_wrong_query_says_where_in_one_line(sample_store: Store) -> None:
    with pytest.raises(QueryError, match=r"the query is wrong: error at 1:\d+") as caught:
        run_query(sample_store, "SELECT * WHERE { ?s ?p }")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250
