"""Links the mentions of a store again, after the lexicon has changed: no file is read and no model run."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.model import Analysis, Findings
from kg.rdf.annotation_quads import to_quads
from kg.rdf.mentions import all_mentions
from kg.rdf.reading_back import read_annotation, read_run
from kg.rdf.run import run_quads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Quad

    from kg.model import Annotation, Claim, Event, Iri, LinkedMention, Statement
    from kg.ontology.lexicon import Lexicon
    from kg.pipeline import Analyzer, Linker
    from kg.rdf.run import Run
    from kg.store.store import Store

BATCH_DOCUMENTS = 50


@dataclass(frozen=True, slots=True)
class LinkChange:
    """How the link of a mention changed; a side is a CURIE with its label, or "NIL" with the name."""

    text: str
    type: str
    before: str
    after: str


@dataclass(slots=True)
class RelinkReport:
    """What linking again did: documents looked at, those already linked with this lexicon, and the changes."""

    documents: int = 0
    current: int = 0
    mentions: int = 0
    changed_documents: int = 0
    changes: Counter[LinkChange] = field(default_factory=Counter)


def relink(store: Store, lexicon: Lexicon, analyzer: Analyzer, linker: Linker) -> RelinkReport:
    """Link the mentions of every document that was linked with another lexicon, and publish.

    Statements, events and claims keep what the text says and take the new links of their mentions.

    Raises:
        StoreError: the store cannot be written.
    """
    report = RelinkReport()
    started = dt.datetime.now(dt.UTC)
    waiting: dict[Iri, list[Quad]] = {}
    written: dict[Run, list[Iri]] = {}
    for document in store.documents():
        quads = store.quads(document)
        run = read_run(document, quads)
        report.documents += 1
        if run.lexicon == lexicon.version:
            report.current += 1
            continue
        before = read_annotation(document, quads)
        after = relink_annotation(before, analyzer, linker)
        _count(report, before, after)
        new_run = replace(run, lexicon=lexicon.version)
        waiting[document] = to_quads(after, new_run, lexicon, keep_text=bool(before.document.text))
        written.setdefault(new_run, []).append(document)
        if len(waiting) >= BATCH_DOCUMENTS:
            store.replace_documents(waiting)
            waiting = {}
    if waiting:
        store.replace_documents(waiting)
    for run, documents in written.items():
        store.add_shared(run_quads(run, started, dt.datetime.now(dt.UTC), documents, 0))
    store.publish()
    return report


def relink_annotation(annotation: Annotation, analyzer: Analyzer, linker: Linker) -> Annotation:
    """Return the annotation with all its mentions linked anew; a text that was not kept cannot define short forms."""
    document = annotation.document
    analysis = analyzer.analyze(document) if document.text else Analysis(document, (), annotation.sentences)
    mentions = [linked.mention for linked in all_mentions(annotation)]
    links = {_place(linked): linked for linked in linker.link(analysis, mentions)}
    findings = annotation.findings
    return replace(
        annotation,
        mentions=tuple(links[_place(linked)] for linked in annotation.mentions),
        findings=Findings(
            statements=tuple(_statement(statement, links) for statement in findings.statements),
            events=tuple(_event(event, links) for event in findings.events),
            claims=tuple(_claim(claim, links) for claim in findings.claims),
        ),
    )


_Place = tuple[int, int, str]


def _place(linked: LinkedMention) -> _Place:
    return linked.mention.start, linked.mention.end, linked.mention.type.value


def _statement(statement: Statement, links: Mapping[_Place, LinkedMention]) -> Statement:
    return replace(
        statement,
        subject=links[_place(statement.subject)],
        object=links[_place(statement.object)],
        stated_by=_other(statement.stated_by, links),
    )


def _event(event: Event, links: Mapping[_Place, LinkedMention]) -> Event:
    return replace(
        event,
        agent=_other(event.agent, links),
        recipient=_other(event.recipient, links),
        product=_other(event.product, links),
        indication=_other(event.indication, links),
    )


def _claim(claim: Claim, links: Mapping[_Place, LinkedMention]) -> Claim:
    return replace(claim, about=_other(claim.about, links))


def _other(linked: LinkedMention | None, links: Mapping[_Place, LinkedMention]) -> LinkedMention | None:
    return None if linked is None else links[_place(linked)]


def _count(report: RelinkReport, before: Annotation, after: Annotation) -> None:
    changes = [
        LinkChange(old.mention.text, old.mention.type.value, _side(old), _side(new))
        for old, new in zip(all_mentions(before), all_mentions(after), strict=True)
        if _side(old) != _side(new)
    ]
    report.mentions += len(all_mentions(after))
    report.changed_documents += bool(changes)
    report.changes.update(changes)


def _side(linked: LinkedMention) -> str:
    return f"{linked.chosen.curie} {linked.chosen.label}" if linked.chosen else f"NIL {linked.name}"
