"""Reads the rule tables (TOML files beside this module) and turns lemmas into the forms a text may use."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOWELS = "aeiou"


@cache
def read_table(name: str) -> dict[str, Any]:
    """Return the parsed table ``kg/statements/tables/<name>.toml``; parsed once in a process."""
    path = resources.files("kg.statements") / "tables" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def source_of(name: str) -> str:
    """Return the source of a named regular expression of ``patterns.toml``, with what it refers to put in."""
    entry = read_table("patterns")[name]
    source = "(?:" + "|".join(entry) + ")" if isinstance(entry, list) else str(entry)
    return re.sub(r"\{([a-z]\w+)\}", lambda match: source_of(match.group(1)), source)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a named regular expression; a list of words is bounded on both sides, and a space is any white space."""
    source = source_of(name)
    if isinstance(read_table("patterns")[name], list):
        source = rf"\b{source}\b"
    return re.compile(re.sub(r" (?![?*+])", r"\\s+", source))


@dataclass(frozen=True, slots=True)
class VerbForms:
    """The written forms of one verb."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


def inflect(entry: str) -> VerbForms:
    """Return the forms of a verb given as ``base`` or ``base/past/gerund`` or ``base/past/participle/gerund``.

    >>> inflect("reduce").gerund, inflect("bind/bound/binding").past, inflect("amplify").third
    ('reducing', 'bound', 'amplifies')
    """
    base, *irregular = entry.split("/")
    third, past, gerund = _third_person(base), _past(base), _gerund(base)
    if len(irregular) == 2:
        past, gerund = irregular
        return VerbForms(base, third, past, past, gerund)
    if len(irregular) == 3:
        return VerbForms(base, third, *irregular)
    return VerbForms(base, third, past, past, gerund)


def one_of(words: Iterable[str]) -> str:
    """Return a pattern of plain words that tries each letter once, the longest word first.

    >>> one_of(["block", "blocks", "bind"])
    'b(?:ind|lock(?:s)?)'
    """
    by_letter: dict[str, list[str]] = {}
    for word in sorted(set(words) - {""}):
        by_letter.setdefault(word[0], []).append(word[1:])
    branches = []
    for letter, tails in by_letter.items():
        rest = one_of(tails)
        whole = f"(?:{rest})?" if rest and "" in tails else f"(?:{rest})" if "|" in rest and len(tails) > 1 else rest
        branches.append(letter + whole)
    return "|".join(branches)


@cache
def verb_choice(*kinds: str) -> str:
    """Return all verbs of the tables in these forms ("base", "third", "past", "gerund") as a choice for a pattern."""
    forms = [inflect(verb) for entry in read_table("verbs").values() for verb in entry["verbs"]]
    return one_of(getattr(form, kind) for form in forms for kind in kinds)


def _third_person(base: str) -> str:
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return base + "ed"


def _gerund(base: str) -> str:
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return base + "ing"
