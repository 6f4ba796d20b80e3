"""Finds "long form (SF)" in plain text, and in mentions that stand so: "[doxorubicin] ([DOX])-induced"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import Abbreviation, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Mention

_BRACKETED = re.compile(r"[(\[]([A-Za-z0-9][\w/+-]{1,9})(?=[)\],;]|\s+[=;])")
_EXPLAINED = re.compile(r"(?<![\w-])([A-Za-z0-9][\w/+-]{1,9})\s+[(\[]([A-Za-z][^()\[\];:]{4,90})[)\]]")
_WORD = re.compile(r"[\w'’+-]+")
_MORE_WORDS = 5
_NEAR = 300
_OPENED = re.compile(r"\s*[(\[]\s*")
_LONGEST_SHORT = 10
_JOINT = re.compile(r"[-/+]")
_MOST_PARTS = 3
_SMALL_WORDS = frozenset({"of", "the", "and", "in", "with", "to", "for", "by"})
_UNOPENED = re.compile(r"[^()\s]{1,6}\)-?")
_TRAILING = re.compile(
    r"(?:[\s,/)(-]|\b(?:and|or|plus|combined|with|in|to|associated|induced|related|versus|of|the|by|for))+\Z"
)


def find_short_forms(text: str) -> Iterator[Abbreviation]:
    """Yield short forms in brackets whose letters stand in order in the words before, the first of them first.

    Then those that stand before what they mean, in brackets: "GPP (generalized pustular psoriasis)", by the initials.

    >>> [text[a.long.start:a.long.end] for text in ["an acute kidney injury (AKI)"] for a in find_short_forms(text)]
    ['acute kidney injury']
    """
    for match in _BRACKETED.finditer(text):
        short = match[1]
        before = text[: match.start()].rstrip()
        words = _last_words(before, min(len(short) + _MORE_WORDS, 2 * len(short)))
        start = _long_form_start(short, before, words)
        if start is not None and not short.isdigit():
            start = _behind_bracket(before, start)
            yield Abbreviation(Span(match.start(1), match.end(1)), Span(start, len(before)))
    for match in _EXPLAINED.finditer(text):
        if sum(map(str.isupper, match[1])) > 1 and has_initials(match[1], match[2]):
            yield Abbreviation(Span(*match.span(1)), Span(*match.span(2)))


def _last_words(text: str, count: int) -> list[re.Match[str]]:
    """Return the last words of a text; nearly always its end is enough to read, whose first word may be cut."""
    near = list(_WORD.finditer(text, max(0, len(text) - _NEAR)))
    return (near if len(near) > count else list(_WORD.finditer(text)))[-count:]


def parts_of_short_form(short: str, long: str) -> Iterator[tuple[str, str]]:
    """Yield what the parts of a compound short form stand for.

    >>> list(parts_of_short_form("EPO/CKD", "erythropoietin and chronic kidney disease"))
    [('CKD', 'chronic kidney disease'), ('EPO', 'erythropoietin')]
    """
    parts = _JOINT.split(short)
    if not 1 < len(parts) <= _MOST_PARTS or not all(part.isalpha() and len(part) > 1 for part in parts):
        return
    rest = long
    for part in reversed(parts):
        rest = _TRAILING.sub("", rest)
        start = _long_form_start(part, rest, list(_WORD.finditer(rest)))
        if start is None:
            return
        yield part, rest[start:]
        rest = rest[:start]


def _long_form_start(short: str, before: str, words: list[re.Match[str]]) -> int | None:
    """Return where the long form starts; OH may stand for hydroxy: "17-hydroxyprogesterone (17-OHP)"."""
    start = _first_letter(short, before, words)
    if start is None and "OH" in short:
        start = _first_letter(short.replace("OH", "H"), before, words)
        return start if start is not None and "hydroxy" in before[start:].casefold() else None
    return start


def _first_letter(short: str, before: str, words: list[re.Match[str]]) -> int | None:
    letters = [char.casefold() for char in short if char.isalnum()]
    place = len(before) - 1
    for number in range(len(letters) - 1, -1, -1):
        starts_word = number == 0
        while place >= 0 and not (
            before[place].casefold() == letters[number]
            and (not starts_word or place == 0 or not before[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return None
        place -= 1
    start = place + 1
    return start if words and start >= words[0].start() and len(before) - start > len(short) else None


def _behind_bracket(before: str, start: int) -> int:
    """Return where a long form starts that began inside a bracket: "R)-verapamil" is verapamil."""
    opened = _UNOPENED.match(before, start)
    return opened.end() if opened is not None and "(" not in before[start : opened.end()] else start


def mention_pairs(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Yield (short form, long form) of mentions of one type of which the second stands in brackets behind the first."""
    for first, second in pairwise(mentions):
        if first.type is not second.type or not _OPENED.fullmatch(text, first.end, second.start):
            continue
        short, long = sorted((first.text, second.text), key=len)
        fits = _is_subsequence(short, long) or has_initials(short, long)
        if len(short) <= _LONGEST_SHORT and len(short) < len(long) and fits:
            yield short, " ".join(long.split())


def is_short_for(short: str, long: str) -> bool:
    """Say whether the letters of a short form stand in a name in order, the first one first.

    >>> is_short_for("QTP", "quetiapine"), is_short_for("QTP", "quinidine")
    (True, False)
    """
    return short[:1].casefold() == long[:1].casefold() and _is_subsequence(short, long)


def has_initials(short: str, long: str) -> bool:
    """Say whether the letters of a short form are the initials of a name's words, in any order.

    >>> has_initials("DM", "myotonic dystrophy"), has_initials("DM", "diabetes")
    (True, False)
    """
    initials = [word[0].casefold() for word in _WORD.findall(long) if word.casefold() not in _SMALL_WORDS]
    return len(initials) > 1 and sorted(initials) == sorted(short.casefold())


def spans_words(short: str, long: str) -> bool:
    """Say whether a short form takes letters of a name of several words from the first to the last word's beginning.

    >>> spans_words("PDS", "Pendred syndrome"), spans_words("PDS", "Paget disease")
    (True, False)
    """
    words = _WORD.findall(long)
    last = len(long) - len(words[-1]) if words else 0
    return len(words) > 1 and is_short_for(short, long) and _is_subsequence(short[-1], long[last : last + 1])


def _is_subsequence(short: str, long: str) -> bool:
    letters = iter(long.casefold())
    return all(char in letters for char in short.casefold() if char.isalnum())
