"""Development codes that the text uses as drugs: "ZRV-101", and names that a drug's place tells."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.recognition.words import lower_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = re.compile(
    r"(?P<letters>[A-Z](?<![\w/.#@-][A-Z])[A-Z]{0,5}[a-z]?)(?P<dash>[-‑]?"
    r"|(?<=[A-Z]{2})[ ](?=\d{5}))(?P<digits>\d{1,8})(?P<tail>[A-Z]{0,2}(?:-\d{1,4})?)"
    r"(?![\w%.@]*[\w%@])"
)
_ODD_CODE = re.compile(r"[A-Z](?<![\w/.#@-][A-Z])[A-Z]{1,5}[-‑](?:[A-Z]{2,8}|[a-z])\d{1,4}[A-Z]?(?![\w%@]|-\w)")
"""Codes with letters behind the hyphen: believed only where the text uses them as drugs."""
_TRIAL_AFTER = re.compile(
    r"\)?,?\s+(?:an?|the|our)\s+(?:(?!in\b|of\b|for\b|with\b|that\b|to\b|from\b|under\b|being\b)[\w/-]+,?\s+){0,6}?"
    r"(?:trial|study)\b(?!\s+(?:drug|medication|treatment))"
)
_TRIAL_BEFORE = re.compile(r"\b(?:[Tt]rials?|[Ss]tudy|[Ss]tudies)(?:\s+(?:called|named|known\s+as))?\s+[(“\"]?$")
_NAME_ENDS = re.compile(r"[.,;)”\"]")
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
    r"plus|its|their|for\s+both|programs?\s+with|with\s+or\s+without|on)\s*[\s\"“(*,]*(?:[A-Z]\w+[’']s\s+)?$",
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
    r"(?:implantable|oral|topical|subcutaneous|intranasal|ophthalmic)\s|was\s+(?:generally\s+)?(?:well[\s-]tolerated|designed|administered|safe|associated|approved)|demonstrated|has\s+shown|for\s+the\s+(?:acute\s+)?treatment"
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
_NOT_CODES_TEXT = """
NCT ISRCTN COVID SARS MERS EUDRACT GRANT PMID DOI ISSN ISBN NASDAQ NYSE Q H FY ICD CPT SOX ISO USD EUR CHF CAD GBP
RULE FORM S K F N G T CO HIV HCV HBV HPV CMV RSV EBV HTLV H1N MIR LET USA UK EU US AAV CD HLA IL CRM HEK HCT HELA MKN
SNU DSM ATCC
"""
_NOT_CODES = frozenset(_NOT_CODES_TEXT.split())
_COORDINATION = re.compile(r"\s*(?:,|or|and|/|,\s*(?:or|and))\s*")
_CONTEXT = 45
_LONG_CODE = 3
_ANNOUNCING = re.compile(r"announc(?<!\wannounc)(?:e[sd]?|ing)\b")
"""In small letters."""
_PLAIN_CODE = re.compile(r"(?![A-Z]{2}\d{5}$)[A-Z]{2,3}[-‑]?(?!(?:19|20)\d\d$)\d{3,8}[A-Z]?")
_PLAINLY_OTHER = re.compile(
    r"(?:lot|batch|numbers?|no\.?|suite|abstracts?|stud(?:y|ies)|trials?|protocol|grants?|room|booth|posters?|patents?|form"
    r"|rule|section|building|code|model|strain|cell\s+line|assay|test)\s*[#:|*]*\s*$",
    re.IGNORECASE,
)
_TRIAL_NEXT = re.compile(
    r"\s+(?:\([^)]{1,30}\)\s+)?(?:(?:[Pp]hase|[Pp]ivotal|[Rr]egistrational)\s+(?:\S+\s+)?)?(?:[Cc]linical\s+)?(?:[Tt]rials?|[Ss]tud)"
)
_MUTATION_TAIL = re.compile(r"[A-Z]")
_COMPOUND = re.compile(r"[Cc](?<![\w-][Cc])ompound\s[A-Z](?![\w-])")
_CODE_SCORES = {1: 0.6, 2: 0.75, 3: 0.8}


def codes(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield every place of each code that stands as a drug somewhere in the text, and "compound A"."""
    places: dict[str, list[tuple[int, int]]] = {}
    accepted: set[str] = set()
    for match in (*_CODE.finditer(text), *_ODD_CODE.finditer(text)):
        if match.re is _ODD_CODE or _may_be_code(match):
            places.setdefault(match[0], []).append(match.span())
            if is_used_as_drug(text, *match.span()):
                accepted.add(match[0])
    if places and _ANNOUNCING.search(lower_copy(text)):
        accepted |= {code for code, spans in places.items() if _is_plain(text, code, spans)}
    _accept_partners(text, places, accepted)
    trials = {_letters(code) for code, spans in places.items() if any(_is_trial(text, *span) for span in spans)}
    for code in accepted:
        if _letters(code) in trials:
            continue
        for start, end in places[code]:
            if not _NOT_A_DRUG_AFTER.match(text, end):
                yield start, end, _CODE_SCORES[min(_digits(code), _LONG_CODE)]
    for match in _COMPOUND.finditer(text):
        yield match.start(), match.end(), _CODE_SCORES[_LONG_CODE]


def _is_trial(text: str, start: int, end: int) -> bool:
    """Whether the text says that the code is a study's: "in ZORVEX-2, a Phase 3 study", "the study ZORVEX-1"."""
    if _TRIAL_AFTER.match(text, end):
        return True
    return bool(_NAME_ENDS.match(text, end) and _TRIAL_BEFORE.search(text[max(0, start - _CONTEXT) : start]))


def _is_plain(text: str, code: str, spans: list[tuple[int, int]]) -> bool:
    """Whether a code looks like those of drugs and stands nowhere as something else."""
    return _PLAIN_CODE.fullmatch(code) is not None and not any(
        _NOT_A_DRUG_AFTER.match(text, end)
        or _TRIAL_NEXT.match(text, end)
        or _PLAINLY_OTHER.search(text[max(0, start - _CONTEXT) : start])
        for start, end in spans
    )


def _letters(code: str) -> str:
    return code.rstrip("0123456789").rstrip("-‑")


def _may_be_code(match: re.Match[str]) -> bool:
    letters, digits = match["letters"], match["digits"]
    if len(letters) == 1 and _MUTATION_TAIL.fullmatch(match["tail"]):
        return False
    if letters.upper() in _NOT_CODES or (len(letters) == 1 and len(digits) < _LONG_CODE + 1):
        return False
    return len(digits) >= _LONG_CODE or bool(match["dash"]) or (len(digits) > 1 and len(letters) > 1)


def _digits(code: str) -> int:
    return sum(char.isdigit() for char in code)


def is_used_as_drug(text: str, start: int, end: int) -> bool:
    """Whether the words beside a name speak of a drug."""
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
