from __future__ import annotations

from pathlib import Path

import pytest

import kg.training
from kg.errors import ConfigError
from kg.training.passages import CORPORA
from kg.training.recipe import read_recipe
from kg.training.run import WEAK, corpus_numbers
from kg.training.scores import Figures, Tally

RECIPES = sorted((Path(kg.training.__file__).parent / "recipes").glob("*.toml"))


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_the_recipes_we_ship_can_be_read_and_name_known_corpora(path: Path) -> None:
    recipe = read_recipe(path)
    assert set(recipe.shares) <= set(corpus_numbers())
    assert recipe.checkpoint_minutes <= 20


def test_every_corpus_has_its_own_row_of_corrections() -> None:
    numbers = corpus_numbers()
    assert len(numbers) == len(CORPORA) + len(WEAK)
    assert sorted(numbers.values()) == list(range(len(numbers)))


@pytest.mark.parametrize(
    ("content", "message"),
    [("epochs = ", "cannot read"), ("epochs = 3", r"\[shares\]"), ("epoch = 3\n[shares]\na = 1.0", "'epoch'")],
)
def test_a_wrong_recipe_says_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_recipe(path)


def test_figures_of_nothing_are_zero() -> None:
    assert (Figures(0, 0, 0).precision, Figures(0, 0, 0).recall, Figures(0, 0, 0).f1) == (0.0, 0.0, 0.0)


def test_a_tally_counts_spans_that_are_equal() -> None:
    tally = Tally()
    tally.add("a", {(0, 1), (2, 4)}, {(0, 1), (2, 3)})
    assert tally.figures()["a"] == Figures(1, 2, 2)
