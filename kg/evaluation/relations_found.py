"""Statements of the whole pipeline in terms of a corpus.

An end that overlaps a gold mention of its type is that mention: a wrong link is forgiven, a missed or misplaced mention
is not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.evaluation.relations_gold import make_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.evaluation.pubtator_format import CorpusDocument
    from kg.model import LinkedMention, Statement
    from kg.pipeline import Pipeline


def found_statements(
    pipeline: Pipeline, document: CorpusDocument, gold: Sequence[LinkedMention]
) -> Iterator[Statement]:
    """Yield what the pipeline states of a document, its ends replaced by the gold mentions that they overlap."""
    annotation = pipeline.annotate(make_document(document.id, document.text))
    yield from with_gold_ends(annotation.findings.statements, gold)


def with_gold_ends(statements: Iterable[Statement], gold: Sequence[LinkedMention]) -> Iterator[Statement]:
    """Yield the statements with their ends replaced by the gold mentions that they overlap."""
    for one in statements:
        yield replace(one, subject=_as_gold(one.subject, gold), object=_as_gold(one.object, gold))


def _as_gold(linked: LinkedMention, gold: Sequence[LinkedMention]) -> LinkedMention:
    """Return the gold mention of the same type that shares most characters with this one, else the mention itself."""
    mention = linked.mention
    shared = [
        (min(mention.end, one.mention.end) - max(mention.start, one.mention.start), -one.mention.start, one)
        for one in gold
        if one.mention.type is mention.type and one.mention.start < mention.end and mention.start < one.mention.end
    ]
    return max(shared, key=lambda each: each[:2])[2] if shared else linked
