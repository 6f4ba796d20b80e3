"""What a training run does, read from a TOML file: corpora with their shares, rates, length, seed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RECIPES = ("minilm",)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings of one run; ``shares`` says how often a corpus is seen in one epoch.

    With ``minutes`` the run ends after so much time, whatever the machine's load, and rates fall with the time gone;
    two runs are then alike only as far as the machine is. ``first_layers`` is the depth at which sure words stop; how
    sure is drawn from ``doubt`` (difference of logits) anew for each batch, so that it can be chosen after training.
    ``kept_epochs`` are those whose weights are kept as ``epoch-N.pt``, to be averaged (kg.training.average);
    ``unmarked_windows`` and ``unmarked_names`` are the shares of windows and names that lose the dictionary's marks;
    ``inner`` is the width to which feed-forward layers are cut down (0: as they come).
    """

    shares: Mapping[str, float]
    epochs: int = 5
    minutes: float = 0.0
    layers: int = 6
    rate: float = 2.5e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warmup: float = 0.06
    batch_pieces: int = 3072
    window_pieces: int = 254
    short_share: float = 0.25
    short_pieces: int = 64
    dropout: float = 0.1
    correction_share: float = 0.5
    upper_share: float = 0.08
    lower_share: float = 0.03
    held_out: float = 0.1
    checkpoint_minutes: float = 10.0
    threads: int = 2
    seed: int = 7
    start_from: str = ""
    first_layers: int = 0
    doubt: tuple[float, float] = (2.5, 5.0)
    first_weight: float = 0.5
    soft_weight: float = 0.0
    kept_epochs: tuple[int, ...] = ()
    unmarked_windows: float = 0.1
    unmarked_names: float = 0.08
    inner: int = 0


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        ConfigError: the file is missing, not TOML, or has a setting that does not exist.
    """
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"cannot read the recipe {path}: {error}") from error
    known = {field.name for field in fields(Recipe)}
    unknown = sorted(set(settings) - known)
    if unknown or "shares" not in settings:
        wrong = f"unknown setting {unknown[0]!r}" if unknown else "the table [shares] is missing"
        raise ConfigError(f"{path}: {wrong}; settings are {', '.join(sorted(known))}")
    return Recipe(**settings)
