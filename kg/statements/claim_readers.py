"""Turns a match of a claim form into a claim: its value and unit, whom it counts and what it measures."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Claim
from kg.statements.claim_context import arm_before, measure_before
from kg.statements.claim_making import bare_claim, make_claim
from kg.statements.claim_people import (
    read_age,
    read_counted,
    read_people,
    read_rate,
    read_ratio_of_people,
    read_worded_share,
)
from kg.statements.compound_units import compound_unit
from kg.statements.quantities import comparator_of, unit_of
from kg.statements.tables import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.statements.claim_forms import ClaimForm
    from kg.statements.view import SentenceView

_CURRENCIES = {
    "$": "[USD]", "us$": "[USD]", "usd": "[USD]", "€": "[EUR]",
    "eur": "[EUR]", "£": "[GBP]", "gbp": "[GBP]", "¥": "[JPY]",
}  # fmt: skip
_LEADING_AUXILIARY = re.compile(r"^(?:will|would|are|were|was|have|had|has)\s+")
_BEFORE_MONEY = re.compile(r"((?:[a-z-]+\s+){1,4})(?:of\s+)?(?:about\s+|approximately\s+|up to\s+)?$")
_BEFORE_SHARE = re.compile(r"((?:[a-z-]+\s+){1,5})(?:rate\s+)?(?:of|was|by|to|is|were|from|at)\s+(?:\w+\s+)?$")
_AFTER_SHARE = re.compile(r"\s*(?:relative\s+|absolute\s+)?((?:[a-z-]+\s*){1,6})")
_BEFORE_TIME = re.compile(
    r"((?:[a-z-]+\s+){1,4})(?:of|was|for|by|after|over|at|within|lasting|to|than|is)\s+(?:only\s+|about\s+|approximately\s+)?$"
)
_A_SHARE = re.compile(r"\s*(?:(?:per|a|each)\s+|/)share\b")


def _plain(form: ClaimForm, match: re.Match[str], _line: str, view: SentenceView) -> Claim | None:
    claim = make_claim(form, match, view, start=match.start())
    if "what" in match.re.groupindex:
        return replace(claim, statistic=match["what"].strip(), measures=match["what"].strip())
    return claim


def _interval(form: ClaimForm, match: re.Match[str], _line: str, view: SentenceView) -> Claim | None:
    low, high = float(match["first"]), float(match["second"])
    claim = replace(bare_claim(form, match, view), low=min(low, high), high=max(low, high))
    return replace(claim, measures=f"{match['level']}% confidence interval")


def _money(form: ClaimForm, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    unit = _CURRENCIES[match["currency"]] + ("/{share}" if _A_SHARE.match(line, match.end()) else "")
    before = _BEFORE_MONEY.search(
        line[max(0, match.start() - 60) : match.start()],
    )
    return replace(
        make_claim(form, match, view, start=match.start("currency")),
        unit=unit,
        measures=before[1].strip() if before else "money",
    )


def _sample_size(form: ClaimForm, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    return replace(make_claim(form, match, view, start=match.start()), population=arm_before(line, match.start()))


def _median(form: ClaimForm, match: re.Match[str], _line: str, view: SentenceView) -> Claim | None:
    what = re.sub(r"\s+", " ", match["what"]).strip()
    statistic = "median" if what.startswith("median") else "mean"
    return replace(
        make_claim(form, match, view, start=match.start("what")),
        unit=unit_of(match["unit"]),
        measures=what,
        statistic=statistic,
    )


def _share(form: ClaimForm, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    if re.match(r"\s*(?:ci\b|confidence)", line[match.end() :]):
        return None
    population, measures, end = _after_share(line, match.end())
    if population is None:
        population, measures = arm_before(line, match.start("first")), measure_before(line, match.start()) or measures
    return replace(
        make_claim(form, match, view, end=end),
        unit=unit_of(match["unit"]),
        population=population,
        measures=measures,
        statistic="percentage",
    )


def _after_share(line: str, position: int) -> tuple[str | None, str | None, int]:
    """Return whom a percentage counts, what they do, and where the claim ends: "of relapsed patients survive"."""
    stop = pattern("claim_end").search(line, position)
    end = stop.start() if stop else len(line)
    rest = line[position:end]
    of = pattern("share_of").match(rest)
    if of is None:
        what = _AFTER_SHARE.match(rest)
        before = _BEFORE_SHARE.search(
            line[max(0, position - 90) : position - 1].rstrip("0123456789.,%-–"),
        )
        return None, (before[1].strip() if before else what[1].strip() if what else None), position
    verb = _finite_verb(rest, of.end())
    if verb is None:
        return rest[of.start("who") :].strip(), None, end
    return (
        rest[of.start("who") : verb].strip(),
        _LEADING_AUXILIARY.sub("", rest[verb:].strip()),
        end,
    )


def _finite_verb(rest: str, position: int) -> int | None:
    """Return where the main verb begins, past a relative clause: "patients who achieve remission | will relapse"."""
    relative = re.match(r"\s+(?:who|that|with|receiving|treated|in|on)\b", rest[position:])
    verbs = [match.start() for match in pattern("patient_verb").finditer(rest, position)]
    if not verbs:
        return None
    if relative and relative.group().strip() in ("who", "that"):
        return verbs[1] if len(verbs) > 1 else None
    return verbs[0]


def _dose(form: ClaimForm, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    often = pattern("often").match(line, match.end())
    unit = "nm" if view.text[match.start("unit") : match.end("unit")] == "nm" else unit_of(match["unit"])
    return replace(
        make_claim(form, match, view),
        unit=unit,
        measures="dose" if unit != "nm" else "size",
        time=often.group().strip(" (") if often else None,
    )


def _compound(form: ClaimForm, match: re.Match[str], _line: str, view: SentenceView) -> Claim | None:
    unit = compound_unit(match["unit"])
    return replace(make_claim(form, match, view), unit=unit, measures="dose or concentration") if unit else None


def _duration(form: ClaimForm, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    if line[match.start("unit") - 1] == "-" or match["unit"].startswith("-"):
        return None
    said = comparator_of(match["comparator"]) if match["comparator"] else "="
    position = match.start("first") if said == "=" else match.start()
    before = _BEFORE_TIME.search(
        line[max(0, position - 60) : position],
    )
    return replace(
        make_claim(form, match, view), unit=unit_of(match["unit"]), measures=before[1].strip() if before else None
    )


_READERS: dict[str, Callable[[ClaimForm, re.Match[str], str, SentenceView], Claim | None]] = {
    "interval": _interval, "sample-size": _sample_size, "money": _money, "median": _median, "share": _share,
    "people": read_people, "dose": _dose, "compound": _compound, "duration": _duration,
    "age": read_age, "counted": read_counted, "rate": read_rate, "ratio-of-people": read_ratio_of_people,
    "worded-share": read_worded_share,
}  # fmt: skip


def read_claim(form: ClaimForm, match: re.Match[str], line: str, view: SentenceView) -> Claim | None:
    """Return the claim that a match makes, or None when the words around it make it none."""
    return _READERS.get(form.name, _plain)(form, match, line, view)
