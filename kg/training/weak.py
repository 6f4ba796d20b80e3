"""Weak labels: what dictionary, patterns and an earlier model agree on becomes training text for the next model.

Press releases get labels of all types; abstracts keep their gold labels and get weak ones for the types that their
corpus does not annotate, but only cells, processes and organisations. What only one voice says, or is unsure, is
masked: the loss does not see it.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Document, EntityType, Iri, Mention
from kg.recognition.model_marks import TYPES
from kg.training.passages import CORPORA, Passage, TypedSpan, read_corpus
from kg.training.weak_files import write_weak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.model import Analysis
    from kg.pipeline import Analyzer, Recognizer

_ADDED = (EntityType.CELL, EntityType.PROCESS, EntityType.ORGANISATION)
_SURE = {"organisations": 0.7, "patterns": 0.75, "dictionary": 0.8, "model": 0.9}
_SHORT_NAME = 5
_GUESSED = 0.65
_TICKER = re.compile(r"(?:nasdaq|nyse|euronext|tsx|otc|lse|asx|aim)[^()\n]{0,25}:\s*$", re.IGNORECASE)
_DATELINE = re.compile(r"^[A-Z][^\n]{0,90}?(?:20\d\d|\))[^\n]{0,25}?(?:--|–|—|/PRNewswire/)", re.MULTILINE)
_CLOCK = re.compile(r"\d:\d\d|^(?:at|to|on|as|a\.m|p\.m)\b|\(\d?$")
_FRENCH_OR_GERMAN = re.compile(r"\b(?:une|des|les|pour|dans|und|der|die|mit|eine)\b")
LEAST_WORDS = 25


class WeakLabeller:
    """Labels texts with several recognizers and the rule that merges them."""

    def __init__(self, analyzer: Analyzer, recognizers: Sequence[Recognizer], merged: Recognizer) -> None:
        self._analyzer, self._recognizers, self._merged = analyzer, tuple(recognizers), merged

    def label(self, identifier: str, text: str) -> tuple[list[TypedSpan], list[TypedSpan]]:
        """Return (labelled, masked) spans of a text."""
        analysis = self._analyzer.analyze(_document(identifier, text))
        accepted = [m for m in self._merged.recognize(analysis) if m.type in TYPES and not m.coreference]
        sure = [mention for mention in accepted if is_sure(mention)]
        taken = {(mention.start, mention.end) for mention in sure}
        doubtful = [mention for mention in accepted if (mention.start, mention.end) not in taken]
        doubtful += self._left_out(analysis, sure)
        sure = [mention for mention in sure if not is_noise(text, mention)]
        doubtful = [mention for mention in doubtful if is_worth_masking(mention) and not is_noise(text, mention)]
        return _spans(sure), _spans(doubtful)

    def _left_out(self, analysis: Analysis, sure: Sequence[Mention]) -> Iterator[Mention]:
        for recognizer in self._recognizers:
            for mention in recognizer.recognize(analysis):
                if mention.type in TYPES and not any(_overlap(mention, other) for other in sure):
                    yield mention


def is_sure(mention: Mention) -> bool:
    """Say whether a mention may be learnt from: two recognizers agree, or one alone is sure enough.

    A short name that only the dictionary knows is not sure: too many short words are also symbols of genes.
    """
    if len(mention.recognizers) > 1:
        return True
    alone = mention.recognizers[0] if mention.recognizers else ""
    if alone == "dictionary" and len(mention.text) <= _SHORT_NAME and mention.type is not EntityType.ORGANISATION:
        return False
    return mention.score >= _SURE.get(alone, 1.0)


def is_worth_masking(mention: Mention) -> bool:
    """Say whether a doubtful mention may be right; the rest is learnt as no mention at all."""
    if mention.recognizers == ("model",):
        return mention.score >= _GUESSED
    return mention.type not in {EntityType.GENE_PROTEIN, EntityType.PROCESS}


def is_noise(text: str, mention: Mention) -> bool:
    """Say whether a mention is a ticker, a time of day, or anything but an organisation in a dateline."""
    if mention.type is EntityType.ORGANISATION:
        return False
    line = text.rfind("\n", 0, mention.start) + 1
    dateline = _DATELINE.match(text, line)
    in_dateline = dateline is not None and mention.end <= dateline.end()
    ticker = _TICKER.search(text, max(0, mention.start - 40), mention.start) is not None
    return in_dateline or ticker or _CLOCK.search(mention.text) is not None


def is_english(text: str) -> bool:
    """Say whether a press release is in English, by its small words.

    >>> is_english("The drug was approved."), is_english("une autorisation pour les patients dans des pays")
    (True, False)
    """
    return len(_FRENCH_OR_GERMAN.findall(text)) < len(text.split()) / 25


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _spans(mentions: Sequence[Mention]) -> list[TypedSpan]:
    return list(dict.fromkeys(TypedSpan(mention.start, mention.end, mention.type) for mention in mentions))


def _document(identifier: str, text: str) -> Document:
    return Document(Iri(f"urn:weak:{identifier}"), identifier, text, hashlib.sha256(text.encode()).hexdigest())


def press_passages(
    path: Path, labeller: WeakLabeller, general: Mapping[str, Sequence[tuple[int, int]]]
) -> Iterator[Passage]:
    """Yield press releases with weak labels; ``general`` holds organisations of a general model, to be masked."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = record["text"]
            if len(text.split()) < LEAST_WORDS or not is_english(text):
                continue
            spans, masked = labeller.label(record["id"], text)
            for start, end in general.get(record["id"], ()):
                if not any(start < span.end and span.start < end for span in spans):
                    masked.append(TypedSpan(start, end, EntityType.ORGANISATION))
            yield Passage(record["id"], "press", text, tuple(spans), tuple(masked), frozenset(TYPES))


def enriched(passages: Iterator[Passage], labeller: WeakLabeller) -> Iterator[Passage]:
    """Yield passages with weak labels for cells, processes and organisations where their corpus has none."""
    for passage in passages:
        added = [kind for kind in _ADDED if kind not in passage.supervised]
        spans, masked = labeller.label(passage.id, passage.text)
        gold = passage.spans
        new = [
            span
            for span in spans
            if span.type in added and not any(span.start < one.end and one.start < span.end for one in gold)
        ]
        doubtful = [span for span in masked if span.type in added]
        yield replace(
            passage,
            spans=(*gold, *new),
            ignored=(*passage.ignored, *doubtful),
            supervised=passage.supervised | frozenset(added),
        )


def read_general(path: Path | None) -> dict[str, list[tuple[int, int]]]:
    """Read the organisations that a general English model found: JSON lines with id and ents (start, end, label)."""
    if path is None:
        return {}
    found: dict[str, list[tuple[int, int]]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            found[record["id"]] = [(start, end) for start, end, label in record["ents"] if label == "ORG"]
    return found


def make_labeller(model: Path | None) -> WeakLabeller:
    """Return a labeller with all recognizers of the product and a model of an earlier round."""
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.ontology.lexicon import Lexicon
    from kg.recognition.dictionary import DictionaryRecognizer
    from kg.recognition.drug_patterns import DrugPatternRecognizer
    from kg.recognition.merge import MergingRecognizer
    from kg.recognition.model_recognizer import ModelRecognizer
    from kg.recognition.organisations import OrganisationRecognizer

    recognizers: list[Recognizer] = [
        DictionaryRecognizer(Lexicon.open()),
        OrganisationRecognizer(),
        DrugPatternRecognizer(),
        ModelRecognizer(model),
    ]
    return WeakLabeller(ScispacyAnalyzer(), recognizers, MergingRecognizer(recognizers))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the weak labels of the press releases and of the abstracts."""
    parser = argparse.ArgumentParser(description="Write weak labels.")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--model", type=Path)
    parser.add_argument("--general", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    labeller = make_labeller(options.model)
    press = options.corpora / "unlabelled" / "press_releases.jsonl.gz"

    def passages() -> Iterator[Passage]:
        yield from press_passages(press, labeller, read_general(options.general))
        for plan in CORPORA:
            yield from enriched(read_corpus(plan, options.corpora), labeller)

    write_weak(passages(), options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
