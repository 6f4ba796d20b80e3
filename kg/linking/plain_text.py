"""A name and the text that it stands in, analysed well enough for linking, without spaCy."""

from __future__ import annotations

import hashlib
import re

from kg.linking.short_forms import find_short_forms
from kg.model import Analysis, Document, EntityType, Iri, Mention, Sentence, Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ANY_TYPE = EntityType.PROCESS
"""Stands in a mention whose type nobody said and that was not linked."""


def in_context(text: str, kind: EntityType | None, context: str) -> tuple[Analysis, Mention]:
    """Return an analysis of the context with the name in it, put before the context where it is not in it.

    Short forms are found where they stand in brackets behind their long form.

    Raises:
        ValueError: the text is empty.
    """
    stripped = " ".join(text.split())
    if not stripped:
        message = "the text to link is empty"
        raise ValueError(message)
    at = _place(stripped, context)
    whole = context if at >= 0 else f"{stripped}\n{context}" if context else stripped
    start = max(0, at)
    return analyse_plainly(whole), Mention(start, start + len(stripped), stripped, kind or _ANY_TYPE, ("user",))


def _place(name: str, context: str) -> int:
    """Return where the name stands in the context, as words of its own where there are such; -1 where it does not."""
    whole = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", context)
    return whole.start() if whole else context.find(name)


def analyse_plainly(text: str) -> Analysis:
    """Return tokens by a regular expression, one sentence, and abbreviations: enough for linking."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(Iri(f"https://w3id.org/kg-loader/document/{digest[:12]}"), digest[:12], text, digest)
    tokens = tuple(Span(match.start(), match.end()) for match in _TOKEN.finditer(text))
    return Analysis(document, tokens, (Sentence(0, len(text)),), tuple(find_short_forms(text)))
