"""Names of entities: what status a name has, and when a writing of it in a text counts."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from kg.model import Curie, EntityType

_POSSESSIVE = re.compile(r"['’ʼ´`][sS]\b")
_RUN = re.compile(r"[^\W_]+")
SHORT = 5
"""Names of up to so many characters must be written as the source writes them, or in capitals."""
_STOPS = (". ", ", ", "; ", ":", ".\n", ",\n", "\n\n", "”", '"', "]", "[")
_STOP = re.compile(r"[.,;:”\"\[\]\n]")
"""A character that every one of the stops holds."""
_ROMAN = re.compile(r"(?:(?<=[A-Z][\s-])|(?<=[a-z]{4}[\s-]))(?:I{1,3}|I[VX]|VI{0,3}|XI{0,3})(?!\w)")
"""A number, as keys read it, behind a name: "factor IX" is "factor 9", "CA III" is CA3, "of IX" is not OF9."""
_SPACE = re.compile(r"\s")
_LISTING = "/∕,+"
_LISTED = re.compile(r"\d\s?[/∕,+]\s?\d")
_NUMBERS = re.compile(r"\d[^0-9A-Za-z]+\d")
"""Numbers that are listed, as in "PARP1/2", and any two numbers."""
_FOOTNOTED = re.compile(r"[^\W\d]\.\d|^\w{1,4}\s?[/$=]\s?\d|^\w{1,4}(?:\s[-–—]|[-–—]\s)\s?\d")
"""A note's number behind a full stop, and a table's: no name goes on over "cancer.1", "ET / 1", "PM - 5"."""
CAPITALS = 3
"""A lower-case name of more characters than this may stand in capitals; a shorter one is then an acronym."""


class NameStatus(StrEnum):
    """How a source gives a name, in falling order of trust."""

    LABEL = "label"
    CURATED = "curated"
    EXACT = "exact"
    BRAND = "brand"
    ABBREVIATION = "abbreviation"
    CODE = "code"
    RELATED = "related"
    FILED = "filed"
    """Something narrower that a vocabulary files under the entity: links a name, is not looked for in running text."""
    SILENT = "silent"
    """Told with the term, never looked for: a plain word, or a name of something wider or narrower."""


STATUSES: tuple[NameStatus, ...] = tuple(NameStatus)
"""In falling order of trust; the compiled index stores a status as its place here."""


class Posting(NamedTuple):
    """One name of one entity, as the source writes it; a tuple, as they are made by the thousand.

    ``source`` is the manifest's name. ``exact_case`` marks a name that is also a plain word ("IMPACT", "Set"):
    only the very same writing of it counts in a text.
    """

    curie: Curie
    name: str
    status: NameStatus
    source: str
    type: EntityType
    exact_case: bool = False


def case_fits(surface: str, posting: Posting) -> bool:
    """Say whether the writing in the text may stand for this name, by the case rule.

    A name that is also a plain word must be written exactly so. A name of up to five characters too, or in
    capitals where it has a capital itself; a plural "s" behind it does not count. Longer names may be written anyhow.

    >>> aml = Posting(Curie("MONDO:0018874"), "AML", NameStatus.ABBREVIATION, "mondo", EntityType.DISEASE)
    >>> case_fits("AML", aml), case_fits("AMLs", aml), case_fits("aml", aml)
    (True, True, False)
    """
    name = posting.name
    if posting.exact_case:
        return surface == name
    if len(name) > SHORT:
        return True
    written, known = letters(surface), letters(name)
    if name.islower():
        shaped = written.islower() or written[1:].islower() or (written.isupper() and len(written) > CAPITALS)
        return shaped and written.lower() in (known, known + "s")
    return written in (known, known.upper(), known + "s", known.upper() + "s")


def spaces_fit(surface: str, name: str) -> bool:
    """Say whether what stands between the words of the surface may stand there in this name.

    Keys have no separators; this keeps "in a" from being read as the symbol "INA", "of ABP" as "O-FABP", and a name
    from reaching over a full stop or an open bracket.

    >>> spaces_fit("NK cells", "NK-cell"), spaces_fit("in a", "INA"), spaces_fit("IL 2", "IL2")
    (True, False, True)
    >>> spaces_fit("Nov. 03", "NOV-03"), spaces_fit("PTH(1", "PTH1"), spaces_fit("of ABP", "O-FABP")
    (False, False, False)
    >>> spaces_fit("ET / 1", "ET-1"), spaces_fit("breast cancer.1", "breast cancer 1"), spaces_fit("ET-1", "ET1")
    (False, False, True)
    >>> spaces_fit("factor IX", "factor 9"), spaces_fit("of IX", "OF9")
    (True, False)
    >>> spaces_fit("PARP1/2", "PARP12"), spaces_fit("caspase 8/10", "caspase 8-10")
    (False, True)
    """
    if surface.isalnum() or surface == name or surface.lower() == name.lower():
        return True
    if _STOP.search(surface) and any(mark in surface and mark not in name for mark in _STOPS):
        return False
    if any(mark in surface for mark in _LISTING) and _LISTED.search(surface) and not _NUMBERS.search(name):
        return False
    if _FOOTNOTED.search(surface) and not _FOOTNOTED.search(name):
        return False
    if surface.count("(") != surface.count(")") and name.count("(") == name.count(")"):
        return False
    if not _SPACE.search(surface):
        return True
    surface, name = _POSSESSIVE.sub("", surface), _POSSESSIVE.sub("", name)
    joints, separators = _joints(surface), _joints(name)
    if letters(surface).casefold() == letters(name).casefold():
        return joints <= separators
    return len(joints) <= len(separators) or len(_joints(_ROMAN.sub("1", surface))) <= len(separators)


def _joints(text: str) -> set[int]:
    """Return after how many letters and digits a separator stands between two letters."""
    runs = _RUN.findall(text)
    found: set[int] = set()
    count = 0
    for left, right in pairwise(runs):
        count += len(left)
        if left[-1].isalpha() and right[0].isalpha():
            found.add(count)
    return found


def letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return text if text.isalnum() else "".join(_RUN.findall(text))
