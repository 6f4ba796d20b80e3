"""By which identifiers of a vocabulary an entity can be told: its own, else those of what it is a kind of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.linking.vocabulary import Vocabulary
    from kg.model import Curie, Entity, EntityType
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

_CACHE_LIMIT = 50_000
_MOST_MEMBERS = 4
_MOST_LEVELS = 2
"""So many levels of ancestors that have an identifier are followed."""
_FARTHEST = 7
_FAMILY = "FPLX:"
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Telling:
    """An identifier of the vocabulary and whose it is; ``steps`` up to it, -1 for a member of a family.

    ``nearer`` counts the levels below it that have an identifier, or the members before it.
    """

    identifier: Curie
    owner: Entity
    steps: int = 0
    nearer: int = 0


class Teller:
    """Tells entities in a vocabulary; what it found last is remembered."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self._known: dict[tuple[Curie, EntityType | None], tuple[Telling, ...]] = {}

    def own(self, curie: Curie, kind: EntityType | None) -> Curie | None:
        """Return the entity's own identifier, for a mention of a type; of any type, for one of the entity's."""
        entity = self.lexicon.entity(curie)
        return self.vocabulary.record(entity, kind or entity.type)

    def has(self, posting: Posting) -> bool:
        """Say whether what has a name has an identifier of its own."""
        return self.own(posting.curie, posting.type) is not None

    def tell(self, curie: Curie, kind: EntityType | None) -> tuple[Telling, ...]:
        """Return the identifiers by which an entity can be told, the nearest first; none when there is none."""
        found = self._known.get((curie, kind))
        if found is None:
            if len(self._known) >= _CACHE_LIMIT:
                self._known.clear()
            found = tuple(self._upwards(curie, kind)) or self._first_members(curie, kind)
            self._known[curie, kind] = found
        return found

    def _first_members(self, curie: Curie, kind: EntityType | None) -> tuple[Telling, ...]:
        members = islice(self._members(curie, kind), _MOST_MEMBERS)
        return tuple(replace(member, nearer=place) for place, member in enumerate(members))

    def _upwards(self, curie: Curie, kind: EntityType | None) -> Iterator[Telling]:
        level, seen, told = [curie], {curie}, 0
        for steps in range(_FARTHEST + 1):
            owners = [(record, one) for one in level if (record := self.own(one, kind))]
            for record, one in owners:
                yield Telling(record, self.lexicon.entity(one), steps, told)
            told += bool(owners)
            above = dict.fromkeys(parent for one in level for parent in self.lexicon.parents(one))
            level = [parent for parent in above if parent not in seen]
            seen.update(level)
            if told > _MOST_LEVELS or not level:
                return

    def _members(self, curie: Curie, kind: EntityType | None) -> Iterator[Telling]:
        """Yield the first members of a family of genes that can be told: lists of genes have no families."""
        if not curie.startswith(_FAMILY):
            return
        members = map(self.lexicon.entity, self.lexicon.children(curie))
        for member in sorted(members, key=lambda one: _natural(one.label)):
            record = self.own(member.curie, kind)
            yield from (Telling(record, member, -1),) if record else self._members(member.curie, kind)


def _natural(label: str) -> list[tuple[int, str]]:
    """Return what sorts CDK2 before CDK10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBER.split(label)]
