from __future__ import annotations

import io
import random

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.export.rdf_files import RdfForm, write_rdf
from kg.rdf.annotation_quads import to_quads
from tests.rdf.sample_annotations import RUN, SampleHierarchy, imatinib_release

FORMATS = {
    RdfForm.TURTLE: RdfFormat.TURTLE,
    RdfForm.NQUADS: RdfFormat.N_QUADS,
    RdfForm.TRIG: RdfFormat.TRIG,
    RdfForm.JSONLD: RdfFormat.JSON_LD,
}
RDFLIB_FORMATS = {RdfForm.NQUADS: "nquads", RdfForm.TRIG: "trig", RdfForm.JSONLD: "json-ld"}


def written(quads: list[Quad], form: RdfForm) -> str:
    target = io.StringIO()
    write_rdf(quads, form, target)
    return target.getvalue()


def expected(quads: list[Quad], form: RdfForm) -> set[Quad]:
    if form is not RdfForm.TURTLE:
        return set(quads)
    return {Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads}


@pytest.mark.parametrize("form", list(RdfForm))
def test_what_is_written_parses_to_the_same_quads(form: RdfForm) -> None:
    quads = to_quads(imatinib_release(), RUN, SampleHierarchy())
    assert set(parse(written(quads, form), format=FORMATS[form])) == expected(quads, form)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("form", list(RDFLIB_FORMATS))
def test_rdflib_agrees_on_every_quad(form: RdfForm) -> None:
    quads = to_quads(imatinib_release(), RUN, SampleHierarchy())
    judge = rdflib.Dataset()
    judge.parse(data=written(quads, form), format=RDFLIB_FORMATS[form])
    by_judge = rdflib.Dataset()
    by_judge.parse(data="\n".join(f"{quad} ." for quad in quads), format="nquads")
    assert set(judge.quads()) == set(by_judge.quads())
    assert len(judge) == len(quads)


@pytest.mark.parametrize("form", list(RdfForm))
def test_the_order_of_quads_does_not_show_in_the_bytes(form: RdfForm) -> None:
    quads = to_quads(imatinib_release(), RUN, SampleHierarchy())
    first = written(quads, form)
    mixed = random.Random(7)
    for _ in range(3):
        mixed.shuffle(quads)
        assert written([*quads, quads[0]], form) == first


XSD = "http://www.w3.org/2001/XMLSchema#"
letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
local = st.text("abcXYZ019_-.:/é~'()", max_size=10)
iris = st.builds(
    lambda base, name: NamedNode(base + name),
    st.sampled_from(
        ["https://w3id.org/kg-loader/vocab/", "http://purl.obolibrary.org/obo/MONDO_", "http://example.org/"]
    ),
    local,
)
kinds = st.sampled_from(["date", "decimal", "integer", "boolean"])
hundredths = st.integers(-900, 900).map(lambda number: str(number / 100))
literals = (
    st.builds(Literal, letters)
    | st.builds(lambda text: Literal(text, language="en"), letters)
    | st.builds(lambda text, kind: Literal(text, datatype=NamedNode(XSD + kind)), letters | hundredths, kinds)
    | st.builds(Literal, st.integers())
    | st.builds(Literal, st.booleans())
)
quads_of_any_kind = st.lists(st.builds(Quad, iris, iris, iris | literals, iris), max_size=8)


@settings(max_examples=80, deadline=None)
@given(quads=quads_of_any_kind, form=st.sampled_from([RdfForm.TURTLE, RdfForm.TRIG, RdfForm.NQUADS]))
def test_any_quads_come_back_from_what_was_written(quads: list[Quad], form: RdfForm) -> None:
    assert set(parse(written(quads, form), format=FORMATS[form])) == expected(quads, form)
