"""A name and the text that it stands in, analysed well enough for linking, without spaCy."""

from __future__ import annotations

import hashlib
import re

from kg.linking.short_forms import find_short_forms
from kg.model import Analysis, Document, EntityType, Iri, Mention, Sentence, Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_HYPHENS, _APOSTROPHES = "-\u2010\u2011\u2012\u2013\u2212", "'\u2018\u2019\u02bc"
_FORMS = {char: f"[{forms}]" for forms in (_HYPHENS, _APOSTROPHES) for char in forms}
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ANY_TYPE = EntityType.PROCESS
"""Stands in a mention whose type nobody said and that was not linked."""


def in_context(text: str, kind: EntityType | None, context: str) -> tuple[Analysis, Mention]:
    """Return an analysis of the context with the name in it, put before the context where it is not in it.

    Short forms are found where they stand in brackets behind their long form.

    Raises:
        ValueError: the text is empty, or it or the context holds a lone surrogate, which is no character.
    """
    stripped = " ".join(text.split())
    if not stripped:
        message = "the text to link is empty"
        raise ValueError(message)
    place = find_name(stripped, context)
    if place is None:
        whole, place = (f"{stripped}\n{context}" if context else stripped), Span(0, len(stripped))
    else:
        whole = context
    written = whole[place.start : place.end]
    return analyse_plainly(whole), Mention(place.start, place.end, written, kind or _ANY_TYPE, ("user",))


def find_name(name: str, context: str) -> Span | None:
    r"""Return where a name first stands in a context, as words of their own.

    Written the very same, else with other spaces, hyphens, apostrophes and capitals.

    >>> find_name("acute leukemia", "It was ACUTE\n leukemia.")
    Span(start=7, end=22)
    """
    exact = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(context)
    found = exact or re.compile(rf"(?<!\w){_loose(name)}(?!\w)", re.IGNORECASE).search(context)
    return None if found is None else Span(found.start(), found.end())


def _loose(name: str) -> str:
    """Return a pattern of the name in which what typesetters change may be any of its forms."""
    return re.sub(r"\s+", r"\\s+", "".join(_FORMS.get(char, re.escape(char) if char != " " else char) for char in name))


def analyse_plainly(text: str) -> Analysis:
    """Return tokens by a regular expression, one sentence, and abbreviations: enough for linking.

    Raises:
        ValueError: the text holds a lone surrogate.
    """
    lone = _SURROGATE.search(text)
    if lone:
        message = f"the text holds a lone surrogate, {lone[0]!r} at {lone.start()}: decode it with the right encoding"
        raise ValueError(message)
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(Iri(f"https://w3id.org/kg-loader/document/{digest[:12]}"), digest[:12], text, digest)
    tokens = tuple(Span(match.start(), match.end()) for match in _TOKEN.finditer(text))
    return Analysis(document, tokens, (Sentence(0, len(text)),), tuple(find_short_forms(text)))
