"""How far scores can be taken for chances: the reliability of scored answers, as numbers and as a picture."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Row = tuple[float, float, int]
"""Of one bin of scores the mean score, the share of answers that is right, and the number of answers."""


def reliability(judged: Iterable[tuple[float, bool]], bins: int = 10) -> list[Row]:
    """Return the rows of the filled bins; each answer is its score in [0, 1] and whether it is right.

    >>> reliability([(0.7, True), (0.8, False), (0.95, True)])
    [(0.7, 1.0, 1), (0.8, 0.0, 1), (0.95, 1.0, 1)]
    """
    filled: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, is_right in judged:
        filled[min(bins - 1, int(score * bins))].append((score, is_right))
    return [
        (sum(score for score, _ in group) / len(group), sum(right for _, right in group) / len(group), len(group))
        for _, group in sorted(filled.items())
    ]


def calibration_error(rows: Sequence[Row]) -> float:
    """Return the expected calibration error: the mean gap between score and truth, weighted by the bins' sizes.

    Method: Naeini, Cooper and Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning".
    """
    total = sum(count for _, _, count in rows)
    return sum(abs(sure - right) * count for sure, right, count in rows) / total if total else 0.0


def plot(curves: Mapping[str, Sequence[Row]], path: Path, score: str, truth: str) -> None:
    """Draw a reliability diagram with one line for each name; the numbers beside the points count answers."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "kg"
    from matplotlib import pyplot as plt

    figure: Any
    figure, axes = plt.subplots(figsize=(4.2, 4.0))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    for name, rows in curves.items():
        axes.plot([row[0] for row in rows], [row[1] for row in rows], marker="o", markersize=4, label=name)
        for sure, right, count in rows if len(curves) == 1 else ():
            axes.annotate(str(count), (sure, right), textcoords="offset points", xytext=(5, -10), fontsize=8)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel=score, ylabel=truth)
    axes.set_title("Held-out reliability", fontsize=10)
    if len(curves) > 1:
        axes.legend(fontsize=8, loc="upper left")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
