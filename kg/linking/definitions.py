"""What a document itself says about its names: short forms it defines, and the fullest name of each organisation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.linking.short_forms import (
    find_short_forms,
    has_initials,
    is_short_for,
    mention_pairs,
    parts_of_short_form,
    spans_words,
)
from kg.linking.wordlists import LEGAL_FORMS
from kg.model import EntityType
from kg.ontology.normalize import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Abbreviation, Analysis, Mention

_SEPARATORS = re.compile(r"[^\w+]")
_WORD = re.compile(r"[^\s,]+")
_INNER = re.compile(r"[\w\-/+']+")
_RUN = re.compile(r"[^\W_]+")
_SHORTEST_SHARED = 4
_SHORT_FORM = re.compile(r"[A-Z]{2,5}")


@lru_cache(maxsize=1 << 14)
def short_form_key(text: str) -> str:
    """Return what the writings of one short form share: no hyphens or spaces, no plural s; case counts.

    >>> short_form_key("NK-cells") == short_form_key("NK cell"), short_form_key("AMLs")
    (True, 'AML')
    """
    compact = _SEPARATORS.sub("", text)
    return compact[:-1] if len(compact) > 2 and compact[-1] == "s" and compact[-2] != "s" else compact


def long_forms(analysis: Analysis, mentions: Sequence[Mention]) -> dict[str, str]:
    """Return the long form of each short form that the document defines, by ``short_form_key``.

    The analysis goes first, then brackets between mentions, then brackets anywhere.
    """
    text = analysis.document.text
    found: dict[str, str] = {}
    for short, long in (
        *_texts(text, analysis.abbreviations),
        *mention_pairs(text, mentions),
        *_texts(text, find_short_forms(text)),
    ):
        known = short_form_key(short)
        if known and known != short_form_key(long) and not _holds(long, short):
            found.setdefault(known, long)
            for part, meant in parts_of_short_form(short, long):
                found.setdefault(short_form_key(part), meant)
    return found


def _holds(long: str, short: str) -> bool:
    """Say whether a short form stands as a word in what it is said to mean: "Na+-binding sites (Na)" says nothing."""
    return any(word == short for word in _RUN.findall(long))


def _texts(text: str, abbreviations: Iterable[Abbreviation]) -> Iterator[tuple[str, str]]:
    for one in abbreviations:
        yield text[one.short.start : one.short.end], " ".join(text[one.long.start : one.long.end].split())


def expand(text: str, forms: dict[str, str]) -> str | None:
    """Return the mention with its short form written out, or None where it holds none that is defined.

    What stands written out in the mention itself ("growth hormone (GH) deficiency") needs no more of it.
    """
    whole = forms.get(short_form_key(text))
    if whole is not None:
        return whole
    for match in _INNER.finditer(text):
        long = forms.get(short_form_key(match[0]))
        if long is not None and match[0] != text and long.casefold() not in text.casefold():
            return f"{text[: match.start()]}{long}{text[match.end() :]}"
    return None


def undefined_short_form(mention: Mention, mentions: Iterable[Mention]) -> tuple[str, bool] | None:
    """Return the one name of the same type in the document that a short form may stand for though nothing says so.

    Its letters must stand in the name in order, the first one first ("QTP" where only quetiapine fits), or be the
    initials of its words. The second value says that they come from all its words, so that chance is unlikely.
    """
    short = mention.text
    if not _SHORT_FORM.fullmatch(short):
        return None
    others = {
        key(other.text): other.text
        for other in mentions
        if other.type is mention.type and len(other.text) > 2 * len(short)
    }.values()
    likely = [other for other in others if has_initials(short, other) or spans_words(short, other)]
    fitting = likely or [other for other in others if is_short_for(short, other)]
    return (fitting[0], bool(likely)) if len(fitting) == 1 else None


@lru_cache(maxsize=1 << 14)
def organisation_key(name: str) -> str:
    """Return what the names of one company share: no legal form, no case, no punctuation.

    >>> organisation_key("ACME Pharma, Inc.") == organisation_key("Acme Pharma")
    True
    """
    words = [word.casefold().strip(".,;()®™") for word in _WORD.findall(name)]
    if words and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and (words[-1] in LEGAL_FORMS or not words[-1].isalnum()):
        words = words[:-1]
    return key(" ".join(words))


def name_key(text: str, kind: EntityType) -> str:
    """Return what the names of one thing without an identifier share."""
    return organisation_key(text) if kind is EntityType.ORGANISATION else key(text)


def fuller_organisations(mentions: Iterable[Mention]) -> dict[str, str]:
    """Return, by key, the longer name that an organisation is named with elsewhere: "Acme" -> "Acme Pharma Inc".

    Only where the short name is the beginning of exactly one longer one.
    """
    names: dict[str, str] = {}
    for mention in mentions:
        if mention.type is EntityType.ORGANISATION and not mention.coreference:
            known = organisation_key(mention.text)
            names[known] = fullest([mention.text, names.get(known, mention.text)])
    found: dict[str, str] = {}
    for short in names:
        longer = [
            long for long in names if long != short and _begins_with(names[long], names[short])
        ] if len(short) >= _SHORTEST_SHARED else []  # fmt: skip
        if len(longer) == 1:
            found[short] = names[longer[0]]
    return found


def _begins_with(long: str, short: str) -> bool:
    first, second = (name.casefold().split() for name in (long, short))
    while len(second) > 1 and second[-1].strip(".,") in LEGAL_FORMS:
        second = second[:-1]
    return [word.strip(".,") for word in first[: len(second)]] == [word.strip(".,") for word in second]


def fullest(names: Iterable[str]) -> str:
    """Return the name that says most: the longest, in mixed case where there is one, then the first in order.

    >>> fullest(["ACME", "Acme Corporation", "ACME CORPORATION"])
    'Acme Corporation'
    """
    cleaned = {" ".join(name.split()).strip(" .,;®™") or name for name in names}
    return min(cleaned, key=lambda name: (-len(name), name.isupper(), name.islower(), name))
