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
from kg.model import EntityType, Mention, SectionKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Analysis
    from kg.pipeline import Recognizer
    from kg.recognition.model_features import Words
    from kg.recognition.model_fusion import Fusion

DEFAULT_FOLDER = Path(__file__).parent.parent / "models" / "kg_minilm"
_NAME = "model"
_CLS, _SEP = 101, 102
_REMEMBERED = 512
_FORMAT = 3
_UNREAD = frozenset({SectionKind.FORWARD_LOOKING})
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


class ModelRecognizer:
    """Finds drugs, diseases, genes and proteins, cells, processes and organisations with the token model."""

    def __init__(self, folder: Path | None = None, *, dictionary: Recognizer | None = None, threads: int = 1) -> None:
        """Remember where the model is; nothing is loaded yet.

        With a ``dictionary`` the network sees which words it has in a name, and weights in config.json decide how much
        its word counts beside the network's.
        """
        self._folder = folder or DEFAULT_FOLDER
        self._dictionary = dictionary
        self._threads = threads
        self._memory: OrderedDict[bytes, Any] = OrderedDict()

    def __getstate__(self) -> dict[str, Any]:
        """Leave the loaded model behind: another process loads its own."""
        kept = {"_folder": self._folder, "_dictionary": self._dictionary, "_threads": self._threads}
        return kept | {"_memory": OrderedDict()}

    def recognize(self, analysis: Analysis) -> tuple[Mention, ...]:
        """Return the mentions in text order; they do not overlap.

        Raises:
            RecognitionError: the model's files are missing or damaged, or onnxruntime is not installed.
        """
        from kg.recognition.model_decoding import spans_of, without_overlaps

        text, thresholds = analysis.document.text, self.config.thresholds
        words, scores, starts = self.scored_words(analysis)
        found: list[Mention] = []
        for span in without_overlaps(one for one in spans_of(scores, starts) if one.score >= thresholds[one.type]):
            start, end = int(words.starts[span.first]), int(words.ends[span.last - 1])
            kind = self.config.types[span.type]
            if kind is not EntityType.CELL or text[start:end].lower() not in _BARE:
                found.append(Mention(start, end, text[start:end], kind, (_NAME,), min(1.0, span.score)))
        return tuple(found)

    def scored_words(self, analysis: Analysis) -> tuple[Words, Any, list[int]]:
        """Return the words that are read, their log probabilities, and the first words of the windows.

        The log probabilities are an array of words x types x (outside, begin, inside). Forward-looking statements are
        not read: the pipeline believes in them only what stands elsewhere or is known without the model.
        """
        import numpy as np

        from kg.recognition.model_decoding import log_probabilities
        from kg.recognition.model_features import window_starts, words_of
        from kg.recognition.model_fusion import fuse, places_of
        from kg.recognition.model_marks import marks_of

        words = words_of(analysis.document.text, self.tokenizer)
        for one in analysis.sentences:
            if one.section in _UNREAD:
                words = words.only((words.starts < one.start) | (words.starts >= one.end))
        starts = window_starts(words, [sentence.end for sentence in analysis.sentences], self.config.window_pieces)
        if not starts:
            return words, np.zeros((0, len(self.config.types), 3), dtype=np.float32), starts
        known = self._dictionary.recognize(analysis) if self._dictionary is not None else ()
        marks = marks_of(words, known)
        scores = log_probabilities(np.concatenate(self._window_scores(words, marks, [*starts, len(words)])))
        if self._dictionary is not None and self.config.fusions:
            places = places_of(words, known)
            scores = log_probabilities(fuse(scores, places, self.config.types, self.config.fusions, starts))
        return words, scores, starts

    def _window_scores(self, words: Words, marks: Any, edges: list[int]) -> list[Any]:
        """Return the network's scores of the words from edge to edge; those of equal windows are remembered."""
        import numpy as np

        counts = words.counts
        ends = np.concatenate(([0], np.cumsum(counts)))[edges].tolist()
        pieces = np.stack((words.pieces, np.repeat(words.shapes, counts), np.repeat(marks, counts)))
        found: list[Any] = []
        for first, last, begin, end in zip(edges, edges[1:], ends, ends[1:], strict=False):
            window = np.zeros((len(pieces), end - begin + 2), dtype=np.int64)
            window[:, 1:-1] = pieces[:, begin:end]
            window[0, 0], window[0, -1] = _CLS, _SEP
            key = window.tobytes()
            scores = self._memory.get(key)
            if scores is None:
                inputs = {"pieces": window[:1], "shapes": window[1:2], "marks": window[2:]}
                scores = self._memory[key] = self._logits(inputs, counts[first:last])
                if len(self._memory) > _REMEMBERED:
                    self._memory.popitem(last=False)
            else:
                self._memory.move_to_end(key)
            found.append(scores)
        return found

    def _logits(self, inputs: dict[str, Any], counts: Any) -> Any:
        """Return the network's scores of a window as words x types x 3; ``counts`` are the pieces of each word."""
        import numpy as np

        words = len(counts)
        inputs["firsts"] = 1 + np.cumsum(counts) - counts
        inputs["word_numbers"] = np.concatenate(([words], np.repeat(np.arange(words), counts), [words]))
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
    from kg.recognition.model_features import MAX_PIECES

    path = folder / "config.json"
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] != _FORMAT:
            raise RecognitionError(f"{path}: format {raw['format']} is not known to this version of kg; update kg")
        return ModelConfig(
            name=str(raw["name"]),
            version=str(raw["version"]),
            types=tuple(EntityType(name) for name in raw["types"]),
            thresholds=tuple(float(raw["thresholds"].get(name, 0.0)) for name in raw["types"]),
            fusions={EntityType(name): _fusion(value) for name, value in raw.get("fusions", {}).items()},
            window_pieces=min(int(raw["window_pieces"]), MAX_PIECES),
            sha256={str(name): str(value) for name, value in raw["sha256"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecognitionError(f"no model in {folder}: {error!r}; give a folder written by `kg train`") from error


def _fusion(raw: Mapping[str, Any]) -> Fusion:
    from kg.recognition.model_fusion import Fusion

    rows = tuple((float(outside), float(begin), float(inside)) for outside, begin, inside in raw["weights"])
    return Fusion(float(raw["scale"]), rows)
