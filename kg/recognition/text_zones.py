"""Parts of a text in which no biomedical name stands: addresses, symbols, journals, datelines; and persons' names."""

from __future__ import annotations

import re

from kg.recognition.organisation_patterns import UPPER

_ADDRESS_MARK = re.compile(r"@|://|www\.|NCT\d|\.(?:com|org|net|gov|eu|de|co\.uk)\b")
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\b\w[\w-]*\.(?:com|org|net|gov|eu|de|co\.uk)\b\S*|\bNCT\d{8}\b")
_JOURNAL = re.compile(
    r"\b(?:Journal|Annals|Archives|Lancet)\s+(?:(?:of|for|on)\s+)?(?:the\s+)?(?:[A-Z]\w+[ ]?(?:(?:of|and|for|&)[ ])?)+"
)
_DATELINE = re.compile(r"^[ ]*[A-Z][A-Z. ]{2,30}(?=,[ ])", re.MULTILINE)
_SYMBOL = re.compile(
    r"\b(?:Nasdaq|NASDAQ|NYSE|Euronext|OTC\w*|TSXV?|LSE|AIM|ASX|HKEX|TSE|[A-Z]{3,5})\s?:\s?[A-Z0-9]{2,6}\b"
)
_NAME = rf"[{UPPER}][\w’'-]+"
_PERSON = re.compile(
    rf"\b(?:Dr|Mr|Mrs|Ms|Prof|Professor|Sir)\.?\s+(?P<titled>{_NAME}(?:\s+(?:[{UPPER}]\.\s*)*{_NAME}){{0,2}})"
    rf"|\b(?:said|says|added|commented|stated|noted"
    rf"|remarked)\s*,?\s*(?P<speaker>{_NAME}(?:\s+(?:[{UPPER}]\.\s*)*{_NAME}){{0,2}})"
    rf"|(?<![\w’'-])(?P<degree>{_NAME}\s+(?:[{UPPER}]\.\s*)*{_NAME}),?\s+(?:M\.?D|Ph\.?D|Pharm\.?D|MBA|FRCP|MPH)\b"
    rf"|(?<![\w’'-])(?P<saying>{_NAME})\s+(?:said|says|added|noted|commented)\b"
)
_MAIL = re.compile(r"\b(?P<first>[a-z]{2,})[._](?P<last>[a-z]{3,})@")
"""An address that says whose it is."""
_TITLED = re.compile(
    rf"(?<![\w’'-])(?P<name>{_NAME}\s+(?:[{UPPER}]\.\s*)*{_NAME}),?\s+(?:(?:\w+\s+){{0,3}}(?:[Vv]ice\s+)?[Pp]resident"
    rf"|(?:[Ii]nterim\s+|\w+\s+)?[Cc]hief\s+\w+(?:\s+\w+)?\s+[Oo]fficer|CEO|CFO|[Cc]hair(?:man|woman|person)?)\b"
)
_GROUPS = ("titled", "speaker", "degree", "saying")


def zones(text: str) -> list[tuple[int, int]]:
    """Return the places of addresses, stock symbols, journals and datelines."""
    found = [match.span() for match in _ADDRESS.finditer(text)] if _ADDRESS_MARK.search(text) else []
    for pattern in (_SYMBOL, _JOURNAL, _DATELINE):
        found += [match.span() for match in pattern.finditer(text)]
    return found


def datelines(text: str) -> list[tuple[int, int]]:
    """Return the places that begin a line in capitals before a comma: "NEW YORK, May 2"."""
    return [match.span() for match in _DATELINE.finditer(text)]


def persons(text: str) -> frozenset[str]:
    """Return the capitalised words of persons' names."""
    names = [match[group] for match in _PERSON.finditer(text) for group in _GROUPS if match[group]]
    names += [match["name"] for match in _TITLED.finditer(text)]
    if "@" in text:
        names += [f"{match['first']} {match['last']}".title() for match in _MAIL.finditer(text)]
    return frozenset(
        word
        for name in names
        for word in name.split()
        if len(word) > len("Abc") and word[0].isupper() and not word.isupper()
    )


def tickers(text: str) -> tuple[str, ...]:
    """Return the stock symbols that the text gives, as prefixes of document codes."""
    symbols = {match[0].rpartition(":")[2].strip() for match in _SYMBOL.finditer(text)}
    return tuple(sorted(symbols)) or ("\0",)
