"""How well mentions are linked whose type nobody says: by their names alone, and by what their place says of the type.

Run ``python -m kg.evaluation.linking_untyped SHARED``. The entities are those of the lexicon, counted strictly. The
token model that reads the places has learned from the training parts of the corpora.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.linking import Figures, judge
from kg.evaluation.linking_gold import CORPORA, TEXTS, read_gold, vocabulary_of
from kg.linking.likely_types import UNKNOWN
from kg.linking.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.evaluation.linking_gold import GoldDocument
    from kg.linking.linker import EntityLinker
    from kg.recognition.place_types import PlaceTypes


def measure_untyped(
    linker: EntityLinker, documents: Iterable[GoldDocument], teller: Teller, places: PlaceTypes | None
) -> Figures:
    """Return the figures of mentions without their types, which ``places`` tells where it is given."""
    figures = Figures()
    for document in documents:
        mentions = [case.mention for case in document.cases]
        likely = places.likely(document.analysis, mentions) if places else [UNKNOWN] * len(mentions)
        for case, types in zip(document.cases, likely, strict=True):
            linked = linker.link_as(document.analysis, case.mention, None, types)
            judge(figures, case, linked.candidates, linked.chosen, teller)
    return figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of every corpus as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--corpora", nargs="*", default=[*CORPORA, TEXTS])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th document")
    options = parser.parse_args(arguments)
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.assembly import make_linker, make_place_types, open_lexicon

    lexicon, analyzer = open_lexicon(), ScispacyAnalyzer()
    linker, places = make_linker(lexicon, None), make_place_types(lexicon)
    for name in options.corpora:
        documents = list(read_gold(name, options.shared, analyzer))[:: options.every]
        teller = Teller(lexicon, vocabulary_of(name))
        for told_by, used in (("names", None), ("names and places", places)):
            rates = measure_untyped(linker, documents, teller, used).rates()
            sys.stdout.write(json.dumps({"corpus": name, "types_by": told_by, **rates}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
