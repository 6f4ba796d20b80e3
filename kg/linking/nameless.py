"""Texts without a word that a name could have: a dose, a time, a share, "in vivo", "type 2"."""

from __future__ import annotations

import re

from kg.linking.wordlists import MODIFIERS, NO_NAMES, UNITS

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_QUANTITY = re.compile(rf"\d+(?:-\d+)*-?(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})?")


def is_nameless(text: str) -> bool:
    """Say whether no word of a text could be that of a name: then what is only like it in letters or meaning is chance.

    A word in capitals may be a short form. A single letter is a sign or a class, and so is a number with its unit.

    >>> is_nameless("10 mg/kg"), is_nameless("day 28"), is_nameless("95% CI"), is_nameless("3-5 days")
    (True, True, True, True)
    >>> is_nameless("grade 3 neutropenia"), is_nameless("p53"), is_nameless("vitamin C"), is_nameless("ALL")
    (False, False, False, False)
    """
    return all(_is_empty(word) for word in _WORD.findall(text))


def _is_empty(word: str) -> bool:
    if len(word) == 1 or word in UNITS or _QUANTITY.fullmatch(word):
        return True
    lower = word.casefold()
    return not word.isupper() and (lower in NO_NAMES or lower in MODIFIERS)
