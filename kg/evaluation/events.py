"""Judges events and numeric claims against texts that mark them: part of ``python -m kg.evaluation.texts``.

An event is found when the kind, whether it has happened, and the product or who acts agree; names agree when one holds
the other. A claim is found when its value or range agrees. Marked optional: neither rewarded nor punished.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.evaluation.score import Score

Item = Mapping[str, Any]
_TOLERANCE = 1e-6
_PERSONS = frozenset({"patients", "people", "participants", "subjects"})
_SMALL = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Tally:
    """Counts over texts; ``details`` has for each detail how often it was right, of those it could be judged on."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    details: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def score(self) -> Score:
        """Precision, recall and F1."""
        return Score(self.right, self.wrong, self.missed)

    def note(self, detail: str, *, is_right: bool) -> None:
        """Count a detail of a matched item."""
        good, all_ = self.details.get(detail, (0, 0))
        self.details[detail] = (good + is_right, all_ + 1)


def judge_events(gold: Iterable[Item], found: Iterable[Item], tally: Tally) -> None:
    """Add the events of one text to the tally; the date and the indication are details."""
    for one, other in _matched(list(gold), list(found), _is_same_event, tally):
        if one.get("date"):
            dates = {one["date"], *one.get("alt_dates", ())}
            tally.note("date", is_right=other.get("date") in dates)
        indication = _name(one.get("indication"))
        if indication:
            tally.note("indication", is_right=_names_agree(indication, other.get("indication")))


def judge_claims(gold: Iterable[Item], found: Iterable[Item], tally: Tally) -> None:
    """Add the claims of one text to the tally; unit, comparator and population are details."""
    for one, other in _matched(list(gold), list(found), _is_same_claim, tally):
        tally.note("unit", is_right=_unit(one.get("unit")) == _unit(other.get("unit")))
        tally.note("comparator", is_right=one.get("comparator") == other.get("comparator"))
        if one.get("population"):
            tally.note("population", is_right=_share_a_word(one["population"], other.get("population")))


def _matched(
    gold: list[Item], found: list[Item], is_same: Callable[[Item, Item], bool], tally: Tally
) -> Iterable[tuple[Item, Item]]:
    """Pair items one to one, required gold items first, and count what is left over."""
    left = list(found)
    pairs = []
    for one in sorted(gold, key=lambda item: bool(item.get("optional"))):
        fitting = [other for other in left if is_same(one, other)]
        if fitting:
            best = max(fitting, key=lambda other: other.get("date") == one.get("date"))
            left.remove(best)
            if not one.get("optional"):
                tally.right += 1
                pairs.append((one, best))
        elif not one.get("optional"):
            tally.missed += 1
    tally.wrong += sum(not any(is_same(one, other) for one in gold) for other in left)
    return pairs


def _is_same_event(one: Item, other: Item) -> bool:
    if one["kind"] != other["kind"] or one["actual"] != other["actual"]:
        return False
    product = _name(one.get("product"))
    if product and _names_agree(product, other.get("product")):
        return True
    acting = [_name(each) for each in (one.get("agent"), one.get("recipient"), *one.get("co_recipients", ()))]
    return not (product and other.get("product")) and any(
        name and _names_agree(name, other.get(role)) for name in acting for role in ("agent", "recipient")
    )


def _name(participant: Item | str | None) -> str | None:
    """Return the name of a gold participant, which some texts give bare and others as an object with its text."""
    return participant if participant is None or isinstance(participant, str) else participant["text"]


def _is_same_claim(one: Item, other: Item) -> bool:
    for key in ("value", "low", "high"):
        first, second = one.get(key), other.get(key)
        if (first is None) != (second is None):
            return False
        if first is not None and abs(first - second) > _TOLERANCE * max(1.0, abs(first)):
            return False
    return True


def _names_agree(name: str, participant: Item | None) -> bool:
    if participant is None:
        return False
    wanted = _plain(name)
    return any(
        held and (held in wanted or wanted in held)
        for held in (_plain(participant.get("text")), _plain(participant.get("label")))
    )


def _plain(name: str | None) -> str:
    return _SMALL.sub(" ", (name or "").casefold()).strip()


def _share_a_word(one: str, other: str | None) -> bool:
    words = [{word[:5] for word in _plain(text).split() if len(word) > 2} for text in (one, other)]
    return bool(words[0] & words[1])


def _unit(code: str | None) -> str:
    """Return the code without brackets and annotations' choice of word: {people} and {patients} count the same."""
    bare = re.sub(r"[\[\]{}]", "", code or "1").casefold()
    return "/".join("patients" if part in _PERSONS else part for part in bare.split("/"))
