"""Which part of a dictionary hit is the name, and what the lexicon cannot know: coordination and a few extra names."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.spans import named_part
from kg.recognition.words import alternatives, load_rows, load_words, lower_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_CURATED = "curated"
_EXTRA_SCORE = 0.85
_ELLIPTIC = frozenset({EntityType.DISEASE, EntityType.CELL})
_HEADS_TEXT = """
cancer cancers adenocarcinoma adenocarcinomas carcinoma carcinomas tumor tumors tumour tumours disease diseases
disorder disorders lymphoma lymphomas leukemia leukemias leukaemia infection infections pain syndrome syndromes
diabetes arthritis hepatitis melanoma sarcoma sarcomas cell cells neurons fibrosis failure injury malignancies
neoplasms asthma epilepsy psoriasis anemia headache migraine
"""
_SMALL_WORDS_TEXT = "in of with for from to by on at as the a an against treat treating has have both and or"
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())
_HEADS = frozenset(_HEADS_TEXT.split())
_PARTS = re.compile(
    r"(?P<parts>[\w+-]+(?:\s[\w+-]+)?(?:,\s+[\w+-]+(?:\s[\w+-]+)?)*),?\s+(?:and/or|and|or|as\s+well\s+as)\s+$"
)
_JOINTS = (["and/or"], ["and"], ["or"], ["as"])
_PART = re.compile(r"[\w+-]+(?:\s[\w+-]+)?")
_WINDOW = 90
_LONGEST_WORD = 25
_WORD_BEFORE = re.compile(r"(?<![\w-])(?P<word>[A-Za-z][a-z]+(?:-[A-Za-z]+)*)[ ]$")
_SYMBOL = re.compile(r"(?P<symbol>\S.*?)\s+(?:proteins?|peptides?|genes?|molecules?|mRNA)$")
_DANGLING = re.compile(r"(?:\s*(?:&|\band|\bor|\bof|\bin|\bwith|\bto|\bfor|\bby|\bthe)|[\s,;:/-]+)$", re.IGNORECASE)


def shortened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without an open bracket, a dangling word, or a head such as "inhibitor" and what follows them.

    >>> shortened("acute myeloid leukemia (AML", 0, 27)
    (0, 22)
    """
    surface = text[start:end]
    for opening, closing in (("(", ")"), ("[", "]")):
        if surface.count(opening) != surface.count(closing):
            cut = max(surface.find(opening), 0) if opening in surface else surface.find(closing)
            end = start + len(surface[:cut].rstrip())
            surface = text[start:end]
    if surface.endswith(("vaccine", "vaccines")) or "\n" not in surface:
        start, end = named_part(text, start, end)
    while (match := _DANGLING.search(text[start:end])) is not None:
        end = start + match.start()
    return start, end


def symbol_end(text: str, start: int, end: int, is_gene: Callable[[str], bool]) -> int | None:
    """Return where the name in "ATXN2 protein" or "tau peptide" ends; None when the word belongs to the name.

    >>> symbol_end("ATXN2 protein", 0, 13, {"ATXN2"}.__contains__)
    5
    >>> symbol_end("C-reactive protein", 0, 18, {"CRP"}.__contains__) is None
    True
    """
    match = _SYMBOL.match(text, start, end)
    return match.end("symbol") if match is not None and match.end() == end and is_gene(match["symbol"]) else None


def with_modifiers(text: str, mention: Mention) -> Mention:
    """Return a disease with the words before it that belong to its name: "nonsquamous lung cancer"."""
    if mention.type is not EntityType.DISEASE:
        return mention
    start = mention.start
    while (match := _WORD_BEFORE.search(text[max(0, start - _LONGEST_WORD) : start])) is not None:
        if match["word"].lower() not in load_words("disease_modifiers"):
            break
        start -= len(match[0])
    if start == mention.start:
        return mention
    return replace(mention, start=start, text=text[start : mention.end])


def elliptic_parts(text: str, mention: Mention) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, head) of the words coordinated with a mention that ends in a shared head.

    >>> text = "gastric and ovarian cancers"
    >>> found = Mention(12, 27, "ovarian cancers", EntityType.DISEASE, ("dictionary",))
    >>> [(text[start:end], head) for start, end, head in elliptic_parts(text, found)]
    [('gastric', 'cancers')]
    """
    words = mention.text.split()
    if mention.type not in _ELLIPTIC or len(words) == 1 or words[-1].lower() not in _HEADS:
        return
    begin = max(0, mention.start - _WINDOW)
    before = text[begin : mention.start]
    match = _PARTS.search(before) if before.split()[-1:] in _JOINTS else None
    if match is None:
        return
    for part in _PART.finditer(match["parts"]):
        start = begin + match.start("parts") + part.start()
        first, _, second = part[0].partition(" ")
        if not second or first.lower() not in _SMALL_WORDS:
            yield start, start + len(part[0]), words[-1]
        if second:
            yield start + len(first) + 1, start + len(part[0]), words[-1]


@cache
def _extra_names() -> dict[str, EntityType]:
    return {name.lower(): EntityType(entity_type) for name, entity_type in load_rows("extra_names")}


@cache
def _extra_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(_extra_names(), '[-‑ ]?')})(?![\w])")


def extra_mentions(text: str) -> Iterator[Mention]:
    """Yield the names of the table extra_names."""
    names = _extra_names()
    for match in _extra_pattern().finditer(lower_copy(text)):
        entity_type = names.get(" ".join(match[0].split()))
        if entity_type is not None:
            start, end = match.span()
            yield Mention(start, end, text[start:end], entity_type, (_CURATED,), _EXTRA_SCORE)


def without_overlaps(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions that no longer one overlaps, in text order; of equal ones the first."""
    ordered = sorted(enumerate(mentions), key=lambda pair: (pair[1].start, -pair[1].end, pair[0]))
    kept: list[Mention] = []
    for _, mention in ordered:
        while kept and kept[-1].end > mention.start and len(kept[-1].text) < len(mention.text):
            kept.pop()
        if not kept or kept[-1].end <= mention.start:
            kept.append(mention)
    return tuple(kept)
