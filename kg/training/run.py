"""Reads the corpora of a recipe and trains: `python -m kg.training.run RECIPE --encoder DIR --out DIR`."""

from __future__ import annotations

import argparse
import logging
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.training.examples import examples_of
from kg.training.marks import read_marks
from kg.training.passages import CORPORA, is_held_out, read_corpus
from kg.training.recipe import read_recipe
from kg.training.teacher import PRESS, key_of, press_passages, read_soft
from kg.training.weak_files import read_weak

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tokenizers import Tokenizer

    from kg.training.examples import Example
    from kg.training.passages import Passage
    from kg.training.recipe import Recipe

WEAK = (PRESS,)
"""Corpora of weak labels, written by kg.training.weak as JSON lines."""


def corpus_numbers() -> dict[str, int]:
    """Return the row of each corpus in the table of corrections."""
    names = [*(plan.name for plan in CORPORA), *WEAK]
    return {name: number for number, name in enumerate(names)}


def passages_of(recipe: Recipe, corpora: Path, weak: Path | None) -> Iterator[Passage]:
    """Yield the passages of all corpora that the recipe gives a share; enriched copies in ``weak`` go first."""
    enriched: set[tuple[str, str]] = set()
    if weak is not None:
        for passage in read_weak(weak):
            if recipe.shares.get(passage.corpus):
                enriched.add((passage.corpus, passage.id))
                yield passage
    for plan in CORPORA:
        if recipe.shares.get(plan.name):
            for passage in read_corpus(plan, corpora):
                if (passage.corpus, passage.id) not in enriched:
                    yield passage


def examples_for(
    recipe: Recipe, options: argparse.Namespace, tokenizer: Tokenizer
) -> tuple[list[Example], list[Example]]:
    """Return the windows to train on and those held out, with teacher's labels and dictionary's marks if given."""
    soft = read_soft(options.soft) if options.soft else {}
    marks = read_marks(options.marks) if options.marks else {}
    passages = [*passages_of(recipe, options.corpora, options.weak)]
    if soft and recipe.shares.get(PRESS) and options.weak is None:
        passages += press_passages(options.corpora)
    train: list[Example] = []
    held_out: list[Example] = []
    for number, passage in enumerate(passages):
        if passage.spans and is_held_out(passage.id, recipe.held_out):
            known = marks.get(key_of(passage))
            held_out.extend(examples_of(passage, tokenizer, recipe.window_pieces, marks=known))
            continue
        pieces = recipe.short_pieces if number % 100 < recipe.short_share * 100 else recipe.window_pieces
        key = key_of(passage)
        train.extend(examples_of(passage, tokenizer, pieces, soft.get(key), marks.get(key)))
    return train, held_out


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the recipe says."""
    parser = argparse.ArgumentParser(description="Train the token model.")
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--weak", type=Path)
    parser.add_argument("--soft", type=Path, help="a teacher's labels, written by kg.training.teacher")
    parser.add_argument("--marks", type=Path, help="the dictionary's marks, written by kg.training.marks")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, help="instead of the recipe's")
    parser.add_argument("--start-from", help="weights of an earlier run")
    options = parser.parse_args(arguments)
    recipe = read_recipe(options.recipe)
    given = {"seed": options.seed, "start_from": options.start_from}
    recipe = replace(recipe, **{name: value for name, value in given.items() if value is not None})
    options.out.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [
        logging.StreamHandler(sys.stderr),
        logging.FileHandler(options.out / "log.txt", encoding="utf-8"),
    ]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    _train(recipe, options)
    return 0


def _train(recipe: Recipe, options: argparse.Namespace) -> None:
    import torch  # type: ignore[import-not-found, unused-ignore]
    from tokenizers import Tokenizer

    from kg.training.encoder import load_weights
    from kg.training.loop import Run, make_tagger

    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    numbers = corpus_numbers()
    tagger = make_tagger(options.encoder, recipe, len(numbers))
    if recipe.start_from:
        state = torch.load(recipe.start_from, weights_only=True)
        load_weights(tagger, state.get("tagger", state), recipe.inner)
    train, held_out = examples_for(recipe, options, tokenizer)
    logging.getLogger("kg.training").info("%d windows to train, %d held out", len(train), len(held_out))
    Run(tagger, recipe, options.out, numbers).train(train, held_out)


if __name__ == "__main__":
    sys.exit(main())
