from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Annotation, EntityType, Findings, LinkedMention, Mention, Modality, Section, SectionKind, Span
from kg.rdf.annotation_quads import to_quads
from kg.rdf.reading_back import read_annotation, read_run
from tests.rdf.sample_annotations import AML, BMS, DASATINIB, FDA, IMATINIB, RUN, Scribe, imatinib_release


def back_and_forth(annotation: Annotation) -> Annotation:
    quads = to_quads(annotation, RUN)
    own = [quad for quad in quads if getattr(quad.graph_name, "value", "") == annotation.document.iri]
    return read_annotation(annotation.document.iri, own)


def in_one_order(findings: Findings) -> tuple[frozenset[object], ...]:
    return frozenset(findings.statements), frozenset(findings.events), frozenset(findings.claims)


def test_the_sample_document_comes_back_as_it_was() -> None:
    annotation = imatinib_release()
    returned = back_and_forth(annotation)
    assert returned.document == annotation.document
    assert returned.sentences == annotation.sentences
    assert returned.mentions == annotation.mentions
    assert in_one_order(returned.findings) == in_one_order(annotation.findings)


def test_what_read_a_document_comes_back() -> None:
    annotation = imatinib_release()
    assert read_run(annotation.document.iri, to_quads(annotation, RUN)) == RUN


def test_sections_and_coreference_come_back() -> None:
    annotation = imatinib_release()
    document = replace(annotation.document, sections=(Section(0, 10, SectionKind.TITLE, "Head"),))
    pointing = LinkedMention(
        Mention(30, 33, document.text[30:33], EntityType.DRUG, ("coreference",), 0.5, True, Span(0, 8)),
        "imatinib",
        (),
        IMATINIB,
    )
    mentions = tuple(sorted((*annotation.mentions, pointing), key=lambda linked: linked.mention.start))
    returned = back_and_forth(replace(annotation, document=document, mentions=mentions))
    assert returned.document.sections == document.sections
    assert pointing in returned.mentions


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(
    before=words,
    after=words,
    negated=st.booleans(),
    modality=st.sampled_from(Modality),
    confidence=st.integers(0, 100),
    date=st.sampled_from([None, "2008", "2008-05", "2008-05-27", "2008-07-01/2008-09-30"]),
    actual=st.booleans(),
    value=st.floats(-1e9, 1e9),
    published=st.none() | st.dates(dt.date(1900, 1, 1)),
)
def test_any_annotation_comes_back_as_it_was(
    before: str,
    after: str,
    negated: bool,
    modality: Modality,
    confidence: int,
    date: str | None,
    actual: bool,
    value: float,
    published: dt.date | None,
) -> None:
    scribe = Scribe("any", published).write(f"{before} imatinib treats AML {after}")
    scribe.state(
        ("imatinib", IMATINIB),
        "treats",
        ("AML", AML),
        trigger="treats",
        negated=negated,
        modality=modality,
        cue=before,
        date=date,
        confidence=confidence / 100,
    )
    scribe.write(f"The FDA approved dasatinib of BMS {after}.")
    scribe.happen(
        "approval",
        "approved",
        date=date,
        actual=actual,
        agent=("FDA", FDA),
        product=("dasatinib", DASATINIB),
        outcome=after,
    )
    scribe.count("approved", value, "mg", after, ("BMS", BMS))
    annotation = scribe.finish()
    returned = back_and_forth(annotation)
    assert returned.document == annotation.document
    assert returned.mentions == annotation.mentions
    assert in_one_order(returned.findings) == in_one_order(annotation.findings)
