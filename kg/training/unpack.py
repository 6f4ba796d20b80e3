"""Turns a packaged 8-bit model back into weights to train on: `python -m kg.training.unpack model.onnx --out FILE`.

What rounding lost stays lost, but a run that begins here is a run that begins from a good model.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LINEAR = re.compile(r"(layers\.\d+\.(?:qkv|out|up|down))\.(scale|zero|weight)$")
_NORM = re.compile(r"((?:layers\.\d+\.)?norm\d?)\.(gain|shift)$")


def weights_of(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tagger's weights (names as in kg.training.encoder) from what a graph of kg.training.export stores."""
    weights: dict[str, Any] = {}
    for name, value in stored.items():
        linear, norm = _LINEAR.match(name), _NORM.match(name)
        if linear and linear[2] == "weight":
            weights[name] = (value.astype(np.float32) * stored[f"{linear[1]}.scale"]).T.copy()
        elif norm:
            weights[f"{norm[1]}.{'weight' if norm[2] == 'gain' else 'bias'}"] = value
        elif name in {"head.weight", "first_head.weight"}:
            weights[name] = value.T.copy()
        elif name.endswith(".bias"):
            weights[name] = value
    weights["words.weight"] = stored["words"].astype(np.float32) * stored["words.scale"]
    weights["positions.weight"] = stored["positions"][0]
    weights["shapes.weight"] = stored["shapes_table"]
    if "marks_table" in stored:
        weights["marks.weight"] = stored["marks_table"]
    return weights


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the weights of a packaged model; heads that it lacks begin at nothing."""
    import onnx  # type: ignore[import-not-found, unused-ignore]
    import torch  # type: ignore[import-not-found, unused-ignore]
    from onnx import numpy_helper

    from kg.training.run import corpus_numbers

    parser = argparse.ArgumentParser(description="Unpack a model.")
    parser.add_argument("model", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    graph = onnx.load(str(options.model)).graph
    state = weights_of({one.name: numpy_helper.to_array(one) for one in graph.initializer})
    labels, width = state["head.weight"].shape
    state.setdefault("first_head.weight", np.zeros((labels, width), dtype=np.float32))
    state.setdefault("first_head.bias", np.zeros(labels, dtype=np.float32))
    state["corrections.weight"] = np.zeros((len(corpus_numbers()), (width + 1) * labels), dtype=np.float32)
    torch.save({name: torch.tensor(value) for name, value in state.items()}, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
