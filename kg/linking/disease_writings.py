"""Other writings of the type of a disease: "glycosylation disorder Ic" is that of type 1C."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8"}
_LETTERED = re.compile(r"(?<=[\s-])(VIII|VII|VI|IV|V|I{1,3})([A-Ha-h])(?![\w])")
_LAST = re.compile(r"(?<!type)(?<=\w)[\s-]+((?:[IVX]{1,4}|\d{1,2})[A-Ha-h]?)\Z", re.IGNORECASE)


def typed_writings(text: str) -> Iterator[str]:
    """Yield the name with the number of its type in figures, and with the word "type" before it.

    >>> list(typed_writings("tyrosinemia Ib"))
    ['tyrosinemia 1B', 'tyrosinemia type 1B']
    """
    figures = _LETTERED.sub(lambda number: _ROMAN[number[1]] + number[2].upper(), text)
    if figures != text:
        yield figures
    if _LAST.search(figures):
        yield _LAST.sub(r" type \1", figures)
