"""Several names that were found as one: "colorectal, gastric and ovarian cancers" are three mentions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.ontology.ellipsis import full_names, holds_conjunction, parts_of, without_conjunctions
from kg.ontology.names import case_fits, letters, spaces_fit
from kg.ontology.normalize import bag_key, key
from kg.recognition.voting import is_model_only

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis, Mention
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

_PARTED = frozenset({EntityType.DISEASE, EntityType.DRUG, EntityType.GENE_PROTEIN, EntityType.CELL})
_SHORT_FORM = re.compile(r"\s?\(([A-Z])[A-Za-z&-]{1,9}\)")
_LONG = 7
"""Of names of so many letters spaces and hyphens do not count: "non-squamous" is "nonsquamous"."""


class Coordinations:
    """Parts what only the model takes for one name, where the lexicon has each part, with what it leaves out."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Look names up in this lexicon."""
        self._lexicon = lexicon

    def parted(self, analysis: Analysis, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Yield the mentions, each name of a coordination as one of its own.

        A name that holds an "and" itself stays whole, as does what the document abbreviates: "hand, foot and mouth
        disease", "skin and skin structure infections (SSSI)".
        """
        long_forms = {(pair.long.start, pair.long.end) for pair in analysis.abbreviations}
        for mention in mentions:
            is_defined = (mention.start, mention.end) in long_forms or _is_abbreviated(analysis.document.text, mention)
            parts = [] if is_defined else self._parts(mention)
            if not parts:
                yield mention
            for start, end in parts:
                name = mention.text[start:end]
                yield replace(mention, start=mention.start + start, end=mention.start + end, text=name)

    def _parts(self, mention: Mention) -> list[tuple[int, int]]:
        """Return where the names stand in a mention; none where it is one name, or a part of it is no name."""
        if mention.type not in _PARTED or not is_model_only(mention):
            return []
        parts = parts_of(mention.text)
        if not parts or self._is_whole(mention):
            return []
        place = 0
        while place < len(parts):
            if self._is_name(mention, parts, place):
                place += 1
            elif place + 1 < len(parts):
                parts[place : place + 2] = [(parts[place][0], parts[place + 1][1])]  # as in "head and neck"
            else:
                return []
        return parts if len(parts) > 1 else []

    def _is_whole(self, mention: Mention) -> bool:
        """Say whether a mention is one name: the lexicon has it with its "and", or all its words in their order."""
        plain = without_conjunctions(mention.text)
        known = {key(plain), key(f"{plain} syndrome")}
        postings = [
            posting for name in (mention.text, plain, f"{plain} syndrome") for posting in self._lexicon.lookup(name)
        ]
        return any(
            posting.type is mention.type and (holds_conjunction(posting.name) or key(posting.name) in known)
            for posting in postings
        )

    def _is_name(self, mention: Mention, parts: Sequence[tuple[int, int]], place: int) -> bool:
        """Say whether a part is a name of the mention's type, by itself or with what it leaves out."""
        names = [" ".join(mention.text[start:end].split()) for start, end in parts]
        return any(
            posting.type is mention.type and _is_written_so(name, posting)
            for name in (names[place], *full_names(names, place))
            for posting in self._lexicon.lookup(name)
        )


def _is_abbreviated(text: str, mention: Mention) -> bool:
    """Say whether a short form with the mention's first letter stands in brackets behind it."""
    short = _SHORT_FORM.match(text, mention.end)
    return short is not None and short[1] == mention.text[0].upper()


def _is_written_so(name: str, posting: Posting) -> bool:
    """Say whether a name is written as the lexicon has it, or has the same words in another order."""
    is_turned = bag_key(name) == bag_key(posting.name) != ""
    run = letters(name).casefold()
    is_spelled_apart = len(run) >= _LONG and run == letters(posting.name).casefold()
    return is_turned or is_spelled_apart or (spaces_fit(name, posting.name) and case_fits(name, posting))
