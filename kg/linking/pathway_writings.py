"""Other writings of signalling: "insulin signaling" is GO's "insulin receptor signaling pathway"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNALLING = re.compile(
    r"[\s-]+(?:receptor\s+)?signal(?:l?ing|\s+transduction)(?:\s+(?:pathways?|cascades?|axis))?\Z", re.IGNORECASE
)
_PATHWAY = re.compile(r"[\s-]+(?:pathways?|cascades?)\Z", re.IGNORECASE)
_CALLED = ("signaling pathway", "receptor signaling pathway", "signaling", "signal transduction", "cascade")
"""What names in GO end with."""
_PATHWAY_CALLED = ("signaling pathway", "cascade")
"""What a pathway may be that is not said to signal: the "visual pathway" does not."""


def pathway_writings(text: str) -> Iterator[str]:
    """Yield what GO may call a signalling pathway.

    >>> next(pathway_writings("Wnt signalling"))
    'Wnt signaling pathway'
    """
    for pattern, endings in ((_SIGNALLING, _CALLED), (_PATHWAY, _PATHWAY_CALLED)):
        found = pattern.search(text)
        if found is not None and found.start():
            base = text[: found.start()]
            for name in dict.fromkeys((base, base.replace("/", "-"))):
                yield from (f"{name} {ending}" for ending in endings)
            return
