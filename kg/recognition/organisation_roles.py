"""Organisations told by what they do: they speak, act in a headline, are somebody's employer or partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.recognition import organisation_patterns as marks
from kg.recognition.organisation_aliases import Found
from kg.recognition.organisation_names import is_name, without_article

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from kg.model import Sentence


def by_role(text: str, sentence: Sentence, *, title_case: bool) -> Iterator[Found]:
    """Yield lone names that speak, act in a headline, are somebody's employer or partner."""
    start, end = sentence.start, sentence.end
    matches: list[tuple[int, int]] = []
    if title_case:
        subject = marks.HEADLINE_SUBJECT.match(text, start, end)
        if subject is not None:
            matches += [subject.span(group) for group in ("first", "second", "third") if subject[group]]
    matches += [match.span("name") for match in marks.ROLE.finditer(text, start, end)]
    matches += [match.span("name") for match in _speakers(text, start, end)]
    matches += [match.span("name") for match in marks.PARTNER.finditer(text, start, end)]
    if marks.IS_A.search(text, start, end):
        matches += [match.span("name") for match in marks.COMPANY_SENTENCE.finditer(text, start, end)]
    if any(text.find(word, start, end) >= 0 for word in ("consortium", "alliance", "collaborative")):
        yield from _joint_works(text, start, end)
    if text.find("known", start, end) >= 0:
        matches += [match.span("name") for match in marks.KNOWN_AS.finditer(text, start, end)]
    for first, last in matches:
        first = without_article(text, first, last)
        if marks.PERSON_SUBJECT.match(text[first:last]):
            continue
        office = marks.OFFICE.search(text, first, last)
        last = last if office is None else office.start()
        possessive = marks.POSSESSIVE.search(text[first:last])
        last = first + possessive.start() if possessive is not None else last
        if is_name(text[first:last]):
            yield Found(first, last, 0.6)


def _speakers(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield names that say something, where a sentence begins or behind a dash."""
    places = [edge.end() for edge in marks.SPEECH_EDGE.finditer(text, max(0, start - 2), end)]
    reached = start
    for place in places if start else [0, *places]:
        match = marks.SPEAKS.match(text, place, end) if place >= reached else None
        if match is not None:
            reached = match.end()
            yield match


def _joint_works(text: str, start: int, end: int) -> Iterator[Found]:
    """Yield what is called a consortium or an alliance; its name may be of plain words, as it is told what it is."""
    for match in marks.CONSORTIUM.finditer(text, start, end):
        first, last = match.span(match.lastgroup or 0)
        first = without_article(text, first, last)
        if " " in text[first:last]:
            yield Found(first, last, 0.7)
