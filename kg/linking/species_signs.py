"""What a document that names mice is about: mice themselves, or human cells that were put into them."""

from __future__ import annotations

import re
from math import log1p

_SIGNS = {
    "cancer": re.compile(
        r"\b(?:cancers?|carcinomas?|tumou?rs?|leuka?emi\w+|lymphomas?|melanomas?|gliomas?|glioblastomas?|sarcomas?|"
        r"neuroblastomas?|adenocarcinomas?)\b",
        re.IGNORECASE,
    ),
    "development": re.compile(
        r"\b(?:development\w*|differentiation|progenitors?|stem|ha?ematopoie\w+|neurons?|T cells?|B cells?|"
        r"macrophages?|immun\w+)\b",
        re.IGNORECASE,
    ),
    "embryos": re.compile(
        r"\b(?:embryos?|embryonic|E\d{1,2}\.5|P\d{1,2}|littermates?|preimplantation|blastocysts?|neonates|pups|"
        r"gestation)\b"
    ),
    "grafts": re.compile(
        r"\b(?:nude|athymic|SCID|NOD|xenograft\w*|xenotransplant\w*|immunodeficient|immunocompromised)\b", re.IGNORECASE
    ),
    "lines": re.compile(r"\bcell lines?\b", re.IGNORECASE),
    "symbols": re.compile(r"\b[A-Z][a-z]{1,5}\d+[a-z]?\d*\b"),
}
"""Tumour cells of man grow in nude mice; development and immunity are studied in mice of one's own."""
_MOST_COUNTED = 6


def document_signs(text: str) -> dict[str, float]:
    """Return how often a text speaks of what tells the two apart, as logarithms; what is left out is 0.

    >>> sorted(document_signs("Xenografts of two cell lines in nude mice; Trp53 was not measured."))
    ['grafts', 'lines', 'symbols']
    """
    counts = {name: min(_MOST_COUNTED, len(pattern.findall(text))) for name, pattern in _SIGNS.items()}
    return {name: log1p(count) for name, count in counts.items() if count}
