"""Reads statements, events and numeric claims out of an analysed document and its linked mentions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Findings
from kg.relations import RELATIONS
from kg.statements.claims import iter_claims
from kg.statements.context import SentenceContext
from kg.statements.event_merging import merge_events
from kg.statements.events import iter_events
from kg.statements.inference import infer_statements
from kg.statements.pair_reader import read_by_model, read_pair_features
from kg.statements.places import STUDIED
from kg.statements.rule_reader import read_by_rules
from kg.statements.tables import pattern
from kg.statements.topics import key_of, read_topics
from kg.statements.view import iter_views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis, LinkedMention, Statement
    from kg.statements.pairs import Pair
    from kg.statements.view import SentenceView


class StatementExtractor:
    """Applies the rules, then the pair model where they are silent; holds no state between documents."""

    def extract(self, analysis: Analysis, mentions: Sequence[LinkedMention]) -> Findings:
        """Return what the document says about the linked mentions."""
        views = list(iter_views(analysis, mentions))
        topics = read_topics(views)
        contexts = {view.index: SentenceContext(view) for view in views if view.slots}
        statements = list(read_by_rules(views, topics, contexts))
        if not topics.announcers and _is_abstract(views):
            statements.extend(list(read_by_model(views, contexts, statements)))
        statements.extend(list(infer_statements(views, topics, statements)))
        published = analysis.document.published
        events = [
            event
            for view in views
            if view.slots or pattern("awaited_data").search(view.line)
            for event in iter_events(view, topics, contexts.get(view.index) or SentenceContext(view), published)
        ]
        return Findings(tuple(_finish(statements)), merge_events(events), tuple(iter_claims(views, topics)))


def read_pairs(
    analysis: Analysis, mentions: Sequence[LinkedMention]
) -> Iterator[tuple[Pair, list[int], frozenset[str]]]:
    """Yield the pairs that the model would judge, with features, and the relations that the rules have read."""
    views = list(iter_views(analysis, mentions))
    contexts = {view.index: SentenceContext(view) for view in views if view.slots}
    statements = list(read_by_rules(views, read_topics(views), contexts))
    yield from read_pair_features(views, statements)


def _is_abstract(views: Sequence[SentenceView]) -> bool:
    """Tell a scientific text from news, which the pair model does not know: news names companies."""
    return not any(slot.letter in "OX" for view in views for slot in view.slots)


def _finish(statements: list[Statement]) -> Iterator[Statement]:
    """Yield each statement once for a sentence, the surest reading of it, in text order."""
    diseases: dict[str, dict[str, LinkedMention]] = {}
    for statement in statements:
        if statement.relation == "studied_for" and not statement.negated:
            diseases.setdefault(key_of(statement.subject), {}).setdefault(key_of(statement.object), statement.object)
    best: dict[tuple[object, ...], Statement] = {}
    for statement in statements:
        for one in _resolve(statement, diseases):
            ends = [key_of(one.subject), key_of(one.object)]
            if RELATIONS[one.relation].symmetric:
                ends.sort()
            key = (one.evidence.start, one.relation, *ends, one.negated, one.modality)
            held = best.get(key)
            if held is None or one.evidence.confidence > held.evidence.confidence:
                best[key] = one
    refused = {(key_of(one.subject), key_of(one.object)) for one in best.values() if one.relation == "rejected_by"}
    yield from sorted(
        (one for one in best.values() if not _is_said_better(one, refused)),
        key=lambda each: (each.evidence.start, each.relation, each.subject.mention.start, each.object.mention.start),
    )


def _is_said_better(one: Statement, refused: set[tuple[str, str]]) -> bool:
    """Tell a denied approval of what the document calls refused: "declined to approve" is one statement, not two."""
    return one.relation == "approved_by" and one.negated and (key_of(one.subject), key_of(one.object)) in refused


def _resolve(statement: Statement, diseases: dict[str, dict[str, LinkedMention]]) -> Iterator[Statement]:
    if statement.object is not STUDIED:
        yield statement
        return
    most = 2 if statement.negated else 1
    for disease in list(diseases.get(key_of(statement.subject), {}).values())[:most]:
        yield replace(statement, object=disease)
