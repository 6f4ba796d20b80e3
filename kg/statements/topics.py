"""What a document, a section and a passage are about: the drug that "it" and "the trial" stand for, and who speaks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import SectionKind
from kg.statements.tables import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import LinkedMention
    from kg.statements.view import SentenceView, Slot

_ABOUT = re.compile(r"^\W*about\s+(?:the\s+)?(?=[A-Z])")
_BODILY = re.compile(r"\s+(?:production|levels?|release|synthesis|secretion|metabolism|signal?ling|uptake)\b")
_ABOUT_INLINE = re.compile(r"\babout\s+(?=[DO])")


def key_of(linked: LinkedMention) -> str:
    """Return what makes two mentions the same thing: the CURIE, else the name in lower case."""
    return str(linked.chosen.curie) if linked.chosen else linked.name.casefold()


@dataclass(frozen=True, slots=True)
class Topics:
    """What the parts of one document are about.

    ``drug_at`` and ``focus_at`` give for each sentence the drug of its section, and the drug last spoken of before it;
    ``disease_at`` the disease that its section is headed by.
    """

    drug: LinkedMention | None
    announcers: tuple[LinkedMention, ...]
    joint: bool
    drug_at: tuple[LinkedMention | None, ...]
    focus_at: tuple[LinkedMention | None, ...]
    disease_at: tuple[LinkedMention | None, ...]
    marketed: bool
    investigational: bool


def _main_drug(views: Sequence[SentenceView]) -> LinkedMention | None:
    score: Counter[str] = Counter()
    first: dict[str, LinkedMention] = {}
    for view in views:
        if view.section in (SectionKind.REFERENCES, SectionKind.FORWARD_LOOKING):
            continue
        for slot in view.slots:
            if slot.letter != "D" or slot.linked.mention.coreference or _BODILY.match(view.line, slot.end):
                continue
            key = key_of(slot.linked)
            first.setdefault(key, slot.linked)
            score[key] += (0 if slot.dependent or slot.nested else 2) + (
                3 if view.index < 2 or view.section is SectionKind.TITLE else 0
            )
    if not score:
        return None
    best = max(score, key=lambda key: (score[key], -first[key].mention.start))
    return first[best] if score[best] >= 4 else None


def _announcers(views: Sequence[SentenceView]) -> tuple[tuple[LinkedMention, ...], bool]:
    """Return the companies that make the news known, and whether they do so together; the longest list counts."""
    found: list[tuple[Slot, ...]] = []
    for view in views[:60]:
        if len(found) == 3 or view.section in (SectionKind.CONTACT, SectionKind.FORWARD_LOOKING):
            continue
        said = "O" in view.line and pattern("announce_verb").search(view.line) is not None
        match = pattern("announcement").search(view.line) if said else None
        if match:
            low, high = match.span("who")
            found.append(
                tuple(
                    slot
                    for slot in view.slots
                    if low <= slot.start < high and slot.letter == "O" and not slot.linked.mention.coreference
                )
            )
    for slots in sorted((one for one in found[:3] if one), key=lambda one: -len(one)):
        keys = {key_of(slot.linked): slot.linked for slot in slots}
        return tuple(keys.values()), len(keys) > 1
    return (), False


def read_topics(views: Sequence[SentenceView]) -> Topics:
    """Return the topics of a document."""
    main = _main_drug(views)
    section: LinkedMention | None = None
    focus: LinkedMention | None = None
    disease: LinkedMention | None = None
    sections, focuses, diseases = [], [], []
    text_marks = " ".join(
        view.line for view in views if view.section not in (SectionKind.FORWARD_LOOKING, SectionKind.REFERENCES)
    )
    for view in views:
        heading = _ABOUT.match(view.line) or _ABOUT_INLINE.search(view.line)
        if heading:
            slot = view.slot_at(heading.end())
            section = slot.linked if slot and slot.letter == "D" else None
            disease = slot.linked if slot and slot.letter == "S" else None
        elif view.section is SectionKind.HEADING:
            section = disease = None
        diseases.append(disease)
        sections.append(section or main)
        focuses.append(focus or section or main)
        named = _named_drugs(view)
        if named:
            focus = named[0].linked
    announcers, joint = _announcers(views)
    return Topics(
        main,
        announcers,
        joint,
        tuple(sections),
        tuple(focuses),
        tuple(diseases),
        bool(pattern("marketed").search(text_marks)),
        bool(pattern("investigational").search(text_marks)),
    )


def _named_drugs(view: SentenceView) -> list[Slot]:
    named = [slot for slot in view.slots if slot.letter == "D" and not slot.nested and not slot.dependent]
    return [slot for slot in named if not slot.linked.mention.coreference]
