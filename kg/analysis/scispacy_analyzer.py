"""The first stage: scispaCy's tokenizer and abbreviation search, our blocks, sections and sentences."""

from __future__ import annotations

import re
import warnings
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.analysis.abbreviations import find_abbreviations
from kg.analysis.blocks import find_blocks
from kg.analysis.sections import find_sections, innermost
from kg.analysis.sentences import split_sentences
from kg.analysis.tokens import refine
from kg.model import Analysis, SectionKind, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.analysis.blocks import Block
    from kg.model import Document, Section

_VOCABULARY_LIMIT = 1_000_000
_LONG_RUN = re.compile(r"\S{200}(?=\S)")


class ScispacyAnalyzer:
    """Analyses documents; spaCy is imported when the first one comes."""

    def analyze(self, document: Document) -> Analysis:
        """Return tokens, sentences with their sections, and abbreviations of the untouched text."""
        text = document.text
        doc = self._tokenizer(_LONG_RUN.sub(_parted, text))
        blocks = find_blocks(text)
        sections = find_sections(document, blocks)
        sentences = tuple(_sentences(text, blocks, sections))
        words = _words(doc)
        abbreviations = tuple(find_abbreviations(doc, text, sentences))
        self._forget_rare_words()
        return Analysis(document, tuple(refine(text, words)), sentences, abbreviations)

    def __getstate__(self) -> dict[str, Any]:
        """Leave spaCy's objects behind: another process makes its own."""
        return {}

    @cached_property
    def _tokenizer(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # escapes in pysbd's source, a character class in scispaCy's pattern
            import spacy
            from scispacy.custom_tokenizer import combined_rule_tokenizer  # type: ignore[import-untyped]
            from spacy.attrs import IS_SPACE  # type: ignore[import-not-found]

            tokenizer = combined_rule_tokenizer(spacy.blank("en"))
        tokenizer.vocab.lex_attr_getters = {IS_SPACE: str.isspace}  # of a new word all else is never asked for
        return tokenizer

    def _forget_rare_words(self) -> None:
        """Begin a new vocabulary when the old one has grown: a long load must not fill the memory."""
        if len(self._tokenizer.vocab.strings) > _VOCABULARY_LIMIT:
            del self._tokenizer


def _parted(run: re.Match[str]) -> str:
    """Return a stretch without spaces with a space for its last character: spaCy needs quadratic time for long ones."""
    return run[0][:-1] + " "


def _words(doc: Any) -> list[tuple[int, int]]:
    """Return the spans of the tokens that are not white space; an array is read faster than tokens."""
    rows = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).tolist()
    return [(start, start + length) for start, length, is_space in rows if not is_space]


def _sentences(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> Iterator[Sentence]:
    edges = sorted({edge for section in sections for edge in (section.start, section.end)})
    for block in blocks:
        for start, end in _pieces(block, edges):
            for first, last in split_sentences(text, start, end):
                yield Sentence(first, last, innermost(sections, first, last) if sections else SectionKind.BODY)


def _pieces(block: Block, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a block between the section borders that fall inside it."""
    start = block.start
    for edge in edges:
        if start < edge < block.end:
            yield start, edge
            start = edge
    yield start, block.end
