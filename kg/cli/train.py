"""``kg train``: train the token model again, on your corpora or ours, and use the result with ``--model FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def train(
    recipe: Annotated[
        Path,
        typer.Argument(metavar="RECIPE", help="A TOML file; see kg/training/recipes.", exists=True, dir_okay=False),
    ],
    encoder: Annotated[
        Path,
        typer.Option(
            "--encoder",
            metavar="DIR",
            help="A BERT encoder: config.json, model.safetensors, tokenizer.json.",
            exists=True,
            file_okay=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder of the run; a stopped run goes on there.")],
    corpora: Annotated[
        Path, typer.Option("--corpora", metavar="DIR", help="Folder of the corpora.", file_okay=False)
    ] = Path("../shared/corpora"),
    weak: Annotated[
        Path | None, typer.Option("--weak", metavar="FILE", help="Weak labels, of python -m kg.training.weak.")
    ] = None,
    start_from: Annotated[
        Path | None, typer.Option("--start-from", metavar="FILE", help="Weights of an earlier run to go on from.")
    ] = None,
    soft: Annotated[
        Path | None,
        typer.Option("--soft", metavar="FILE", help="A model's labels, of python -m kg.training.teacher."),
    ] = None,
    marks: Annotated[
        Path | None,
        typer.Option("--marks", metavar="FILE", help="The dictionary's marks, of python -m kg.training.marks."),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Instead of the recipe's.")] = None,
) -> None:
    """Train the token model and write a model folder: OUT/model with its ONNX file, tokenizer and config.

    Needs the training environment: `make train-env`. The recipe and the data are described in docs/MODEL.md.
    """
    import importlib.util

    from kg.errors import ConfigError

    missing = [name for name in ("torch", "onnx", "safetensors") if importlib.util.find_spec(name) is None]
    if missing:
        raise ConfigError(
            f"training needs {', '.join(missing)}, kept apart from what kg needs to run: "
            "install training/requirements.txt in an environment of its own and call kg train there"
        )
    from kg.training import package, run
    from kg.training.recipe import read_recipe

    arguments = [str(recipe), "--encoder", str(encoder), "--out", str(out), "--corpora", str(corpora)]
    given = {"--weak": weak, "--start-from": start_from, "--soft": soft, "--marks": marks, "--seed": seed}
    for name, value in given.items():
        arguments += [name, str(value)] if value is not None else []
    run.main(arguments)
    depth = read_recipe(recipe).first_layers
    finished = [str(out / "final.pt"), "--encoder", str(encoder), "--first-layers", str(depth)]
    package.main([*finished, "--out", str(out / "model")])
    sys.stdout.write(f"{out / 'model'}\n")
