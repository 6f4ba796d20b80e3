"""Builds analyses and mentions by hand, from a text in which mentions stand in [brackets|type]."""

import re
from typing import Any

from kg.linking.linker import EntityLinker
from kg.linking.plain_text import analyse_plainly
from kg.model import EntityType, Mention

_MARKED = re.compile(r"\[([^\]|]+)\|(\w+)\]")


def marked(text: str) -> Any:
    """Return the analysis of the text without marks, and its mentions."""
    plain, mentions, last = "", [], 0
    for match in _MARKED.finditer(text):
        plain += text[last : match.start()]
        mentions.append(
            Mention(len(plain), len(plain) + len(match[1]), match[1], EntityType(match[2]), ("test",)),
        )
        plain += match[1]
        last = match.end()
    return analyse_plainly(plain + text[last:]), tuple(mentions)


def link(linker: EntityLinker, text: str) -> Any:
    """Return {mention text: CURIE or NIL name} of a marked text."""
    analysis, mentions = marked(text)
    linked = linker.link(analysis, mentions)
    return {one.mention.text: one.chosen.curie if one.chosen else one.name for one in linked}
