"""Diseases named by what is lacking: "C2 deficiency" is named by another name of the gene, "complement component 2"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ontology.lexicon import Lexicon

_LACKS = re.compile(r"^(?P<thing>.+?)[- ]deficien(?:cy|cies|t)$", re.IGNORECASE)
_LACKED = re.compile(
    r"\b(?:deficien(?:cy|cies|t)|absence|lack) (?:of|in) (?:the |functional )*(?P<thing>.+)$", re.IGNORECASE
)
_OURS = "HGNC:"
_MOST_NAMES = 20


def deficiencies(lexicon: Lexicon, text: str, kind: EntityType | None) -> Iterator[str]:
    """Yield the names of a disease that a lack is named by, one for each name of the gene that is lacking."""
    if kind not in {EntityType.DISEASE, None}:
        return
    match = _LACKS.search(text) or _LACKED.search(text)
    if match is None:
        return
    genes = [posting for posting in lexicon.lookup(match["thing"]) if posting.curie.startswith(_OURS)]
    for curie in dict.fromkeys(posting.curie for posting in genes[:2]):
        for posting in lexicon.names(curie)[:_MOST_NAMES]:
            yield f"{posting.name} deficiency"
