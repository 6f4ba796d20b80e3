from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib.compare import isomorphic
from rdflib.query import ResultRow

from kg.export.rdf_files import RdfForm, write_rdf
from kg.model import Curie, EntityType, Findings, LinkedMention, Modality
from kg.rdf.annotation_quads import to_quads
from kg.rdf.hierarchy import ONTOLOGY_GRAPH, hierarchy_quads
from kg.rdf.iris import curie_iri
from kg.rdf.run import Run
from kg.rdf.terms import BIOLINK, KG, LABEL, OA, RDF, TYPE
from tests.rdf.sample_annotations import (
    ABL1,
    AML,
    BMS,
    CML,
    COMPLEXES,
    CYBB,
    DASATINIB,
    IMATINIB,
    NFKB,
    PHASE_3,
    RELA,
    RUN,
    SampleHierarchy,
    Scribe,
    imatinib_release,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "imatinib-release.trig"
IMATINIB_IRI = NamedNode("http://purl.obolibrary.org/obo/CHEBI_45783")
AML_IRI = NamedNode("http://purl.obolibrary.org/obo/MONDO_0018874")


def as_trig(quads: list[Quad]) -> str:
    target = io.StringIO()
    write_rdf(quads, RdfForm.TRIG, target)
    return target.getvalue()


def objects(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> list[str]:
    found = (quad.object for quad in quads if quad.subject == subject and quad.predicate == predicate)
    return sorted(term.value for term in found if isinstance(term, NamedNode | Literal))


def local_name(term: object) -> str:
    return str(getattr(term, "value", "")).rpartition("/")[2]


def direct_edges(quads: list[Quad]) -> set[tuple[str, str, str]]:
    predicates = {quad.object for quad in quads if quad.predicate == KG("directPredicate")}
    return {
        (local_name(quad.subject), local_name(quad.predicate), local_name(quad.object))
        for quad in quads
        if quad.predicate in predicates
    }


def parts_quads() -> list[Quad]:
    scribe = Scribe().write("Imatinib inhibits CYBB and RELA.")
    scribe.state(("Imatinib", IMATINIB), "inhibits", ("CYBB", CYBB))
    scribe.state(("Imatinib", IMATINIB), "inhibits", ("RELA", RELA))
    return to_quads(scribe.finish(), RUN, SampleHierarchy())


def test_the_sample_document_becomes_exactly_the_golden_trig() -> None:
    written = as_trig(to_quads(imatinib_release(), RUN, SampleHierarchy()))
    assert written == GOLDEN.read_text("utf-8"), "run 'make golden' and review the difference"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rdflib_reads_the_golden_trig_as_the_same_quads() -> None:
    quads = to_quads(imatinib_release(), RUN, SampleHierarchy())
    judge = rdflib.Dataset()
    judge.parse(data=GOLDEN.read_text("utf-8"), format="trig")
    by_graph: dict[str, list[Quad]] = {}
    for quad in quads:
        by_graph.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
    for name, graph_quads in by_graph.items():
        expected = rdflib.Graph()
        expected.parse(data="\n".join(f"{quad.triple} ." for quad in graph_quads), format="nt")
        graph = rdflib.Graph()
        for triple in judge.graph(rdflib.URIRef(name)):
            graph.add(triple)
        assert isomorphic(graph, expected)
    assert sum(len(graph_quads) for graph_quads in by_graph.values()) == len(judge)


def test_the_same_annotation_gives_the_same_quads_and_no_blank_node() -> None:
    first = to_quads(imatinib_release(), RUN, SampleHierarchy())
    again = to_quads(imatinib_release(), RUN, SampleHierarchy())
    assert first == again
    assert len(set(first)) == len(first)
    terms = {type(term) for quad in first for term in (quad.subject, quad.object, quad.graph_name)}
    assert BlankNode not in terms


def test_the_order_of_findings_and_mentions_changes_nothing() -> None:
    annotation = imatinib_release()
    findings = annotation.findings
    turned = replace(
        annotation,
        mentions=annotation.mentions[::-1],
        findings=Findings(findings.statements[::-1], findings.events[::-1], findings.claims[::-1]),
    )
    assert to_quads(turned, RUN) == to_quads(annotation, RUN)


@pytest.mark.parametrize(
    ("negated", "modality", "expected"),
    [
        (False, Modality.ASSERTED, True),
        (False, Modality.REPORTED, True),
        (True, Modality.ASSERTED, False),
        (True, Modality.REPORTED, False),
        (False, Modality.INTENDED, False),
        (False, Modality.ANTICIPATED, False),
        (False, Modality.HYPOTHETICAL, False),
        (False, Modality.RISK, False),
    ],
)
def test_only_a_vouched_statement_becomes_a_direct_edge(negated: bool, modality: Modality, expected: bool) -> None:
    scribe = Scribe().write("Imatinib treats AML.")
    scribe.state(("Imatinib", IMATINIB), "treats", ("AML", AML), negated=negated, modality=modality)
    quads = to_quads(scribe.finish(), RUN)
    edge = (IMATINIB_IRI, BIOLINK("treats"), AML_IRI)
    assert any((quad.subject, quad.predicate, quad.object) == edge for quad in quads) is expected
    association = next(quad.subject for quad in quads if quad.object == KG("Statement"))
    assert isinstance(association, NamedNode)
    assert objects(quads, association, BIOLINK("negated")) == [str(negated).lower()]
    assert objects(quads, association, KG("modality")) == [KG(modality.value.capitalize()).value]


def test_a_symmetric_relation_is_written_in_both_directions() -> None:
    scribe = Scribe().write("Imatinib was combined with dasatinib.")
    scribe.state(("Imatinib", IMATINIB), "combined_with", ("dasatinib", DASATINIB))
    edges = direct_edges(to_quads(scribe.finish(), RUN))
    assert edges == {("CHEBI_45783", "combined_with", "CHEBI_49375"), ("CHEBI_49375", "combined_with", "CHEBI_45783")}


def test_a_thing_without_identifier_is_described_in_the_documents_own_graph() -> None:
    scribe = Scribe().write("Zorbamol treats AML.")
    scribe.state(("Zorbamol", None), "treats", ("AML", AML))
    quads = to_quads(scribe.finish(), RUN)
    iri = NamedNode("https://w3id.org/kg-loader/entity/zorbamol")
    described = {quad.graph_name for quad in quads if quad.subject == iri and quad.predicate == LABEL}
    assert described == {NamedNode("https://w3id.org/kg-loader/document/sample")}
    assert objects(quads, iri, KG("entityType")) == ["drug"]


def test_a_phase_statement_has_a_trial_node() -> None:
    scribe = Scribe().write("Imatinib is in Phase III.")
    scribe.state(("Imatinib", IMATINIB), "in_phase", ("Phase III", PHASE_3))
    quads = to_quads(scribe.finish(), RUN)
    trial = next(quad.subject for quad in quads if quad.object == BIOLINK("ClinicalTrial"))
    assert isinstance(trial, NamedNode)
    assert objects(quads, trial, BIOLINK("clinical_trial_phase")) == ["clinical_trial_phase_3"]
    assert objects(quads, trial, KG("testsIntervention")) == [IMATINIB_IRI.value]


def test_of_two_readings_of_one_statement_the_surer_stays() -> None:
    scribe = Scribe().write("Imatinib treats CML.")
    scribe.state(("Imatinib", IMATINIB), "treats", ("CML", CML), confidence=0.4)
    scribe.state(("Imatinib", IMATINIB), "treats", ("CML", CML), confidence=0.7)
    quads = to_quads(scribe.finish(), RUN)
    scores = [quad.object for quad in quads if quad.predicate == BIOLINK("has_confidence_score")]
    assert [score.value for score in scores if isinstance(score, Literal)] == ["0.7"]


def test_statements_in_two_sentences_or_documents_are_two_nodes() -> None:
    one = Scribe("one").write("Imatinib treats CML.").state(("Imatinib", IMATINIB), "treats", ("CML", CML))
    one.write("Imatinib also treats CML.").state(("Imatinib", IMATINIB), "treats", ("CML", CML))
    other = Scribe("other").write("Imatinib treats CML.").state(("Imatinib", IMATINIB), "treats", ("CML", CML))
    quads = to_quads(one.finish(), RUN) + to_quads(other.finish(), RUN)
    assert len({quad.subject for quad in quads if quad.object == KG("Statement")}) == 3


def test_a_month_keeps_its_precision_and_has_first_and_last_day() -> None:
    scribe = Scribe().write("BMS got approval of dasatinib in February 2008.")
    scribe.happen("approval", "approval", date="2008-02", agent=("BMS", BMS), product=("dasatinib", DASATINIB))
    quads = to_quads(scribe.finish(), RUN)
    event = next(quad.subject for quad in quads if quad.predicate == KG("eventKind"))
    assert isinstance(event, NamedNode)
    date = next(q.object for q in quads if q.subject == event and q.predicate == KG("date"))
    assert isinstance(date, Literal)
    assert (date.value, date.datatype.value.rpartition("#")[2]) == ("2008-02", "gYearMonth")
    assert objects(quads, event, KG("earliest")) == ["2008-02-01"]
    assert objects(quads, event, KG("latest")) == ["2008-02-29"]


def test_the_full_text_is_left_out_when_it_shall_not_be_kept() -> None:
    kept = to_quads(imatinib_release(), RUN)
    left_out = to_quads(imatinib_release(), RUN, keep_text=False)
    assert {quad.predicate for quad in set(kept) - set(left_out)} == {KG("text")}


def test_ancestors_and_other_names_stand_in_the_ontology_graph() -> None:
    quads = to_quads(imatinib_release(), RUN, SampleHierarchy())
    ancestors = objects(quads, AML_IRI, KG("ancestor"))
    assert [iri.rpartition("/")[2] for iri in ancestors] == ["MONDO_0004992", "MONDO_0005059"]
    parents = objects(quads, AML_IRI, BIOLINK("subclass_of"))
    assert [iri.rpartition("/")[2] for iri in parents] == ["MONDO_0005059"]
    leukemia = NamedNode("http://purl.obolibrary.org/obo/MONDO_0005059")
    assert objects(quads, leukemia, LABEL) == ["leukemia"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_part_is_written_with_the_complexes_that_it_is_a_part_of_and_their_labels() -> None:
    quads = parts_quads()
    judge = rdflib.Graph()
    judge.parse(data="\n".join(f"{quad.triple} ." for quad in quads), format="nt")
    steps = judge.query(
        """PREFIX biolink: <https://w3id.org/biolink/vocab/>
        SELECT ?part ?label { ?gene biolink:part_of ?complex ; rdfs:label ?part . ?complex rdfs:label ?label }"""
    )
    found = {(str(row[0]), str(row[1])) for row in steps if isinstance(row, ResultRow)}
    assert found == {("CYBB", "NADPH oxidase"), ("NFkappaB 2", "NFkappaB")}
    assert {quad.graph_name for quad in quads if quad.predicate == BIOLINK("part_of")} == {ONTOLOGY_GRAPH}


def test_a_kind_of_a_part_is_a_part_and_a_whole_is_of_the_kinds_of_its_complex() -> None:
    wholes = objects(parts_quads(), curie_iri(RELA.curie), KG("whole"))
    assert wholes == sorted(curie_iri(one.curie).value for one in (NFKB, COMPLEXES))


def test_wholes_that_are_parts_of_each_other_are_no_endless_way_up() -> None:
    class Circle(SampleHierarchy):
        def wholes(self, curie: Curie) -> tuple[Curie, ...]:
            return {CYBB.curie: (NFKB.curie,), NFKB.curie: (CYBB.curie,)}.get(curie, ())

    quads = hierarchy_quads([CYBB.curie], Circle())
    wholes = objects(quads, curie_iri(CYBB.curie), KG("whole"))
    assert wholes == sorted(curie_iri(one.curie).value for one in (NFKB, COMPLEXES))


def test_another_lexicon_changes_nothing_but_the_stamp() -> None:
    one = set(to_quads(imatinib_release(), RUN))
    other = set(to_quads(imatinib_release(), Run(RUN.software, "lexicon-2", RUN.settings)))
    assert {quad.predicate for quad in one ^ other} == {KG("lexiconVersion")}


def test_an_unknown_prefix_becomes_a_name_of_ours_and_keeps_its_curie() -> None:
    from kg.model import Entity

    strange = Entity(Curie("NOWHERE:12"), "strange thing", EntityType.DRUG)
    scribe = Scribe().write("Strange treats AML.")
    scribe.state(("Strange", strange), "treats", ("AML", AML))
    quads = to_quads(scribe.finish(), RUN)
    iri = NamedNode("https://w3id.org/kg-loader/entity/nowhere-12")
    assert objects(quads, iri, KG("curie")) == ["NOWHERE:12"]


def test_an_identifier_that_makes_no_valid_iri_does_not_stop_the_load() -> None:
    from kg.model import Entity

    broken = Entity(Curie("MESH:D01%zz"), "broken thing", EntityType.DRUG, (Curie("UNII:%"),))
    scribe = Scribe().write("Broken treats AML.")
    scribe.state(("Broken", broken), "treats", ("AML", AML))
    quads = to_quads(scribe.finish(), RUN)
    assert any(quad.object == Literal("MESH:D01%zz") for quad in quads)


def test_every_mention_is_a_web_annotation_with_two_selectors() -> None:
    quads = to_quads(imatinib_release(), RUN)
    mentions = [quad.subject for quad in quads if quad.predicate == TYPE and quad.object == OA("Annotation")]
    assert len(mentions) == len(imatinib_release().mentions)
    for mention in mentions:
        assert isinstance(mention, NamedNode)
        target = NamedNode(objects(quads, mention, OA("hasTarget"))[0])
        assert len(objects(quads, target, OA("hasSelector"))) == 2


def test_statements_name_their_ends_by_rdf_reification() -> None:
    quads = to_quads(imatinib_release(), RUN)
    inhibition = next(quad.subject for quad in quads if quad.object == Literal("inhibits"))
    assert isinstance(inhibition, NamedNode)
    assert objects(quads, inhibition, RDF("subject")) == [IMATINIB_IRI.value]
    assert objects(quads, inhibition, RDF("object")) == [f"http://identifiers.org/hgnc/{ABL1.curie.partition(':')[2]}"]


def test_a_brand_that_only_a_statement_keeps_apart_from_its_substance_has_a_name_and_a_type() -> None:
    annotation = imatinib_release()
    statement = annotation.findings.statements[0]
    brand = LinkedMention(statement.subject.mention, "Brandex")
    changed = replace(annotation, findings=Findings((replace(statement, subject=brand),)))
    quads = to_quads(changed, RUN, SampleHierarchy())
    iri = NamedNode("https://w3id.org/kg-loader/entity/brandex")
    assert objects(quads, iri, LABEL) == ["Brandex"]
    assert objects(quads, iri, KG("entityType")) == ["drug"]
