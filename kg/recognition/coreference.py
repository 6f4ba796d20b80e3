"""Phrases that stand for something named before: "the Company", "this compound", "the disease", a clear "it" or "its".

Careful by design: where two names could be meant, no mention is made.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention, Span
from kg.recognition.organisation_patterns import COMPANY_BRACKET, TICKER
from kg.recognition.words import load_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis, Sentence

_NAME = "coreference"
_THE_COMPANY = re.compile(r"[Tt](?<![\w“\"‘'][Tt])he\s+Company(?=\W)(?![”\")])")
_A_COMPANY = re.compile(
    r"[Tt](?<![\w“\"‘'][Tt])he\s+(?:company|drugmaker|biotech|drug\s+maker|pharmaceutical\s+company)(?=\W)"
)
_DRUG = re.compile(
    r"[Tt](?<!\w[Tt])h(?:is|e\s+study|e)\s+(?:(?:important|new|novel|investigational|promising|oral)\s+){0,2}"
    r"(?:drug|compound|therapy|medicine|product|agent|molecule|medication)(?!\s+(?:candidates?|administration"
    r"|products?|developers?|"
    r"development|company|maker|companies|application|discovery|class|substance|interactions?|label|supply|delivery)"
    r"|[\w-])"
)
_DISEASE = re.compile(
    r"[Tt](?<!\w[Tt])h(?:is|e)\s+(?:\w+ing\s+|rare\s+|serious\s+)?(?:disease|condition|disorder|indication)(?![\w-]"
    r"|\s+(?:progression|activity|control|course|modifying|burden|area|severity|state))"
)
_IT = re.compile(r"(?:It|Its)(?=\s)")
_ITS = re.compile(r"it(?<=\sit)s?(?=\s)")
_PUBLIC = re.compile(
    r"\b(?:Universit|Hospital|Institute|Agency|Administration|Commission|Committee|Society|Association|Ministry"
    r"|Exchange|Market)"
)
_SUBJECT_GAP = 4
_NEAR = 400
_SCORE = 0.7


def find_coreferences(analysis: Analysis, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the phrases that stand for a mention; ``mentions`` are in text order."""
    text = analysis.document.text
    organisations = [one for one in mentions if one.type is EntityType.ORGANISATION and _is_company(one.text)]
    issuer = _issuer(text, organisations)
    if issuer is not None:
        for match in _THE_COMPANY.finditer(text):
            yield _mention(match, issuer)
    for match in _A_COMPANY.finditer(text):
        yield from _nearest(match, organisations)
    for pattern, entity_type in ((_DRUG, EntityType.DRUG), (_DISEASE, EntityType.DISEASE)):
        named = [one for one in mentions if one.type is entity_type]
        for match in pattern.finditer(text):
            if not any(one.start < match.end() and match.start() < one.end for one in mentions):
                yield from _nearest(match, named)
    yield from _pronouns(analysis, mentions)


def _issuer(text: str, organisations: Sequence[Mention]) -> Mention | None:
    """Return what the text calls "the Company": by definition, by its ticker, else by far the most named."""
    ends = {one.end: one for one in organisations}
    for pattern in (COMPANY_BRACKET, TICKER):
        defined = [ends[match.start()] for match in pattern.finditer(text) if match.start() in ends]
        if len({one.text for one in defined}) == 1:
            return defined[0]
    counts: dict[str, list[Mention]] = {}
    for one in organisations:
        counts.setdefault(one.text.split()[0].strip(",").casefold(), []).append(one)
    ranked = sorted(counts.values(), key=lambda group: (-len(group), group[0].start))
    if not ranked or (len(ranked) > 1 and len(ranked[0]) < 2 * len(ranked[1])):
        return None
    return max(ranked[0], key=lambda one: (len(one.text), -one.start))


@cache
def _public_bodies() -> frozenset[str]:
    return frozenset(row[0] for row in load_rows("known_organisations") if row[1] != "company")


def _is_company(name: str) -> bool:
    return " ".join(name.split()) not in _public_bodies() and not _PUBLIC.search(name)


def _nearest(match: re.Match[str], named: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the phrase when only one name of its kind stands in the text shortly before it."""
    before = [one for one in named if match.start() - _NEAR <= one.start and one.end <= match.start()]
    if not before:
        return
    last = before[-1]
    close = [one for one in before if one.start >= last.start - _NEAR // 2]
    if len({_same(one.text) for one in close}) == 1:
        yield _mention(match, last)


def _same(name: str) -> str:
    return name.split()[0].casefold().rstrip("s,")


def _pronouns(analysis: Analysis, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield "It" after a sentence with a clear subject, and "its" in a sentence whose subject is one name."""
    text = analysis.document.text
    subject: Mention | None = None
    index = 0
    for sentence in analysis.sentences:
        while index < len(mentions) and mentions[index].start < sentence.start:
            index += 1
        opening = _IT.match(text, sentence.start)
        if opening is not None and subject is not None:
            yield _mention(opening, subject)
        else:
            subject = _subject(text, sentence, mentions[index : index + 2])
        if subject is not None:
            yield from _possessives(text, sentence, subject, mentions[index:])


def _subject(text: str, sentence: Sentence, first: Sequence[Mention]) -> Mention | None:
    """Return the one drug or organisation that begins the sentence; two that stand together are no "it"."""
    if not first or first[0].start - sentence.start > _SUBJECT_GAP:
        return None
    if len(first) > 1 and text[first[0].end : first[1].start].strip(" ,") in ("and", "or", "&", ""):
        return None
    return first[0] if first[0].type in (EntityType.DRUG, EntityType.ORGANISATION) else None


def _possessives(text: str, sentence: Sentence, subject: Mention, following: Sequence[Mention]) -> Iterator[Mention]:
    for match in _ITS.finditer(text, sentence.start, sentence.end):
        rivals = {
            _same(one.text)
            for one in following
            if one.start < match.start() and one.type in (EntityType.ORGANISATION, EntityType.DRUG)
        }
        if rivals <= {_same(subject.text)}:
            yield _mention(match, subject)


def _mention(match: re.Match[str], antecedent: Mention) -> Mention:
    return Mention(
        match.start(),
        match.end(),
        match[0],
        antecedent.type,
        (_NAME,),
        _SCORE,
        coreference=True,
        antecedent=Span(antecedent.start, antecedent.end),
    )
