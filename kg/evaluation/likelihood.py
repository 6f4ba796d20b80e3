"""How likely the right candidates are beside all others and NIL, and the calibration of the best one's score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[Any]


@dataclass(slots=True)
class Loss:
    """Negative conditional log-likelihood of the right candidates, NIL being a candidate of score 0."""

    prior: Numbers
    ridge: Numbers
    matrix: Numbers
    sizes: Numbers
    starts: Numbers
    right: Numbers
    weight: Numbers

    def __call__(self, weights: Numbers) -> tuple[float, Numbers]:
        """Return the loss at some coefficients, and its slope."""
        import numpy as np

        raised = np.exp(np.clip(self.matrix @ weights, -30, 30))
        total = np.add.reduceat(raised, self.starts) + 1
        good = np.add.reduceat(raised * self.right, self.starts)
        is_nil = np.add.reduceat(self.right, self.starts) == 0
        good = np.where(is_nil, 1.0, good)
        share = raised / np.repeat(total, self.sizes)
        wanted = raised * self.right / np.repeat(good, self.sizes)
        by_row = np.repeat(self.weight, self.sizes)
        gradient = self.matrix.T @ ((share - wanted) * by_row)
        away = weights - self.prior
        value = float((self.weight * (np.log(total) - np.log(good))).sum()) + float(self.ridge @ away**2)
        return value, gradient + 2 * self.ridge * away


def calibrate(logits: Numbers, right: Numbers) -> tuple[float, float]:
    """Return slope and shift, so that 1 / (1 + exp(-(slope * logit + shift))) is the share that is right."""
    import numpy as np
    from scipy.optimize import minimize  # type: ignore[import-untyped,unused-ignore]

    def loss(parameters: Numbers) -> float:
        scaled = parameters[0] * logits + parameters[1]
        return float(np.logaddexp(0, np.where(right > 0, -scaled, scaled)).sum())

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return max(0.05, float(slope)), float(shift)
