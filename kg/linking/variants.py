"""Other writings of a mention that a source may have as a name, from the nearest to the boldest."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kg.linking.gene_words import reordered, spelled_out
from kg.linking.gene_writings import bare_genes, gene_writings
from kg.linking.pathway_writings import pathway_writings
from kg.linking.wordlists import EMPTY_TAILS, ENDINGS, MODIFIERS, SALTS, SWAPS, SYMBOLS, TAILS
from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator


class Step(StrEnum):
    """What was done to a mention's text to get a variant."""

    EXACT = "exact"
    DEFINITION = "abbreviation"
    GUESS = "guess"
    DOCUMENT = "document"
    CLEANED = "cleaned"
    COORDINATION = "coordination"
    PART = "part"
    INDUCED = "induced"
    MODIFIER = "modifier"
    TAIL = "tail"
    SALT = "salt"
    SWAP = "swap"
    ENDING = "ending"
    BOTH = "stripped and changed"
    ADDED = "added"
    HEAD = "head"
    INSIDE = "inside"
    NGRAM = "ngram"
    MEANING = "meaning"
    USUAL = "usual"


class Variant(NamedTuple):
    """A writing, how it came about (the boldest step), and which part of the mention's letters is left."""

    text: str
    step: Step
    kept: float = 1.0


_MOST = 60
_LONGEST = 1000
"""What has more characters is a text, no name: all its writings would take minutes."""
_EDGES = " \t\r\n\"'“”‘’`.,;:®™©*†‡"
_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_DEFINED_INSIDE = re.compile(r".*\w\s+[(\[]([A-Za-z][\w/+-]{0,9})[)\]](?=[-\s]*\w)")
"""A short form behind what it stands for, in the midst of a name: "bone morphogenetic protein (BMP) receptor"."""
_LOST_GREEK = re.compile(r"(?<![\w-])([abg])(?:\([\d+]\))?-(?=[a-z]{4})")
_GREEK = {"a": "alpha", "b": "beta", "g": "gamma"}
"""Letters that stand where a Greek one got lost: "b(0)-thalassemia", "b-carboline"."""
_ISOTOPE = re.compile(
    r"^(?:\[?\(?\d{1,3}[A-Z][a-z]?\)?\]?-?|\((?:[+\-−–±]|\+/-|RS?|S|E|Z|d|l|dl)\)-|(?:dl|[dlDL]|DL)-)"
)
_STEREO = re.compile(
    r"(?<![A-Za-z])\((?:[+\-−–±]|\+/-|RS?|S|[EZ]|(?:\d[RS],?)+)\)-|(?<![\w])(?:dl|[dl]|[DL]|DL)-(?=[a-z]{4})"
)
"""How atoms stand, wherever it is written: "(R)-(alpha)-(-)-methylhistamine"."""
_IN_BRACKETS = re.compile(r"\((alpha|beta|α|β)\)(?=-)")
_TARGETED = re.compile(
    r"^(?:anti|non)[-\s]|[-\s](?:targeted|targeting|directed|specific|positive|negative|based|containing|like|related|"
    r"induced|associated|dependent|deficient|mediated|mutated|mutant|null|expressing|bearing|derived|type)$",
    re.IGNORECASE,
)
_LONGEST_SYMBOL = 12
"""So many characters at most has a chemical symbol with its charge."""
_CHARGE = re.compile(r"\d?[+\-−]+\Z")
_INVERTED = re.compile(r"^(.+?),?\s+(?:of|in|to)\s+(?:the\s+|both\s+)?(.+)$", re.IGNORECASE)
_SWAP_OF: dict[str, tuple[str, ...]] = {}
for _group in SWAPS:
    for _word in _group:
        _others = tuple(other for other in _group if other != _word)
        _SWAP_OF[_word] = tuple(dict.fromkeys(_SWAP_OF.get(_word, ()) + _others))
_SWAPPED = frozenset({EntityType.DISEASE, EntityType.PROCESS, EntityType.CELL, None})
_LONGEST_SWAP = 7
_TAILS: dict[EntityType | None, frozenset[str]] = {kind: frozenset(words) for kind, words in TAILS.items()}
_TAILS[None] = frozenset().union(*_TAILS.values())
_ADDED = {
    EntityType.DISEASE: ("disease", "syndrome", "disorder", "cancer"),
    EntityType.CELL: ("cell",),
    EntityType.GENE_PROTEIN: ("complex",),
    EntityType.DRUG: ("compound", "peptide"),
}
"""General words that a source has behind a name: "ESCRT III complex", MeSH's "IPA-3 compound"."""
_HYPHENS = re.compile(r"[-–—/]")


def variants(text: str, kind: EntityType | None) -> Iterator[Variant]:
    """Yield the text itself and its variants without repeats; at most 60, the nearest first, none without a letter.

    What is too long for a name has no variants but itself.
    """
    if not any(map(str.isalpha, text)):
        return
    if len(text) > _LONGEST:
        yield Variant(" ".join(text.split()), Step.EXACT)
        return
    seen: set[str] = set()
    for variant in _steps(" ".join(text.split()), kind):
        folded = variant.text.casefold()
        if folded not in seen and any(map(str.isalpha, variant.text)):
            seen.add(folded)
            yield variant
            if len(seen) >= _MOST:
                return


def marked(found: Iterator[Variant], step: Step) -> Iterator[Variant]:
    """Name the door that sure variants came through; the bolder ones keep their own step."""
    for variant in found:
        yield variant._replace(step=step) if variant.step in {Step.EXACT, Step.CLEANED} else variant


def _steps(text: str, kind: EntityType | None) -> Iterator[Variant]:
    if kind is EntityType.DRUG and (substance := _substance(text)):
        yield Variant(substance, Step.EXACT)
    yield Variant(text, Step.EXACT)
    cleaned = list(_cleaned(text, kind))
    yield from cleaned
    bases = [text, *(variant.text for variant in cleaned[:2])]
    stripped = [variant for base in bases for variant in _stripped(base, kind, len(text))]
    yield from sorted(stripped, key=lambda variant: -variant.kept)
    if kind in _SWAPPED:
        for base in bases:
            for swapped, step in _swapped(base):
                yield Variant(swapped, step, min(1.0, len(base) / len(text)))
        for variant in stripped[:3]:
            for swapped, _ in _swapped(variant.text):
                yield Variant(swapped, Step.BOTH, min(1.0, len(variant.text) / len(text)))
    yield from _heads(text, kind)


def _substance(text: str) -> str | None:
    """Return the substance that a chemical symbol stands for: "calcium" for "Ca(2+)"."""
    if len(text) > _LONGEST_SYMBOL:
        return None
    plain = re.sub(r"\((\d*[+\-−]?)\)", r"\1", text)
    return SYMBOLS.get(plain) or SYMBOLS.get(_CHARGE.sub("", plain))


def _cleaned(text: str, kind: EntityType | None) -> Iterator[Variant]:
    trimmed = text.strip(_EDGES)
    plain = _PARENTHESES.sub(" ", trimmed).strip(_EDGES)
    defined = _DEFINED_INSIDE.match(trimmed)
    inside = f"{defined[1]}{trimmed[defined.end() :]}" if defined else plain
    for candidate in (trimmed, plain, inside, *_respelled(trimmed, kind)):
        yield Variant(candidate, Step.CLEANED)
    inverted = _INVERTED.match(plain)
    if inverted:
        yield Variant(f"{inverted[2]} {inverted[1]}", Step.CLEANED)
    if kind in {EntityType.GENE_PROTEIN, None}:
        spelled = list(spelled_out(plain))
        yield from (Variant(name, Step.CLEANED) for name in spelled)
        rewritten = gene_writings(plain, is_gene=kind is EntityType.GENE_PROTEIN)
        for changed in (*(turned for name in spelled for turned in reordered(name)), *rewritten):
            yield Variant(changed, Step.SWAP)
        for bare in bare_genes(plain):
            yield Variant(bare, Step.MODIFIER, len(bare) / max(1, len(text)))
        for turned in reordered(plain):
            yield Variant(turned, Step.SWAP)
    if kind in {EntityType.PROCESS, None}:
        yield from (Variant(pathway, Step.SWAP) for pathway in pathway_writings(plain))
    if kind is not EntityType.ORGANISATION:
        yield Variant(_TARGETED.sub("", trimmed), Step.MODIFIER, len(_TARGETED.sub("", trimmed)) / max(1, len(text)))


def _respelled(text: str, kind: EntityType | None) -> Iterator[str]:
    """Yield the text with the Greek letters that it lost, of hormones in their other spelling, without isotopes."""
    if kind is not EntityType.ORGANISATION:
        yield _LOST_GREEK.sub(lambda letter: f"{_GREEK[letter[1]]}-", text)
    if kind in {EntityType.DRUG, EntityType.GENE_PROTEIN, None}:
        yield text.replace("trophin", "tropin")
    if kind in {EntityType.DRUG, None}:
        yield _ISOTOPE.sub("", text)
        yield _IN_BRACKETS.sub(r"\1", _STEREO.sub("", text))


def _stripped(text: str, kind: EntityType | None, length: int) -> Iterator[Variant]:
    """Yield what is left when leading modifiers and trailing heads go, step by step."""
    fronts = list(_without_front(text)) if kind is not EntityType.ORGANISATION else []
    for front in fronts:
        yield Variant(front, Step.MODIFIER, len(front) / length)
    for base in [text, *fronts]:
        for tail in _without_tail(base, kind):
            yield Variant(tail, Step.TAIL, (len(tail) + _said_nothing(base[len(tail) :])) / length)
        if kind in {EntityType.DRUG, None}:
            salt = _without_salt(base)
            if salt:
                yield Variant(salt, Step.SALT, len(salt) / length)


def _without_front(text: str) -> Iterator[str]:
    words = text.split(" ")
    while len(words) > 1 and words[0].casefold().strip(_EDGES) in MODIFIERS:
        words = words[1:]
        yield " ".join(words)


def _without_tail(text: str, kind: EntityType | None) -> Iterator[str]:
    tails = _TAILS[kind]
    words = text.split(" ")
    while len(words) > 1:
        last = words[-1].casefold()
        if last in tails:
            words = words[:-1]
        elif "-" in words[-1] and last.rpartition("-")[2] in tails:
            words = [*words[:-1], words[-1].rpartition("-")[0]]
        else:
            return
        yield " ".join(words)


def _said_nothing(tail: str) -> int:
    """Return the length of a tail whose words only say what kind of thing it is."""
    return len(tail) if all(word.casefold() in EMPTY_TAILS for word in tail.split()) else 0


def _without_salt(text: str) -> str:
    words = text.split(" ")
    kept = [word for word in words if word.casefold() not in SALTS]
    return " ".join(kept) if kept and len(kept) < len(words) else ""


def _swapped(text: str) -> Iterator[tuple[str, Step]]:
    words = _HYPHENS.sub(" ", text).split()
    if len(words) > _LONGEST_SWAP:
        return
    if len(words) > 1:
        yield from ((changed, Step.SWAP) for changed in _swaps(words))
    for ending in _endings(words[-1] if words else ""):
        yield " ".join([*words[:-1], ending]), Step.ENDING


def _swaps(words: list[str]) -> Iterator[str]:
    for place, word in enumerate(words):
        lower = word.casefold()
        single = lower if lower in _SWAP_OF else lower.removesuffix("s")
        for other in _SWAP_OF.get(single, ()):
            yield " ".join([*words[:place], other, *words[place + 1 :]])


def _endings(word: str) -> Iterator[str]:
    for ending, nouns in ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            for noun in nouns:
                yield word.removesuffix(ending) + noun


def _heads(text: str, kind: EntityType | None) -> Iterator[Variant]:
    """Yield the name with a general word added, then shorter and shorter ends of it: "nonsquamous lung cancer"."""
    for added in _ADDED:
        if kind in {added, None}:
            yield from (Variant(f"{text} {head}", Step.ADDED) for head in _ADDED[added])
    if kind in {EntityType.ORGANISATION, EntityType.DRUG}:
        return
    words = _HYPHENS.sub(" ", text).split()
    shortest = 1 if kind is EntityType.PROCESS else 2  # what happens is told by one word: "cardiomyocyte apoptosis"
    for first in range(1, len(words) - shortest + 1):
        left = " ".join(words[first:])
        yield Variant(left, Step.HEAD, len(left) / len(text))
