"""Ontologies that `kg ontology add NAME` knows the official address of."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityType

_OBO = "https://purl.obolibrary.org/obo/"
_CC_BY = "CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Offer:
    """An ontology at its official address."""

    name: str
    title: str
    address: str
    type: EntityType
    licence: str


OFFERS: dict[str, Offer] = {
    offer.name: offer
    for offer in (
        Offer("mondo", "Mondo Disease Ontology", _OBO + "mondo.obo", EntityType.DISEASE, _CC_BY),
        Offer("doid", "Human Disease Ontology", _OBO + "doid.obo", EntityType.DISEASE, "CC0 1.0"),
        Offer("hp", "Human Phenotype Ontology", _OBO + "hp.obo", EntityType.DISEASE, "HPO licence"),
        Offer("symp", "Symptom Ontology", _OBO + "symp.obo", EntityType.DISEASE, "CC0 1.0"),
        Offer("chebi", "ChEBI", _OBO + "chebi.obo", EntityType.DRUG, _CC_BY),
        Offer("cl", "Cell Ontology", _OBO + "cl.obo", EntityType.CELL, _CC_BY),
        Offer("go", "Gene Ontology", _OBO + "go/go-basic.obo", EntityType.PROCESS, _CC_BY),
        Offer("pr", "Protein Ontology", _OBO + "pr.obo", EntityType.GENE_PROTEIN, _CC_BY),
        Offer("maxo", "Medical Action Ontology", _OBO + "maxo.obo", EntityType.PROCEDURE, _CC_BY),
        Offer(
            "hgnc",
            "HGNC complete set",
            "https://storage.googleapis.com/public-download-files/hgnc/tsv/tsv/hgnc_complete_set.txt",
            EntityType.GENE_PROTEIN,
            "CC0 1.0",
        ),
    )
}
