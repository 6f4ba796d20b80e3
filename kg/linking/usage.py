"""How often documents are about what an identifier stands for: of two that fit alike, the usual one is the likelier."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

USAGE = Path(__file__).with_name("usage.json")


@cache
def shipped_usage() -> Mapping[str, int]:
    """Return the number of training documents by identifier, as ``kg.evaluation.linking_fit`` counted them."""
    counts: dict[str, int] = json.loads(USAGE.read_text("utf-8"))["documents"]
    return counts
