"""The shipped token model at run time: onnxruntime and tokenizers only, loaded when the first text comes.

A window is one call without padding, so what is found in a text never depends on other texts; equal windows (the
boilerplate of press releases) are looked up instead of computed again.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import RecognitionError
from kg.model import EntityType, Mention
from kg.recognition.model_features import MAX_PIECES, sentence_groups, windows_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Analysis
    from kg.pipeline import Recognizer
    from kg.recognition.model_decoding import WordSpan
    from kg.recognition.model_features import Window
    from kg.recognition.model_fusion import Fusion

DEFAULT_FOLDER = Path(__file__).parent.parent / "models" / "kg_minilm"
_NAME = "model"
_CLS, _SEP = 101, 102
_REMEMBERED = 512
_FORMATS = (1, 2)
_BARE = frozenset({"cell", "cells", "cellular"})


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """What config.json of a model folder says."""

    name: str
    version: str
    types: tuple[EntityType, ...]
    thresholds: tuple[float, ...]
    fusions: dict[EntityType, Fusion]
    window_pieces: int
    sha256: dict[str, str]
    format: int


class ModelRecognizer:
    """Finds drugs, diseases, genes and proteins, cells, processes and organisations with the token model."""

    def __init__(self, folder: Path | None = None, *, dictionary: Recognizer | None = None, threads: int = 1) -> None:
        """Remember where the model is; nothing is loaded yet.

        With a ``dictionary`` its mentions have a voice in what the model decides, by the weights in config.json.
        """
        self._folder = folder or DEFAULT_FOLDER
        self._dictionary = dictionary
        self._threads = threads
        self._memory: OrderedDict[tuple[tuple[int, ...], tuple[int, ...]], Any] = OrderedDict()

    def __getstate__(self) -> dict[str, Any]:
        """Leave the loaded model behind: another process loads its own."""
        kept = {"_folder": self._folder, "_dictionary": self._dictionary, "_threads": self._threads}
        return kept | {"_memory": OrderedDict()}

    def recognize(self, analysis: Analysis) -> tuple[Mention, ...]:
        """Return the mentions in text order; they do not overlap.

        Raises:
            RecognitionError: the model's files are missing or damaged, or onnxruntime is not installed.
        """
        text = analysis.document.text
        found: list[Mention] = []
        for window, scores in self.scored_windows(analysis):
            for span in self._spans(scores):
                start, end = window.words[span.first].start, window.words[span.last - 1].end
                kind = self.config.types[span.type]
                if kind is EntityType.CELL and text[start:end].lower() in _BARE:
                    continue
                found.append(Mention(start, end, text[start:end], kind, (_NAME,), min(1.0, span.score)))
        return tuple(found)

    def recognize_many(self, analyses: Iterable[Analysis]) -> Iterator[tuple[Mention, ...]]:
        """Yield the mentions of each analysis, in order."""
        for analysis in analyses:
            yield self.recognize(analysis)

    def scored_windows(self, analysis: Analysis) -> Iterator[tuple[Window, Any]]:
        """Yield the windows of a text with their log probabilities, words x types x (outside, begin, inside)."""
        from kg.recognition.model_decoding import log_probabilities
        from kg.recognition.model_fusion import fuse

        words = words_of(analysis.document.text, self.tokenizer)
        groups = sentence_groups(words, [sentence.end for sentence in analysis.sentences])
        known = self._dictionary.recognize(analysis) if self._dictionary is not None else None
        for window in windows_of(groups, self.config.window_pieces):
            scores = self.scores(window)
            if known is not None:
                start, end = window.words[0].start, window.words[-1].end
                near = [mention for mention in known if mention.start < end and start < mention.end]
                scores = log_probabilities(fuse(scores, window.words, near, self.config.types, self.config.fusions))
            yield window, scores

    def _spans(self, scores: Any) -> tuple[WordSpan, ...]:
        from kg.recognition.model_decoding import spans_of, without_overlaps

        thresholds = self.config.thresholds
        return without_overlaps(span for span in spans_of(scores) if span.score >= thresholds[span.type])

    def scores(self, window: Window) -> Any:
        """Return the network's log probabilities of a window as words x types x 3, remembered for equal windows."""
        from kg.recognition.model_decoding import log_probabilities

        pieces = tuple(piece for word in window.words for piece in word.pieces)
        shapes = tuple(word.shape for word in window.words for _ in word.pieces)
        known = self._memory.get((pieces, shapes))
        if known is not None:
            self._memory.move_to_end((pieces, shapes))
            return known
        scores = log_probabilities(self._logits(window, pieces, shapes))
        self._memory[pieces, shapes] = scores
        if len(self._memory) > _REMEMBERED:
            self._memory.popitem(last=False)
        return scores

    def _logits(self, window: Window, pieces: tuple[int, ...], shapes: tuple[int, ...]) -> Any:
        """Return the model's scores of a window as words x types x 3."""
        import numpy as np

        counts = np.array([len(word.pieces) for word in window.words])
        words = len(counts)
        inputs = {
            "pieces": np.array([(_CLS, *pieces, _SEP)], dtype=np.int64),
            "shapes": np.array([(0, *shapes, 0)], dtype=np.int64),
            "firsts": 1 + np.cumsum(counts) - counts,
            "word_numbers": np.concatenate(([words], np.repeat(np.arange(words), counts), [words])),
        }
        if self.config.format == 1:
            del inputs["word_numbers"]
        return self._session.run(None, inputs)[0].reshape(words, len(self.config.types), 3)

    @cached_property
    def config(self) -> ModelConfig:
        """What the model's folder says of it."""
        return read_config(self._folder)

    @cached_property
    def tokenizer(self) -> Any:
        """The model's tokenizer."""
        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise RecognitionError("the model needs tokenizers: pip install 'kg-loader[nlp]'") from error
        tokenizer = Tokenizer.from_str(self._checked("tokenizer.json").decode("utf-8"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        try:
            import onnxruntime  # type: ignore[import-untyped]
        except ImportError as error:
            raise RecognitionError("the model needs onnxruntime: pip install 'kg-loader[nlp]'") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.log_severity_level = 3
        content = self._checked("model.onnx")
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def _checked(self, name: str) -> bytes:
        path = self._folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise RecognitionError(
                f"cannot read the model file {path}: {error}; reinstall kg or run `kg train`"
            ) from error
        if hashlib.sha256(content).hexdigest() != self.config.sha256[name]:
            raise RecognitionError(f"{path} is damaged: its sha256 is not that of config.json; reinstall kg")
        return content


def read_config(folder: Path) -> ModelConfig:
    """Read config.json of a model folder.

    Raises:
        RecognitionError: there is no model in the folder, or one of a format that this version does not know.
    """
    path = folder / "config.json"
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] not in _FORMATS:
            raise RecognitionError(f"{path}: format {raw['format']} is not known to this version of kg; update kg")
        return ModelConfig(
            name=str(raw["name"]),
            version=str(raw["version"]),
            types=tuple(EntityType(name) for name in raw["types"]),
            thresholds=tuple(float(raw["thresholds"].get(name, 0.0)) for name in raw["types"]),
            fusions={EntityType(name): _fusion(value) for name, value in raw.get("fusions", {}).items()},
            window_pieces=min(int(raw["window_pieces"]), MAX_PIECES),
            sha256={str(name): str(value) for name, value in raw["sha256"].items()},
            format=int(raw["format"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecognitionError(f"no model in {folder}: {error!r}; give a folder written by `kg train`") from error


def _fusion(raw: Mapping[str, Any]) -> Fusion:
    from kg.recognition.model_fusion import Fusion

    rows = tuple((float(outside), float(begin), float(inside)) for outside, begin, inside in raw["weights"])
    return Fusion(float(raw["scale"]), rows)
