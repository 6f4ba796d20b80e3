"""The baseline that statements must beat: two things in one sentence, and the usual relation of their types."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from kg.model import Annotation, EntityType, Evidence, Findings, LinkedMention, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

_DRUG, _ORGANISATION = EntityType.DRUG, EntityType.ORGANISATION
USUAL = {
    (_DRUG, EntityType.DISEASE): "treats",
    (_DRUG, EntityType.GENE_PROTEIN): "inhibits",
    (_DRUG, EntityType.PROCESS): "inhibits",
    (_DRUG, EntityType.PHASE): "in_phase",
    (_DRUG, _ORGANISATION): "developed_by",
    (_DRUG, _DRUG): "combined_with",
    (_ORGANISATION, _ORGANISATION): "collaborates_with",
}
"""The relation that texts state most often between two types."""


def with_cooccurrences(annotation: Annotation) -> Annotation:
    """Return the annotation with the baseline's statements in place of what was read; no events and claims."""
    statements = {(_name(one.subject), one.relation, _name(one.object)): one for one in _pairs(annotation)}
    return Annotation(
        annotation.document, annotation.sentences, annotation.mentions, Findings(tuple(statements.values()))
    )


def _pairs(annotation: Annotation) -> Iterator[Statement]:
    for sentence in annotation.sentences:
        inside = [
            one
            for one in annotation.mentions
            if sentence.start <= one.mention.start < sentence.end and not one.mention.coreference
        ]
        for first, second in permutations(inside, 2):
            relation = USUAL.get((first.mention.type, second.mention.type))
            in_order = first.mention.start < second.mention.start or first.mention.type is not second.mention.type
            if relation is not None and in_order and _name(first) != _name(second):
                text = annotation.document.text[sentence.start : sentence.end]
                evidence = Evidence(sentence.start, sentence.end, text, "co-occurrence", 0.5)
                yield Statement(first, relation, second, evidence)


def _name(linked: LinkedMention) -> str:
    return linked.chosen.curie if linked.chosen else linked.name.casefold()
