from __future__ import annotations

import re
from importlib.resources import files

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.rdf.annotation_quads import to_quads
from kg.rdf.events import EVENT_CLASSES
from kg.rdf.terms import BIOLINK, DCTERMS, KG, OA, PROV, RDF, SCHEMA, TYPE, decimal, integer
from kg.rdf.validation import check_quads
from kg.relations import RELATIONS
from tests.rdf.sample_annotations import DASATINIB, IMATINIB, RUN, Scribe, imatinib_release

GRAPH = NamedNode("https://w3id.org/kg-loader/document/imatinib-release")


def sound_quads() -> list[Quad]:
    return [quad for quad in to_quads(imatinib_release(), RUN) if quad.graph_name == GRAPH]


def first_of(quads: list[Quad], kind: NamedNode) -> NamedNode:
    subject = next(quad.subject for quad in quads if quad.predicate == TYPE and quad.object == kind)
    assert isinstance(subject, NamedNode)
    return subject


def changed(
    quads: list[Quad], subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | None
) -> list[Quad]:
    kept = [quad for quad in quads if not (quad.subject == subject and quad.predicate == predicate)]
    assert len(kept) < len(quads)
    return kept if value is None else [*kept, Quad(subject, predicate, value, GRAPH)]


def test_a_sound_document_conforms() -> None:
    assert check_quads(sound_quads()) == []


def test_a_symmetric_edge_conforms_in_both_directions() -> None:
    scribe = Scribe("imatinib-release").write("Imatinib was combined with dasatinib.")
    scribe.state(("Imatinib", IMATINIB), "combined_with", ("dasatinib", DASATINIB))
    assert check_quads(quad for quad in to_quads(scribe.finish(), RUN) if quad.graph_name == GRAPH) == []


def test_a_direct_edge_without_a_statement_is_a_breach() -> None:
    edge = Quad(NamedNode("http://example.org/a"), BIOLINK("treats"), NamedNode("http://example.org/b"), GRAPH)
    breaches = check_quads([*sound_quads(), edge])
    assert [(breach.message, breach.value) for breach in breaches] == [
        ("a direct edge needs a positive statement that is asserted or reported", "http://example.org/a")
    ]


@pytest.mark.parametrize(
    ("property_", "value"),
    [(BIOLINK("negated"), Literal(True)), (KG("modality"), KG("Hypothetical"))],
)
def test_a_direct_edge_whose_only_statement_is_not_vouched_is_a_breach(property_: NamedNode, value: Literal) -> None:
    quads = sound_quads()
    statement = next(quad.subject for quad in quads if quad.object == Literal("inhibits"))
    assert isinstance(statement, NamedNode)
    breaches = check_quads(changed(quads, statement, property_, value))
    assert any("direct edge" in breach.message for breach in breaches)


STATEMENT, EVENT, CLAIM = KG("Statement"), BIOLINK("Event"), KG("QuantitativeClaim")
MENTION, POSITION, VALUE = OA("Annotation"), OA("TextPositionSelector"), SCHEMA("QuantitativeValue")


@pytest.mark.parametrize(
    ("kind", "predicate", "value"),
    [
        (STATEMENT, BIOLINK("supporting_text"), None),
        (STATEMENT, KG("start"), integer(10**6)),
        (STATEMENT, KG("end"), None),
        (STATEMENT, KG("extractor"), None),
        (STATEMENT, BIOLINK("has_confidence_score"), decimal(1.2)),
        (STATEMENT, BIOLINK("has_confidence_score"), None),
        (STATEMENT, RDF("subject"), None),
        (STATEMENT, RDF("predicate"), None),
        (STATEMENT, RDF("object"), Literal("a word")),
        (STATEMENT, KG("relation"), Literal("resembles")),
        (STATEMENT, KG("directPredicate"), None),
        (STATEMENT, BIOLINK("negated"), Literal("perhaps")),
        (STATEMENT, KG("modality"), KG("Doubtful")),
        (STATEMENT, BIOLINK("knowledge_level"), None),
        (STATEMENT, BIOLINK("agent_type"), Literal("manual_agent")),
        (STATEMENT, BIOLINK("publications"), None),
        (STATEMENT, KG("subjectMention"), NamedNode("http://example.org/nothing")),
        (STATEMENT, KG("objectMention"), None),
        (MENTION, OA("hasBody"), None),
        (MENTION, OA("hasTarget"), None),
        (MENTION, KG("entityType"), Literal("gadget")),
        (MENTION, KG("recognizer"), None),
        (MENTION, KG("recognitionScore"), decimal(-0.1)),
        (MENTION, KG("linkScore"), decimal(2)),
        (POSITION, OA("start"), integer(10**6)),
        (POSITION, OA("start"), integer(-1)),
        (POSITION, OA("end"), None),
        (EVENT, KG("eventKind"), Literal("party")),
        (EVENT, KG("actual"), None),
        (EVENT, PROV("wasQuotedFrom"), None),
        (EVENT, KG("latest"), Literal("1999-01-01", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))),
        (EVENT, KG("triggerStart"), integer(10**6)),
        (CLAIM, SCHEMA("value"), None),
        (CLAIM, KG("comparator"), Literal("around")),
        (CLAIM, PROV("wasQuotedFrom"), None),
        (VALUE, SCHEMA("value"), None),
        (PROV("Entity"), SCHEMA("sha256"), Literal("short")),
        (PROV("Entity"), DCTERMS("identifier"), None),
        (PROV("Entity"), DCTERMS("language"), Literal("English")),
        (PROV("Entity"), DCTERMS("issued"), Literal("yesterday")),
        (PROV("Entity"), KG("lexiconVersion"), None),
    ],
)
def test_each_shape_can_fail(kind: NamedNode, predicate: NamedNode, value: NamedNode | Literal | None) -> None:
    quads = sound_quads()
    assert check_quads(changed(quads, first_of(quads, kind), predicate, value))


def test_offsets_that_do_not_cut_the_words_out_of_the_text_are_a_breach() -> None:
    quads = sound_quads()
    position = first_of(quads, POSITION)
    start = next(q.object for q in quads if q.subject == position and q.predicate == OA("start"))
    assert isinstance(start, Literal)
    moved = changed(quads, position, OA("start"), integer(int(start.value) + 1))
    assert any("cut its words" in breach.message for breach in check_quads(moved))


def test_a_second_text_is_a_breach() -> None:
    second = Quad(GRAPH, KG("text"), Literal("another text"), GRAPH)
    assert any("at most one text" in breach.message for breach in check_quads([*sound_quads(), second]))


def test_the_shapes_know_every_relation_and_kind_of_event() -> None:
    shapes = files("kg.rdf").joinpath("shapes/kg.ttl").read_text("utf-8")
    edges = shapes.partition("FILTER(?edge IN (")[2].partition("))")[0]
    assert set(re.findall(r"\w+:\w+", edges)) == {relation.predicate for relation in RELATIONS.values()}
    symmetric = set(re.findall(r"kg:\w+", shapes.partition("FILTER(?edge IN (kg:comb")[2].partition(")")[0]))
    assert symmetric | {"kg:combined_with"} == {r.predicate for r in RELATIONS.values() if r.symmetric}
    words = set(re.findall(r'"(\w+)"', shapes))
    assert set(RELATIONS) | set(EVENT_CLASSES) <= words
