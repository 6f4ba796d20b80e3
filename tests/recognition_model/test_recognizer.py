from __future__ import annotations

import itertools
import json
import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import RecognitionError
from kg.model import Analysis, Document, EntityType, Iri, SectionKind, Sentence
from kg.recognition.model_recognizer import DEFAULT_FOLDER, ModelRecognizer, read_config

TEXT = (
    "Patients with breast cancer received tamoxifen. Gefitinib inhibits EGFR, and T cells were counted. "
    "Nausea and headache were reported after aspirin."
)


def analyse(text: str) -> Analysis:
    ends = [number + 1 for number, character in enumerate(text) if character == "."] or [len(text)]
    starts = [0, *ends[:-1]]
    sentences = tuple(Sentence(start, end) for start, end in zip(starts, ends, strict=True))
    return Analysis(Document(Iri("urn:test"), "test", text, ""), (), sentences)


@pytest.fixture(scope="module")
def recognizer() -> ModelRecognizer:
    return ModelRecognizer()


def test_the_shipped_model_finds_plain_names_of_each_trained_type(recognizer: ModelRecognizer) -> None:
    found = {(mention.text, mention.type) for mention in recognizer.recognize(analyse(TEXT))}
    assert ("tamoxifen", EntityType.DRUG) in found
    assert ("breast cancer", EntityType.DISEASE) in found
    assert ("EGFR", EntityType.GENE_PROTEIN) in found
    assert ("T cells", EntityType.CELL) in found


def test_mentions_fill_their_spans_in_text_order_without_overlap(recognizer: ModelRecognizer) -> None:
    mentions = recognizer.recognize(analyse(TEXT))
    assert all(TEXT[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(left.end <= right.start for left, right in itertools.pairwise(mentions))
    assert all(mention.recognizers == ("model",) and 0 < mention.score <= 1 for mention in mentions)


def test_forward_looking_statements_are_not_read(recognizer: ModelRecognizer) -> None:
    analysis = analyse(TEXT)
    first, *others = analysis.sentences
    boilerplate = replace(first, section=SectionKind.FORWARD_LOOKING)
    mentions = recognizer.recognize(replace(analysis, sentences=(boilerplate, *others)))
    assert mentions
    assert all(mention.start >= first.end for mention in mentions)


def test_a_text_has_the_same_mentions_whatever_was_read_before(recognizer: ModelRecognizer) -> None:
    before = recognizer.recognize(analyse(TEXT))
    recognizer.recognize(analyse("Ibuprofen relieved pain. " + TEXT))
    assert before == recognizer.recognize(analyse(TEXT)) == ModelRecognizer().recognize(analyse(TEXT))


def test_offsets_stay_true_behind_characters_beyond_the_basic_plane(recognizer: ModelRecognizer) -> None:
    text = "𝛼-blockers 💊 were given with aspirin."
    mentions = recognizer.recognize(analyse(text))
    assert "aspirin" in {mention.text for mention in mentions}
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


def test_trademarks_and_possessives_stay_outside(recognizer: ModelRecognizer) -> None:
    mentions = recognizer.recognize(analyse("Treatment with Tamoxifen® reduced tumors."))
    assert "Tamoxifen" in {mention.text for mention in mentions}


@pytest.mark.parametrize("text", ["", " \n\t ", "...", "x" * 5000, "word " * 3000, "\x00\ud7ff"])
def test_odd_texts_do_not_break_it(recognizer: ModelRecognizer, text: str) -> None:
    assert isinstance(recognizer.recognize(analyse(text)), tuple)


def test_it_travels_to_another_process_without_its_session(recognizer: ModelRecognizer) -> None:
    recognizer.recognize(analyse(TEXT))
    packed = pickle.dumps(recognizer)
    assert len(packed) < 2000
    assert pickle.loads(packed).recognize(analyse(TEXT)) == recognizer.recognize(analyse(TEXT))


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    for name in ("config.json", "tokenizer.json", "model.onnx"):
        shutil.copy(DEFAULT_FOLDER / name, tmp_path / name)
    with (tmp_path / "model.onnx").open("r+b") as file:
        file.seek(1000)
        file.write(b"damage")
    with pytest.raises(RecognitionError, match="damaged"):
        ModelRecognizer(tmp_path).recognize(analyse(TEXT))


def test_a_folder_without_a_model_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(RecognitionError, match=str(tmp_path)):
        ModelRecognizer(tmp_path).recognize(analyse(TEXT))


def test_a_model_of_a_later_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(RecognitionError, match="update kg"):
        read_config(tmp_path)


def test_the_shipped_model_is_small_enough_for_a_wheel() -> None:
    assert sum(path.stat().st_size for path in DEFAULT_FOLDER.iterdir()) < 40_000_000
