"""Reads numeric claims: how many, how often, how long, how much, of whom, and what the number measures."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.model import SectionKind
from kg.statements.claim_arms import is_compared, pairs_of, population_after, population_before
from kg.statements.claim_context import balanced
from kg.statements.claim_forms import claim_forms
from kg.statements.claim_readers import read_claim
from kg.statements.context import SentenceContext
from kg.statements.quantities import number_of
from kg.statements.tables import pattern, source_of
from kg.statements.view import lower_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Claim, LinkedMention
    from kg.statements.claim_forms import ClaimForm
    from kg.statements.topics import Topics
    from kg.statements.view import SentenceView

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half|third|quarter)\b", re.IGNORECASE
)
_SILENT = (SectionKind.FORWARD_LOOKING, SectionKind.CONTACT, SectionKind.REFERENCES)
_UNCOUNTED = ("dose", "money", "age")
_OF_DRUGS = ("hazard ratio", "p-value", "confidence interval", "ratio")


def iter_claims(views: Iterable[SentenceView], topics: Topics) -> Iterator[Claim]:
    """Yield the numeric claims of a document in text order."""
    for view in views:
        if view.section in _SILENT or not _NUMBER.search(view.text):
            continue
        yield from _claims_of(view, topics)


def _claims_of(view: SentenceView, topics: Topics) -> Iterator[Claim]:
    line = lower_line(view.text)
    taken: list[tuple[int, int]] = []
    claims: list[Claim] = []
    has_digit = _DIGIT.search(line) is not None
    for form in claim_forms():
        if (form.digits and not has_digit) or (form.signs and not any(sign in line for sign in form.signs)):
            continue
        for match in _matches(form, line):
            high, digits = match.end(), match.start("first")
            if any(start < high and digits < end for start, end in taken):
                continue
            claim = read_claim(form, match, line, view)
            if claim is not None:
                taken.append((digits, high))
                claims.append(claim)
    claims.sort(key=lambda claim: claim.start)
    context = SentenceContext(view)
    place = _place(line, view.text)
    pairs = pairs_of(claims, view)
    for index, (before, second) in enumerate(pairwise(claims), start=1):
        said = second.measures is None or (second.population or "").startswith(second.measures)
        if said and claims[index - 1].measures and is_compared(view, before, second):
            claims[index] = replace(second, measures=claims[index - 1].measures, statistic=before.statistic)
    for index, claim in enumerate(claims):
        population = pairs.get(index) or claim.population or _population(claim, view)
        yield _complete(replace(claim, population=population), claims, view, topics, context, place)


def _population(claim: Claim, view: SentenceView) -> str | None:
    """Return the group that the words next to a number name, where the number is one of people."""
    if claim.measures in _UNCOUNTED and claim.measures != "dose":
        return None
    return population_after(view, claim.end - view.start) or population_before(view, claim.start - view.start)


def _matches(form: ClaimForm, line: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a form; two numbers that fall ("41% to 29%") are no range but two claims."""
    for match in form.pattern.finditer(line):
        if form.falls and match["second"] and number_of(match["second"]) < number_of(match["first"]):
            first = form.pattern.match(line, match.start(), match.end("first") + len(match["unit"] or ""))
            second = form.pattern.match(line, match.start("second"))
            yield from (one for one in (first, second) if one)
        else:
            yield match


def _place(line: str, text: str) -> str | None:
    match = pattern("place").search(line)
    return text[match.start() : match.end()] if match else None


def _complete(
    claim: Claim, claims: list[Claim], view: SentenceView, topics: Topics, context: SentenceContext, place: str | None
) -> Claim:
    """Add what the sentence says of all its numbers: whom they count, what they are about, how sure they are."""
    population = claim.population
    if population is None and claim.unit not in (None, "1") and claim.measures not in _UNCOUNTED:
        population = next((other.population for other in claims if other.population), None)
    if population and place and claim.statistic == "count" and place not in population:
        population = f"{population} {place}"
    reading = context.read(claim.start - view.start, claim.end - view.start)
    claim = replace(claim, measures=_clean(claim.measures))
    population = balanced(population)
    population, measures = _as_written(population, view), _as_written(claim.measures, view)
    return replace(
        claim, population=population, measures=measures, about=_about(claim, view, topics), modality=reading.modality
    )


def _clean(measures: str | None) -> str | None:
    """Return what is measured without the small words at its ends, or None when nothing is left."""
    small = frozenset(source_of("small").split())
    words = (measures or "").split()
    while words and words[0] in small:
        words.pop(0)
    while words and words[-1] in small:
        words.pop()
    return " ".join(words) or None


def _as_written(words: str | None, view: SentenceView) -> str | None:
    """Return the words with the capitals that the sentence gives them."""
    at = lower_line(view.text).find(words) if words else -1
    return view.text[at : at + len(words)] if words and at >= 0 else words


def _about(claim: Claim, view: SentenceView, topics: Topics) -> LinkedMention | None:
    of_drug = claim.measures in ("dose", "money") or claim.statistic in _OF_DRUGS
    letters = "D" if of_drug else "SD"
    start = claim.start - view.start
    for letter in letters:
        slots = [slot for slot in view.slots if slot.letter == letter and not slot.nested]
        if slots:
            return min(slots, key=lambda slot: (abs(slot.start - start), slot.start)).linked
    return topics.drug_at[view.index] if of_drug else topics.disease_at[view.index]
