"""Training texts with typed spans, and what each corpus does and does not annotate."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import ReadingError
from kg.evaluation.pubtator_format import read_pubtator
from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_SHARES = 1000
_NO_SPACE_BEFORE = frozenset(".,;:)]}%'!?/-")
_NO_SPACE_AFTER = frozenset("([{/-'")
_BARE_CELL = frozenset({"cell", "cells", "cellular"})


@dataclass(frozen=True, slots=True)
class TypedSpan:
    """A span of a passage; in ``Passage.ignored`` the loss of this type is masked there."""

    start: int
    end: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class Passage:
    """One training text; types outside ``supervised`` are unknown here, not absent."""

    id: str
    corpus: str
    text: str
    spans: tuple[TypedSpan, ...] = ()
    ignored: tuple[TypedSpan, ...] = ()
    supervised: frozenset[EntityType] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class CorpusPlan:
    """How a corpus is read: files, its type names by ours, and names whose spans are masked for a type of ours."""

    name: str
    files: tuple[str, ...]
    types: Mapping[str, EntityType]
    masked: Mapping[str, EntityType] = field(default_factory=dict)


def read_corpus(plan: CorpusPlan, folder: Path) -> Iterator[Passage]:
    """Yield the passages of a corpus in file order, each document once.

    Raises:
        ReadingError: a file is missing or not in the format its name says.
    """
    seen: set[str] = set()
    for name in plan.files:
        path = folder / name
        passages = _read_conll(plan, path) if ".tsv" in path.suffixes else _read_pubtator(plan, path)
        for passage in passages:
            if passage.id not in seen:
                seen.add(passage.id)
                yield passage


def _read_pubtator(plan: CorpusPlan, path: Path) -> Iterator[Passage]:
    for document in read_pubtator(path):
        spans = tuple(
            TypedSpan(mention.start, mention.end, plan.types[mention.type])
            for mention in document.mentions
            if mention.type in plan.types
        )
        ignored = tuple(
            TypedSpan(mention.start, mention.end, plan.masked[mention.type])
            for mention in document.mentions
            if mention.type in plan.masked
        )
        yield _passage(plan, document.id, document.text, spans, ignored)


def _passage(
    plan: CorpusPlan, identifier: str, text: str, spans: Sequence[TypedSpan], ignored: Sequence[TypedSpan]
) -> Passage:
    kept = tuple(span for span in spans if not _is_bare_cell(text, span))
    bare = tuple(span for span in spans if _is_bare_cell(text, span))
    return Passage(identifier, plan.name, text, kept, (*ignored, *bare), frozenset(plan.types.values()))


def _is_bare_cell(text: str, span: TypedSpan) -> bool:
    return span.type is EntityType.CELL and text[span.start : span.end].lower() in _BARE_CELL


def _read_conll(plan: CorpusPlan, path: Path) -> Iterator[Passage]:
    """Yield blocks of sentences as passages, because these files do not say where a document begins."""
    try:
        content = gzip.decompress(path.read_bytes()).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ReadingError(f"cannot read {path}: {error}; give a gzip file of tokens and tags") from error
    sentences = [block.split("\n") for block in content.split("\n\n") if block.strip()]
    size = 10
    for number in range(0, len(sentences), size):
        lines = [line for sentence in sentences[number : number + size] for line in sentence if "\t" in line]
        text, spans, ignored = _join(plan, lines)
        yield _passage(plan, f"{path.name}:{number // 50}:{number}", text, spans, ignored)


def _join(plan: CorpusPlan, lines: Iterable[str]) -> tuple[str, list[TypedSpan], list[TypedSpan]]:
    text = ""
    found: list[tuple[int, int, str]] = []
    for line in lines:
        token, tag = line.split("\t")[0], line.split("\t")[-1].strip()
        if text and token[0] not in _NO_SPACE_BEFORE and text[-1] not in _NO_SPACE_AFTER:
            text += " "
        start = len(text)
        text += token
        if tag.startswith("I-") and found:
            first, _, name = found.pop()
            found.append((first, len(text), name))
        elif tag.startswith("B-"):
            found.append((start, len(text), tag[2:]))
    spans = [TypedSpan(start, end, plan.types[name]) for start, end, name in found if name in plan.types]
    ignored = [TypedSpan(start, end, plan.masked[name]) for start, end, name in found if name in plan.masked]
    return text, spans, ignored


def is_held_out(identifier: str, share: float) -> bool:
    """Say whether a document is kept from training; the same document is held out in every corpus.

    >>> is_held_out("10192393", 0.0), is_held_out("10192393", 1.0)
    (False, True)
    """
    identifier = ":".join(identifier.split(":")[:2])
    digest = hashlib.sha256(identifier.encode()).digest()
    return int.from_bytes(digest[:4], "big") % _SHARES < share * _SHARES


_DRUG, _DISEASE, _GENE, _CELL = EntityType.DRUG, EntityType.DISEASE, EntityType.GENE_PROTEIN, EntityType.CELL

CORPORA: tuple[CorpusPlan, ...] = (
    CorpusPlan(
        "bc5cdr",
        ("pubtator/BC5CDR_train.pubtator.gz", "pubtator/BC5CDR_dev.pubtator.gz"),
        {"Chemical": _DRUG, "Disease": _DISEASE},
    ),
    CorpusPlan(
        "ncbi_disease",
        ("pubtator/NCBIdisease_TrainDev.pubtator.gz",),
        dict.fromkeys(("SpecificDisease", "Modifier", "DiseaseClass", "CompositeMention"), _DISEASE),
    ),
    CorpusPlan(
        "biored",
        ("pubtator/BioRED_train.pubtator.gz", "pubtator/BioRED_dev.pubtator.gz"),
        {"ChemicalEntity": _DRUG, "DiseaseOrPhenotypicFeature": _DISEASE, "GeneOrGeneProduct": _GENE},
    ),
    CorpusPlan(
        "gnormplus",
        ("pubtator/GNormPlus_Train.pubtator.gz",),
        {"Gene": _GENE, "FamilyName": _GENE},
        {"DomainMotif": _GENE},
    ),
    CorpusPlan(
        "nlm_gene",
        ("pubtator/NLMgene_Train.pubtator.gz",),
        {"Gene": _GENE, "FamilyName": _GENE},
        {"DomainMotif": _GENE, "ChromosomeLocation": _GENE},
    ),
    CorpusPlan(
        "drugprot",
        ("pubtator/DrugProt_training_subset.pubtator.gz", "pubtator/DrugProt_development_subset.pubtator.gz"),
        {"CHEMICAL": _DRUG, "GENE": _GENE, "GENE-Y": _GENE, "GENE-N": _GENE},
    ),
    CorpusPlan("jnlpba", ("pubtator/JNLPBA_train.pubtator.gz",), {"cell_type": _CELL}, {"cell_line": _CELL}),
    CorpusPlan("craft", ("conll/CRAFT.train.tsv.gz",), {"CL": _CELL}),
)
"""The corpora whose licences let a model trained on them be shipped under Apache-2.0 (docs/MODEL.md says why)."""
