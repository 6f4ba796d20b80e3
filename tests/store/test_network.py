from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from pyoxigraph import Store as OxigraphStore

from kg.network import build_neighbourhood, find_paths, label_of
from kg.rdf.annotation_quads import to_quads
from tests.rdf.sample_annotations import ABL1, AML, CML, DASATINIB, IMATINIB, RUN, Scribe

OBO = "http://purl.obolibrary.org/obo/"
IMATINIB_IRI, DASATINIB_IRI = NamedNode(OBO + "CHEBI_45783"), NamedNode(OBO + "CHEBI_49375")
CML_IRI, ABL1_IRI = NamedNode(OBO + "MONDO_0011996"), NamedNode("http://identifiers.org/hgnc/76")


@pytest.fixture
def store() -> OxigraphStore:
    scribe = Scribe().write("Imatinib treats CML, and dasatinib treats CML and AML.")
    scribe.state(("Imatinib", IMATINIB), "treats", ("CML", CML), confidence=0.9)
    scribe.state(("dasatinib", DASATINIB), "treats", ("CML", CML), confidence=0.6)
    scribe.write("Imatinib and dasatinib inhibit ABL1; imatinib is combined with dasatinib.")
    scribe.state(("Imatinib", IMATINIB), "inhibits", ("ABL1", ABL1), confidence=0.9)
    scribe.state(("dasatinib", DASATINIB), "inhibits", ("ABL1", ABL1), confidence=0.9)
    scribe.write("Dasatinib does not treat AML.")
    scribe.state(("Dasatinib", DASATINIB), "treats", ("AML", AML), negated=True, cue="does not")
    opened = OxigraphStore()
    opened.extend(to_quads(scribe.finish(), RUN))
    return opened


def test_paths_come_shortest_first_and_then_surest(store: OxigraphStore) -> None:
    graph = build_neighbourhood(store, (IMATINIB_IRI, DASATINIB_IRI), 2)
    paths = find_paths(graph, IMATINIB_IRI, DASATINIB_IRI, 3, 10)
    assert [path.entities[1] for path in paths] == [ABL1_IRI.value, CML_IRI.value]
    assert paths[0].steps[0][0].relation == "inhibits"


def test_a_limit_and_a_length_cut_the_paths(store: OxigraphStore) -> None:
    graph = build_neighbourhood(store, (IMATINIB_IRI, DASATINIB_IRI), 2)
    assert len(find_paths(graph, IMATINIB_IRI, DASATINIB_IRI, 3, 1)) == 1
    assert find_paths(graph, IMATINIB_IRI, DASATINIB_IRI, 1, 10) == []
    assert find_paths(graph, IMATINIB_IRI, IMATINIB_IRI, 3, 10) == []


def test_denied_statements_connect_only_when_asked(store: OxigraphStore) -> None:
    aml = NamedNode(OBO + "MONDO_0018874")
    vouched = build_neighbourhood(store, (DASATINIB_IRI, aml), 1)
    everything = build_neighbourhood(store, (DASATINIB_IRI, aml), 1, with_hedged=True)
    assert find_paths(vouched, DASATINIB_IRI, aml, 1, 10) == []
    assert find_paths(everything, DASATINIB_IRI, aml, 1, 10)[0].steps[0][0].negated


def test_the_same_edges_draw_the_same_bytes(tmp_path: Path) -> None:
    from kg.export.picture import draw_edges

    edges = [("a", "treats", "b"), ("c", "inhibits", "b"), ("a", "inhibits", "c")]
    for name in ("one.svg", "two.svg"):
        draw_edges(edges, {"a": "drug a"}, {"a", "b"}, tmp_path / name)
        edges.reverse()
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_a_thing_without_label_is_called_by_its_iri(store: OxigraphStore) -> None:
    assert label_of(store, "http://example.org/x") == "http://example.org/x"
    assert label_of(store, IMATINIB_IRI.value) == "imatinib"
