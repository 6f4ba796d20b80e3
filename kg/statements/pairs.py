"""Pairs of things of one document that may stand in a relation, with every sentence in which they meet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.statements.topics import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.statements.view import SentenceView, Slot

KINDS = {"DG": ("inhibits", "activates"), "DS": ("causes_adverse_event", "treats")}
"""The pairs that the model judges, by the letters of subject and object, and the relations it knows for each."""
MOST_THINGS = 25
"""How many things of a letter are looked at, the most frequent ones first; a long text stays cheap."""
_WORD = re.compile(r"[A-Z]+|[a-z][a-z-]*|\d+|[^\sA-Za-z\d]")
_SUFFIX = re.compile(r"(?:ing|ed|es|s|ation|ion|ive|ory|or|er|ly)$")


@dataclass(frozen=True, slots=True)
class Meeting:
    """The nearest mentions of both ends in one sentence."""

    view: SentenceView
    subject: Slot
    object: Slot

    @property
    def gap(self) -> int:
        """Characters between the two mentions."""
        return max(self.subject.start, self.object.start) - min(self.subject.end, self.object.end)


@dataclass(frozen=True, slots=True)
class Pair:
    """A drug and a gene, or a drug and a disease, of one document that share a sentence at least once."""

    kind: str
    subject: str
    object: str
    meetings: tuple[Meeting, ...]


def words_of(text: str) -> list[str]:
    """Return the words of a piece of a line; mentions become their letter, numbers 0.

    >>> words_of("DDDD reduced 12% of GG")
    ['D', 'reduced', '0', '%', 'of', 'G']
    """
    return [word[0] if word.isupper() else "0" if word.isdigit() else word for word in _WORD.findall(text)]


def stem_of(word: str) -> str:
    """Return a word without its ending, at most eight letters: enough to join the forms of a verb."""
    return word if len(word) < 5 else _SUFFIX.sub("", word)[:8]


class DocumentThings:
    """What a document names: how often, where first, in which sentences, and the words around each thing."""

    def __init__(self, views: Sequence[SentenceView]) -> None:
        self.views = views
        self.counts: Counter[str] = Counter()
        self.sentences: dict[str, dict[int, list[Slot]]] = defaultdict(lambda: defaultdict(list))
        self.contexts: dict[str, set[str]] = defaultdict(set)
        self.names: dict[str, str] = {}
        by_letter: dict[str, set[str]] = defaultdict(set)
        first: dict[str, tuple[int, int]] = {}
        for number, view in enumerate(views):
            for slot in view.slots:
                key = key_of(slot.linked)
                by_letter[slot.letter].add(key)
                self.counts[key] += 1
                self.sentences[key][number].append(slot)
                self.names.setdefault(key, slot.linked.mention.text.lower())
                first.setdefault(key, (number, slot.start))
                before = words_of(view.full[max(0, slot.start - 40) : slot.start])[-2:]
                after = words_of(view.full[slot.end : slot.end + 40])[:2]
                self.contexts[key].update(f"<{stem_of(word)}" for word in before)
                self.contexts[key].update(f">{stem_of(word)}" for word in after)
        self.title = {key_of(slot.linked) for view in views[:1] for slot in view.slots}
        self.last = {key_of(slot.linked) for view in views[-2:] for slot in view.slots}
        self.ranked = {
            letter: sorted(keys, key=lambda key: (-self.counts[key], first[key])) for letter, keys in by_letter.items()
        }

    def pairs(self) -> Iterator[Pair]:
        """Yield the pairs that the model may judge, the most frequent subjects first."""
        for kind in KINDS:
            for subject in self.ranked.get(kind[0], [])[:MOST_THINGS]:
                for target in self.ranked.get(kind[1], [])[:MOST_THINGS]:
                    meetings = tuple(self._meetings(kind, subject, target)) if subject != target else ()
                    if meetings:
                        yield Pair(kind, subject, target, meetings)

    def _meetings(self, kind: str, subject: str, target: str) -> Iterator[Meeting]:
        for number in sorted(self.sentences[subject].keys() & self.sentences[target].keys()):
            met = [
                Meeting(self.views[number], one, other)
                for one in self.sentences[subject][number]
                for other in self.sentences[target][number]
                if one.letter == kind[0] and other.letter == kind[1]
            ]
            nearest = min(met, key=lambda meeting: meeting.gap, default=None)
            if nearest is not None and nearest.gap >= 0:
                yield nearest
