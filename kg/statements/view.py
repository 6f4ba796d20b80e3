"""One sentence as the rules see it: a lower-case line of the same length in which every mention is a run of one letter.

The letters are D drug, S disease, G gene or protein, C cell, P process, O organisation, R regulator, X exchange,
H trial phase, A application. Procedures end no statement and stay words. All other characters are lower case, so an
upper-case letter is a mention.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.model import EntityType, SectionKind
from kg.statements.name_lists import gap_word, is_list, join_words, mixed_lists, name_lists
from kg.statements.tables import pattern, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis, LinkedMention, Sentence

_LETTERS = {
    EntityType.DRUG: "D",
    EntityType.DISEASE: "S",
    EntityType.GENE_PROTEIN: "G",
    EntityType.CELL: "C",
    EntityType.PROCESS: "P",
    EntityType.ORGANISATION: "O",
    EntityType.PHASE: "H",
    EntityType.APPLICATION: "A",
}
_STANDS_FOR = re.compile(r"(?:the|this|that|these|those|such|both|each)\s", re.IGNORECASE)
_PART = re.compile(
    r"-(?:lowering|reducing|responsive|tolerant|na[iï]ve|refractory|resistant|sensitive|sparing|containing|eluting|eligible|"
    r"experienced|based|derived|loaded|coated|conjugated|like|treated\s+(?:\w+\s+)?(?:patients|adults|people|participants))\b"
)
_CAUSE_OF = re.compile(
    r"-(?:related|associated|driven|induced|mediated|causing|specific|free)\b"
    r"(?!\s+(?:adverse|side|events?|symptoms?|discontinuations?|outcomes?|deaths?|mortality))"
)
_MARKS_CELLS = re.compile(
    r"\s?\((?:[+-]|hi|high|low|lo|int|bright|dim|neg|pos)(?:/(?:[+-]|hi|high|low|lo|int|dim))?\)|[+-](?=\s)|(?:high|low|hi|lo)(?=[\s+-])"
    r"|[- ](?:positive|negative|high|low|expressing|mutated|mutant|deleted|amplified|rearranged|ir|immunoreactive)\b"
)
"""What makes a protein a mark of the cells or tumours that follow: "CD25(+) T cells", "HER2-positive"."""
_BRACKETS = re.compile(r"\([^()]{0,240}\)|\[[^\[\]]{0,240}\]")
_MAP = str.maketrans(
    dict.fromkeys('\n\r\t\u00a0\u2009\u202f*™®•“”"#|_', " ") | {"’": "'", "‘": "'", "‑": "-", "‐": "-"}
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A mention standing in a line, with positions in that line; ``nested`` ones stand in brackets."""

    start: int
    end: int
    letter: str
    linked: LinkedMention
    nested: bool
    dependent: bool = False


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence ready for the rules; ``line`` has bracketed text blanked, ``full`` keeps it."""

    index: int
    start: int
    end: int
    section: SectionKind
    text: str
    line: str
    full: str
    slots: tuple[Slot, ...]
    groups: tuple[tuple[int, int], ...]
    mixed: tuple[tuple[int, int], ...]

    def slot_at(self, position: int) -> Slot | None:
        """Return the slot that starts at a position of the line."""
        at = bisect.bisect_left(self.slots, position, key=lambda slot: slot.start)
        return self.slots[at] if at < len(self.slots) and self.slots[at].start == position else None

    def members(self, slot: Slot, letters: str = "") -> tuple[Slot, ...]:
        """Return the slots coordinated with this one, itself among them, in text order.

        Where ``letters`` admits substances beside proteins, a list of both is one list.
        """
        mixed = "D" in letters and "G" in letters and slot.letter in "DGPC"
        plain = self._listed(slot, self.groups, "GPC" if slot.letter in "GPC" else slot.letter)
        both = self._listed(slot, self.mixed, "DGPC") if mixed else ()
        return max(plain, both, key=len) or (slot,)

    def _listed(self, slot: Slot, lists: tuple[tuple[int, int], ...], kin: str) -> tuple[Slot, ...]:
        for start, end in lists:
            if start <= slot.start < end:
                return tuple(
                    other
                    for other in self.slots
                    if start <= other.start < end and other.letter in kin and not other.nested
                )
        return ()


@cache
def _named_letters() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = read_table("organisations")
    return tuple(
        (letter, re.compile("|".join(table[key]), re.IGNORECASE))
        for letter, key in (("R", "regulators"), ("X", "exchanges"))
    )


@cache
def _generic() -> re.Pattern[str]:
    return re.compile("|".join(read_table("words")["generic_drugs"]))


@cache
def _dependents() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of drugs that are only companions, and of what the sentence sets apart: "but not X"."""
    words, apart = "|".join(read_table("words")["dependents"]), "|".join(read_table("words")["set_apart"])
    more = rf"{join_words()}{gap_word()}{{0,3}}"
    return (
        re.compile(rf"\b(?:{words})\s+(?:O+'s?\s+)?{gap_word()}{{0,4}}(D+(?:{more}D+)*)"),
        re.compile(rf"\b(?:{apart})\s+(?:by\s+|in\s+)?{gap_word()}{{0,3}}([DGPC]+(?:{more}[DGPC]+)*)"),
    )


def type_of(linked: LinkedMention) -> EntityType:
    """Return what kind of thing the mention names: the linked entity knows better than the recognizer."""
    return linked.chosen.type if linked.chosen else linked.mention.type


def letter_of(linked: LinkedMention) -> str:
    """Return the letter of a mention; organisations are split into companies, regulators and exchanges by name."""
    letter = _LETTERS[type_of(linked)]
    if letter == "O":
        for special, pattern in _named_letters():
            if pattern.search(linked.mention.text) or pattern.search(linked.name):
                return special
    return letter


def lower_line(text: str) -> str:
    r"""Return the text in lower case with plain spaces and apostrophes, of the same length.

    >>> lower_line("The\nDrug’s ‘X’™")
    "the drug's 'x' "
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lowered.translate(_MAP)


def _can_end_a_statement(one: LinkedMention, text: str) -> bool:
    """Tell names from kinds of medicine, parts of words ("lipid-lowering", "non-opioid") and descriptions."""
    mention = one.mention
    if type_of(one) not in _LETTERS or _generic().fullmatch(mention.text.lower()):
        return False
    if _PART.match(text, mention.end) or text[max(0, mention.start - 4) : mention.start].lower() == "non-":
        return False
    if type_of(one) is EntityType.GENE_PROTEIN and _MARKS_CELLS.match(text, mention.end):
        return False
    if type_of(one) is EntityType.DISEASE and _CAUSE_OF.match(text, mention.end):
        return False
    return not mention.coreference or _STANDS_FOR.match(mention.text) is not None


@cache
def _masked() -> re.Pattern[str]:
    words = "|".join(read_table("words")["masked"]).replace(" ", r"\s+")
    return re.compile(rf"\b(?:{words})\b")


def iter_views(analysis: Analysis, linked: Sequence[LinkedMention]) -> Iterator[SentenceView]:
    """Yield the view of every sentence, in text order."""
    text = analysis.document.text
    chars = list(_masked().sub(_blank, lower_line(text)))
    letters: list[tuple[LinkedMention, str]] = []
    taken = 0
    for one in sorted(linked, key=lambda each: (each.mention.start, -each.mention.end)):
        mention = one.mention
        if mention.start < taken or not _can_end_a_statement(one, text):
            continue
        letter = letter_of(one)
        chars[mention.start : mention.end] = letter * (mention.end - mention.start)
        letters.append((one, letter))
        taken = mention.end
    shadow = _as_targets("".join(chars))
    at = 0
    for index, sentence in enumerate(analysis.sentences):
        while at < len(letters) and letters[at][0].mention.end <= sentence.start:
            at += 1
        stop = at
        while stop < len(letters) and letters[stop][0].mention.start < sentence.end:
            stop += 1
        yield _view(index, sentence, text, shadow, letters[at:stop])


@cache
def _targets() -> re.Pattern[str]:
    return re.compile(rf"D+(?={pattern('target_of').pattern})")


def _as_targets(shadow: str) -> str:
    """Let a substance be a target where it stands as one: "a histamine receptor antagonist"."""
    return _targets().sub(lambda match: "G" * len(match.group()), shadow)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _view(
    index: int, sentence: Sentence, text: str, shadow: str, letters: Sequence[tuple[LinkedMention, str]]
) -> SentenceView:
    full = shadow[sentence.start : sentence.end]
    line = full
    if "(" in full or "[" in full:
        line = _BRACKETS.sub(_blank, _BRACKETS.sub(_blank, full))
    dependents = [match.span(1) for pattern in _dependents() for match in pattern.finditer(line)] if letters else []
    slots = []
    for linked, letter in letters:
        start = max(0, linked.mention.start - sentence.start)
        end = min(linked.mention.end, sentence.end) - sentence.start
        dependent = any(low <= start < high for low, high in dependents)
        letter = "G" if letter == "D" and full[start] == "G" else letter
        slots.append(Slot(start, end, letter, linked, line[start] != letter, dependent))
    groups = tuple(match.span() for match in name_lists().finditer(line) if is_list(match)) if len(slots) > 1 else ()
    mixed = tuple(match.span() for match in mixed_lists().finditer(line) if is_list(match)) if len(slots) > 1 else ()
    return SentenceView(
        index,
        sentence.start,
        sentence.end,
        sentence.section,
        text[sentence.start : sentence.end],
        line,
        full,
        tuple(slots),
        groups,
        mixed,
    )
