"""The training loop itself, on a tiny encoder; runs where the training environment is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.model import EntityType
from kg.training.examples import Example, examples_of
from kg.training.passages import TYPES, Passage, TypedSpan
from kg.training.recipe import Recipe
from tests.recognition_model.test_features import make_tokenizer

torch: Any = pytest.importorskip("torch")
pytestmark = pytest.mark.slow

SIZES = {
    "hidden_size": 24,
    "vocab_size": 200,
    "max_position_embeddings": 64,
    "num_attention_heads": 12,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
}
CORPORA = {"test": 0}


def make_examples() -> list[Example]:
    texts = ["Velorin helped.", "They gave velorin again.", "No drug was given."]
    examples: list[Example] = []
    for number, text in enumerate(texts):
        start = text.lower().find("velorin")
        spans = (TypedSpan(start, start + 7, EntityType.DRUG),) if start >= 0 else ()
        passage = Passage(str(number), "test", text, spans, (), frozenset({EntityType.DRUG}))
        examples.extend(examples_of(passage, make_tokenizer()))
    return examples


def make_run(folder: Path, **settings: Any) -> Any:
    from kg.recognition.model_features import SHAPE_COUNT
    from kg.training.encoder import Tagger
    from kg.training.loop import Run

    torch.manual_seed(1)
    tagger = Tagger(SIZES, SHAPE_COUNT, len(TYPES), len(CORPORA))
    recipe = Recipe(shares={"test": 4.0}, layers=2, rate=5e-3, head_rate=5e-3, **settings)
    return Run(tagger, recipe, folder, CORPORA)


def test_training_learns_the_one_name_there_is(tmp_path: Path) -> None:
    from kg.training.loop import evaluate

    run = make_run(tmp_path, epochs=40, batch_pieces=200)
    run.train(make_examples(), make_examples())
    figures = evaluate(run.tagger, make_examples(), CORPORA, corrected=False)
    assert figures["test/drug"].f1 == pytest.approx(100)
    assert (tmp_path / "final.pt").exists()


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    make_run(tmp_path, epochs=2, batch_pieces=60).train(make_examples(), make_examples())
    again = make_run(tmp_path, epochs=3, batch_pieces=60)
    assert again.epoch == 2
    assert again.step > 0
    again.train(make_examples(), make_examples())
    assert again.epoch == 3


def test_the_exported_graph_says_what_the_encoder_says(tmp_path: Path) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    from kg.training.export import fold_corrections, write_onnx

    run = make_run(tmp_path)
    run.tagger.eval()
    weights = {name: value.numpy() for name, value in run.tagger.state_dict().items()}
    write_onnx(fold_corrections(weights, {}), 12, tmp_path / "model.onnx", quantised=False)
    pieces = torch.tensor([[101, 3, 7, 9, 102]])
    shapes = torch.tensor([[0, 1, 2, 3, 0]])
    with torch.no_grad():
        expected = run.tagger(pieces, shapes, torch.ones_like(pieces, dtype=torch.bool)).numpy()
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    inputs = {"pieces": pieces.numpy(), "shapes": shapes.numpy(), "firsts": torch.arange(5).numpy()}
    assert session.run(None, inputs)[0] == pytest.approx(expected, abs=1e-4)
