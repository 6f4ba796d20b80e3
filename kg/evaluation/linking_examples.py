"""What the linker's coefficients are fitted on: the candidates of gold mentions, and which of them are right."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evaluation.linking import is_known, is_right
from kg.linking.questions import ask
from kg.linking.variants import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.evaluation.linking_gold import GoldCase, GoldDocument
    from kg.linking.linker import EntityLinker
    from kg.linking.ranking import Scored
    from kg.model import EntityType
    from kg.ontology.lexicon import Lexicon

_MOST_CANDIDATES = 20
_HIDDEN = 0.05
"""Share of mentions whose right entity is hidden, as if no source had it: what is left is then NIL."""
_SURE = {Step.EXACT, Step.CLEANED, Step.DEFINITION}
OF = "|"
"""Between a type and a feature: the coefficient that is added for mentions of this type."""


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a mention's candidates and the places of the right ones; no right one means NIL."""

    features: tuple[dict[str, float], ...]
    right: frozenset[int]
    weight: float = 1.0


def examples(linker: EntityLinker, documents: Sequence[GoldDocument]) -> Iterator[Example]:
    """Yield an example for each different (mention, answer) of each document."""
    chance = random.Random(0)  # noqa: S311
    for document in documents:
        questions = ask(document.analysis, [case.mention for case in document.cases])
        context = linker.context(document.analysis, questions)
        seen = set()
        for case, question in zip(document.cases, questions, strict=True):
            mark = (question, case.curies)
            if mark in seen:
                continue
            seen.add(mark)
            scored = linker.scored(question, context)[:_MOST_CANDIDATES]
            right = {place for place, one in enumerate(scored) if _is_right(one, case, linker.lexicon)}
            if not is_known(case, linker.lexicon) and case.curies and any(map(_is_sure, scored)):
                continue
            if right and chance.random() < _HIDDEN:
                scored = tuple(one for place, one in enumerate(scored) if place not in right and not _is_sure(one))
                right = set()
            elif not right and is_known(case, linker.lexicon):
                continue
            if scored:
                kind = case.mention.type
                yield Example(tuple(_by_type(one.features, kind) for one in scored), frozenset(right))


def _is_right(one: Scored, case: GoldCase, lexicon: Lexicon) -> bool:
    """Say whether a candidate is right: its entity, or where it is told by an identifier, what has this."""
    if one.told is None:
        return is_right(lexicon.entity(one.evidence.posting.curie), case.curies, lexicon)
    return one.told.identifier in case.curies or is_right(one.told.owner, case.curies, lexicon)


def _is_sure(one: Scored) -> bool:
    return one.evidence.variant.step in _SURE


def _by_type(features: dict[str, float], kind: EntityType) -> dict[str, float]:
    """Return the features twice: for all types, and for the mention's own."""
    return features | {f"{kind}{OF}{name}": value for name, value in features.items()}
