"""Joins the terms of all sources into entities: one thing, one preferred CURIE, the others as exact matches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.ontology.terms import PART, parse_names
from kg.prefixes import vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFERRED: dict[str, tuple[str, ...]] = {
    EntityType.DRUG: ("CHEBI", "UNII", "MESH"),
    EntityType.DISEASE: ("MONDO", "HP", "MESH"),
    EntityType.GENE_PROTEIN: ("HGNC", "FPLX", "GO"),
    EntityType.CELL: ("CL", "MESH"),
    EntityType.PROCESS: ("GO", "MESH"),
    EntityType.ORGANISATION: ("ROR", "SEC_CIK"),
    EntityType.PROCEDURE: ("MESH",),
}
"""Prefixes by type in the order of preference (design: SCHEMA, Identity)."""


SHARED = "+"
"""Before an xref: an exact match by its curators, though another term has it too; no reason to join the two."""


FILING = "MESH:"
"""MeSH files several things under one record: a record of another entity is still told of those that claim it."""


_MOLECULES = {str(EntityType.DRUG), str(EntityType.GENE_PROTEIN)}


@dataclass(slots=True)
class Source:
    """The lines of one source's term file, and its name."""

    name: str
    lines: list[str]


@dataclass(slots=True)
class Joined:
    """An entity while it is being put together; ``own`` maps prefix -> CURIE that a source gives it as identifier.

    ``names`` holds (letter, name, source index).
    """

    type: str
    label: str
    own: dict[str, str]
    xrefs: set[str]
    shared: set[str]
    names: list[tuple[str, str, int]]
    parents: list[str]
    wholes: list[str]
    labels: dict[str, str] = field(default_factory=dict)
    curie: str = ""


@dataclass(slots=True)
class Joiner:
    """Takes in terms, source by source in the order of priority, and keeps who owns which CURIE."""

    entities: list[Joined | None] = field(default_factory=list)
    owner: dict[str, int] = field(default_factory=dict)
    claims: dict[str, int] = field(default_factory=dict)

    def add(self, source: int, line: str) -> None:
        """Take in one line of a term file; it joins the entities that it shares an identifier with, or starts one."""
        curie, kind, label, names, xrefs, parents = line.split("\t")
        prefix = vocabulary_of(curie)
        matches = xrefs.split() if xrefs else []
        shared = [match[1:] for match in matches if match[0] == SHARED] if SHARED in xrefs else []
        if shared:
            matches = [match for match in matches if match[0] != SHARED]
        is_new = not matches and curie not in self.owner and curie not in self.claims
        place = None if is_new else self._place(curie, prefix, kind, matches)
        if place is None:
            place = len(self.entities)
            self.entities.append(Joined(kind, label, {}, set(), set(), [], [], []))
        entity = self.entities[place]
        if entity is None:
            message = f"{curie} joins an entity that was joined away"
            raise RuntimeError(message)
        entity.own.setdefault(prefix, curie)
        entity.shared.update(shared)
        if label:
            entity.labels.setdefault(curie, label)
            entity.label = entity.label or label
        entity.names += [(letter, name, source) for letter, name in parse_names(label, names)]
        if parents:
            above = parents.split()
            entity.parents += [one for one in above if one[0] != PART]
            entity.wholes += [one[1:] for one in above if one[0] == PART]
        self.owner[curie] = place
        if matches:
            self._claim(place, entity, matches)

    def _claim(self, place: int, entity: Joined, matches: Sequence[str]) -> None:
        for match in matches:
            entity.xrefs.add(match)
            self.claims.setdefault(match, place)

    def _place(self, curie: str, prefix: str, kind: str, matches: Sequence[str]) -> int | None:
        """Return the entity that this term belongs to; several are joined where no vocabulary is in two of them."""
        own = self.owner.get(curie)
        if own is not None:
            return own
        found: int | None = None
        for candidate in (self.claims.get(curie), *(self.owner.get(match) for match in matches)):
            if candidate is None or candidate == found or not self._fits(candidate, prefix, kind):
                continue
            if found is None:
                found = candidate
            else:
                self._unite(found, candidate)
        return found

    def _fits(self, place: int, prefix: str, kind: str) -> bool:
        entity = self.entities[place]
        return entity is not None and entity.type == kind and prefix not in entity.own

    def _unite(self, place: int, other: int) -> None:
        first, second = self.entities[place], self.entities[other]
        if first is None or second is None or first.own.keys() & second.own.keys():
            return
        first.own |= second.own
        first.xrefs |= second.xrefs
        first.shared |= second.shared
        first.names += second.names
        first.parents += second.parents
        first.wholes += second.wholes
        first.labels |= {curie: label for curie, label in second.labels.items() if curie not in first.labels}
        self.entities[other] = None
        for curie in second.own.values():
            self.owner[curie] = place
        for curie in second.xrefs:
            if self.claims.get(curie) == other:
                self.claims[curie] = place


def join(sources: Sequence[Source]) -> tuple[list[Joined], dict[str, int]]:
    """Return the entities of all sources, and for each CURIE the place of the entity that it names.

    Sources come in falling priority. A CURIE that two entities claim names the one that has it as its own identifier,
    else the one that came first; two terms of one vocabulary are never one entity.
    """
    joiner = Joiner()
    for index, source in enumerate(sources):
        for line in source.lines:
            joiner.add(index, line)
    entities: list[Joined] = []
    moved: dict[int, int] = {}
    for place, entity in enumerate(joiner.entities):
        if entity is not None:
            moved[place] = len(entities)
            entities.append(entity)
    curies = {curie: moved[place] for curie, place in joiner.claims.items() if place in moved}
    curies |= {curie: moved[place] for curie, place in joiner.owner.items()}
    for place, entity in enumerate(entities):
        _settle(place, entity, curies, entities)
    return entities, curies


def _settle(place: int, entity: Joined, curies: dict[str, int], entities: Sequence[Joined]) -> None:
    """Choose the preferred CURIE and the label; drop xrefs that name another entity."""
    if not entity.label:  # what only a mapping tells of
        entity.label = entity.names[0][1] if entity.names else next(iter(entity.own.values()))
    if len(entity.own) == 1 and not entity.xrefs and not entity.shared:
        entity.curie = next(iter(entity.own.values()))
        return
    entity.curie = _preferred(entity, curies, place)
    entity.label = entity.labels.get(entity.curie, entity.label)
    matches = entity.xrefs | set(entity.own.values())
    elsewhere = {match for match in matches if match.startswith(FILING) and curies.get(match, place) != place}
    entity.shared |= {match for match in elsewhere if _are_alike(entity, entities[curies[match]])}
    entity.xrefs = {match for match in matches if match != entity.curie and curies.get(match) == place}
    entity.xrefs |= entity.shared - {entity.curie}


def _are_alike(one: Joined, other: Joined) -> bool:
    """Say whether two entities are of one type; a protein may be a medicine."""
    return one.type == other.type or {one.type, other.type} == _MOLECULES


def _preferred(entity: Joined, curies: dict[str, int], place: int) -> str:
    """Return the CURIE of the most preferred vocabulary; an entity known to none of them keeps its own."""
    order = PREFERRED.get(entity.type, ())
    if not entity.own.keys() & set(order):
        return next(iter(entity.own.values()))
    for prefix in order:
        if prefix in entity.own:
            return entity.own[prefix]
        foreign = sorted(curie for curie in entity.xrefs if curie.startswith(prefix + ":") and curies[curie] == place)
        if foreign:
            return foreign[0]
    return next(iter(entity.own.values()))
