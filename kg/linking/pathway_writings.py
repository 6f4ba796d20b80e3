"""Other writings of signalling: "insulin signaling" is GO's "insulin receptor signaling pathway"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNALLING = re.compile(
    r"[\s-]+(?:(?:receptor\s+)?signal(?:l?ing|\s+transduction)(?:\s+(?:pathways?|cascades?|axis))?|pathways?|cascades?)\Z",
    re.IGNORECASE,
)
_CALLED = ("signaling pathway", "receptor signaling pathway", "signal transduction", "cascade", "signaling")
"""What names in GO end with, the commonest first."""


def pathway_writings(text: str) -> Iterator[str]:
    """Yield what GO may call a signalling pathway.

    >>> next(pathway_writings("Wnt signalling"))
    'Wnt signaling pathway'
    """
    found = _SIGNALLING.search(text)
    if found is not None and found.start():
        base = text[: found.start()]
        for name in dict.fromkeys((base, base.replace("/", "-"))):
            yield from (f"{name} {called}" for called in _CALLED)
