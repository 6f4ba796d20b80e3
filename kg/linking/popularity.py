"""How often texts name a gene by names that nothing else has: of two genes that a name fits, the known one is meant."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

POPULARITY = Path(__file__).with_name("popularity.json")


@cache
def shipped_popularity() -> Mapping[str, int]:
    """Return the number of texts that name a gene or family, by CURIE, as ``kg.evaluation.popularity`` counted them."""
    counts: dict[str, int] = json.loads(POPULARITY.read_text("utf-8"))["texts"]
    return counts
