"""Parts of a text in which no biomedical name stands: addresses, symbols, journals, datelines; and persons' names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.recognition.organisation_patterns import UPPER
from kg.recognition.words import holds_any

_ADDRESS_MARK = re.compile(r"@|://|www\.|NCT\d|\.(?:com|org|net|gov|eu|de|co\.uk)\b")
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\b\w[\w-]*\.(?:com|org|net|gov|eu|de|co\.uk)\b\S*|\bNCT\d{8}\b")
_JOURNAL = re.compile(
    r"\b(?:Journal|Annals|Archives|Lancet)\s+(?:(?:of|for|on)\s+)?(?:the\s+)?(?:[A-Z]\w+[ ]?(?:(?:of|and|for|&)[ ])?)+"
)
_JOURNALS = ("Journal", "Annals", "Archives", "Lancet")
_DATELINE = re.compile(r"^[ ]*[A-Z][A-Z. ]{2,30}(?=,[ ])", re.MULTILINE)
_SYMBOL = re.compile(
    r"\b(?:Nasdaq|NASDAQ|NYSE|Euronext|OTC\w*|TSXV?|LSE|AIM|ASX|HKEX|TSE|[A-Z]{3,5})\s?:\s?[A-Z0-9]{2,6}\b"
)
_NAME = rf"[{UPPER}][\w’'-]+"
_SAYING = ("said", "says", "added", "commented", "noted")
_PERSONS = (
    (
        rf"\b(?:Dr|Mr|Mrs|Ms|Prof|Professor|Sir)\.?\s+(?P<titled>{_NAME}(?:\s+(?:[{UPPER}]\.\s*)*{_NAME}){{0,2}})",
        ("Dr", "Mr", "Ms", "Prof", "Sir"),
    ),
    (
        rf"\b(?:said|says|added|commented|stated|noted"
        rf"|remarked)\s*,?\s*(?P<speaker>{_NAME}(?:\s+(?:[{UPPER}]\.\s*)*{_NAME}){{0,2}})",
        (*_SAYING, "stated", "remarked"),
    ),
    (
        rf"(?<![\w’'-])(?P<degree>{_NAME}\s+(?:[{UPPER}]\.\s*)*{_NAME}),?\s+"
        r"(?:M\.?D|Ph\.?D|Pharm\.?D|MBA|FRCP|MPH)\b",
        ("M.D", "MD", "Ph.D", "PhD", "Pharm.D", "PharmD", "MBA", "FRCP", "MPH"),
    ),
    (rf"(?<![\w’'-])(?P<saying>{_NAME})\s+(?:said|says|added|noted|commented)\b", _SAYING),
)
"""How a text names persons, each with what it holds where it does; they are looked for together, as one takes names
from another."""
_MAIL = re.compile(r"\b(?P<first>[a-z]{2,})[._](?P<last>[a-z]{3,})@")
"""An address that says whose it is."""
_TITLED = re.compile(
    rf"(?<![\w’'-])(?P<name>{_NAME}\s+(?:[{UPPER}]\.\s*)*{_NAME}),?\s+(?:(?:\w+\s+){{0,3}}(?:[Vv]ice\s+)?[Pp]resident"
    rf"|(?:[Ii]nterim\s+|\w+\s+)?[Cc]hief\s+\w+(?:\s+\w+)?\s+[Oo]fficer|CEO|CFO|[Cc]hair(?:man|woman|person)?)\b"
)
_OFFICES = ("resident", "hief", "CEO", "CFO", "hair")


def zones(text: str) -> list[tuple[int, int]]:
    """Return the places of addresses, stock symbols, journals and datelines."""
    found = [match.span() for match in _ADDRESS.finditer(text)] if _ADDRESS_MARK.search(text) else []
    found += _symbols(text)
    if holds_any(text, _JOURNALS):
        found += [match.span() for match in _JOURNAL.finditer(text)]
    return found + datelines(text)


@lru_cache(maxsize=2)
def _symbols(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _SYMBOL.finditer(text)) if ":" in text else ()


def datelines(text: str) -> list[tuple[int, int]]:
    """Return the places that begin a line in capitals before a comma: "NEW YORK, May 2"."""
    return [match.span() for match in _DATELINE.finditer(text)]


def persons(text: str) -> frozenset[str]:
    """Return the capitalised words of persons' names."""
    wanted = tuple(pattern for pattern, marks in _PERSONS if holds_any(text, marks))
    found = _any_of(wanted).finditer(text) if wanted else ()
    names = [name for match in found for name in match.groups() if name]
    if holds_any(text, _OFFICES):
        names += [match["name"] for match in _TITLED.finditer(text)]
    if "@" in text:
        names += [f"{match['first']} {match['last']}".title() for match in _MAIL.finditer(text)]
    return frozenset(
        word
        for name in names
        for word in name.split()
        if len(word) > len("Abc") and word[0].isupper() and not word.isupper()
    )


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def tickers(text: str) -> tuple[str, ...]:
    """Return the stock symbols that the text gives, as prefixes of document codes."""
    symbols = {text[start:end].rpartition(":")[2].strip() for start, end in _symbols(text)}
    return tuple(sorted(symbols)) or ("\0",)
