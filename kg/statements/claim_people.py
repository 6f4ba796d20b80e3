"""Claims that count people: patients, cases, ages, rates by head, "one in five adults", and countable things."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.statements.claim_making import make_claim
from kg.statements.quantities import number_of, unit_of
from kg.statements.tables import pattern

if TYPE_CHECKING:
    from kg.model import Claim
    from kg.statements.claim_forms import ClaimForm
    from kg.statements.view import SentenceView

_PERIODS = {"year": "a", "annum": "a", "month": "mo", "week": "wk", "day": "d"}
_COUNTED = {"cases": "{cases}", "case": "{cases}", "diagnoses": "{cases}", "deaths": "{deaths}", "births": "{births}"}
_STUDY = re.compile(r"enroll?\w*|recruit\w*|randomi[sz]\w*|includ\w*|involv\w*|trial|study|dosed|treated")
_LIVING = re.compile(
    r"affect\w*|liv(?:e|es|ing) with|suffer\w*|prevalen\w*|worldwide|globally|each year|annual\w*|diagnosed|estimated|"
    r"million|people (?:have|with|in)|patients in|in the (?:u\.?s|united)|incidence|cases|every year"
)
_OF_ANOTHER = re.compile(r"\b(?:out\s+of|in|phase)\s+$")
_BASES = {"million": "10*6", "1 million": "10*6"}
_SINGULAR = {
    "pharmacies": "pharmacy",
    "facilities": "facility",
    "countries": "country",
    "families": "family",
    "mice": "mouse",
    "lives": "life",
    "studies": "study",
}
_OVER = {"older": ">=", "above": ">=", "over": ">=", "up": ">=", "younger": "<=", "under": "<"}
_OF_AGES = re.compile(
    r"(?<![a-z-])(?P<who>(?:(?!(?:with|of|or|in|and|for|to|years|are|were)\b)[a-z-]+ ){0,2}"
    r"(?:individuals|patients|people|adults|children|adolescents|women|men|participants|girls|boys))\W*(?:who are )?$"
)


def read_people(form: ClaimForm, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    """Read a number of people, with the period and the place that follow."""
    who = match["what"]
    if pattern("no_people").search(who) or _is_year(match) or _OF_ANOTHER.search(line, 0, match.start("first")):
        return None
    period = pattern("period").match(line, match.end())
    end = period.end() if period else match.end()
    unit, measures = _unit_of_people(who, period, _people_measure(line, match.start(), match.end()))
    where = pattern("place").match(line, end + 1) if end < len(line) else None
    population = view.text[match.start("what") : match.end("what")]
    if where:
        end = where.end()
        population += " " + view.text[where.start() : end].strip()
    population = re.sub(r"\s+", " ", population).strip()
    return replace(
        make_claim(form, match, view, end=end), unit=unit, population=population, measures=measures, statistic="count"
    )


def _unit_of_people(who: str, period: re.Match[str] | None, measures: str) -> tuple[str, str]:
    """Return unit and measure: cases a year are an incidence, people in a study its size, others a prevalence."""
    noun = who.split()[-1]
    patients = noun.startswith("patient") or (measures == "number of participants" and not period)
    unit = _COUNTED.get(noun, "{patients}" if patients else "{people}")
    if period is None:
        return unit, measures
    unit += "/" + (_PERIODS[period["period"]] if period["period"] else "a")
    return unit, "incidence" if unit.startswith("{cases") else "number per period"


def _people_measure(line: str, position: int, end: int) -> str:
    """Return what a number of people is: of a study, of all who have a disease, or just of patients."""
    before = line[max(0, position - 70) : position]
    if _STUDY.search(before):
        return "number of participants"
    around = line[max(0, position - 90) : end + 90]
    return "prevalence" if _LIVING.search(around) else "number of patients"


def _is_year(match: re.Match[str]) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", match["first"]) is not None and not match.groupdict().get("comparator")


def read_age(form: ClaimForm, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    """Read "aged 18 years or older", "40-year-old", "12 years of age and older"."""
    over, unit = match["over"], match["unit"]
    if unit is None and over is None and match["comparator"] is None and match["second"] is None:
        return None
    claim = make_claim(form, match, view)
    who = _OF_AGES.search(line, max(0, match.start() - 60), match.start())
    comparator = _OVER[over] if over else claim.comparator
    code = {"y": "a", "yr": "a", "yrs": "a"}.get(unit or "", unit_of(unit or "years"))
    return replace(claim, comparator=comparator, unit=code, population=who["who"].strip() if who else None)


def read_counted(form: ClaimForm, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    """Read a number of things that are counted: vials, sites, countries."""
    if _is_year(match) or _OF_ANOTHER.search(line, 0, match.start("first")):
        return None
    noun = match["unit"].split()[-1]
    unit = (
        "{"
        + ({"countries": "country", "families": "family", "mice": "mouse", "lives": "life"}.get(noun, noun.rstrip("s")))
        + "}"
    )
    claim = make_claim(form, match, view)
    sign = ">=" if match["plus"] else claim.comparator
    return replace(claim, unit=unit, comparator=sign, measures=f"number of {match['unit']}")


def read_rate(form: ClaimForm, match: re.Match[str], _line: str, view: SentenceView) -> Claim | None:
    """Read a rate by head: "12 per 100,000 people"."""
    base = match["base"].replace(",", "")
    code = _BASES.get(base) or f"10*{len(base) - 1}"
    cases = _COUNTED.get(match["cases"] or "", "{cases}")
    claim = make_claim(form, match, view)
    return replace(claim, unit=f"{cases}/{code}", measures="rate", population=match["what"])


def read_worded_share(form: ClaimForm, match: re.Match[str], _line: str, view: SentenceView) -> Claim | None:
    """Read "nearly two-thirds of participants" as a percentage."""
    claim = make_claim(form, match, view)
    return replace(claim, value=round(100 * (claim.value or 0), 1), population=match["what"])


def read_ratio_of_people(form: ClaimForm, match: re.Match[str], _line: str, view: SentenceView) -> Claim | None:
    """Read "one in five adults" and "16 of 20 patients" as the share that it is."""
    part, whole = number_of(match["first"]), number_of(match["second"])
    if not 0 < part <= whole or whole < 2:
        return None
    claim = replace(make_claim(form, match, view), low=None, high=None, comparator="=")
    return replace(claim, value=round(100 * part / whole, 2), population=match["what"])
