"""What documents are usually told by: of two identifiers that fit alike, the usual one, or that usual under a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ontology.normalize import key

if TYPE_CHECKING:
    from kg.model import EntityType

USAGE = Path(__file__).with_name("usage.json")
_MARK_BYTES = 6
_NOTHING: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Usage:
    """In how many documents an identifier is, and by the mark of a name (``name_mark``), under this name."""

    documents: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def without_names(self) -> Usage:
        """Return what is usual whatever the name."""
        return Usage(self.documents)

    def under(self, name: str, kind: EntityType | None) -> Mapping[str, int]:
        """Return in how many documents each identifier has a name, for mentions of a type."""
        return self.names.get(name_mark(name, kind), _NOTHING) if self.names else _NOTHING


@lru_cache(maxsize=1024)
def name_mark(name: str, kind: EntityType | None) -> str:
    """Return what stands for a name of a type: the first bytes of a hash of its key, so that no name is written out.

    >>> name_mark("Colon Cancer", None) == name_mark("colon cancers", None)
    True
    """
    return blake2b(f"{kind}|{key(name)}".encode(), digest_size=_MARK_BYTES).hexdigest()


@cache
def shipped_usage() -> Usage:
    """Return what ``kg.evaluation.linking_fit`` counted in the training documents."""
    stored = json.loads(USAGE.read_text("utf-8"))
    return Usage(stored["documents"], stored["names"])
