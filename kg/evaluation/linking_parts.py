"""Which documents the linker learns from: all, and by folds, so that each can be linked by what has not seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from kg.evaluation.linking_gold import CORPORA, read_gold
from kg.evaluation.pubtator_format import read_pubtator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.evaluation.linking_gold import GoldDocument

_KEPT_FROM = {"BC5CDR_dev": 0.0, "BioRED_dev": 0.0, "NCBIdisease_TrainDev": 0.6}
"""Corpus -> the share of its documents, from the first, behind which the rest is kept."""


def gold_documents(shared: Path, analyzer: ScispacyAnalyzer) -> dict[str, list[GoldDocument]]:
    """Return the documents of every corpus; what is in two of them is in both."""
    return {name: list(read_gold(name, shared, analyzer)) for name in CORPORA}


def kept_ids(corpora: Path) -> set[str]:
    """Return the documents kept from what is not made by folds (popularity, context words): dev parts, NCBI's end."""
    kept: set[str] = set()
    for name, share in _KEPT_FROM.items():
        documents = list(read_pubtator(corpora / "pubtator" / f"{name}.pubtator.gz"))
        kept.update(document.id for document in documents[int(share * len(documents)) :])
    return kept


def in_fold(documents: Sequence[GoldDocument], fold: int, folds: int) -> list[GoldDocument]:
    """Return the documents of a fold, in their order."""
    return [document for document in documents if fold_of(document.id, folds) == fold]


def fold_of(document_id: str, folds: int) -> int:
    """Return the fold of a document, the same in every corpus that has it.

    >>> fold_of("1234567", 2)
    1
    """
    return crc32(document_id.encode()) % folds
