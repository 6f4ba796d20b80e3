"""Batches of examples as tensors, with the changes of case that teach the model headlines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

from kg.training.examples import MASKED

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from kg.training.examples import Example
    from kg.training.recipe import Recipe

CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one batch; ``firsts`` index (row, column) of every word, ``labels`` are words x types."""

    pieces: Any
    shapes: Any
    mask: Any
    rows: Any
    columns: Any
    labels: Any
    corpora: Any


def tensors_of(
    examples: Sequence[Example],
    corpora: Mapping[str, int],
    recipe: Recipe | None = None,
    generator: random.Random | None = None,
) -> Batch:
    """Return the tensors; with a recipe and a generator some windows change their case."""
    longest = max(len(example.pieces) for example in examples) + 2
    pieces = np.zeros((len(examples), longest), dtype=np.int64)
    shapes = np.zeros((len(examples), longest), dtype=np.int64)
    mask = np.zeros((len(examples), longest), dtype=bool)
    rows: list[int] = []
    columns: list[int] = []
    labels: list[tuple[int, ...]] = []
    for row, example in enumerate(examples):
        count = len(example.pieces)
        pieces[row, : count + 2] = (CLS, *example.pieces, SEP)
        shapes[row, 1 : count + 1] = _shapes(example, recipe, generator)
        mask[row, : count + 2] = True
        rows.extend([row] * len(example.firsts))
        columns.extend(example.firsts)
        labels.extend(example.labels)
    return Batch(
        pieces=torch.from_numpy(pieces),
        shapes=torch.from_numpy(shapes),
        mask=torch.from_numpy(mask),
        rows=torch.tensor(rows),
        columns=torch.tensor(columns),
        labels=torch.tensor(labels),
        corpora=torch.tensor([corpora[example.corpus] for example in examples]),
    )


def _shapes(example: Example, recipe: Recipe | None, generator: random.Random | None) -> Sequence[int]:
    if recipe is None or generator is None:
        return example.shapes
    draw = generator.random()
    if draw < recipe.upper_share:
        return example.upper_shapes
    return example.lower_shapes if draw < recipe.upper_share + recipe.lower_share else example.shapes


def loss_of(logits: Any, batch: Batch) -> Any:
    """Return the mean over words of the summed cross-entropies of the types that are known there."""
    chosen = logits[batch.rows, batch.columns].float()
    count, kinds = batch.labels.shape
    total = torch.nn.functional.cross_entropy(
        chosen.view(count * kinds, -1), batch.labels.view(-1), ignore_index=MASKED, reduction="sum"
    )
    return total / count
