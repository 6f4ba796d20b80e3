"""Which genes a document names beyond doubt: where a name may be that of several genes, one of these is meant.

"Melanocortin receptor" is MC4R where the text has "MC4R", "MMPs" are MMP1 where it has "MMP1".
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.linking.evidence import GENES, is_sure
from kg.linking.variants import Step
from kg.model import EntityType
from kg.ontology.normalize import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.linking.questions import Question
    from kg.linking.ranking import Scored
    from kg.model import Curie

_LEAST_SCORE = 0.8


class NamedGenes:
    """The genes that some mentions of a document surely name, with the keys of these names."""

    def __init__(self, named: Iterable[tuple[Question, Curie]] = ()) -> None:
        self._keys: defaultdict[Curie, set[str]] = defaultdict(set)
        for question, curie in named:
            self._keys[curie].add(_key(question))

    def has(self, curie: Curie, question: Question) -> bool:
        """Say whether the document surely calls the gene by another name than the mention's."""
        keys = self._keys.get(curie)
        return keys is not None and question.type is EntityType.GENE_PROTEIN and keys != {_key(question)}


def may_be_named(one: Scored) -> bool:
    """Say whether a candidate has the mention's name, or is a member of what has: a mere likeness is not enough.

    Where a text names TNF, its "TNF receptor 1" and "TNF inhibitor" are something else.
    """
    is_member = one.told is not None and one.told.steps < 0
    return is_member or is_sure(one.evidence) or one.evidence.variant.step is Step.SWAP


def surely_named(scored: Sequence[Scored], question: Question) -> Curie | None:
    """Return the gene that a mention names beyond doubt: by its own name, not as a member of a family."""
    if question.type is not EntityType.GENE_PROTEIN or not scored:
        return None
    best = scored[0]
    is_own = best.evidence.posting.curie.startswith(GENES) and (best.told is None or best.told.steps == 0)
    return best.identifier if is_own and best.score >= _LEAST_SCORE and is_sure(best.evidence) else None


def _key(question: Question) -> str:
    return key(question.long_form or question.text)
