"""Which types of entity a mention of a type may stand for; recognizers and sources draw the borders differently."""

from __future__ import annotations

from kg.model import EntityType

_NEAR: dict[EntityType, frozenset[EntityType]] = {
    EntityType.DRUG: frozenset({EntityType.GENE_PROTEIN, EntityType.PROCEDURE}),
    EntityType.GENE_PROTEIN: frozenset({EntityType.DRUG}),
    EntityType.DISEASE: frozenset({EntityType.PROCESS}),
    EntityType.CELL: frozenset(),
    EntityType.PROCESS: frozenset({EntityType.DISEASE, EntityType.PROCEDURE}),
    EntityType.ORGANISATION: frozenset(),
    EntityType.PROCEDURE: frozenset({EntityType.DRUG, EntityType.PROCESS}),
    EntityType.PHASE: frozenset(),
    EntityType.APPLICATION: frozenset({EntityType.PROCEDURE}),
}


def type_distance(mention: EntityType | None, entity: EntityType) -> int | None:
    """Return 0 for the same type, 1 for one that it may be taken for, None for any other; no type fits all.

    >>> type_distance(EntityType.DRUG, EntityType.GENE_PROTEIN)
    1
    """
    if mention is None or mention is entity:
        return 0
    return 1 if entity in _NEAR[mention] else None
