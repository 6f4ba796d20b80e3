"""Names of entities: what status a name has, and when a writing of it in a text counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kg.model import Curie, EntityType

SHORT = 5
"""Names of up to so many characters must be written as the source writes them, or in capitals."""
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


STATUSES: tuple[NameStatus, ...] = tuple(NameStatus)
"""In falling order of trust; the compiled index stores a status as its place here."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One name of one entity, as the source writes it.

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
    written, known = _letters(surface), _letters(name)
    if name.islower():
        shaped = written.islower() or written[1:].islower() or (written.isupper() and len(written) > CAPITALS)
        return shaped and written.lower() in (known, known + "s")
    return written in (known, known.upper(), known + "s", known.upper() + "s")


def spaces_fit(surface: str, name: str) -> bool:
    """Say whether spaces between letters of the surface stand where the name has a separator too.

    Keys have no separators; this keeps "in a" from being read as the symbol "INA".

    >>> spaces_fit("NK cells", "NK-cell"), spaces_fit("in a", "INA"), spaces_fit("IL 2", "IL2")
    (True, False, True)
    """
    if not any(char.isspace() for char in surface):
        return True
    pieces = surface.split()
    joints = sum(left[-1].isalpha() and right[0].isalpha() for left, right in pairwise(pieces))
    separators = sum(1 for char in name.strip() if not char.isalnum())
    return joints <= separators


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
