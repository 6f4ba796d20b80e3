from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Curie, EntityType
from kg.ontology.lexicon import Lexicon
from kg.ontology.manifest import Manifest, file_sha256, write_manifest
from kg.ontology.names import NameStatus
from kg.ontology.terms import Name, Term, write_terms


def term(
    curie: str,
    kind: EntityType,
    label: str,
    *names: str | Name,
    xrefs: tuple[str, ...] = (),
    parents: tuple[str, ...] = (),
) -> Term:
    given = tuple(one if isinstance(one, Name) else Name(one) for one in names)
    labelled = (Name(label, NameStatus.LABEL), *given)
    return Term(Curie(curie), kind, label, labelled, tuple(map(Curie, xrefs)), tuple(map(Curie, parents)))


def put_source(folder: Path, name: str, terms: list[Term], priority: int = 50) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.tsv"
    count = write_terms(path, terms)
    types = tuple({one.type for one in terms})
    prefix = terms[0].curie.partition(":")[0]
    manifest = Manifest(name, name.title(), prefix, path.name, file_sha256(path), types, priority=priority, terms=count)
    write_manifest(folder / f"{name}.toml", manifest)


DISEASE, DRUG, GENE, CELL = EntityType.DISEASE, EntityType.DRUG, EntityType.GENE_PROTEIN, EntityType.CELL


def sample_sources() -> dict[str, list[Term]]:
    return {
        "mondo": [
            term("MONDO:0004992", DISEASE, "cancer", "malignancy"),
            term("MONDO:0005059", DISEASE, "leukemia", parents=("MONDO:0004992",)),
            term(
                "MONDO:0018874",
                DISEASE,
                "acute myeloid leukemia",
                Name("AML", NameStatus.ABBREVIATION),
                xrefs=("MESH:D015470", "DOID:9119"),
                parents=("MONDO:0005059",),
            ),
            term("MONDO:0004975", DISEASE, "Alzheimer disease"),
            term("MONDO:0005148", DISEASE, "type 2 diabetes mellitus", "type 2 diabetes"),
        ],
        "mesh": [
            term("MESH:D015470", DISEASE, "Leukemia, Myeloid, Acute", "ANLL"),
            term("MESH:D005472", DRUG, "Fluorouracil", "5-FU", xrefs=("CHEBI:46345",)),
        ],
        "hgnc": [
            term("HGNC:6001", GENE, "IL2", "interleukin 2", "IL-2", xrefs=("NCBIGene:3558",)),
            term("HGNC:10760", GENE, "SET", Name("SET", NameStatus.LABEL, exact_case=True)),
            term("HGNC:6057", GENE, "INA", "internexin neuronal intermediate filament protein alpha"),
        ],
        "chebi": [term("CHEBI:46345", DRUG, "5-fluorouracil")],
        "cl": [term("CL:0000623", CELL, "natural killer cell", "NK cell")],
    }


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "ontologies"
    for place, (name, terms) in enumerate(sample_sources().items()):
        chosen = [Term(one.curie, one.type, one.label, _without_double(one), one.xrefs, one.parents) for one in terms]
        put_source(folder, name, chosen, priority=place)
    return folder


def _without_double(one: Term) -> tuple[Name, ...]:
    """The label once: as it is marked, where it is listed again with a mark."""
    marked = {name.text for name in one.names if name.exact_case}
    return tuple(name for name in one.names if name.exact_case or name.text not in marked)


@pytest.fixture
def lexicon(sources: Path, tmp_path: Path) -> Lexicon:
    return Lexicon.open(sources, tmp_path / "cache")


@pytest.fixture
def open_lexicon(sources: Path, tmp_path: Path) -> Callable[[], Lexicon]:
    return lambda: Lexicon.open(sources, tmp_path / "cache")
