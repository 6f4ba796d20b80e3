"""Lists of names in a line: "X, Y and Z", so that a rule that finds one member finds them all."""

from __future__ import annotations

import re
from functools import cache

from kg.statements.tables import verb_choice

_STOPS = (
    "of|in|for|to|by|with|on|from|is|are|was|were|has|have|had|that|which|who|at|as|than|versus|vs|after|before|when|"
    "said|announced|today|including|while|but|may|can|will|would|could|did|does|do|not|followed|compared|using|via|"
    "whereas|whose|although|though|because|since|thereby|thus|hence|but|if|so|however|when|where|through|"
    "regulates?|modulates?|controls?|affects?|alters?|binds?|interacts?|"
    "developed|experienced|presented|suffered|underwent|received|showed|exhibited|taking|treated"
)
_RUN = re.compile(r"[A-Z]+")
_AND_OR = re.compile(r"\b(?:and|or|nor)\b|&|\bas well\b")


@cache
def gap_word() -> str:
    """Return a word that may stand inside a list of names: no preposition, auxiliary or verb that the rules know."""
    verbs = verb_choice("base", "third", "gerund", "past")
    return rf"(?:(?!(?:{_STOPS}|{verbs})\b)[^\sA-Z,;:()]+\s+)"


@cache
def join_words() -> str:
    """Return what joins two names of a list."""
    again = (
        r"(?:(?:the\s+)?(?:expression|production|release|secretion|levels?|activit(?:y|ies)|phosphorylation|synthesis)"
        r"\s+of\s+)?"
    )
    head = (
        r"(?:\s+(?:arrest|block|expression|levels?|activity|production|release|secretion|formation|accumulation|mrna|"
        r"proteins?|pathways?|genes?|synthesis|phosphorylation|activation|responses?|receptors?|signal?ling))?"
    )
    after_comma = rf"{head}\s*,\s*(?:and/or\s+|and\s+|or\s+|as well as\s+)?"
    return rf"(?:\s+{gap_word()}{{0,2}}(?:and/or|and|or|nor|&|as well as)\s+{again}|{after_comma}|\s*/\s*|-)"


@cache
def name_lists() -> re.Pattern[str]:
    """Return the pattern of lists of one type."""
    letters = ("D", "[GPC]", "O", "R", "X", "H", "A")
    return re.compile(_disease_group() + "|".join(_group_of(one) for one in letters))


@cache
def mixed_lists() -> re.Pattern[str]:
    """Return the pattern of lists in which substances stand beside proteins, cells and processes."""
    return re.compile(_group_of("[DGPC]", r"(?!(?:an?|the|its)\b)"))


def _group_of(one: str, unless: str = "") -> str:
    return rf"{one}+(?:{join_words()}(?:{unless}{gap_word()}){{0,3}}(?:[^\sA-Z,;:()]+-)?{one}+)+"


def _disease_group() -> str:
    join = rf"(?:{join_words()}|\s*,?\s+including\s+(?:those\s+with\s+)?|\s+)"
    return rf"S+(?:{join}{gap_word()}{{0,3}}(?:[^\sA-Z,;:()]+-)?S+)+|"


def is_list(match: re.Match[str]) -> bool:
    """Tell a list from two names that only a comma parts: "in response to X, Y rose"."""
    words = match.string[match.start() : match.end() + 5]
    return len(_RUN.findall(match.group())) > 2 or "," not in words or _AND_OR.search(words) is not None
