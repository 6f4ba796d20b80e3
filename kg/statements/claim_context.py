"""What a number in brackets measures and of whom: "the incidence of pain was 12% with X", "placebo (7%)"."""

from __future__ import annotations

import re

_ARM = re.compile(
    r"\b(?:with|in|for|on|of|among|than|and|versus|vs\.?|receiving|taking|to|placebo,?)\s+"
    r"(?P<who>(?:(?!(?:with|in|for|on|of|among|than|versus|vs|receiving|taking|to|was|were|is|are|had|by|from)\b)"
    r"[^\s,;:()]+\s+){1,4}?)(?:\([^()]*\)\s*)?\((?:n\s*=\s*)?$"
)
_COUNTED = re.compile(
    r"\b(?P<what>(?:incidence|rates?|frequency|prevalence|proportion|risk|probability|percentage) of "
    r"(?:(?!(?:was|were|is|are|with|in|among|for|than|that|which|who)\b)[^\s,;:()]+\s*){1,7})"
)


def arm_before(line: str, position: int) -> str | None:
    """Return the group that a bracketed number at ``position`` belongs to, in the words before the bracket.

    >>> text = "was no higher with drug x (5%) than with placebo (6%)"
    >>> arm_before(text, text.index("5%")), arm_before(text, text.index("6%"))
    ('drug x', 'placebo')
    """
    found = _ARM.search(line, max(0, position - 120), position)
    return re.sub(r"\s+", " ", found["who"]).strip() if found else None


def measure_before(line: str, position: int) -> str | None:
    """Return what a share measures when the sentence says so before it: "the incidence of headache"."""
    found = None
    for match in _COUNTED.finditer(line, 0, position):
        found = match
    return re.sub(r"\s+", " ", found["what"]).strip() if found else None


def balanced(words: str | None) -> str | None:
    """Return the words up to a bracket that they do not close."""
    if words and words.count("(") != words.count(")"):
        return words[: words.index("(")].strip() if "(" in words else words.replace(")", "").strip()
    return words
