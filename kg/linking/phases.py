"""Trial phases: "Phase IIb" names one of six NCIt concepts; the letter stays in the label."""

from __future__ import annotations

import re

from kg.model import Curie, Entity, EntityType

_PART = r"(?:iv|i{1,3}|[1-4])\s*[ab]?"
_PHASE = re.compile(rf"({_PART})(?:\s*(?:/|-|–|and|to)\s*({_PART}))?\s*$", re.IGNORECASE)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_CURIES = {"1": "C15600", "2": "C15601", "3": "C15602", "4": "C15603", "1/2": "C15693", "2/3": "C15694"}


def phase_entity(text: str) -> Entity | None:
    """Return the phase that a mention names, or None where it names none.

    >>> phase_entity("phase IIb").label, phase_entity("Phase 1/2").curie
    ('Phase 2b', 'NCIT:C15693')
    """
    cleaned = re.sub(r"^\W*phases?[\s-]*|[\s-]*(?:clinical|trials?|stud(?:y|ies)).*$", "", text, flags=re.IGNORECASE)
    match = _PHASE.match(cleaned.strip())
    if match is None:
        return None
    parts = [_arabic(part) for part in match.groups() if part]
    curie = _CURIES.get("/".join(part[0] for part in parts)) or _CURIES[parts[-1][0]]
    return Entity(Curie(f"NCIT:{curie}"), f"Phase {'/'.join(parts)}", EntityType.PHASE)


def _arabic(part: str) -> str:
    compact = re.sub(r"\s", "", part.lower())
    number, letter = (compact[:-1], compact[-1]) if compact[-1] in "ab" else (compact, "")
    return _ROMAN.get(number, number) + letter
