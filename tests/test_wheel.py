"""What a wheel carries; hatchling is asked for its list, no wheel is built."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def carried() -> set[str]:
    return {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}


@pytest.mark.parametrize("folder", ["kg/models", "kg/linking", "kg/recognition", "kg/statements", "kg/training"])
def test_a_wheel_carries_all_data_beside_the_code(carried: set[str], folder: str) -> None:
    data = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert data - carried == set()


def test_a_wheel_carries_the_models_the_usage_and_the_vocabularies(carried: set[str]) -> None:
    models = {path.split("/")[2] for path in carried if path.startswith("kg/models/") and path.endswith("config.json")}
    assert models == {"kg_minilm", "kg_names"}
    assert {"kg/linking/usage.json", "kg/linking/weights.json"} <= carried
    assert any(path.startswith("kg/_data/ontologies/") for path in carried)
    assert any(path.startswith("kg/_data/queries/") for path in carried)


def test_what_justext_asks_for_by_an_extra_is_asked_for_by_name() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert any(one.startswith("lxml-html-clean") for one in extras["nlp"])
