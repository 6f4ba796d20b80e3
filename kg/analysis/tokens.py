"""scispaCy's tokens cut finer, so that a name may begin or end inside them: "anti-PD-1", "NSCLC/AML", "saidAnne"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOST_SPACE_WORDS_TEXT = """
said in on at of to the and for with by from as is was are has have been will about its our that than or an
between during under per beginning through until since including called used via named taking announced
treatment using versus starting ending hosted held outside effective dated payable across added elected
welcome commented stated says regarding into within be both joined where
"""
_LOST_SPACE_WORDS = _LOST_SPACE_WORDS_TEXT.split()
_LOST_SPACE = re.compile(rf"(?i:{'|'.join(sorted(_LOST_SPACE_WORDS, key=len, reverse=True))})(?=[A-Z][a-z])")
_WORD_THEN_MARK = re.compile(r"[®™©*/+|†‡§…\-‐‑‒–—:=<>\[\]{}()\"“”‘’'.,;~≥≤±→&]")


def refine(text: str, tokens: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """Yield spans that cover the same characters, cut at marks inside a token and where a space was lost."""
    for start, end in tokens:
        word = text[start:end]
        if end - start == 1 or (word.islower() and word.isalpha()):
            yield Span(start, end)
        elif word.isalnum():
            yield from _without_lost_space(word, start, end)
        else:
            yield from _cut_at_marks(text, start, end)


def _cut_at_marks(text: str, start: int, end: int) -> Iterator[Span]:
    position = start
    for match in _WORD_THEN_MARK.finditer(text, start, end):
        if match.start() > position:
            yield from _without_lost_space(text[position : match.start()], position, match.start())
        yield Span(match.start(), match.end())
        position = match.end()
    if position < end:
        yield from _without_lost_space(text[position:end], position, end)


def _without_lost_space(word: str, start: int, end: int) -> Iterator[Span]:
    if word.islower() or word.isupper() or word.istitle():
        yield Span(start, end)
        return
    match = _LOST_SPACE.match(word)
    if match is None or word.isdigit():
        yield Span(start, end)
        return
    cut = start + match.end()
    yield Span(start, cut)
    yield Span(cut, end)
