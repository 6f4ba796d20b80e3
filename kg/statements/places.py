"""Where a rule matched, what is looked for there, and what was found: the values between the engine and the finders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import EntityType, LinkedMention, Mention

if TYPE_CHECKING:
    import re

    from kg.statements.rules import End
    from kg.statements.topics import Topics
    from kg.statements.view import SentenceView, Slot

STUDIED = LinkedMention(Mention(0, 1, "?", EntityType.DISEASE, ()), "?")
"""Stands for the diseases a drug is studied for, until the document is read to its end."""

DIRECTED = frozenset(["inhibits", "activates"])
"""The relations that have a direction, which a loss turns round."""


@dataclass(frozen=True, slots=True)
class Found:
    """An end found for a rule: the mention, how it was found, and its slot when it stands in this sentence."""

    linked: LinkedMention
    finder: str
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule matched: the view, the match, the span of the trigger, and the topics of the document."""

    view: SentenceView
    match: re.Match[str]
    start: int
    end: int
    topics: Topics


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, in which role, and where."""

    end: End
    role: str
    place: Place
