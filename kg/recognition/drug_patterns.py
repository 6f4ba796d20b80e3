"""Drugs that no list knows yet: names with an INN stem, development codes and brands that the text uses as drugs."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention, SectionKind
from kg.recognition.words import is_common, load_rows, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis

_NAME = "patterns"
_WORD = re.compile(r"(?<![\w])(?:[A-Z]?[a-z]{5,}|[A-Z]{6,})(?:-[a-z]{4}(?![\w-]))?(?!\w)")
_CODE = re.compile(
    r"(?<![\w/.#@-])(?P<letters>[A-Z]{1,6}[a-z]?)(?P<dash>[-‑]?"
    r"|(?<=[A-Z]{2})[ ](?=\d{5}))(?P<digits>\d{1,8})(?P<tail>[A-Z]{0,2}(?:-\d{1,4})?)"
    r"(?![\w%.@]*[\w%@])"
)
_ODD_CODE = re.compile(r"(?<![\w/.#@-])[A-Z]{2,6}[-‑](?:[A-Z]{2,8}|[a-z])\d{1,4}[A-Z]?(?![\w%@]|-\w)")
"""Codes with letters behind the hyphen: believed only where the text uses them as drugs."""
_TRIAL_AFTER = re.compile(
    r"\)?,?\s+(?:an?|the|our)\s+(?:(?!in\b|of\b|for\b|with\b|that\b|to\b|from\b|under\b|being\b)[\w/-]+,?\s+){0,6}?"
    r"(?:trial|study)\b(?!\s+(?:drug|medication|treatment))"
)
_TRIAL_BEFORE = re.compile(r"\b(?:[Tt]rials?|[Ss]tudy|[Ss]tudies)(?:\s+(?:called|named|known\s+as))?\s+[(“\"]?$")
_NAME_ENDS = re.compile(r"[.,;)”\"]")
_BRAND = re.compile(r"(?<![\w-])(?P<name>[A-Z][A-Za-z]{2,}(?:[- ][A-Z0-9][A-Za-z0-9]*){0,2}?)\s?(?:\[?[®™]\]?)")
_GENERIC_NEXT = re.compile(r"\s?(?:\[?[®™]\]?)?\s*\((?P<generic>[a-z][a-z-]{4,}(?:[ /][a-z0-9-]+){0,4})[),;]")
_BEFORE = re.compile(
    r"(?:treatment\s+(?:with|of)|treated\s+with|receiv(?:e|ed|ing)|combination\s+with|conjunction\s+with"
    r"|administ(?:er|ered|ration\s+of)|"
    r"inhibitors?|agonists?|antagonists?|modulators?|antibod(?:y|ies)|vaccines?(?:\s+candidates?)?|candidates?"
    r"|compounds?|drugs?|"
    r"agents?|medicines?|therap(?:y|ies)|molecules?|asset|product|doses?\s+of|(?:mg|mcg|µg)\s+of|efficacy\s+of"
    r"|safety\s+of|"
    r"(?:trials?|study|studies|data|results|development|program|evaluation|application|approval|use|launch|sales"
    r"|portfolio)\s+(?:of|for|with)|"
    r"evaluat(?:e|es|ed|ing)|investigating|study(?:ing)?|developing|commerciali[sz](?:e|ed|ing)|marketed\s+as"
    r"|sold\s+as|named|"
    r"known\s+as|called|brand\s+name|investigational|approved|approves?|of\s+its|asset,?|mediated\s+by|placebo\s+or"
    r"|versus|vs\.?|"
    r"plus|with\s+or\s+without|on)\s*[\s\"“(*,]*(?:[A-Z]\w+[’']s\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[®™\])*]*\s*(?:,\s+(?:an?|the|our|its)\s+(?:[\w/-]+,?\s+){0,8}?(?:inhibitors?|antibod(?:y|ies)|agonists?"
    r"|antagonists?|vaccines?|"
    r"candidates?|(?:immuno|radio)?therap(?:y|ies)|drugs?|molecules?|compounds?|modulators?|conjugates?|degraders?|oligonucleotides?"
    r"|medicines?|peptides?|"
    r"treatments?|products?|formulation|radioligand|engager)\b|\s*(?:mg|mcg|tablets?|capsules?|injections?|infusions?"
    r"|therapy|arms?|groups?|"
    r"treatment|monotherapy|monohydrate|hydrochloride|cohort|dosing|program"
    r"|is\s+an?\s+(?:[\w/-]+,?\s+){0,6}?(?:investigational|inhibitor|"
    r"antibody|agonist|antagonist|oral|novel|selective|first|small|potent|human|therapy|vaccine|candidate|drug"
    r"|medicine|compound)|"
    r"was\s+(?:generally\s+)?(?:well[\s-]tolerated|designed|administered|safe|associated|approved)|demonstrated"
    r"|did\s+not|"
    r"in\s+(?:patients|combination|adults|healthy|subjects|people|participants)|(?:reduced|showed|improved|met"
    r"|inhibits?|targets?|activates?)\b)|"
    r"\s*\([a-z]{5,})"
)
_NOT_A_DRUG_AFTER = re.compile(
    r"\s?(?:\[?[®™]\]?)?\s*(?:[Pp]latforms?|[Tt]echnolog(?:y|ies)|[Dd]evices?|[Ss]ystems?|[Tt]ests?|[Aa]ssays?"
    r"|[Kk]its?|[Ss]oftware|[Ss]canners?|"
    r"[Tt]rials?|TRIAL|[Ss]tud(?:y|ies)|STUDY|[Cc]ell\s+lines?|cells|[Mm]agazine|[Ll]aser|[Aa]pp\b|[Ss]cale"
    r"|[Pp]robes?|[Ss]ensors?|[Pp]umps?|"
    r"[Cc]linical\s+(?:trial|study)|mice|mouse|rats?|strain|variant|mutation|receptor|protein|gene\b)"
)
_NOT_CODES = frozenset(
    [
        "NCT",
        "ISRCTN",
        "COVID",
        "SARS",
        "MERS",
        "EUDRACT",
        "GRANT",
        "PMID",
        "DOI",
        "ISSN",
        "ISBN",
        "NASDAQ",
        "NYSE",
        "Q",
        "H",
        "FY",
        "ICD",
        "CPT",
        "SOX",
        "ISO",
        "USD",
        "EUR",
        "CHF",
        "CAD",
        "GBP",
        "RULE",
        "FORM",
        "S",
        "K",
        "F",
        "N",
        "G",
        "T",
        "CO",
        "HIV",
        "HCV",
        "HBV",
        "HPV",
        "CMV",
        "RSV",
        "EBV",
        "HTLV",
        "H1N",
        "MIR",
        "LET",
        "USA",
        "UK",
        "EU",
        "US",
        "AAV",
        "CD",
        "HLA",
        "IL",
    ]
)
_COORDINATION = re.compile(r"\s*(?:,|or|and|/|,\s*(?:or|and))\s*")
_GENE_WORD = re.compile(r"(?<!\w)([A-Za-z]{4,}gene)[ ]$")
_SECOND_WORD = re.compile(
    r"[ ](?:[a-z]{2,}(?:dotin|tecan|tesirine|ogamicin|tansine|bulin)|alfa|pegol|"
    r"[a-z]{2,}(?:leucel|parvovec|lentivec|repvec))(?![\w-])"
)
_CONTEXT = 45
_LONG_CODE = 3
_CODE_SCORES = {1: 0.6, 2: 0.75, 3: 0.8}
_TRUSTED = 0.85


class DrugPatternRecognizer:
    """Finds drugs by the shape of their names and by what the text does with them."""

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        """Return the mentions in text order."""
        text = analysis.document.text
        contacts = [s for s in analysis.sentences if s.section is SectionKind.CONTACT]
        found: dict[tuple[int, int], float] = {}
        for start, end, score in (*_stems(text), *_codes(text), *_brands(text)):
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
def _stem_pattern() -> re.Pattern[str]:
    pieces = [rf"[a-z]{{{fewest},}}{stem}" for stem, fewest, _ in load_rows("inn_stems")]
    return re.compile(rf"(?:{'|'.join(pieces)})(?:-[a-z]{{4}})?")


@lru_cache(maxsize=1 << 16)
def is_inn(word: str) -> bool:
    """Whether a word has the ending of a non-proprietary drug name and is not plain English.

    >>> is_inn("Zorvelimab"), is_inn("peptide"), is_inn("ustekinumab-aekn")
    (True, False, True)
    """
    lower = word.lower()
    return (
        _stem_pattern().fullmatch(lower) is not None and lower not in load_words("not_drugs") and not is_common(lower)
    )


def _stems(text: str) -> Iterator[tuple[int, int, float]]:
    reached = 0
    for match in _WORD.finditer(text):
        if match.start() >= reached and is_inn(match[0]):
            start, reached, score = _with_neighbours(text, *match.span())
            yield start, reached, score


def _with_neighbours(text: str, start: int, end: int) -> tuple[int, int, float]:
    """Return the span with the words that complete it: "etranacogene dezaparvovec", "zorvelimab vedotin"."""
    before = _GENE_WORD.search(text[max(0, start - _CONTEXT) : start])
    after = _SECOND_WORD.match(text, end)
    return start - len(before[0]) if before else start, after.end() if after else end, _TRUSTED


def _codes(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield every place of each code that stands as a drug somewhere in the text."""
    places: dict[str, list[tuple[int, int]]] = {}
    accepted: set[str] = set()
    for match in (*_CODE.finditer(text), *_ODD_CODE.finditer(text)):
        if match.re is _ODD_CODE or _may_be_code(match):
            places.setdefault(match[0], []).append(match.span())
            if _is_used_as_drug(text, *match.span()):
                accepted.add(match[0])
    _accept_partners(text, places, accepted)
    trials = {_letters(code) for code, spans in places.items() if any(_is_trial(text, *span) for span in spans)}
    for code in accepted:
        if _letters(code) in trials:
            continue
        for start, end in places[code]:
            if not _NOT_A_DRUG_AFTER.match(text, end):
                yield start, end, _CODE_SCORES[min(_digits(code), _LONG_CODE)]


def _is_trial(text: str, start: int, end: int) -> bool:
    """Whether the text says that the code is a study's: "in ZORVEX-2, a Phase 3 study", "the study ZORVEX-1"."""
    if _TRIAL_AFTER.match(text, end):
        return True
    return bool(_NAME_ENDS.match(text, end) and _TRIAL_BEFORE.search(text[max(0, start - _CONTEXT) : start]))


def _letters(code: str) -> str:
    return code.rstrip("0123456789").rstrip("-‑")


def _may_be_code(match: re.Match[str]) -> bool:
    letters, digits = match["letters"], match["digits"]
    if letters.upper() in _NOT_CODES or (len(letters) == 1 and len(digits) < _LONG_CODE + 1):
        return False
    return len(digits) >= _LONG_CODE or bool(match["dash"]) or (len(digits) > 1 and len(letters) > 1)


def _digits(code: str) -> int:
    return sum(char.isdigit() for char in code)


def _is_used_as_drug(text: str, start: int, end: int) -> bool:
    if _NOT_A_DRUG_AFTER.match(text, end):
        return False
    return bool(_BEFORE.search(text, max(0, start - _CONTEXT), start) or _AFTER.match(text, end))


def _accept_partners(text: str, places: dict[str, list[tuple[int, int]]], accepted: set[str]) -> None:
    """Accept codes that an accepted one is coordinated with, or shares its letters with: "ABC-1 or XYZ2407"."""
    families = {_family(code) for code in accepted if _digits(code) > 1}
    accepted |= {code for code in places if _family(code) in families}
    spans = sorted((span, code) for code, found in places.items() for span in found)
    for (left_span, left), (right_span, right) in pairwise(spans):
        between = text[left_span[1] : right_span[0]]
        if _COORDINATION.fullmatch(between) and (left in accepted) != (right in accepted):
            accepted |= {left, right}


def _family(code: str) -> str:
    """Return the letters of a code and how many digits follow: one company's codes look alike."""
    return re.sub(r"\d", "0", code)


def _brands(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield names with a registered or trade mark, and names before a bracketed generic one."""
    for match in _BRAND.finditer(text):
        start, end = match.span("name")
        if is_common(match["name"]) and not _GENERIC_NEXT.match(text, end):
            continue
        if _is_used_as_drug(text, start, end):
            yield start, end, 0.7
    for match in re.finditer(r"(?<![\w-])[A-Z][A-Za-z]{3,}(?=\s?(?:\[?[®™]\]?)?\s*\([a-z])", text):
        generic = _GENERIC_NEXT.match(text, match.end())
        if generic is not None and any(is_inn(word) for word in generic["generic"].split()):
            yield match.start(), match.end(), 0.9
