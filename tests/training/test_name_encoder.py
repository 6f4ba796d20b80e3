"""The encoder of names learns what it is shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.linking.name_encoder import NameEncoder
from kg.training.name_encoder import Settings, Trainer, centroids_of, contrast, quantised, write
from kg.training.name_pairs import NameSet

if TYPE_CHECKING:
    from pathlib import Path

SMALL = Settings(
    rows=1 << 10, width=16, steps=150, names=8, mentions=4, hard=2, nearest=3, refresh=50, sampled=6, rate=0.05
)
NAMES = NameSet(
    ("gripe", "flu", "influenza", "heart attack", "myocardial infarction", "gallstone", "cholelithiasis", "stroke"),
    np.array([0, 0, 0, 1, 1, 2, 2, 3], np.int32),
)
MENTIONS = NameSet(("coronary event", "stone of the bile duct"), np.array([1, 2], np.int32))


def test_names_of_one_thing_come_together() -> None:
    trainer = Trainer(NAMES, MENTIONS, SMALL)
    trainer.train()
    vectors, _ = trainer.table.encode(NAMES.matrix(SMALL.rows))
    asked, _ = trainer.table.encode(MENTIONS.matrix(SMALL.rows))
    same = NAMES.entities[:, None] == NAMES.entities[None, :]
    cosines = vectors @ vectors.T
    assert cosines[same].min() > cosines[~same].max()
    assert list(NAMES.entities[(asked @ vectors.T).argmax(axis=1)]) == [1, 2]


def test_the_slope_of_the_loss_is_right() -> None:
    chance = np.random.default_rng(0)
    vectors = chance.normal(size=(7, 4))
    right = np.array([[1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0]], bool)
    loss, slope = contrast(vectors, right, 0.5)
    for place in [(0, 1), (2, 3), (4, 0), (6, 2)]:
        moved = vectors.copy()
        moved[place] += 1e-6
        assert (contrast(moved, right, 0.5)[0] - loss) / 1e-6 == pytest.approx(slope[place], abs=1e-4)


def test_the_written_model_is_the_trained_one(tmp_path: Path) -> None:
    vectors = np.random.default_rng(0).normal(size=(64, 8)).astype(np.float32)
    directions = vectors / np.linalg.norm(vectors, axis=1)[:, None]
    write(vectors, centroids_of(directions, np.random.default_rng(0), 4), tmp_path, "r")
    encoder = NameEncoder.open(tmp_path)
    table, scales = quantised(vectors)
    assert np.abs(table * scales[:, None] - vectors).max() <= scales.max() / 2 + 1e-6
    assert (encoder.width, encoder.centroids.shape) == (8, (4, 8))
    assert json.loads((tmp_path / "config.json").read_text("utf-8"))["recipe"] == "r"
