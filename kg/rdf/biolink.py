"""How Biolink Model 4.4.6 says our types and relations: classes, predicates and qualifiers.

Names checked against biolink_model.yaml of the PyPI package; where Biolink has no word the class is our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.relations import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Curie

_CLASSES: Mapping[EntityType, str] = MappingProxyType(
    {
        EntityType.DRUG: "biolink:Drug",
        EntityType.DISEASE: "biolink:Disease",
        EntityType.GENE_PROTEIN: "biolink:GeneOrGeneProduct",
        EntityType.CELL: "biolink:Cell",
        EntityType.PROCESS: "biolink:BiologicalProcess",
        EntityType.ORGANISATION: "biolink:Agent",
        EntityType.PROCEDURE: "biolink:Procedure",
        EntityType.PHASE: "kg:TrialPhase",
        EntityType.APPLICATION: "kg:RegulatoryApplication",
    }
)
_CLASSES_BY_PREFIX: Mapping[tuple[EntityType, str], str] = MappingProxyType(
    {
        (EntityType.DRUG, "CHEBI"): "biolink:ChemicalEntity",
        (EntityType.DISEASE, "HP"): "biolink:PhenotypicFeature",
        (EntityType.GENE_PROTEIN, "HGNC"): "biolink:Gene",
        (EntityType.GENE_PROTEIN, "MGI"): "biolink:Gene",
        (EntityType.GENE_PROTEIN, "FPLX"): "biolink:GeneFamily",
        (EntityType.GENE_PROTEIN, "GO"): "biolink:MacromolecularComplex",
    }
)


def class_of(entity_type: EntityType, curie: Curie | None) -> str:
    """Return the CURIE of the class of an entity, more specific where the vocabulary of its identifier says so."""
    prefix = curie.partition(":")[0] if curie else ""
    return _CLASSES_BY_PREFIX.get((entity_type, prefix), _CLASSES[entity_type])


@dataclass(frozen=True, slots=True)
class AssociationForm:
    """How one statement is written as an association: its class, its predicate and Biolink's qualifiers, as CURIEs."""

    association: str
    predicate: str
    qualifiers: tuple[tuple[str, str], ...] = ()


_TO_DISEASE = "biolink:ChemicalOrDrugOrTreatmentToDiseaseOrPhenotypicFeatureAssociation"
_BETWEEN_CHEMICALS = "biolink:ChemicalEntityToChemicalEntityAssociation"
_GENE_TO_PROCESS = "biolink:GeneOrGeneProductOrGeneFamilyToBiologicalProcessOrActivityAssociation"
_GENE_TO_ANATOMY = "biolink:GeneOrGeneProductOrGeneFamilyToAnatomicalEntityAssociation"
_ASSOCIATIONS: Mapping[str, str] = MappingProxyType(
    {
        "treats": _TO_DISEASE,
        "prevents": _TO_DISEASE,
        "studied_for": _TO_DISEASE,
        "protects": "biolink:ChemicalAffectsBiologicalEntityAssociation",
        "binds": "biolink:ChemicalGeneInteractionAssociation",
        "causes_adverse_event": "biolink:ChemicalOrDrugOrTreatmentAdverseEventAssociation",
        "combined_with": _BETWEEN_CHEMICALS,
        "has_active_ingredient": _BETWEEN_CHEMICALS,
        "subtype_of": "biolink:DiseaseToDiseaseAssociation",
    }
)
_EFFECT_ASSOCIATIONS: Mapping[tuple[EntityType, EntityType], str] = MappingProxyType(
    {
        (EntityType.DRUG, EntityType.GENE_PROTEIN): "biolink:ChemicalAffectsGeneAssociation",
        (EntityType.DRUG, EntityType.PROCESS): "biolink:ChemicalAffectsBiologicalEntityAssociation",
        (EntityType.DRUG, EntityType.CELL): "biolink:ChemicalAffectsBiologicalEntityAssociation",
        (EntityType.DRUG, EntityType.DRUG): _BETWEEN_CHEMICALS,
        (EntityType.GENE_PROTEIN, EntityType.GENE_PROTEIN): "biolink:GeneRegulatesGeneAssociation",
        (EntityType.GENE_PROTEIN, EntityType.DRUG): "biolink:GeneAffectsChemicalAssociation",
        (EntityType.GENE_PROTEIN, EntityType.PROCESS): _GENE_TO_PROCESS,
        (
            EntityType.GENE_PROTEIN,
            EntityType.CELL,
        ): _GENE_TO_ANATOMY,
    }
)
_EFFECTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"inhibits": ("decreased", "inhibition"), "activates": ("increased", "activation")}
)
_SUPER_PREDICATES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("inhibits", "activates", "protects"), "biolink:affects")
)


def super_predicate(relation: str) -> str:
    """Return the Biolink predicate of a relation, or the nearest one above our own term."""
    predicate = RELATIONS[relation].predicate
    return predicate if predicate.startswith("biolink:") else _SUPER_PREDICATES.get(relation, "biolink:related_to")


def association_form(relation: str, subject: EntityType, object_: EntityType) -> AssociationForm:
    """Return the association's class, predicate and qualifiers for a relation between two types."""
    if relation in _EFFECTS:
        return _effect_form(relation, subject, object_)
    association = _ASSOCIATIONS.get(relation, "biolink:Association")
    predicate = "biolink:affects" if relation == "protects" else RELATIONS[relation].predicate
    return AssociationForm(association, predicate)


def _effect_form(relation: str, subject: EntityType, object_: EntityType) -> AssociationForm:
    direction, mechanism = _EFFECTS[relation]
    on_gene = object_ is EntityType.GENE_PROTEIN
    qualifiers = [
        ("qualified_predicate", "biolink:causes"),
        ("object_aspect_qualifier", "activity" if on_gene else "activity_or_abundance"),
        ("object_direction_qualifier", direction),
    ]
    if on_gene:
        qualifiers.append(("causal_mechanism_qualifier", mechanism))
    regulates = subject is EntityType.GENE_PROTEIN and on_gene
    return AssociationForm(
        association=_EFFECT_ASSOCIATIONS.get((subject, object_), "biolink:Association"),
        predicate="biolink:regulates" if regulates else "biolink:affects",
        qualifiers=tuple(qualifiers),
    )
