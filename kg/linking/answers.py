"""What the linker remembers of a question, and when the document may change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.linking.evidence import SHORT_LETTERS
from kg.linking.named_genes import surely_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.linking.context import DocumentContext
    from kg.linking.questions import Question
    from kg.linking.ranking import Scored
    from kg.model import Candidate, Curie


class Answer(NamedTuple):
    """What a question is answered with where the document names nothing else.

    With all that was weighed, as what has the name and as what is chosen, and the gene that is surely meant.
    """

    candidates: tuple[Candidate, ...]
    curies: tuple[Curie, ...]
    identifiers: tuple[Curie, ...]
    gene: Curie | None


def answer_of(question: Question, scored: Sequence[Scored], candidates: tuple[Candidate, ...]) -> Answer:
    """Return what is remembered; entities that are not told in a vocabulary are chosen as what has the name."""
    curies = tuple([one.evidence.posting.curie for one in scored])
    is_told = bool(scored) and scored[0].told is not None
    identifiers = tuple([one.identifier for one in scored]) if is_told else curies
    return Answer(candidates, curies, identifiers, surely_named(scored, question))


def is_named_elsewhere(question: Question, answer: Answer, context: DocumentContext) -> bool:
    """Say whether the document calls something that was weighed by another name, too, so that it is the likelier."""
    if _needs_context(question, answer.candidates) and any(
        context.names(curie, question.text) for curie in answer.curies
    ):
        return True
    return any(context.genes.has(identifier, question) for identifier in answer.identifiers)


def _needs_context(question: Question, candidates: Sequence[Candidate]) -> bool:
    is_short = sum(map(str.isalnum, question.text)) <= SHORT_LETTERS + 1
    return bool(candidates) and question.long_form is None and (is_short or len(candidates) > 1)
