"""Short forms that a text defines: scispaCy's Schwartz-Hearst search, and what it does not see.

It misses "SF (long form of three words)", a short form in quotation marks, and acronyms whose letters stand in another
order than the words, as those of European committees do.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.model import Abbreviation, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Sentence

_LONGEST_PARENTHESIS = 9
_LONGEST_NAME = 12
_QUOTES = "\"“”‘’'"
_SHORT_FORM = re.compile(r"[A-Za-zα-ωΑ-Ω][\w\-/α-ω+]{1,9}")
_NUMBERED = re.compile(r"(?P<letters>[A-Z]{2,5})(?P<number>\d{1,2})")
_ACRONYM = re.compile(r"[A-Z]{3,8}")
_SMALL_WORDS = frozenset(["for", "of", "and", "the", "in", "on", "to", "de", "la", "du", "et", "&", "a", "an"])


def find_abbreviations(doc: Any, text: str, sentences: Sequence[Sentence]) -> Iterator[Abbreviation]:
    """Yield each short form of the text where it is defined, in text order; only the first definition counts."""
    seen: set[str] = set()
    starts = [sentence.start for sentence in sentences]
    for first, last in _bracketed(doc, text):
        pair = _definition(doc, text, first, last)
        if pair is None:
            continue
        short, long = pair
        short_text = text[short.start : short.end]
        if short_text in seen or _crosses(starts, min(short.start, long.start), max(short.end, long.end)):
            continue
        seen.add(short_text)
        yield Abbreviation(short, long)


def _crosses(starts: Sequence[int], start: int, end: int) -> bool:
    return any(start < edge < end for edge in starts)


def _definition(doc: Any, text: str, first: int, last: int) -> tuple[Span, Span] | None:
    """Return the short and the long form around the brackets that hold the tokens from first to last."""
    if last - first > 1 + 1 and doc[first].text in _QUOTES and doc[last - 1].text in _QUOTES:
        first, last = first + 1, last - 1
    inside = doc[first:last]
    found = _by_scispacy(doc, text, first, last) or _long_form_inside(doc, text, first, last)
    if found is None and _ACRONYM.fullmatch(inside.text):
        found = _by_initials(doc, first, inside.text)
    if found is None and (numbered := _NUMBERED.fullmatch(inside.text)) is not None:
        found = _by_turned_initials(doc, first, numbered["letters"], numbered["number"])
    return found


def _by_scispacy(doc: Any, text: str, first: int, last: int) -> tuple[Span, Span] | None:
    from scispacy.abbreviation import filter_matches, find_abbreviation  # type: ignore[import-untyped]

    for long_candidate, short_candidate in filter_matches([(0, first, last)], doc):
        if not len(long_candidate) or not _SHORT_FORM.match(short_candidate.text):
            continue
        short, long = find_abbreviation(long_candidate, short_candidate)
        if long is not None and len(long):
            return _checked(text, short, long)
    return None


def _long_form_inside(doc: Any, text: str, first: int, last: int) -> tuple[Span, Span] | None:
    """Read "ARC (AIDS-related complex)": scispaCy asks for more than three tokens in the brackets."""
    from scispacy.abbreviation import find_abbreviation

    before = first - 2
    if before < 0 or not doc[before].text[:2].isupper() or not _SHORT_FORM.fullmatch(doc[before].text):
        return None
    if last - first == 1 and len(doc[first].text) <= len(doc[before].text) * 2:
        return None
    short, long = find_abbreviation(doc[first:last], doc[before : before + 1])
    return None if long is None or len(long) == 0 or long.start != first else _checked(text, short, long)


def _by_initials(doc: Any, first: int, short: str) -> tuple[Span, Span] | None:
    """Read an acronym whose letters are initials of the capitalised words before it, in any order."""
    begin = first - 1
    while begin > max(0, first - _LONGEST_NAME) and _belongs_to_name(doc[begin - 1].text):
        begin -= 1
    while begin < first - 1 and doc[begin].text[0] != short[0]:
        begin += 1
    words = [token.text for token in doc[begin : first - 1]]
    initials = Counter(word[0] for word in words if word[0].isupper())
    if begin >= first - 2 or Counter(short) - initials or initials.total() > len(short) + 1:
        return None
    return _span(doc[first : first + 1]), _span(doc[begin : first - 1])


def _by_turned_initials(doc: Any, first: int, letters: str, number: str) -> tuple[Span, Span] | None:
    """Read "DM1" behind "myotonic dystrophy type 1": the number stands last, the letters are initials in any order."""
    if first < len(letters) + 2 or doc[first - 2].text != number:
        return None
    wanted = Counter(letters.casefold())
    lowest = max(0, first - 2 - len(letters) - 1)
    begin = first - 2
    while wanted and begin > lowest and doc[begin - 1].text.isalpha():
        begin -= 1
        wanted -= Counter(doc[begin].text[0].casefold())
    return None if wanted else (_span(doc[first : first + 1]), _span(doc[begin : first - 1]))


def _belongs_to_name(word: str) -> bool:
    return word[0].isupper() or word in _SMALL_WORDS


def _checked(text: str, short: Any, long: Any) -> tuple[Span, Span] | None:
    """Return the spans without brackets and quotes at their edges, None when one holds the other."""
    start, end = int(long.start_char), int(long.end_char)
    while end > start and text[end - 1] in f" ({_QUOTES},":
        end -= 1
    while start < end and text[start] in f" )({_QUOTES},*":
        start += 1
    if end - start <= len(short.text) or "(" in text[start:end]:
        return None
    return _span(short), Span(start, end)


def _span(tokens: Any) -> Span:
    return Span(int(tokens.start_char), int(tokens.end_char))


def _bracketed(doc: Any, text: str) -> Iterator[tuple[int, int]]:
    """Yield the token range of what stands between brackets, in linear time."""
    if "(" not in text:
        return
    opened: list[int] = []
    for index, (start, length) in enumerate(doc.to_array(["IDX", "LENGTH"]).tolist()):
        if length != 1:
            continue
        if text[start] == "(":
            opened.append(index)
        elif text[start] == ")" and opened:
            first = opened.pop() + 1
            if first > 1 and 1 <= index - first <= _LONGEST_PARENTHESIS:
                yield first, index
