"""What belongs to a mention: no mark, article or possessive, no severity word, only the named part of a phrase."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LEADING = re.compile(r"[\s\u200b\"“”‘’'(\[*,;:<>®™•/–—-]+|(?:the|a|an|its|their|our)\s+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:\[[®™]\]|[\s\"“”‘(\[*,;:<>®™–—†‡-]+|['’]s?|\.)$", re.IGNORECASE)
_SEVERITY_TEXT = """
severe severely mild mildly moderate moderately moderate-to-severe mild-to-moderate advanced unresectable
resectable relapsed relapsing refractory relapsed/refractory metastatic recurrent persistent newly diagnosed
untreated treated previously early-stage late-stage end-stage active symptomatic serious life-threatening locally
high-risk low-risk intermediate-risk first-line second-line progressive-stage inoperable uncontrolled poorly
controlled residual established suspected confirmed treatment-resistant treatment-naive treatment-naïve
symptomatic worsening debilitating devastating
"""
_SEVERITY = frozenset(_SEVERITY_TEXT.split())
_KEPT_AFTER = {
    "end-stage": ("renal", "kidney", "liver", "lung", "heart"),
    "relapsing": ("multiple", "polychondritis", "fever", "remitting", "-"),
    "progressive-stage": (),
}
_NAMED_BY_SEVERITY = ("cognitive impairment", "combined immunodeficiency", "acute respiratory", "tuberculosis")
_SEVERITY_RUN = re.compile(
    rf"(?:(?:{'|'.join(sorted(map(re.escape, _SEVERITY), key=len, reverse=True))})(?:\s+(?:to|or|and|and/or)\s+|,?\s+"
    rf"|/)"
    r"|grades?\s+[≥≤<>]?\s?\d(?:\s?(?:or|to|-|–|/)\s?\d)?\s+"
    r"|stage\s+[IV1-4]+[ABCabc]?\s+|phase\s+[\dI/ab]+\s+)+",
    re.IGNORECASE,
)
_ONLY_SEVERITY = re.compile(rf"(?:non-?|early-?)?(?:{'|'.join(map(re.escape, sorted(_SEVERITY)))})", re.IGNORECASE)
_HEADS_TEXT = """
inhibitor inhibitors inhibition antibody antibodies vaccine vaccines therapy therapies treatment treatments
patient patients adc adcs agonist agonists antagonist antagonists blocker blockers modulator modulators injection
injections tablet tablets capsule capsules candidate candidates drug drugs degrader degraders activator activators
analog analogs program
"""
_GENERIC_HEAD = re.compile(
    rf"[\s-]+(?:monoclonal\s+|conjugate\s+)?(?:{'|'.join(sorted(_HEADS_TEXT.split(), key=len, reverse=True))})$",
    re.IGNORECASE,
)
_KIND = re.compile(r"(?:[a-z-]+\s)?(?:(?:onco)?gene\s(?=[\w-]{2,}$)|protein\s(?=[A-Za-z-]+\d[\w-]*$))")
"""What says of a symbol what it is: "the proapoptotic gene VEX", "protein p99"."""
_ANTI = re.compile(r"anti[-‑\s](?=\w)", re.IGNORECASE)
_BEFORE_NAME = re.compile(r"\d{1,2}(?:[-,]\d{1,2})*(?=[A-Z][a-z]{3,}(?![\w-]))")
_FOOTNOTE = re.compile(r"(?<=[a-z]{4})\d{1,2}(?!\w)")
_TRANSGENE = re.compile(r"(?<=\d)[Tt]g$")
"""What marks a transgene behind the name of its gene: "ABC-2tg"."""
_NAMED_PARTS = (EntityType.GENE_PROTEIN, EntityType.DISEASE, EntityType.CELL)
_MARKED = (EntityType.DRUG, EntityType.ORGANISATION, EntityType.DISEASE)
_MARK = re.compile(r"\s?(?:\[[®™]\]|[®™])")
_RECEPTOR = re.compile(r"[A-Z][A-Z\d]{1,5}[-+]\s+(?=[a-z]{4})")
_SEAT = re.compile(r"(?<=\bInc\.)(?:,\s[A-Z][\w.]*(?:\s[A-Z][\w.]*)*)+$")
_SPACES = "\n\r\t\u00a0"
_LEGAL_END = re.compile(r"(?:Inc|Ltd|Corp|Co|S\.A|N\.V|B\.V|S\.p\.A|S\.r\.l|L\.P|L\.L\.C|K\.K|S\.A\.S|Pty|Cos)\.$")


def clean(text: str, mention: Mention, long_forms: frozenset[tuple[int, int]] = frozenset()) -> Mention | None:
    """Return the mention cut to its name; None when nothing is left.

    ``long_forms`` are spans that the document abbreviates: their severity words belong to the name.
    """
    start, end = trimmed(text, mention.start, mention.end, mention.type)
    if mention.type in _MARKED:
        start, end = _unmarked(text, start, end, mention.type)
    if mention.type is EntityType.DISEASE:
        if _ONLY_SEVERITY.fullmatch(text, start, end):
            return None
        start = start if (start, end) in long_forms else _without_severity(text, start, end)
        footnote = _FOOTNOTE.search(text, start, end)
        end = footnote.start() if footnote is not None and footnote.end() == end else end
    if mention.type in _NAMED_PARTS and mention.recognizers != ("dictionary",):
        start, end = named_part(text, start, end)
    if mention.type is EntityType.GENE_PROTEIN and (mark := _TRANSGENE.search(text[start:end])) is not None:
        end = start + mark.start()
    if start >= end:
        return None
    if (start, end) == (mention.start, mention.end):
        return mention
    return replace(mention, start=start, end=end, text=text[start:end])


def _unmarked(text: str, start: int, end: int, entity_type: EntityType) -> tuple[int, int]:
    """Return the span without a footnote's number before it, up to a trade mark in a drug or a seat behind a firm."""
    footnote = _BEFORE_NAME.match(text, start, end)
    start = start if footnote is None else footnote.end()
    if entity_type is EntityType.DISEASE:
        receptor = _RECEPTOR.match(text, start, end)
        return start if receptor is None else receptor.end(), end
    cut = (_MARK if entity_type is EntityType.DRUG else _SEAT).search(text, start + 1, end)
    return start, end if cut is None else cut.start()


def trimmed(text: str, start: int, end: int, entity_type: EntityType) -> tuple[int, int]:
    """Return the span without marks, quotes, article and possessive around it."""
    while (match := _LEADING.match(text, start, end)) is not None and not _is_bracketed(text, start, end):
        start = match.end()
    while start < end and (match := _TRAILING.search(text[start:end])) is not None:
        if entity_type is EntityType.ORGANISATION and _LEGAL_END.search(text[start:end]):
            break
        if entity_type is EntityType.DISEASE and match[0].startswith(("'s", "’s")):
            break
        end = start + match.start()
    return start, end


def _is_bracketed(text: str, start: int, end: int) -> bool:
    """Whether the span begins with a bracket that closes inside it, as the names of chemicals do."""
    closing = {"(": ")", "[": "]"}.get(text[start])
    return closing is not None and closing in text[start + 1 : end - 1]


def named_part(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the named part of "anti-X", "X inhibitor", "X vaccine".

    >>> named_part("anti-PD-1 antibody", 0, 18)
    (5, 9)
    """
    match = _ANTI.match(text, start, end) or _KIND.match(text[start:end])
    if match is not None:
        start = match.end() if match.re is _ANTI else start + match.end()
    while (head := _GENERIC_HEAD.search(text[start:end])) is not None:
        end = start + head.start()
    return start, end


def has_generic_head(surface: str) -> bool:
    """Whether the phrase ends with a word such as inhibitor or vaccine, or begins with "anti-".

    >>> has_generic_head("PD-1 inhibitor"), has_generic_head("melanoma")
    (True, False)
    """
    return _GENERIC_HEAD.search(surface) is not None or _ANTI.match(surface) is not None


def _without_severity(text: str, start: int, end: int) -> int:
    match = _SEVERITY_RUN.match(text, start, end)
    if match is None or match.end() >= end:
        return start
    last = match[0].split()[-1].lower()
    rest = text[match.end() : end].lower()
    if rest.startswith(_NAMED_BY_SEVERITY) or rest.startswith(_KEPT_AFTER.get(last, ("\0",))):
        return start
    return match.end()


def overlaps(left: Mention, right: Mention) -> bool:
    """Whether two mentions share a character."""
    return left.start < right.end and right.start < left.end


def in_order(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions in text order."""
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.type, mention.coreference)))


class Taken:
    """The characters already covered by a mention; answers in constant time."""

    def __init__(self, length: int) -> None:
        """Begin with nothing covered in a text of so many characters."""
        self._covered = bytearray(length)

    def is_free(self, start: int, end: int) -> bool:
        """Whether no character of the span is covered."""
        return not any(self._covered[start:end])

    def cover(self, places: Iterable[tuple[int, int]]) -> None:
        """Cover the characters of the places."""
        for start, end in places:
            self._covered[start:end] = b"\1" * (end - start)


def occurrences(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where one of the names stands as a whole word, the longest name first where they overlap.

    A line wrap inside a name counts as a space.

    >>> list(occurrences("AML and AML-like; CAML", ["AML"]))
    [(0, 3), (8, 11)]
    """
    flat = text
    for space in _SPACES:
        flat = flat.replace(space, " ")
    covered = bytearray(len(text))
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        start = flat.find(name)
        while start >= 0:
            end = start + len(name)
            if is_whole(flat, start, end) and not covered[start] and not covered[end - 1]:
                covered[start:end] = b"\1" * len(name)
                yield start, end
            start = flat.find(name, end)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit stands right before or behind the span."""
    return not (start and _is_letter(text[start - 1])) and not (end < len(text) and _is_letter(text[end]))


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"
