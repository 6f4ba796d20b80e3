"""What a model alone takes for a cell or a process: whether its last word can name one, and where its name begins."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELL = re.compile(
    r"(?:\w+[-/])*\w*(?:cell|cyte|blast|phage|clast|phil|platelet|neurone?|sperm|gamete|progenitor|precursor|killer"
    r"|receptor|glia|treg|spermatozoon|mononuclear|afferent|fiber|fibre|rod|cone)s?|(?:spermatozo|microgli|astrogli)a",
    re.IGNORECASE,
)
_PROCESS = re.compile(
    r"(?:\w+[-/])*\w*(?:[ts]ion|sis|ment|ing|ity|[ae]nce|phagy|taxis|trophy|plasia|growth|death|birth|repair|cycle"
    r"|response|pathway|transfer|release|uptake|transport|stress|flow|damage|loss|escape|arrest|decay|turnover"
    r"|import|export|influx|efflux|flux|traffic|switch|burst|cascade|rhythm|checkpoint|bolism|failure|rupture)s?",
    re.IGNORECASE,
)
_BECOMING = re.compile(r"\w*(?:genesis|poiesis)", re.IGNORECASE)
_SHORT_FORM = re.compile(r"(?=(?:[^\s]*[A-Z]){2})[A-Za-z][\w+/-]*|[A-Z][a-z]*[\d+-]+")
_KIND = re.compile(
    r"\s(?:lines?|lineages?|populations?|subpopulations?|subsets?|clones?|cultures?|compartments?|progeny"
    r"|hybrids?|pools?|numbers?|counts?|types?)$"
)
_STATES_TEXT = """
elevated increased decreased reduced enhanced abnormal excess excessive surviving dying dead living viable
remaining residual uninfected transfected transduced treated untreated stimulated unstimulated cultured isolated
purified sorted fresh frozen thawed sonicated lysed fixed intact control normal healthy wild-type wildtype mutant
knockout knock-out primary proliferating dividing hyperproliferating autoreactive self-reactive defective
dysfunctional damaged injured invading migrating allogeneic autologous donor recipient transplanted infiltrating
neighboring neighbouring surrounding adjacent non-dividing actively newly in-vitro ex-vivo certain various
different other several specific these those such
"""
_STATES = frozenset(_STATES_TEXT.split())
_STATE = re.compile(
    r"[\w+/.()-]+-(?:deficient|treated|expressing|overexpressing|infected|stimulated|transfected|transduced|reactive"
    r"|specific|null|depleted|exposed|bearing|resistant|sensitive|mutant|mutated|knockdown|silenced|challenged|primed"
    r"|pulsed|producing|responsive)|(?:patient|donor)-derived",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?P<first>[\w+/-]+(?:\s[\w+/-]+)?)\s(?:and|or|and/or)\s(?P<second>[\w+/-]+(?:\s[\w+/-]+){0,3})")
_WORD = re.compile(r"\S+\s+")
_BARE = re.compile(
    r"(?:(?:human|mouse|murine|rat|rodent|bovine|porcine|chick|hamster|monkey|mammalian|vertebrate|insect|plant|yeast)\s?)?"
    r"(?:cells?)?",
    re.IGNORECASE,
)
"""A cell of no kind: no word or that of an animal before it."""


def named_by_head(mention: Mention) -> Iterator[Mention]:
    """Yield the cells or the process that a model's span names; other types as they are.

    "self-reactive thymocytes" are thymocytes, "endothelial and epithelial cells" are two, "transfected cells" and an
    adjective alone are none; what ends in "-genesis" happens to cells.

    >>> def named(text, kind=EntityType.CELL):
    ...     return [one.text for one in named_by_head(Mention(0, len(text), text, kind, ("model",)))]
    >>> named("elevated lymphocytes"), named("transfected cells"), named("T and B cells")
    (['lymphocytes'], [], ['T', 'B cells'])
    >>> named("apoptosis", EntityType.PROCESS), named("terminal", EntityType.PROCESS)
    (['apoptosis'], [])
    """
    if mention.type is EntityType.PROCESS:
        if _may_end(mention, _PROCESS):
            yield mention
    elif mention.type is not EntityType.CELL:
        yield mention
    elif _BECOMING.fullmatch(mention.text.split()[-1]):
        yield replace(mention, type=EntityType.PROCESS)
    else:
        yield from _cells(mention)


def _cells(mention: Mention) -> Iterator[Mention]:
    pair = _PAIR.fullmatch(mention.text)
    parts = [pair.span("first"), pair.span("second")] if pair is not None else [(0, len(mention.text))]
    for start, end in parts:
        part = _without_state(_cut(mention, start, end))
        is_elliptic = end < len(mention.text) and part is not None
        if part is not None and (is_elliptic or _may_end(part, _CELL)):
            yield part


def _without_state(mention: Mention) -> Mention | None:
    """Return the cell without what it went through; None when no kind of cell is left."""
    start, text = 0, mention.text
    kind = _KIND.search(text)
    end = len(text) if kind is None else kind.start()
    while (word := _WORD.match(text, start, end)) is not None and _is_state(word[0].rstrip()):
        start = word.end()
    rest = text[start:end]
    return None if _BARE.fullmatch(rest) or _is_state(rest) else _cut(mention, start, end)


def _is_state(word: str) -> bool:
    return word.lower() in _STATES or _STATE.fullmatch(word) is not None


def _may_end(mention: Mention, heads: re.Pattern[str]) -> bool:
    last = mention.text.split()[-1].strip("()[]")
    return heads.fullmatch(last) is not None or _SHORT_FORM.fullmatch(last) is not None


def _cut(mention: Mention, start: int, end: int) -> Mention:
    if (start, end) == (0, len(mention.text)):
        return mention
    return replace(mention, start=mention.start + start, end=mention.start + end, text=mention.text[start:end])
