"""What each part of recognition gives: strict F1 of the parts alone and of the whole with one part switched off.

    python -m scripts.ablation build/held-out/bc5cdr.pubtator --texts ../shared/eval

Every recognizer reads a document once; the merge is then repeated on what they found.
"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
from kg.evaluation.annotators import make_recognizer
from kg.evaluation.corpus_types import entity_type_of
from kg.evaluation.pubtator import Count, to_document
from kg.evaluation.pubtator_format import read_pubtator
from kg.model import Document, EntityType
from kg.recognition import merge
from kg.recognition.voting import FIXED_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.model import Analysis, Mention

    Spans = frozenset[tuple[int, int, EntityType]]

STEPS: dict[str, Callable[..., Any]] = {
    "clean": lambda _text, mention, _long_forms=frozenset(): mention,
    "without_parts_of_organisations": list,
    "without_pairs": lambda _text, found: found,
    "allowed": lambda _analysis, found, _known, _trials, **_: found,
    "voted": lambda found, _weights: list(found),
    "without_loose_words": lambda _text, chosen: chosen,
    "apply_abbreviations": lambda _analysis, chosen: list(chosen),
    "parted": list,
    "apply_appositions": lambda _text, chosen: list(chosen),
    "with_cell_phrases": lambda _text, chosen, **_: list(chosen),
    "joined": lambda _text, chosen: list(chosen),
    "_spread": lambda _text, chosen, _weights, _trials: list(chosen),
}
"""The steps of the merge, each with what does nothing in its place."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document with its gold spans and what each recognizer found in it; ``ignored`` spans are not judged."""

    group: str
    analysis: Analysis
    gold: Spans
    types: frozenset[EntityType]
    found: dict[str, Sequence[Mention]]
    ignored: tuple[tuple[int, int], ...] = ()


class _Given:
    """A recognizer that gives what was found before."""

    def __init__(self, found: Sequence[Mention]) -> None:
        self._found = found

    def recognize(self, _: Analysis) -> Sequence[Mention]:
        return self._found


class Reader:
    """Runs all recognizers on a document."""

    def __init__(self, model: str) -> None:
        """Open the lexicon and name the model, as `kg evaluate --model` does."""
        from kg.assembly import RECOGNIZERS, open_lexicon

        lexicon = open_lexicon()
        self._analyzer = ScispacyAnalyzer()
        self._recognizers = {name: make(lexicon) for name, make in RECOGNIZERS.items()}
        self._recognizers["model"] = make_recognizer(model, lexicon)
        self._network = make_recognizer("network", lexicon) if model == "model" else None

    def read(self, document: Document) -> tuple[Analysis, dict[str, Sequence[Mention]]]:
        """Return the analysis and what each recognizer found."""
        analysis = self._analyzer.analyze(document)
        found: dict[str, Sequence[Mention]] = {
            name: tuple(one.recognize(analysis)) for name, one in self._recognizers.items()
        }
        if self._network is not None:
            found["network"] = tuple(self._network.recognize(analysis))
        return analysis, found


def read_corpus(path: Path, reader: Reader) -> Iterator[Read]:
    """Yield the documents of a PubTator file."""
    documents = tuple(read_pubtator(path))
    types = {
        kind for one in documents for mention in one.mentions if (kind := entity_type_of(mention.type)) is not None
    }
    for one in documents:
        gold = frozenset(
            (mention.start, mention.end, kind)
            for mention in one.mentions
            if (kind := entity_type_of(mention.type)) is not None
        )
        analysis, found = reader.read(to_document(one))
        yield Read(path.name.split(".")[0], analysis, gold, frozenset(types), found)


def read_texts(folder: Path, reader: Reader) -> Iterator[Read]:
    """Yield the annotated texts of a folder with docs/ and ann/."""
    from kg.reading import ReadingOptions, read_documents

    for path in sorted((folder / "docs").glob("*.txt")):
        raw = json.loads((folder / "ann" / f"{path.stem}.json").read_text("utf-8"))
        gold = frozenset((one["start"], one["end"], EntityType(one["type"])) for one in raw["mentions"])
        ignored = tuple((one["start"], one["end"]) for one in raw.get("ignore", ()))
        for outcome in read_documents([str(path)], ReadingOptions()):
            if isinstance(outcome, Document):
                analysis, found = reader.read(outcome)
                types = frozenset(EntityType) - FIXED_TYPES
                yield Read("texts", analysis, gold, types, found, ignored)


def merged(one: Read, left_out: frozenset[str] = frozenset(), steps_off: Sequence[str] = ()) -> Sequence[Mention]:
    """Return the mentions of the merge without some recognizers and steps."""
    given = [_Given(found) for name, found in one.found.items() if name not in left_out | {"network"}]
    with ExitStack() as stack:
        for step in steps_off:
            stack.enter_context(patch.object(merge, step, STEPS[step]))
        return merge.MergingRecognizer(given).recognize(one.analysis)


def count(one: Read, mentions: Sequence[Mention]) -> Count:
    """Return how many mentions of the judged types are right, found and gold."""
    spans = {
        (mention.start, mention.end, mention.type)
        for mention in mentions
        if mention.type in one.types and not mention.coreference
    }
    judged = {span for span in spans if span in one.gold or not _is_ignored(span, one.ignored)}
    return Count(len(judged & one.gold), len(judged), len(one.gold))


def _is_ignored(span: tuple[int, int, EntityType], ignored: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in ignored)


def _alone(name: str, one: Read) -> Sequence[Mention]:
    return one.found.get(name, ())


def variants() -> Iterator[tuple[str, Callable[[Read], Sequence[Mention]]]]:
    """Yield the name of each line of the table and how its mentions are made."""
    yield "whole", merged
    for name in ("dictionary", "network", "model"):
        yield f"{name} alone", partial(_alone, name)
    for name in ("model", "dictionary", "organisations", "drug patterns", "regulatory patterns"):
        yield f"without {name}", partial(merged, left_out=frozenset({name}))
    for step in STEPS:
        yield f"without {step.strip('_')}", partial(merged, steps_off=(step,))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line a variant, one column a corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="corpora in PubTator format")
    parser.add_argument("--texts", type=Path, help="a folder with docs/ and ann/, as ../shared/eval")
    parser.add_argument("--model", default="model", help="as of kg evaluate: model, or the folder of a model")
    options = parser.parse_args(arguments)
    reader = Reader(options.model)
    reads = [one for path in options.files for one in read_corpus(path, reader)]
    reads += read_texts(options.texts, reader) if options.texts else ()
    groups = list(dict.fromkeys(one.group for one in reads))
    sys.stdout.write(f"{'':<40}" + "".join(f"{group:>14}" for group in groups) + "\n")
    for name, make in variants():
        totals = {group: Count() for group in groups}
        for one in reads:
            totals[one.group] += count(one, make(one))
        sys.stdout.write(f"{name:<40}" + "".join(f"{100 * totals[group].f1:>14.2f}" for group in groups) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
