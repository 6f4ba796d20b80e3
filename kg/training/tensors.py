"""Batches of examples as tensors, with the changes of case that teach the model headlines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

from kg.recognition.model_marks import TYPES
from kg.training.examples import MASKED

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from kg.training.examples import Example
    from kg.training.recipe import Recipe

CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one batch; ``rows`` and ``columns`` are the first piece of every word, ``labels`` words x types.

    ``marks`` is what the dictionary says of each piece, ``heads`` has for each piece the column of its word's first
    piece, ``markers`` says where CLS and SEP stand, ``soft`` holds a teacher's probabilities (words x types x 3) and
    ``taught`` (words) says of which words.
    """

    pieces: Any
    shapes: Any
    marks: Any
    mask: Any
    rows: Any
    columns: Any
    labels: Any
    corpora: Any
    heads: Any
    markers: Any
    soft: Any
    taught: Any


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
    marks = np.zeros((len(examples), longest), dtype=np.int64)
    mask = np.zeros((len(examples), longest), dtype=bool)
    heads = np.tile(np.arange(longest), (len(examples), 1))
    markers = np.zeros_like(mask)
    soft: list[Any] = []
    taught: list[bool] = []
    rows: list[int] = []
    columns: list[int] = []
    labels: list[tuple[int, ...]] = []
    for row, example in enumerate(examples):
        count = len(example.pieces)
        pieces[row, : count + 2] = (CLS, *example.pieces, SEP)
        shapes[row, 1 : count + 1] = _shapes(example, recipe, generator)
        mask[row, : count + 2] = True
        markers[row, [0, count + 1]] = True
        widths = np.diff((*example.firsts, count + 1))
        heads[row, 1 : count + 1] = np.repeat(example.firsts, widths)
        marks[row, 1 : count + 1] = np.repeat(_marks(example, recipe, generator), widths)
        none = np.zeros((len(example.firsts), len(TYPES), 3), dtype=np.float16)
        soft.append(none if example.soft is None else example.soft)
        taught.extend([example.soft is not None] * len(example.firsts))
        rows.extend([row] * len(example.firsts))
        columns.extend(example.firsts)
        labels.extend(example.labels)
    return Batch(
        pieces=torch.from_numpy(pieces),
        shapes=torch.from_numpy(shapes),
        marks=torch.from_numpy(marks),
        mask=torch.from_numpy(mask),
        rows=torch.tensor(rows),
        columns=torch.tensor(columns),
        labels=torch.tensor(labels),
        corpora=torch.tensor([corpora[example.corpus] for example in examples]),
        heads=torch.from_numpy(heads),
        markers=torch.from_numpy(markers),
        soft=torch.from_numpy(np.concatenate(soft)),
        taught=torch.tensor(taught),
    )


def _shapes(example: Example, recipe: Recipe | None, generator: random.Random | None) -> Sequence[int]:
    if recipe is None or generator is None:
        return example.shapes
    draw = generator.random()
    if draw < recipe.upper_share:
        return example.upper_shapes
    return example.lower_shapes if draw < recipe.upper_share + recipe.lower_share else example.shapes


def _marks(example: Example, recipe: Recipe | None, generator: random.Random | None) -> Sequence[int]:
    """Return the marks of the words; while training some windows lose all and some names theirs."""
    if not example.marks:
        return [0] * len(example.firsts)
    if recipe is None or generator is None:
        return example.marks
    if generator.random() < recipe.unmarked_windows:
        return [0] * len(example.firsts)
    kept: list[int] = []
    lost = False
    for mark in example.marks:
        if mark % 2:
            lost = generator.random() < recipe.unmarked_names
        kept.append(0 if lost else mark)
    return kept


def loss_of(logits: Any, batch: Batch, soft_weight: float = 0.0) -> Any:
    """Return the mean over words of the summed cross-entropies of the types that are known there.

    Where a type is masked and a teacher has spoken, the cross-entropy to its probabilities counts ``soft_weight``.
    """
    chosen = logits[batch.rows, batch.columns].float()
    count, kinds = batch.labels.shape
    chosen = chosen.view(count, kinds, -1)
    total = torch.nn.functional.cross_entropy(
        chosen.flatten(0, 1), batch.labels.view(-1), ignore_index=MASKED, reduction="sum"
    )
    if soft_weight and bool(batch.taught.any()):
        open_ = (batch.labels == MASKED) & batch.taught[:, None]
        total = total - soft_weight * (batch.soft.float() * chosen.log_softmax(-1)).sum(-1)[open_].sum()
    return total / count
