"""Averages the weights of runs that began from the same model: `python -m kg.training.average RUN... --out FILE`.

Two runs with different seeds, each of one thread, use two busy cores better than one run of two threads, and their
mean is at least as good as the better of them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def average(states: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the mean of each weight.

    >>> average([{"head": 1.0}, {"head": 2.0}])
    {'head': 1.5}
    """
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


def main(arguments: Sequence[str] | None = None) -> int:
    """Average weight files."""
    import torch  # type: ignore[import-not-found, unused-ignore]

    parser = argparse.ArgumentParser(description="Average the weights of runs.")
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    states = [torch.load(path, weights_only=True) for path in options.weights]
    torch.save(average([state.get("tagger", state) for state in states]), options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
