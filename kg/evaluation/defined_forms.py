"""Counts what texts define short forms as, so that the counts can be made again.

Run ``python -m kg.evaluation.defined_forms SHARED``; it writes kg/linking/defined_forms.json. Read are the texts that
``kg.evaluation.popularity`` reads: no annotation, and nothing that is kept for checking the linker.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.popularity import texts
from kg.linking.defined_forms import DEFINED_FORMS
from kg.linking.plain_text import in_context
from kg.linking.short_forms import find_short_forms
from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.linking.linker import EntityLinker
    from kg.model import Curie

_LEAST = 2
"""What fewer texts define so is not kept."""
_SURE = 0.9
_LONGEST = 6


def defined(text: str, linker: EntityLinker) -> set[tuple[str, Curie]]:
    """Return the short forms that a text defines, each with what its long form is surely linked to.

    Genes are left out: which species' gene is meant goes by the document.
    """
    pairs = {
        (text[one.short.start : one.short.end], text[one.long.start : one.long.end]) for one in find_short_forms(text)
    }
    found = set()
    for short, long in pairs:
        if len(short) > _LONGEST or sum(map(str.isupper, short)) < 2:
            continue
        linked = linker.link_as(*in_context(long, None, ""), None)
        chosen = linked.chosen
        if chosen is not None and chosen.type is not EntityType.GENE_PROTEIN and linked.candidates[0].score >= _SURE:
            found.add((short, chosen.curie))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, and write the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    options = parser.parse_args(arguments)
    from kg.assembly import make_linker, open_lexicon

    linker = make_linker(open_lexicon(), None)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts(options.shared / "corpora"):
        for short, curie in defined(text, linker):
            counts[short][curie] += 1
    kept = {
        short: {curie: count for curie, count in sorted(found.items()) if count >= _LEAST}
        for short, found in sorted(counts.items())
    }
    stored = {
        "recipe": "python -m kg.evaluation.defined_forms",
        "texts": {short: found for short, found in kept.items() if found},
    }
    DEFINED_FORMS.write_text(json.dumps(stored, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
