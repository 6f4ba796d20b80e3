"""Who publishes a text: the organisation that announces something where the news begin."""

from __future__ import annotations

import re

_WORD = r"[A-ZÀ-Þ0-9][\w&'’®™+./-]*"
_FORM = (
    r"(?:Inc|Incorporated|Corp|Corporation|Ltd|Limited|LLC|L\.?L\.?C|PLC|plc|Co|Company|S\.?A\.?S?|S\.?p\.?A|S\.?E|A\.?G|N\.?V|"
    r"B\.?V|A/S|AB|ASA|Oyj|GmbH|KGaA|K\.?K|L\.?P|Pty|Holdings?|Group)"
)
_NAME = re.compile(
    rf"(?:[Tt]he\s+)?(?P<name>(?:{_WORD}|[a-z][\w]*[A-Z]\w*|[a-z]{{4,}}(?=\s+(?:bio|SE|N\.?V|S\.?A)\b|\s{{0,4}}\())"
    rf"(?:[^\S\n]{{1,4}}(?:(?:of|for|de|du|the|&|bio)[^\S\n]{{1,4}})*{_WORD}|[^\S\n]{{1,4}}bio\b"
    rf"|[^\S\n]{{1,4}}and[^\S\n]{{1,4}}"
    rf"(?:Company|Co\.|Sons|Drug Administration|Prevention|Care Excellence|Human Services))*"
    rf"(?:,?[^\S\n]{{1,4}}{_FORM}\b\.?)*)"
)
_TICKER = (
    r"[(\[][^()\[\]]{0,80}?\b(?:NASDAQ|Nasdaq|NYSE|LSE|Euronext|OMX|AMEX|TSX|ASX|SIX|XETRA|Frankfurt|Tokyo|TSE|OTC\w*|AIM|HKEX|"
    r"KOSDAQ|Paris|Stockholm|STO|FSE|EPA|SWX|NYSE American)\b[^()\[\]]{0,80}[)\]]"
)
_DEFINED = r"\([^()]{0,60}?(?:the\s+)?[“\"'](?:the\s+)?[^()”\"']{2,60}[”\"'][^()]{0,60}\)|\(Headquarters[^()]*\)"
_ANNOUNCES = (
    r"announce[sd]?|announcing|reported|reports|confirmed|said|presented|unveiled|disclosed|gibt|gab|annonce|anuncia|meldet|"
    r"today|heute|aujourd"
)
_ASIDES = r"(?:\s{0,4}\([^()]{0,80}\)){0,2}"
_AFTER_NAME = re.compile(
    rf"[®™]?(?:[\s,]{{0,4}}{_ASIDES}\s{{0,4}}(?:{_TICKER}|{_DEFINED})"
    rf"|(?:\s{{0,4}},[^.]{{0,260}}?,)?(?:\s{{0,4}}and\s[^.,]{{2,60}}?)?\s{{0,4}}(?:has\s+)?(?:jointly\s+)?(?:{_ANNOUNCES})\b)"
)
_AFTER_FIRM = re.compile(r"[®™]?(?:\s{1,4}[a-z(]|,\s)")
_FIRM = re.compile(rf"\b{_FORM}\.?$")
_NAMED_BY_TICKER = re.compile(rf"{_NAME.pattern}\s{{0,4}}(?={_TICKER})")
_SOURCE_LINE = re.compile(r"^(?:SOURCE:?|Source:)[ \t]+(?P<name>[A-ZÀ-Þ][^\n]{1,80}?)[ \t]*$", re.MULTILINE)
_NO_NAME_TEXT = """
A An In On At By For From With As This These Those We It Today New Data Results Patients Researchers
Scientists Shares Adults People Following After Based Researcher Investigators Company Two Three Phase
Treatment
"""
_NO_NAME = frozenset(_NO_NAME_TEXT.split())
_FIRST_WORDS = 700


def find_publisher(text: str, body_start: int) -> str | None:
    """Return the organisation that the news which begin at ``body_start`` come from, or None when none announces.

    >>> find_publisher("Acme Pharma, Inc. (Nasdaq: ACME) today announced", 0)
    'Acme Pharma, Inc.'
    >>> find_publisher("Results were reported for 40 patients.", 0) is None
    True
    """
    start = body_start + len(text[body_start:]) - len(text[body_start:].lstrip('*_>#“" \t\r\n'))
    name = _NAME.match(text, start)
    if name and _is_name(name["name"]) and _speaks(text, name):
        return _clean(name["name"])
    ticker = _NAMED_BY_TICKER.search(text, start, _first_paragraph_end(text, start))
    if ticker and _is_name(ticker["name"]):
        return _clean(ticker["name"])
    source = _SOURCE_LINE.search(text)
    return _clean(source["name"]) if source else None


def _speaks(text: str, name: re.Match[str]) -> bool:
    """Whether the name announces something, has a ticker or a short form, or is a firm's by its legal form."""
    is_firm = _FIRM.search(name["name"]) is not None and _AFTER_FIRM.match(text, name.end()) is not None
    return is_firm or _AFTER_NAME.match(text, name.end()) is not None


def _first_paragraph_end(text: str, start: int) -> int:
    end = text.find("\n\n", start)
    return min(len(text) if end < 0 else end, start + _FIRST_WORDS)


def _is_name(name: str) -> bool:
    words = name.split()
    return words[0] not in _NO_NAME and not words[0].isdigit() and len(words) < 12


def _clean(name: str) -> str:
    return re.sub(r"[®™]", "", " ".join(name.split())).strip(" ,;")
