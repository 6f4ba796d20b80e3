"""The loss that the linker's coefficients are fitted by."""

import numpy as np
import pytest
from scipy.optimize import approx_fprime  # type: ignore[import-untyped,unused-ignore]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped,unused-ignore]

from kg.evaluation.likelihood import Loss


def loss(power: float) -> Loss:
    """Return the loss of three mentions: one right, one NIL, one whose annotation is against all evidence."""
    matrix = csr_matrix([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5], [3.0, 0.0], [0.0, 0.2]])
    sizes, right = np.array([2, 1, 2]), np.array([1.0, 0.0, 0.0, 0.0, 1.0])
    starts = np.array([0, 2, 3])
    return Loss(np.zeros(2), np.full(2, 0.1), matrix, sizes, starts, right, np.ones(3), power)


@pytest.mark.parametrize("power", [0.0, 0.3, 0.7, 1.0])
def test_the_slope_is_that_of_the_loss(power: float) -> None:
    asked, at = loss(power), np.array([0.7, -0.4])
    assert asked(at)[1] == pytest.approx(approx_fprime(at, lambda weights: asked(weights)[0]), abs=1e-5)


def test_what_is_annotated_against_all_evidence_counts_less_the_higher_the_power() -> None:
    against = np.array([4.0, 0.0])  # the third mention is likely something else
    steep = [abs(loss(power)(against)[1][0]) for power in (0.0, 0.7)]
    assert steep[1] < steep[0]


def test_a_small_power_is_nearly_the_logarithm() -> None:
    at = np.array([0.3, 0.2])
    assert loss(1e-6)(at)[0] == pytest.approx(loss(0.0)(at)[0], abs=1e-4)
