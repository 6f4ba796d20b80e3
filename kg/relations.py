"""The short relation names, the RDF predicate of each, and what may stand on either end.

Source of the predicates: Biolink Model 4.4.6; names in ``kg:`` are our own and declared as sub-properties.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Curie, EntityType

_DRUG = EntityType.DRUG
_DISEASE = EntityType.DISEASE
_GENE = EntityType.GENE_PROTEIN
_CELL = EntityType.CELL
_PROCESS = EntityType.PROCESS
_ORGANISATION = EntityType.ORGANISATION
_APPLICATION = EntityType.APPLICATION


@dataclass(frozen=True, slots=True)
class Relation:
    """One kind of statement: its short name, predicate CURIE, the types of its ends, and its direction."""

    name: str
    predicate: Curie
    subjects: frozenset[EntityType]
    objects: frozenset[EntityType]
    symmetric: bool = False


def _relation(
    name: str,
    predicate: str,
    subjects: set[EntityType],
    objects: set[EntityType],
    *,
    symmetric: bool = False,
) -> Relation:
    return Relation(name, Curie(predicate), frozenset(subjects), frozenset(objects), symmetric)


_AFFECTED = {_GENE, _PROCESS, _CELL, _DRUG}
_SUBMITTER = {_DRUG, _APPLICATION, _ORGANISATION}

RELATIONS: dict[str, Relation] = {
    relation.name: relation
    for relation in (
        _relation("treats", "biolink:treats", {_DRUG}, {_DISEASE}),
        _relation("prevents", "biolink:preventative_for_condition", {_DRUG}, {_DISEASE}),
        _relation("studied_for", "biolink:in_clinical_trials_for", {_DRUG}, {_DISEASE}),
        _relation("inhibits", "kg:inhibits", {_DRUG, _GENE}, _AFFECTED),
        _relation("activates", "kg:activates", {_DRUG, _GENE}, _AFFECTED),
        _relation("protects", "kg:protects", {_DRUG}, {_CELL}),
        _relation("binds", "biolink:directly_physically_interacts_with", {_DRUG}, {_GENE}),
        _relation("causes_adverse_event", "biolink:has_adverse_event", {_DRUG}, {_DISEASE, _PROCESS}),
        _relation("combined_with", "kg:combined_with", {_DRUG}, {_DRUG}, symmetric=True),
        _relation("has_active_ingredient", "biolink:has_active_ingredient", {_DRUG}, {_DRUG}),
        _relation("in_phase", "kg:in_phase", {_DRUG}, {EntityType.PHASE}),
        _relation("developed_by", "kg:developed_by", {_DRUG}, {_ORGANISATION}),
        _relation("marketed_by", "kg:marketed_by", {_DRUG}, {_ORGANISATION}),
        _relation("collaborates_with", "kg:collaborates_with", {_ORGANISATION}, {_ORGANISATION}, symmetric=True),
        _relation("acquired_by", "kg:acquired_by", {_ORGANISATION}, {_ORGANISATION}),
        _relation("submitted_to", "kg:submitted_to", _SUBMITTER, {_ORGANISATION}),
        _relation("approved_by", "kg:approved_by", {_DRUG, _APPLICATION}, {_ORGANISATION}),
        _relation("rejected_by", "kg:rejected_by", {_DRUG, _APPLICATION}, {_ORGANISATION}),
        _relation("listed_on", "kg:listed_on", {_ORGANISATION}, {_ORGANISATION}),
        _relation("subtype_of", "biolink:subclass_of", {_DISEASE}, {_DISEASE}),
    )
}
"""Every relation by its short name (design: SCHEMA)."""
