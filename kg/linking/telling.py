"""By which identifiers of a vocabulary an entity can be told: its own, else those of what it is a kind or part of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from kg.linking.evidence import GENES
from kg.linking.orthologs import of_mouse
from kg.linking.popularity import shipped_popularity
from kg.model import EntityType
from kg.ontology.normalize import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.linking.vocabulary import Vocabulary
    from kg.model import Curie, Entity
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

_CACHE_LIMIT = 50_000
_MOST_MEMBERS = 4
_MOST_COLLECTED = 60
"""What has more genes below it is too wide to stand for one of them."""
_DEEPEST = 3
_BEGINNING = 3
"""Members whose symbols begin as most do go first: COL1A1 is more of a collagen than C1QTNF5."""
_MOST_LEVELS = 2
"""So many levels of ancestors that have an identifier are followed."""
_FARTHEST = 7
_MADE_OF_GENES = frozenset({EntityType.GENE_PROTEIN, EntityType.DRUG})
"""Families and complexes; hormones and their classes are filed as medicines."""
_HUMAN = GENES[0]
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Telling:
    """An identifier of the vocabulary and whose it is; ``steps`` up to it, -1 for a member of a family.

    ``nearer`` counts the levels below it that have an identifier, or the members before it, up to four; ``is_namesake``
    says that a member has a name of the family, too, ``less_known`` how much fewer texts name it than the best known
    member, as a logarithm of base 2.
    """

    identifier: Curie
    owner: Entity
    steps: int = 0
    nearer: int = 0
    is_namesake: bool = False
    less_known: float = 0.0


class Teller:
    """Tells entities in a vocabulary; what it found last is remembered."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self._known: dict[tuple[Curie, EntityType | None, bool], tuple[Telling, ...]] = {}

    def own(self, curie: Curie, kind: EntityType | None) -> Curie | None:
        """Return the entity's own identifier, for a mention of a type; of any type, for one of the entity's."""
        entity = self.lexicon.entity(curie)
        return self.vocabulary.record(entity, kind or entity.type)

    def has(self, posting: Posting) -> bool:
        """Say whether what has a name has an identifier of its own."""
        return self.own(posting.curie, posting.type) is not None

    def tell(self, curie: Curie, kind: EntityType | None, *, murine: bool = False) -> tuple[Telling, ...]:
        """Return the identifiers by which an entity can be told, the nearest first; none when there is none.

        A family or complex of genes is told by its first members, by those of the mouse where ``murine``.
        """
        asked = (curie, kind, murine)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) >= _CACHE_LIMIT:
                self._known.clear()
            found = tuple(self._upwards(curie, kind)) or tuple(self._first_members(curie, kind, murine=murine))
            self._known[asked] = found
        return found

    def _upwards(self, curie: Curie, kind: EntityType | None) -> Iterator[Telling]:
        level, seen, told = [curie], {curie}, 0
        for steps in range(_FARTHEST + 1):
            owners = [(record, one) for one in level if (record := self.own(one, kind))]
            for record, one in owners:
                yield Telling(record, self.lexicon.entity(one), steps, told)
            told += bool(owners)
            above = dict.fromkeys(
                parent for one in level for parent in (*self.lexicon.parents(one), *self.lexicon.wholes(one))
            )
            level = [parent for parent in above if parent not in seen]
            seen.update(level)
            if told > _MOST_LEVELS or not level:
                return

    def _first_members(self, curie: Curie, kind: EntityType | None, *, murine: bool) -> Iterator[Telling]:
        """Yield the first members that can be told, as lists of genes have no families, and those of its names."""
        if self.lexicon.entity(curie).type not in _MADE_OF_GENES or kind not in {EntityType.GENE_PROTEIN, None}:
            return
        members = self._genes_below(curie)
        if len(members) > _MOST_COLLECTED:
            return
        beginnings = Counter(member.label[:_BEGINNING] for member in members)
        members.sort(key=lambda one: (-beginnings[one.label[:_BEGINNING]], _natural(one.label)))
        names, known = self._keys(curie), shipped_popularity()
        best_known = max((known.get(member.curie, 0) for member in members), default=0)
        for place, member in enumerate(members):
            gene = of_mouse(self.lexicon, member) if murine else member
            if gene is not None and (record := self.own(gene.curie, kind)):
                is_namesake = not names.isdisjoint(self._keys(member.curie))
                less = log2((1 + best_known) / (1 + known.get(member.curie, 0)))
                yield Telling(record, gene, -1, min(place, _MOST_MEMBERS), is_namesake, round(less, 2))

    def _keys(self, curie: Curie) -> frozenset[str]:
        return frozenset(key(posting.name) for posting in self.lexicon.names(curie))

    def _genes_below(self, curie: Curie) -> list[Entity]:
        """Return the human genes that are kinds or parts of an entity, at a few steps at most."""
        found: dict[Curie, None] = {}
        level, seen = [curie], {curie}
        for _ in range(_DEEPEST):
            below = dict.fromkeys(
                one for above in level for one in (*self.lexicon.parts(above), *self.lexicon.children(above))
            )
            found |= dict.fromkeys(one for one in below if one.startswith(_HUMAN))
            level = [one for one in below if one not in seen and not one.startswith(GENES)]
            seen.update(level)
            if len(found) > _MOST_COLLECTED or not level:
                break
        return [self.lexicon.entity(one) for one in found]


def _natural(label: str) -> list[tuple[int, str]]:
    """Return what sorts CDK2 before CDK10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBER.split(label)]
