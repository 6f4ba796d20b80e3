"""The word lists of the recognizers: files in kg/recognition/data, one entry a line, "#" begins a comment."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.ontology.names import SHORT

if TYPE_CHECKING:
    from collections.abc import Iterable

_CAPITAL_LETTERS = 0.6
_FREQUENT = "etaoinsrlcdu"


@cache
def load_words(name: str) -> frozenset[str]:
    """Return the entries of the list ``name``.

    >>> "the" in load_words("common_words")
    True
    """
    return frozenset(_lines(f"{name}.txt"))


@cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the tab-separated table ``name``, in file order."""
    return tuple(tuple(line.split("\t")) for line in _lines(f"{name}.tsv"))


def _lines(file_name: str) -> list[str]:
    text = (files("kg.recognition") / "data" / file_name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def is_common(word: str) -> bool:
    """Whether the word is plain English, whatever its case.

    >>> is_common("Results"), is_common("Novartis")
    (True, False)
    """
    return word.casefold() in load_words("common_words")


def is_unreliable(surface: str, kind: EntityType) -> bool:
    """Whether texts mean something else by a name of this type; up to five characters case counts.

    >>> is_unreliable("Signaling pathways", EntityType.PROCESS), is_unreliable("apoptosis", EntityType.PROCESS)
    (True, False)
    """
    folded = surface.casefold() if len(surface) > SHORT else surface
    return (kind.value, folded) in _unreliable()


@cache
def _unreliable() -> frozenset[tuple[str, ...]]:
    return frozenset(load_rows("unreliable_names"))


def alternatives(names: Iterable[str], hyphen: str = "-", not_behind: str = r"\w") -> str:
    r"""Return a pattern of the names, longer ones first, grouped by their first letter: few are tried at a place.

    White space in a name stands for any, ``hyphen`` is the pattern of its hyphens, ``not_behind`` that of the character
    that may not stand before a name. It is asked for behind the first letter: a pattern that begins with one of some
    letters is quick to skip to.

    >>> alternatives(["EMEA", "EMA", "FDA"])
    'E(?<!\\wE)(?:MEA|MA)|F(?<!\\wF)(?:DA)'
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        groups[name[0]].append(re.escape(name[1:]).replace(r"\ ", r"\s+").replace(r"\-", hyphen))
    return "|".join(
        rf"{first}(?<!{not_behind}{first})(?:{'|'.join(rest)})"
        for first, rest in ((re.escape(letter), rest) for letter, rest in sorted(groups.items()))
    )


def by_first_letter(patterns: Iterable[str]) -> str:
    r"""Return a pattern of patterns that begin with a letter that none stands before, to be skipped to as those names.

    >>> by_first_letter(["Cent(?:er|re)", "Clinics?"])
    'C(?<!\\wC)(?:ent(?:er|re)|linics?)'
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for pattern in patterns:
        groups[pattern[0]].append(pattern[1:])
    return "|".join(rf"{first}(?<!\w{first})(?:{'|'.join(rest)})" for first, rest in groups.items())


@lru_cache(maxsize=2)
def lower_copy(text: str) -> str:
    """Return the text in small letters, as long as it was: a pattern of small letters is far quicker than one for both.

    >>> lower_copy("İL-2 and TNF")
    'İl-2 and tnf'
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def holds_any(text: str, marks: Iterable[str]) -> bool:
    """Whether the text holds one of the strings: asked before a pattern that needs one, as it is far quicker.

    >>> holds_any("a phase 2 study", ("Phase", "phase"))
    True
    """
    return any(mark in text for mark in marks)


def is_in_capitals(text: str) -> bool:
    """Whether most letters are capitals; some frequent small letters tell soon that they are not.

    >>> is_in_capitals("NEW PHASE 3 DATA"), is_in_capitals("New Phase 3 data")
    (True, False)
    """
    if sum(map(text.count, _FREQUENT)) >= (1 - _CAPITAL_LETTERS) * len(text):
        return False
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, text)) / letters > _CAPITAL_LETTERS
