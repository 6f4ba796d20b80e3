"""Makes a model folder out of a training run: `python -m kg.training.package RUN/final.pt --encoder DIR --out DIR`."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.recognition.model_marks import TYPES
from kg.training.export import Stop, fold_corrections, write_onnx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HEADS = 12


def make_folder(
    weights_file: Path, encoder: Path, out: Path, settings: Mapping[str, object], stop: Stop | None = None
) -> None:
    """Write model.onnx, tokenizer.json and config.json with their hashes."""
    import torch  # type: ignore[import-not-found, unused-ignore]

    state = torch.load(weights_file, weights_only=True, map_location="cpu")
    state = state.get("tagger", state)
    weights = {name: value.float().numpy() for name, value in state.items()}
    shares = settings.get("corrections", {})
    numbers = {int(number): float(share) for number, share in dict(shares).items()}  # type: ignore[call-overload]
    out.mkdir(parents=True, exist_ok=True)
    folded, quantised = fold_corrections(weights, numbers), bool(settings["quantised"])
    write_onnx(folded, _HEADS, out / "model.onnx", quantised=quantised, stop=stop)
    shutil.copyfile(encoder / "tokenizer.json", out / "tokenizer.json")
    config = {
        "format": 3,
        "name": settings["name"],
        "version": settings["version"],
        "types": [str(kind) for kind in TYPES],
        "thresholds": settings.get("thresholds", {}),
        "window_pieces": settings["window_pieces"],
        "sha256": {name: _sha256(out / name) for name in ("model.onnx", "tokenizer.json")},
    }
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Package a trained model."""
    parser = argparse.ArgumentParser(description="Make a model folder.")
    parser.add_argument("weights", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="kg_minilm")
    parser.add_argument("--model-version", default="0.1.0")
    parser.add_argument("--window", type=int, default=254)
    parser.add_argument(
        "--first-layers", type=int, default=0, help="where sure words stop, as in the recipe; 0: nowhere"
    )
    parser.add_argument("--doubt", type=float, default=4.0, help="difference of logits up to which a word goes on")
    parser.add_argument("--float", action="store_true", help="keep 32-bit weights, to measure what 8 bits lose")
    parser.add_argument("--corrections", default="{}", help="JSON: corpus number to share")
    parser.add_argument("--thresholds", default="{}", help="JSON: type to least score")
    options = parser.parse_args(arguments)
    settings = {
        "name": options.name,
        "version": options.model_version,
        "window_pieces": options.window,
        "quantised": not options.float,
        "thresholds": json.loads(options.thresholds),
        "corrections": json.loads(options.corrections),
    }
    stop = Stop(options.first_layers, options.doubt) if options.first_layers else None
    make_folder(options.weights, options.encoder, options.out, settings, stop)
    return 0


if __name__ == "__main__":
    sys.exit(main())
