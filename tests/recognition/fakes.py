"""Recognizers that find what a test tells them to."""

import re
from collections.abc import Sequence

from kg.model import Analysis, EntityType, Mention


class Fake:
    """Finds each given text everywhere, as ``name`` would."""

    def __init__(self, name: str, found: dict[str, EntityType], score: float = 0.95) -> None:
        self._name = name
        self._found = found
        self._score = score

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        text = analysis.document.text
        return tuple(
            Mention(match.start(), match.end(), match[0], kind, (self._name,), self._score)
            for wanted, kind in self._found.items()
            for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", text)
        )


class Placed:
    """Finds the given spans, whatever the text."""

    def __init__(self, name: str, spans: Sequence[tuple[str, int, EntityType]], score: float = 0.95) -> None:
        self._name = name
        self._spans = spans
        self._score = score

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        return tuple(
            Mention(start, start + len(text), text, kind, (self._name,), self._score)
            for text, start, kind in self._spans
        )


def found(mentions: Sequence[Mention]) -> list[tuple[str, str]]:
    """What was found, without coreference."""
    return [(mention.text, mention.type.value) for mention in mentions if not mention.coreference]
