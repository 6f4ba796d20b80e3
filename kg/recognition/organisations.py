"""Organisations: names with a mark of being one, then every later form of those names in the document."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention, SectionKind
from kg.recognition import organisation_patterns as marks
from kg.recognition.organisation_aliases import Found, introduced, longest
from kg.recognition.organisation_names import (
    first_word,
    is_all_common,
    is_in_journal,
    lower_case_name,
    short_forms,
    walk_left,
    without_address,
    without_article,
)
from kg.recognition.organisation_roles import by_role
from kg.recognition.spans import occurrences
from kg.recognition.words import alternatives, is_common, load_rows, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis, Sentence

_NAME = "organisations"
_HEADLINES = (SectionKind.TITLE, SectionKind.HEADING)
_CERTAIN = 0.95
_LONG_HEAD = 3
_INNER_BODY = re.compile(
    r"(?:[\w’'.]+[\s,&]+)*(?:Compensation|Audit|Technology|Compliance|Steering|Safety|Nominating"
    r"|Governance|Ethics|Executive|Finance|"
    r"Monitoring|Review|Organizing)\s+Committee|(?:\w+\s)?Customer\s+Service|.*\bBoard\s+of\s+Directors"
)
_CAPITAL_WORD = re.compile(r"(?<![\w.-])[A-Za-z]*[A-Z][A-Za-z]{3,}(?![\w-])")
_GLUED = ("that", "has", "will", "and", "with", "is", "in")
_LOST_SPACE_BEHIND = re.compile(rf"(?:{'|'.join(_GLUED)})$")
_GOES_ON = re.compile(
    r"\s+(?:Magazine|Awards?|Prize|Journal|Conference|Congress|Summit|Litigation|Act|Week|Day|Forum|Meeting)\b"
)
_CAPITAL_NEXT = re.compile(r" [A-Z][a-z]+\b")
_TWO_CAPITALS = re.compile(r"[A-Z]{2}")
_OWNED = re.compile(r"\b(?:its|their|our|an?)\s+(?:\S+\s+)?$", re.IGNORECASE)
_OWNED_WINDOW = 40
_CODED = re.compile(r".*\b[A-Z]+-?\d{3}")
_DEFINED = re.compile(r"\s\([“\"][\w&. ]{2,30}[”\"]\)")
_OWNER = re.compile(
    r"(?:[A-Z]{2,5}|.*\b(?:Agency|Administration|Commission|Organization|Department|Ministry))['’]s\s+", re.DOTALL
)
_JOURNAL = re.compile(
    r"\b(?:Journal|Lancet|Annals|Archives|Proceedings|Reviews?|JAMA|NEJM)\b|^(?:Nature|Science|Cell)\b"
)
_PERSON_MARK = re.compile(r",?\s+(?:M\.?D|Ph\.?D|Pharm\.?D|MBA|CPA|Esq|Jr)\b")
_PRODUCT_AFTER = re.compile(
    r"\s?[®™]|\s*\((?:[a-z]{4,}(?:mab|nib|tide|gene|ine|one|ol|stat|vir|cept)\b|formerly\s+[A-Z]+-?\d)"
)
_WIRES = frozenset(
    {"GLOBE NEWSWIRE", "GlobeNewswire", "PRNewswire", "PR Newswire", "BUSINESS WIRE", "Business Wire", "Accesswire"}
)


class OrganisationRecognizer:
    """Finds companies, regulators, universities, exchanges and agencies by how the text marks them."""

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        """Return the mentions in text order; they do not overlap."""
        text = analysis.document.text
        found = [item for sentence in analysis.sentences for item in _in_sentence(text, sentence)]
        found += introduced(text, found, analysis)
        found = [
            replace(item, end=without_address(text, item.start, item.end))
            for item in found
            if _is_organisation(text, item) and not is_in_journal(text, item.start)
        ]
        names = _names(text, found)
        found += _everywhere(text, names)
        return tuple(_mention(text, item) for item in longest(found))


def _in_sentence(text: str, sentence: Sentence) -> Iterator[Found]:
    title_case = sentence.section in _HEADLINES
    yield from _known(text, sentence)
    yield from _with_legal_form(text, sentence, title_case=title_case)
    yield from _with_head(text, sentence, title_case=title_case)
    yield from _institutions(text, sentence, title_case=title_case)
    yield from by_role(text, sentence, title_case=title_case)


@cache
def _known_pattern() -> re.Pattern[str]:
    names = alternatives((row[0] for row in load_rows("known_organisations")), not_behind=r"[\w-]")
    return re.compile(rf"(?:U(?<![\w-]U)\.?[SK]\.?\s+(?:{names})|{names})(?![\w])")


def _known(text: str, sentence: Sentence) -> Iterator[Found]:
    for match in _known_pattern().finditer(text, sentence.start, sentence.end):
        yield Found(match.start(), match.end(), 0.9)
    companies = load_words("company_names")
    for match in _CAPITAL_WORD.finditer(text, sentence.start, sentence.end):
        name = match[0]
        if name not in companies and name.endswith(_GLUED):
            name = _LOST_SPACE_BEHIND.sub("", name)
        if name in companies and not _PRODUCT_AFTER.match(text, match.end()):
            yield Found(match.start(), match.start() + len(name), 0.8)


def _with_legal_form(text: str, sentence: Sentence, *, title_case: bool) -> Iterator[Found]:
    for match in marks.LEGAL_FORM.finditer(text, sentence.start, sentence.end):
        if _is_part_of_name(text, match):
            continue
        start = walk_left(text, sentence.start, match.start(), title_case=title_case)
        if start is None:
            start = lower_case_name(text, sentence.start, match.start(), match["form"])
        if (
            start is None
            or is_all_common(text[start : match.start()])
            or _is_shouting(text, start, match.end(), sentence)
        ):
            continue
        yield Found(without_article(text, start, match.end()), match.end(), 0.98)


def _is_part_of_name(text: str, match: re.Match[str]) -> bool:
    """Whether two capitals that could be a legal form begin another name: "AB Science"."""
    if _TWO_CAPITALS.fullmatch(match["form"]) is None:
        return False
    if match["form"] == "NV" and match[0].startswith(","):
        return True
    return _CAPITAL_NEXT.match(text, match.end()) is not None and marks.HEADLINE_VERB.match(text, match.end()) is None


def _is_shouting(text: str, start: int, end: int, sentence: Sentence) -> bool:
    """Whether a two-letter legal form stands in an all-caps headline, where "AS" and "SA" are just words."""
    form = text[start:end].split()[-1]
    return len(form) <= len("AS") and form.isupper() and text[sentence.start : sentence.end].isupper()


def _with_head(text: str, sentence: Sentence, *, title_case: bool) -> Iterator[Found]:
    for match in marks.HEAD.finditer(text, sentence.start, sentence.end):
        start = walk_left(text, sentence.start, match.start(), title_case=title_case, stop_at=("'s", "’s"))
        if start is None:
            continue
        start = without_article(text, start, match.end())
        words = [word.strip(",.") for word in text[start : match.start()].split()]
        common = sum(is_common(word) for word in words)
        own = common < len(words) if match["strong"] is not None else _DEFINED.match(text, match.end()) is not None
        if own:
            yield Found(start, match.end(), 0.9)
        elif (
            match["weak"] is not None
            and common == 0
            and not _OWNED.search(text, max(0, start - _OWNED_WINDOW), start)
            and text[start : match.start()] not in load_words("places")
            and not (_GOES_ON if title_case else _CAPITAL_NEXT).match(text, match.end())
        ):
            yield Found(start, match.end(), 0.7)


def _institutions(text: str, sentence: Sentence, *, title_case: bool) -> Iterator[Found]:
    for match in marks.INSTITUTION.finditer(text, sentence.start, sentence.end):
        start = walk_left(text, sentence.start, match.start(), title_case=False, stop_at=(",",))
        tail = match["tail"]
        if start is None and not tail and len(match["head"].split()) < _LONG_HEAD:
            continue
        start = match.start() if start is None else without_article(text, start, match.end())
        start = owner.end() if (owner := _OWNER.match(text, start, match.start())) else start
        if title_case:
            start = max([start, *(verb.end() + 1 for verb in marks.HEADLINE_VERB.finditer(text, start, match.start()))])
        cut = marks.POSSESSIVE.search(tail) or _CODED.match(tail)
        tail = tail if cut is None else tail[: cut.start()]
        end = match.start("tail") + len(tail)
        name = text[start:end]
        proper = " " in match["head"] or not is_all_common(name) or len(name.split()) > 2 + 1
        if (
            _INNER_BODY.fullmatch(text, start, match.end("head"))
            or not proper
            or (title_case and not tail and is_common(name.split()[0]))
        ):
            continue
        yield Found(start, end, 0.8)


def _is_organisation(text: str, item: Found) -> bool:
    name = text[item.start : item.end]
    if name in _WIRES or any(name.startswith(wire) for wire in _WIRES) or name in load_words("places"):
        return False
    if item.score < _CERTAIN and (_PERSON_MARK.match(text, item.end) or _PRODUCT_AFTER.match(text, item.end)):
        return False
    return item.score >= _CERTAIN or not _JOURNAL.search(name) or name.endswith(("Sciences", "Reports"))


def _names(text: str, found: Sequence[Found]) -> dict[str, float]:
    """Return the names and short forms to look for, each with the score of its best evidence."""
    names: dict[str, float] = {}
    for item in found:
        if item.score >= _CERTAIN:
            names.update(first_word(text, text[item.start : item.end]))
    for item in found:
        name = text[item.start : item.end]
        names[name] = max(names.get(name, 0.0), item.score)
        if item.score >= 0.7:
            for short in short_forms(name):
                names[short] = max(names.get(short, 0.0), item.score - 0.05)
    return names


def _is_ticker(text: str, start: int, end: int) -> bool:
    """Whether the name stands as a stock symbol: "(NYSE: ABC)"."""
    return text[start:end].isupper() and text[max(0, start - 2) : start].rstrip().endswith(":")


def _everywhere(text: str, names: dict[str, float]) -> Iterator[Found]:
    """Yield every place where one of the names stands, also in capitals; the longest name first."""
    if not names:
        return
    scores = dict(names)
    for name, score in names.items():
        if len(name) > len("abc"):
            scores.setdefault(name.upper(), score)
    for start, end in occurrences(text, scores):
        name = text[start:end]
        score = scores.get(name) or scores.get(" ".join(name.split()), 0.0)
        if score and not _PRODUCT_AFTER.match(text, end) and not _is_ticker(text, start, end):
            yield Found(start, end, score)


def _mention(text: str, item: Found) -> Mention:
    name = text[item.start : item.end]
    return Mention(item.start, item.end, name, EntityType.ORGANISATION, (_NAME,), item.score)
