"""How likely the right candidates are beside all others and NIL, and the calibration of the best one's score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[Any]


@dataclass(slots=True)
class Loss:
    """What is lost where the right candidates are not the likeliest, NIL being a candidate of score 0.

    With ``power`` 0 the negative logarithm of how likely they are. Above 0 (1 - likely ** power) / power, so that what
    is annotated against all evidence counts less: the generalized cross entropy of Zhang and Sabuncu, "Generalized
    Cross Entropy Loss for Training Deep Neural Networks with Noisy Labels", NeurIPS 2018. ``matrix`` (candidates x
    features) may be sparse.
    """

    prior: Numbers
    ridge: Numbers
    matrix: Any
    sizes: Numbers
    starts: Numbers
    right: Numbers
    weight: Numbers
    power: float = 0.0

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
        likely = good / total
        by_row = np.repeat(self.weight * likely**self.power, self.sizes)
        gradient = self.matrix.T @ ((share - wanted) * by_row)
        lost = (1 - likely**self.power) / self.power if self.power else -np.log(likely)
        away = weights - self.prior
        return float((self.weight * lost).sum()) + float(self.ridge @ away**2), gradient + 2 * self.ridge * away


def calibrate(logits: Numbers, right: Numbers) -> tuple[float, float]:
    """Return slope and shift, so that 1 / (1 + exp(-(slope * logit + shift))) is the share that is right."""
    import numpy as np
    from scipy.optimize import minimize  # type: ignore[import-untyped,unused-ignore]

    def loss(parameters: Numbers) -> float:
        scaled = parameters[0] * logits + parameters[1]
        return float(np.logaddexp(0, np.where(right > 0, -scaled, scaled)).sum())

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return max(0.05, float(slope)), float(shift)
