"""The training loop itself, on a tiny encoder; runs where the training environment is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.model import EntityType
from kg.recognition.model_marks import TYPES
from kg.training.examples import Example, examples_of
from kg.training.passages import Passage, TypedSpan
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
    from kg.recognition.model_marks import MARK_COUNT
    from kg.training.encoder import Tagger
    from kg.training.loop import Run

    torch.manual_seed(1)
    tagger = Tagger(SIZES, SHAPE_COUNT, MARK_COUNT, len(TYPES), len(CORPORA))
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


@pytest.mark.parametrize("doubt", [None, 0.02, 0.1, 5.0], ids=str)
def test_the_exported_graph_says_what_the_encoder_says(tmp_path: Path, doubt: float | None) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    from kg.training.export import Stop, fold_corrections, write_onnx
    from kg.training.tensors import tensors_of

    run = make_run(tmp_path)
    run.tagger.eval()
    torch.nn.init.normal_(run.tagger.first_head.weight, std=0.02)
    weights = {name: value.numpy() for name, value in run.tagger.state_dict().items()}
    stop = Stop(1, doubt) if doubt is not None else None
    write_onnx(fold_corrections(weights, {}), 12, tmp_path / "model.onnx", quantised=False, stop=stop)
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    for example in make_examples():
        batch = tensors_of([example], CORPORA)
        with torch.no_grad():
            logits, _ = run.tagger(batch, corrected=False, first_layers=stop.layers if stop else 0, doubt=doubt or 0.0)
        firsts = list(example.firsts)
        words = [*range(len(firsts)), len(firsts)]
        counts = [last - first for first, last in zip(firsts, [*firsts[1:], len(example.pieces) + 1], strict=True)]
        numbers = [
            words[-1],
            *(word for word, count in zip(words, counts, strict=False) for _ in range(count)),
            words[-1],
        ]
        inputs = {
            "pieces": batch.pieces.numpy(),
            "shapes": batch.shapes.numpy(),
            "marks": batch.marks.numpy(),
            "firsts": np.array(firsts),
            "word_numbers": np.array(numbers),
        }
        assert session.run(None, inputs)[0] == pytest.approx(logits[0, firsts].numpy(), abs=1e-4)


def test_training_where_sure_words_stop_learns_the_name_too(tmp_path: Path) -> None:
    from kg.training.loop import evaluate

    run = make_run(tmp_path, epochs=40, batch_pieces=200, first_layers=1)
    run.train(make_examples(), make_examples())
    figures = evaluate(run.tagger, make_examples(), CORPORA, corrected=False, first_layers=1, doubt=4.0)
    assert figures["test/drug"].f1 == pytest.approx(100)
