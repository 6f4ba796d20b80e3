"""Which documents the linker learns from, and which are kept to check it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from kg.evaluation.linking_gold import read_gold

if TYPE_CHECKING:
    from pathlib import Path

    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.evaluation.linking_gold import GoldDocument

TRAINING = {"BC5CDR_train": 1.0, "NCBIdisease_TrainDev": 0.6, "BioRED_train": 1.0}
"""Corpus -> the share of its documents, from the first, that is learned from; the rest is kept."""
KEPT = ("BC5CDR_dev", "BioRED_dev")
"""Corpora that are kept whole."""


def training_parts(shared: Path, analyzer: ScispacyAnalyzer) -> dict[str, list[GoldDocument]]:
    """Return the documents to learn from by corpus; one that also stands in a part that is kept is left out."""
    parts: dict[str, list[GoldDocument]] = {}
    kept = {document.id for name in KEPT for document in read_gold(name, shared, analyzer)}
    for name, share in TRAINING.items():
        documents = list(read_gold(name, shared, analyzer))
        end = int(share * len(documents))
        parts[name] = documents[:end]
        kept |= {document.id for document in documents[end:]}
    return {name: [one for one in documents if one.id not in kept] for name, documents in parts.items()}


def kept_parts(shared: Path, analyzer: ScispacyAnalyzer) -> dict[str, list[GoldDocument]]:
    """Return by corpus the documents that nothing is learned from."""
    partly = [name for name, share in TRAINING.items() if share < 1]
    found = {name: list(read_gold(name, shared, analyzer)) for name in (*KEPT, *partly)}
    return {name: documents[int(TRAINING.get(name, 0.0) * len(documents)) :] for name, documents in found.items()}


def fold_of(document_id: str, folds: int) -> int:
    """Return the fold of a document, the same in every corpus that has it.

    >>> fold_of("1234567", 2)
    1
    """
    return crc32(document_id.encode()) % folds
