"""Where a text names its trials: "VEXOR-GOUT", "the GLINT 1 and GLINT 2 studies"; no other name stands there."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_STUDY = (
    r"(?:(?:[Pp]hase|[Cc]linical|[Rr]andomi[sz]ed|[Pp]ivotal|[Rr]egistrational|\w{1,3})\s+){0,3}"
    r"(?:[Tt]rial|[Ss]tud(?:y|ies))"
)
_NAMED = re.compile(
    r"(?P<name>[A-Z](?<![\w-][A-Z])(?:[A-Z]{3,}-[A-Z]{2,}\d?|(?<=[A-Z]{4}\s[A-Z])[A-Z]{2,4}-\d{3}))"
    rf"(?=\s+{_STUDY})"
)
_JOINED = re.compile(r"[A-Z](?<![\w-][A-Z])[A-Z]{4,}-[A-Z]{2,4}\d{0,2}(?![\w-])")
_SMALL = re.compile(r"[a-z]{3}")
_NUMBERED = re.compile(
    r"(?P<word>[A-Z](?<![\w-][A-Z])(?:[A-Z]{4,}|[a-z]+[A-Z]\w*))[ -](?P<number>[1-9])(?![\w%.-]|,\d)"
)
_CODED = re.compile(r"(?P<word>[A-Z](?<![\w-][A-Z])[A-Z]{5,})-\d{2,3}[A-Z]?(?![\w-])")
_NEAR_STUDY = re.compile(r"\b(?:trial|study|studies)\b", re.IGNORECASE)
_WINDOW = 60
_NEIGHBOURS = 12


def trial_places(text: str) -> list[tuple[int, int]]:
    """Return the places of names of trials; a numbered word is one where it has two numbers and stands by "study".

    A long word with a number of two or three figures is one, "VEXORAL-005", where it once stands by "study".

    >>> [text[start:end] for text in ["the GLINT 1 and GLINT 2 studies"] for start, end in trial_places(text)]
    ['GLINT 1', 'GLINT 2']
    """
    names = {match["name"] for match in _NAMED.finditer(text)}
    places = [match.span() for name in sorted(names) for match in re.finditer(rf"(?<![\w-]){name}(?![\w-])", text)]
    places += [
        match.span()
        for match in _JOINED.finditer(text)
        if _SMALL.search(text, max(0, match.start() - _NEIGHBOURS), match.end() + _NEIGHBOURS)
    ]
    for matches in _by_word(_CODED, text):
        if any(_is_by_study(text, match) for match in matches):
            places += [match.span() for match in matches]
    for matches in _by_word(_NUMBERED, text):
        several = len({match["number"] for match in matches}) > 1
        if several and any(_is_by_study(text, match) for match in matches):
            places += [match.span() for match in matches]
    return sorted(set(places))


def _by_word(pattern: re.Pattern[str], text: str) -> Iterable[list[re.Match[str]]]:
    """Return the matches of a pattern, those of one word together."""
    found: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in pattern.finditer(text):
        found[match["word"]].append(match)
    return found.values()


def _is_by_study(text: str, match: re.Match[str]) -> bool:
    return _NEAR_STUDY.search(text, max(0, match.start() - _WINDOW), match.end() + _WINDOW) is not None
