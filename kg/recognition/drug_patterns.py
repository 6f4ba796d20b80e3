"""Drugs that no list knows yet: names with an INN stem, development codes and brands that the text uses as drugs."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention, SectionKind
from kg.recognition.drug_codes import codes, is_used_as_drug
from kg.recognition.words import holds_any, is_common, load_rows, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis

_NAME = "patterns"
_WORD = re.compile(r"(?<![\w])(?:[A-Z]?[a-z]{5,}|[A-Z]{6,})(?:-[a-z]{4}(?![\w-]))?(?!\w)")
_BRAND = re.compile(r"(?<![\w-])(?P<name>[A-Z][A-Za-z]{2,}(?:[- ][A-Z0-9][A-Za-z0-9]*){0,2}?)\s?(?:\[?[®™]\]?)")
_MARKS = ("®", "™")
_BEFORE_BRACKET = re.compile(r"[A-Z](?<![\w-][A-Z])[A-Za-z]{3,}(?=\s?(?:\[?[®™]\]?)?\s*\([a-z])")
_GENERIC_NEXT = re.compile(r"\s?(?:\[?[®™]\]?)?\s*\((?P<generic>[a-z][a-z-]{4,}(?:[ /][a-z0-9-]+){0,4})[),;]")
_GENE_WORD = re.compile(r"(?<!\w)([A-Za-z]{4,}gene)[ ]$")
_OWNED = re.compile(r"\w['’]s(?=[a-z]{5})")
"""A possessive that lost its space: "Zorvex'szorvelimab"."""
_SECOND_WORD = re.compile(
    r"[ ](?:[a-z]{2,}(?:dotin|tecan|tesirine|ogamicin|tansine|bulin)|alfa|pegol|"
    r"[a-z]{2,}(?:leucel|parvovec|lentivec|repvec))(?![\w-])"
)
_TRUSTED = 0.85
_CONTEXT = 45


class DrugPatternRecognizer:
    """Finds drugs by the shape of their names and by what the text does with them."""

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        """Return the mentions in text order."""
        text = analysis.document.text
        contacts = [s for s in analysis.sentences if s.section is SectionKind.CONTACT]
        found: dict[tuple[int, int], float] = {}
        for start, end, score in (*_stems(text), *codes(text), *_brands(text)):
            found[start, end] = max(score, found.get((start, end), 0.0))
        kept = [
            (start, end, score)
            for (start, end), score in found.items()
            if not any(sentence.start <= start < sentence.end for sentence in contacts)
        ]
        return tuple(
            Mention(start, end, text[start:end], EntityType.DRUG, (_NAME,), score) for start, end, score in sorted(kept)
        )


@cache
def _inn_stems() -> dict[str, int]:
    """Return the endings with the fewest letters before them."""
    return {stem: int(fewest) for stem, fewest, _ in load_rows("inn_stems")}


@cache
def _endings() -> tuple[str, ...]:
    return tuple(_inn_stems())


def _has_stem(lower: str) -> bool:
    """Whether a word ends as the names of drugs do, with the four letters of a biosimilar behind it or without."""
    name, dash, suffix = lower.partition("-")
    if not name.endswith(_endings()) or not (name.isascii() and name.isalpha()):
        return False
    if dash and not (len(suffix) == len("aekn") and suffix.isascii() and suffix.isalpha()):
        return False
    return any(name.endswith(stem) and len(name) >= len(stem) + fewest for stem, fewest in _inn_stems().items())


@lru_cache(maxsize=1 << 16)
def is_inn(word: str) -> bool:
    """Whether a word has the ending of a non-proprietary drug name and is not plain English.

    >>> is_inn("Zorvelimab"), is_inn("peptide"), is_inn("ustekinumab-aekn")
    (True, False, True)
    """
    lower = word.lower()
    return _has_stem(lower) and lower not in load_words("not_drugs") and not is_common(lower)


def _stems(text: str) -> Iterator[tuple[int, int, float]]:
    reached = 0
    if not any(map(is_inn, set(_WORD.findall(text)))):
        return
    for match in _WORD.finditer(text):
        if match.start() >= reached and is_inn(match[0]):
            owned = _OWNED.match(text, max(0, match.start() - 2))
            start, reached, score = _with_neighbours(text, match.start() if owned is None else owned.end(), match.end())
            yield start, reached, score


def _with_neighbours(text: str, start: int, end: int) -> tuple[int, int, float]:
    """Return the span with the words that complete it: "etranacogene dezaparvovec", "zorvelimab vedotin"."""
    before = _GENE_WORD.search(text[max(0, start - _CONTEXT) : start])
    after = _SECOND_WORD.match(text, end)
    return start - len(before[0]) if before else start, after.end() if after else end, _TRUSTED


def _brands(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield names with a registered or trade mark, and names before a bracketed generic one."""
    for match in _BRAND.finditer(text) if holds_any(text, _MARKS) else ():
        start, end = match.span("name")
        if is_common(match["name"]) and not _GENERIC_NEXT.match(text, end):
            continue
        if is_used_as_drug(text, start, end):
            yield start, end, 0.7
    for match in _BEFORE_BRACKET.finditer(text):
        generic = _GENERIC_NEXT.match(text, match.end())
        if generic is not None and any(is_inn(word) for word in generic["generic"].split()):
            yield match.start(), match.end(), 0.9
