from __future__ import annotations

import numpy as np
import pytest

from kg.training.export import fold_corrections


def test_corrections_are_added_to_the_head_by_their_shares() -> None:
    weights = {
        "head.weight": np.ones((2, 3), dtype=np.float32),
        "head.bias": np.zeros(2, dtype=np.float32),
        "corrections.weight": np.arange(16, dtype=np.float32).reshape(2, 8),
    }
    folded = fold_corrections(weights, {1: 0.5})
    assert "corrections.weight" not in folded
    table = weights["corrections.weight"][1].reshape(4, 2)
    assert folded["head.weight"] == pytest.approx(1 + 0.5 * table[:-1].T)
    assert folded["head.bias"] == pytest.approx(0.5 * table[-1])


def test_without_shares_the_head_stays() -> None:
    weights = {"head.weight": np.ones((2, 3), np.float32), "head.bias": np.ones(2, np.float32)}
    assert fold_corrections(weights, {})["head.bias"] == pytest.approx([1.0, 1.0])
