"""The type names of public corpora and the types they stand for here."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model import Curie, EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES = {
    EntityType.DRUG: "chemical chemicalentity drug simplechemical chebi chem small_molecule compound",
    EntityType.DISEASE: "disease specificdisease modifier diseaseclass compositemention diseaseorphenotypicfeature "
    "disorder cancer symptom phenotype",
    EntityType.GENE_PROTEIN: "gene geneorgeneproduct familyname gene-y gene-n ggp protein dna rna geneorprotein "
    "geneprotein gene_or_gene_product gene_protein",
    EntityType.CELL: "celltype cell_type cell cl",
    EntityType.PROCESS: "process biologicalprocess biological_process go_bp pathway",
    EntityType.ORGANISATION: "organisation organization org company",
}
_BY_NAME = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_SHOWN = {
    EntityType.DRUG: "Chemical",
    EntityType.DISEASE: "Disease",
    EntityType.GENE_PROTEIN: "Gene",
    EntityType.CELL: "Cell",
    EntityType.PROCESS: "Process",
    EntityType.ORGANISATION: "Organisation",
}
_MESH = re.compile(r"[CD]\d{6,}")
_MENTION_ID = re.compile(r"T\d+")


def entity_type_of(name: str) -> EntityType | None:
    """Return our type for a corpus's type name, None for one that is not recognised here (species, variants ...).

    >>> entity_type_of("DiseaseOrPhenotypicFeature"), entity_type_of("OrganismTaxon")
    (<EntityType.DISEASE: 'disease'>, None)
    """
    return _BY_NAME.get(name.casefold().replace(" ", ""))


def shown_names(names: Iterable[str]) -> dict[EntityType, str]:
    """Return the name under which each type is reported: the corpus's own where it has one for the type.

    >>> shown_names(["ChemicalEntity", "SpecificDisease", "Modifier"])
    {<EntityType.DISEASE: 'disease'>: 'Disease', <EntityType.DRUG: 'drug'>: 'ChemicalEntity'}
    """
    found: defaultdict[EntityType, set[str]] = defaultdict(set)
    for name in names:
        kind = entity_type_of(name)
        if kind is not None:
            found[kind].add(name)
    return {kind: next(iter(own)) if len(own) == 1 else _SHOWN[kind] for kind, own in sorted(found.items())}


def curie_of(identifier: str, kind: EntityType) -> Curie | None:
    """Return a corpus's identifier as a CURIE, None when it is none (a mention's own id, a remark).

    >>> curie_of("D001241", EntityType.DRUG), curie_of("1956", EntityType.GENE_PROTEIN), curie_of("T3", EntityType.DRUG)
    ('MESH:D001241', 'NCBIGene:1956', None)
    """
    identifier = identifier.strip()
    if _MENTION_ID.fullmatch(identifier) or not identifier:
        return None
    if _MESH.fullmatch(identifier):
        return Curie(f"MESH:{identifier}")
    if identifier.isdigit():
        return Curie(f"{'NCBIGene' if kind is EntityType.GENE_PROTEIN else 'OMIM'}:{identifier}")
    prefix, colon, local = identifier.partition(":")
    if not colon or not local:
        return None
    return Curie(f"MESH:{local}" if prefix.casefold() == "mesh" else f"{prefix}:{local}")


def name_of(kind: EntityType) -> str:
    """Return the usual name of a type in public corpora."""
    return _SHOWN.get(kind, str(kind))
