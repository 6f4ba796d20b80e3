"""A second look at weak labels: noise goes, short forms of companies are companies, processes are GO's."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.model import EntityType
from kg.training.passages import Passage, TypedSpan
from kg.training.weak_files import read_weak, write_weak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.ontology.names import Posting

_STOP = Path(__file__).with_name("weak_stop.txt")
_FIRST_LETTERS = 4


class Names(Protocol):
    """What is needed of the lexicon."""

    def lookup(self, name: str) -> tuple[Posting, ...]:
        """Return what a name may stand for."""


@cache
def stopped_strings() -> frozenset[str]:
    """Return the strings that are no mentions."""
    lines = _STOP.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def is_go_process(name: str, names: Names) -> bool:
    """Say whether a name is that of a process of the Gene Ontology (not of a measurement or a therapy)."""
    postings = names.lookup(name)
    return any(one.curie.startswith("GO:") and one.type is EntityType.PROCESS for one in postings)


def cleaned(passage: Passage, is_process: Callable[[str], bool]) -> Passage:
    """Return the passage with better weak labels; gold labels of a corpus are not given to this function."""
    text = passage.text
    companies = _company_words(text, passage.spans)
    spans: list[TypedSpan] = []
    for span in passage.spans:
        name = text[span.start : span.end]
        if name.casefold() in stopped_strings() or (span.type is EntityType.PROCESS and not is_process(name)):
            continue
        if name in companies and span.type is not EntityType.ORGANISATION:
            span = replace(span, type=EntityType.ORGANISATION)
        spans.append(span)
    ignored = tuple(
        span
        for span in passage.ignored
        if text[span.start : span.end].casefold() not in stopped_strings()
        and text[span.start : span.end] not in companies
    )
    return replace(passage, spans=tuple(spans), ignored=ignored)


def _company_words(text: str, spans: Iterable[TypedSpan]) -> frozenset[str]:
    """Return the first words of longer names of organisations: what a release calls its company later on."""
    words = [text[s.start : s.end].split() for s in spans if s.type is EntityType.ORGANISATION]
    firsts = {name[0].strip(",.") for name in words if len(name) > 1}
    return frozenset(word for word in firsts if len(word) >= _FIRST_LETTERS and not word.islower())


def clean_all(passages: Iterable[Passage], is_process: Callable[[str], bool]) -> Iterator[Passage]:
    """Yield press releases cleaned, and abstracts without processes that are not GO's."""
    for passage in passages:
        if passage.corpus == "press":
            yield cleaned(passage, is_process)
            continue
        kept = tuple(
            span
            for span in passage.spans
            if span.type is not EntityType.PROCESS or is_process(passage.text[span.start : span.end])
        )
        yield replace(passage, spans=kept)


def main(arguments: Sequence[str] | None = None) -> int:
    """Clean a file of weak labels."""
    from kg.ontology.lexicon import Lexicon

    parser = argparse.ArgumentParser(description="Clean weak labels.")
    parser.add_argument("weak", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args(arguments)
    lexicon = Lexicon.open()
    known = cache(lambda name: is_go_process(name, lexicon))
    write_weak(clean_all(read_weak(options.weak), known), options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
