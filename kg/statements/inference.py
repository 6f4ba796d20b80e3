"""What the whole document implies: the company that makes the news known develops the drug that the news is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Evidence, SectionKind, Statement
from kg.statements.confidence import confidence_of
from kg.statements.tables import pattern
from kg.statements.topics import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import LinkedMention
    from kg.statements.topics import Topics
    from kg.statements.view import SentenceView

_OWNING = ("developed_by", "marketed_by")


def infer_statements(views: Sequence[SentenceView], topics: Topics, read: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the statements that no sentence says by itself, each with the sentence that makes it likely."""
    yield from _joint_news(views, topics)
    if topics.drug is None or not topics.announcers:
        return
    key = key_of(topics.drug)
    if not _is_prominent(views, key):
        return
    owners = {
        key_of(one.object) for one in read if one.relation in _OWNING and not one.negated and key_of(one.subject) == key
    }
    if owners:
        return
    view = _sentence_of(views, topics.drug, topics.announcers[0])
    if view is not None:
        for company in topics.announcers:
            yield _statement(view, topics.drug, "developed_by", company, "inference:announcer-develops", 0.6)


def _joint_news(views: Sequence[SentenceView], topics: Topics) -> Iterator[Statement]:
    if not topics.joint:
        return
    first = topics.announcers[0]
    view = next(view for view in views if view.start <= first.mention.start < view.end)
    if pattern("finance").search(view.line):
        return
    for other in topics.announcers[1:]:
        yield _statement(view, first, "collaborates_with", other, "inference:joint-announcement", 0.6)


def _is_prominent(views: Sequence[SentenceView], key: str) -> bool:
    """Tell that the news is about the drug: its title names it, or several sentences do."""
    naming = [view for view in views if any(key_of(slot.linked) == key for slot in view.slots)]
    return len(naming) > 1 or any(view.section is SectionKind.TITLE or view.index == 0 for view in naming)


def _sentence_of(views: Sequence[SentenceView], drug: LinkedMention, company: LinkedMention) -> SentenceView | None:
    """Return the first sentence that names both, else the first that names the drug."""
    wanted = (key_of(drug), key_of(company))
    naming = None
    for view in views:
        if view.section is SectionKind.FORWARD_LOOKING:
            continue
        keys = {key_of(slot.linked) for slot in view.slots}
        if keys.issuperset(wanted):
            return view
        if naming is None and wanted[0] in keys:
            naming = view
    return naming


def _statement(
    view: SentenceView, subject: LinkedMention, relation: str, target: LinkedMention, extractor: str, confidence: float
) -> Statement:
    measured = confidence_of(extractor.split(":")[-1], (), confidence)
    evidence = Evidence(view.start, view.end, view.text, extractor, measured)
    return Statement(subject, relation, target, evidence)
