"""Reads numeric claims: how many, how often, how long, how much, of whom, and what the number measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kg.model import Claim, Evidence, SectionKind
from kg.statements.context import SentenceContext
from kg.statements.quantities import COMPARATOR, number_pattern, read_quantity, unit_of
from kg.statements.view import lower_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.model import LinkedMention
    from kg.statements.topics import Topics
    from kg.statements.view import SentenceView

_PEOPLE = (
    r"(?:patients?|people|adults?|children|subjects?|participants?|individuals?|women|men|volunteers?|adolescents?|infants?|persons?|americans?|recipients?|"
    r"survivors?|new cases|cases|deaths|diagnoses|births|males|females|girls|boys|responders?|those|europeans|carriers|households)"
)
_DIGIT = re.compile(r"\d")
_CLAUSE_END = re.compile(r"[.;:](?:\s|$)|,\s+(?:with|and|while|which|compared|versus|but|where|according|respectively|or)\b|\s(?:compared|versus|vs\.?|while|whereas|but|according)\b|\)|$")
_VERB = re.compile(
    r"\s(?:will|would|may|can|could|are|is|was|were|had|have|has|do|did|does|survived?|survives?|achiev\w+|experienc\w+|respond\w*|relaps\w+|discontinu\w+|die[sd]?|develop\w*|suffer\w*|report\w*|show\w*|receiv\w+|live[sd]?|progress\w*|complet\w+|reach\w*|met|remain\w*|maintain\w*|recover\w*|fail\w*|need\w*|require\w*)\b"
)
_PLACE = re.compile(r"\b(?:in|across|within)\s+(?:the\s+)?(?:u\.?s\.?a?\b\.?|united states|eu\b|european union|europe|u\.?k\.?\b|united kingdom|japan|china|worldwide|germany|france|canada|australia|america|the world|north america|western europe|asia)|\b(?:worldwide|globally|nationwide|annually worldwide)\b")
_PERIOD = re.compile(r"\s*(?:(?:occurring|diagnosed|reported|treated|are|is|being|newly|will|be|were)\s+){0,4}(?:per|each|every|a|/)\s*(?P<period>year|month|week|day|annum)\b|\s*(?:\w+\s+){0,5}?(?P<annual>annually|yearly)\b")
_SMALL = frozenset(
    ["of", "in", "at", "by", "to", "the", "a", "an", "s", "up", "and", "or", "during", "with", "for", "from", "on", "was", "were", "is", "are", "which", "that", "than", "over", "as", "about"]
)
_PERIODS = {"year": "a", "annum": "a", "month": "mo", "week": "wk", "day": "d"}


@dataclass(frozen=True, slots=True)
class ClaimPattern:
    """One form of numeric claim."""

    name: str
    pattern: re.Pattern[str]
    unit: str | None = None
    statistic: str | None = None
    measures: str | None = None


@cache
def _patterns() -> tuple[ClaimPattern, ...]:
    number, plain = number_pattern(), r"(?P<first>-?\d*\.\d+|\d+)"
    sep = r"\s*(?:[=:,(]|was|of|were|is|for\b[^.;]{0,60}?\bwas)?\s*(?:of\s+)?"
    make = re.compile
    return (
        ClaimPattern("interval", make(rf"\b(?P<level>9[059](?:\.\d)?)\s*%\s*(?:ci|confidence intervals?|cri)\b\s*(?:\(ci\))?\s*[:=,\[(]*\s*(?P<first>-?\d+\.?\d*)\s*%?\s*(?:-|–|—|to|,|;)\s*(?P<second>-?\d+\.?\d*)"), None, "confidence interval"),
        ClaimPattern("p-value", make(r"(?<![\w-])(?:nominal\s+)?p(?:[- ]value)?\s*(?:of|was|is)?\s*(?P<comparator><=|>=|[=<>≤≥])?\s*(?P<first>0?\.\d+|1\.0+)"), "1", "p-value", "p-value"),
        ClaimPattern("hazard ratio", make(rf"\b(?:hazard ratio|hr)\b\s*(?:\[?\(?hr\)?\]?)?{sep}{plain}"), "1", "hazard ratio", "hazard ratio"),
        ClaimPattern("ratio", make(rf"\b(?P<what>odds ratio|relative risk|risk ratio|rate ratio|rr|or)\b\s*(?:\((?:or|rr)\))?\s*[=:,(]\s*{plain}"), "1", "ratio"),
        ClaimPattern("sample size", make(r"(?<![\w-])n\s*=\s*(?P<first>\d[\d,]*)"), "{patients}", "count", "number of patients"),
        ClaimPattern("money", make(rf"{COMPARATOR}(?P<currency>\$|us\$|usd|€|eur|£|gbp|¥)\s*{number}(?!\s*(?:per|a) share)"), None, None, "money"),
        ClaimPattern("median", make(rf"\b(?P<what>(?:median|mean|average)\s+(?:[a-z()'-]+\s+){{0,8}}?)(?:of|was|being|is|were|:|=|at|reached)\s+(?:(?:only|just|about|approximately|nearly|over|more than|less than)\s+)?{number}\s*(?P<unit>-?months?|-?years?|-?days?|-?weeks?|-?hours?|%|points?|mg/dl|kg)(?!\w)")),
        ClaimPattern("share", make(rf"{COMPARATOR}{number}\s*(?P<unit>percentage[- ]points?|%|percent\b|per cent\b)")),
        ClaimPattern("people", make(rf"{COMPARATOR}{number}\s+(?P<what>(?:[a-z][\w'-]*\s+){{0,5}}?{_PEOPLE})\b(?!\s*[-/])")),
        ClaimPattern("dose", make(rf"{COMPARATOR}{number}\s*-?(?P<unit>mg/kg/day|mg/kg|mg/m2|mg/m²|mg/day|mcg/kg|[µμ]g/kg|[µμ]g|mcg|mg|iu|ng/ml|mg/dl|mmol/l|nmol/l|[µμ]m|nm|g|ml|kg|gy|mm ?hg)(?![\w/])")),
        ClaimPattern("duration", make(rf"{COMPARATOR}{number}\s*-?\s?(?P<unit>months?|years?|weeks?|days?|hours?|-?fold|-?points?)(?!\w)")),
    )


def iter_claims(views: Iterable[SentenceView], topics: Topics) -> Iterator[Claim]:
    """Yield the numeric claims of a document in text order."""
    for view in views:
        if view.section in (SectionKind.FORWARD_LOOKING, SectionKind.CONTACT, SectionKind.REFERENCES) or not _DIGIT.search(view.text):
            continue
        yield from _claims_of(view, topics)


def _claims_of(view: SentenceView, topics: Topics) -> Iterator[Claim]:
    line = lower_line(view.text)
    taken: list[tuple[int, int]] = []
    claims: list[Claim] = []
    for form in _patterns():
        for match in form.pattern.finditer(line):
            low, high = match.span()
            digits = match.start("first")
            if any(start < high and digits < end for start, end in taken):
                continue
            claim = _READERS.get(form.name, _plain)(form, match, line, view)
            if claim is not None:
                taken.append((digits, high))
                claims.append(claim)
    claims.sort(key=lambda claim: claim.start)
    context = SentenceContext(view)
    place = next(iter(_PLACE.findall(line)), None)
    for claim in claims:
        yield _complete(claim, claims, view, topics, context, place)


def _base(form: ClaimPattern, match: re.Match[str], view: SentenceView, start: int | None = None, end: int | None = None) -> Claim:
    low = match.start("first") if start is None else start
    comparator = match.start("comparator") if "comparator" in match.re.groupindex else -1
    low = comparator if 0 <= comparator < low else low
    low += len(view.text[low:]) - len(view.text[low:].lstrip())
    quantity = read_quantity(match)
    high = end or match.end()
    high = low + len(view.text[low:high].rstrip(" ,"))
    evidence = Evidence(view.start, view.end, view.text, f"claim:{form.name.replace(' ', '-')}", 0.75)
    return Claim(
        view.start + low, view.start + high, evidence, quantity.value, quantity.low, quantity.high,
        form.unit, quantity.comparator, form.measures, statistic=form.statistic,
    )  # fmt: skip


def _plain(form: ClaimPattern, match: re.Match[str], _line: str, view: SentenceView) -> Claim | None:
    claim = _base(form, match, view, start=match.start())
    if "what" in match.re.groupindex:
        return replace(claim, statistic=match["what"].strip(), measures=match["what"].strip())
    return claim


def _interval(form: ClaimPattern, match: re.Match[str], _line: str, view: SentenceView) -> Claim | None:
    low, high = float(match["first"]), float(match["second"])
    claim = replace(_base_bare(form, match, view), low=min(low, high), high=max(low, high))
    return replace(claim, measures=f"{match['level']}% confidence interval")


def _base_bare(form: ClaimPattern, match: re.Match[str], view: SentenceView) -> Claim:
    evidence = Evidence(view.start, view.end, view.text, f"claim:{form.name.replace(' ', '-')}", 0.75)
    return Claim(view.start + match.start(), view.start + match.end(), evidence, statistic=form.statistic)


def _money(form: ClaimPattern, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    unit = {"$": "[USD]", "us$": "[USD]", "usd": "[USD]", "€": "[EUR]", "eur": "[EUR]", "£": "[GBP]", "gbp": "[GBP]", "¥": "[JPY]"}[match["currency"]]
    before = re.search(r"((?:[a-z-]+\s+){1,4})(?:of\s+)?(?:about\s+|approximately\s+|up to\s+)?$", line[max(0, match.start() - 60) : match.start()])
    return replace(_base(form, match, view, start=match.start("currency")), unit=unit, measures=before[1].strip() if before else "money")


def _median(form: ClaimPattern, match: re.Match[str], _line: str, view: SentenceView) -> Claim | None:
    what = re.sub(r"\s+", " ", match["what"]).strip()
    statistic = "median" if what.startswith("median") else "mean"
    return replace(_base(form, match, view, start=match.start("what")), unit=unit_of(match["unit"]), measures=what, statistic=statistic)


def _share(form: ClaimPattern, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    if re.match(r"\s*(?:ci\b|confidence)", line[match.end() :]):
        return None
    population, measures, end = _after_share(line, match.end())
    return replace(
        _base(form, match, view, end=end), unit=unit_of(match["unit"]), population=population, measures=measures, statistic="percentage"
    )


def _after_share(line: str, position: int) -> tuple[str | None, str | None, int]:
    """Return whom a percentage counts, what they do, and where the claim ends: "of relapsed patients survive"."""
    stop = _CLAUSE_END.search(line, position)
    end = stop.start() if stop else len(line)
    rest = line[position:end]
    of = re.match(rf"\s*(?:of|in|among)\s+(?:the\s+|all\s+)?(?P<who>(?:[\w'-]+\s+){{0,5}}?{_PEOPLE}\b)", rest)
    if of is None:
        what = re.match(r"\s*(?:relative\s+|absolute\s+)?((?:[a-z-]+\s*){1,6})", rest)
        before = re.search(r"((?:[a-z-]+\s+){1,5})(?:rate\s+)?(?:of|was|by|to|is|were|from|at)\s+(?:\w+\s+)?$", line[max(0, position - 90) : position - 1].rstrip("0123456789.,% -–"))
        return None, (before[1].strip() if before else what[1].strip() if what else None), position
    verb = _finite_verb(rest, of.end())
    if verb is None:
        return rest[of.start("who") :].strip(), None, end
    return rest[of.start("who") : verb].strip(), re.sub(r"^(?:will|would|are|were|was|have|had|has)\s+", "", rest[verb:].strip()), end


def _finite_verb(rest: str, position: int) -> int | None:
    """Return where the main verb begins, past a relative clause: "patients who achieve remission | will relapse"."""
    relative = re.match(r"\s+(?:who|that|with|receiving|treated|in|on)\b", rest[position:])
    verbs = [match.start() for match in _VERB.finditer(rest, position)]
    if not verbs:
        return None
    if relative and relative.group().strip() in ("who", "that"):
        return verbs[1] if len(verbs) > 1 else None
    return verbs[0]


def _people(form: ClaimPattern, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    who = re.sub(r"\s+", " ", match["what"]).strip()
    if re.search(r"\b(?:of|years?|months?|weeks?|days?|hours?|out|and|or|with|by|to|in|for|than|mg|the|at|as|week|from|phase|on|a)\b", who):
        return None
    noun = who.split()[-1] if not who.endswith("new cases") else "cases"
    unit = {"cases": "{cases}", "case": "{cases}", "diagnoses": "{cases}", "deaths": "{deaths}", "births": "{births}"}.get(noun, "{patients}" if noun.startswith("patient") else "{people}")
    period = _PERIOD.match(line, match.end())
    end = match.end()
    if period:
        unit += "/" + (_PERIODS[period["period"]] if period["period"] else "a")
        end = period.end()
    where = _PLACE.match(line, end + 1) if end < len(line) else None
    end = where.end() if where else end
    population = f"{who} {where.group().strip()}" if where else who
    measures = "incidence" if "/" in unit and unit.startswith("{cases") else ("number per period" if "/" in unit else _people_measure(line, match.start()))
    if measures == "number of participants":
        unit = "{patients}"
    return replace(_base(form, match, view, end=end), unit=unit, population=population, measures=measures, statistic="count")


def _people_measure(line: str, position: int) -> str:
    before = line[max(0, position - 70) : position]
    if re.search(r"enroll?\w*|recruit\w*|randomi[sz]\w*|includ\w*|involv\w*|trial|study|dosed|treated", before):
        return "number of participants"
    return "prevalence"


def _dose(form: ClaimPattern, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    often = re.match(r"\s*(?:\(?(?:once|twice|three times|every|per|a|each)[ -](?:daily|weekly|monthly|a day|day|week|month|year|\w+ (?:weeks?|days?|months?|hours?))|daily|weekly|monthly|qd|bid|tid|q\dw)", line[match.end() :])
    return replace(_base(form, match, view), unit=unit_of(match["unit"]), measures="dose", time=often.group().strip(" (") if often else None)


def _duration(form: ClaimPattern, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    if line[match.start("unit") - 1] == "-" or match["unit"].startswith("-"):
        return None
    if re.match(r"\s+(?:old|of age|and older|or older)\b", line[match.end() :]):
        return replace(_base(form, match, view), unit=unit_of(match["unit"]), measures="age")
    before = re.search(r"((?:[a-z-]+\s+){1,4})(?:of|was|for|by|after|over|at|within|lasting|to|than|is)\s+(?:only\s+|about\s+|approximately\s+)?$", line[max(0, match.start("first") - 60) : match.start("first")])
    return replace(_base(form, match, view), unit=unit_of(match["unit"]), measures=before[1].strip() if before else None)


_READERS: dict[str, Callable[[ClaimPattern, re.Match[str], str, SentenceView], Claim | None]] = {
    "interval": _interval, "money": _money, "median": _median, "share": _share, "people": _people, "dose": _dose, "duration": _duration,
}  # fmt: skip


def _complete(
    claim: Claim, claims: list[Claim], view: SentenceView, topics: Topics, context: SentenceContext, place: str | None
) -> Claim:
    """Add what the sentence says of all its numbers: whom they count, what they are about, how sure they are."""
    population = claim.population
    if population is None and claim.unit not in (None, "1") and claim.measures not in ("dose", "money", "age"):
        population = next((other.population for other in claims if other.population), None)
    if population and place and claim.statistic == "count" and place not in population:
        population = f"{population} {place}"
    reading = context.read(claim.start - view.start, claim.end - view.start)
    claim = replace(claim, measures=_clean(claim.measures))
    population, measures = _as_written(population, view), _as_written(claim.measures, view)
    return replace(claim, population=population, measures=measures, about=_about(claim, view, topics), modality=reading.modality)


def _clean(measures: str | None) -> str | None:
    """Return what is measured without the small words at its ends, or None when nothing is left."""
    words = (measures or "").split()
    while words and words[0] in _SMALL:
        words.pop(0)
    while words and words[-1] in _SMALL:
        words.pop()
    return " ".join(words) or None


def _as_written(words: str | None, view: SentenceView) -> str | None:
    """Return the words with the capitals that the sentence gives them."""
    at = lower_line(view.text).find(words) if words else -1
    return view.text[at : at + len(words)] if words and at >= 0 else words


def _about(claim: Claim, view: SentenceView, topics: Topics) -> LinkedMention | None:
    letters = "D" if claim.measures in ("dose", "money") or claim.statistic in ("hazard ratio", "p-value", "confidence interval", "ratio") else "SD"
    start = claim.start - view.start
    for letter in letters:
        slots = [slot for slot in view.slots if slot.letter == letter and not slot.nested]
        if slots:
            return min(slots, key=lambda slot: (abs(slot.start - start), slot.start)).linked
    return topics.drug_at[view.index] if letters == "D" else None
