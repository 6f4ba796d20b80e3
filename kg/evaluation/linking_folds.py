"""How well the mentions of all corpora are linked by what has not learned from their documents.

Run ``python -m kg.evaluation.linking_folds SHARED --encoders FOLDER ...`` with encoders of names that the K-th of N
folds of the documents was left out of (``kg.training.name_encoder --fold K/N``; ``make linking-folds`` makes five and
runs this): each links the documents of its fold, with what is usual in the others, and with ``--refit`` with
coefficients that are fitted on the others. Where the shipped coefficients know only a part of a corpus, the rest has
figures of its own.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.held_out import HeldOut
from kg.evaluation.linking import Figures, measure, say
from kg.evaluation.linking_gold import vocabulary_of
from kg.evaluation.linking_parts import gold_documents, kept_ids
from kg.linking.name_encoder import NameEncoder

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNKNOWN = ("BC5CDR_dev", "BioRED_dev")
"""Corpora of which the shipped coefficients know nothing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of every corpus as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--encoders", type=Path, nargs="+", required=True, help="of the folds, in their order")
    parser.add_argument("--refit", action="store_true", help="fit the coefficients, too, without the documents' fold")
    parser.add_argument("--without", nargs="*", default=[], help="sources to leave out of the lexicon")
    parser.add_argument("--names-only", action="store_true", help="leave out what annotators tell a name by")
    parser.add_argument("--types", action="store_true", help="show each type of mention, too")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args(arguments)
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.evaluation.linking_lexicon import lexicon_without

    gold = gold_documents(options.shared, ScispacyAnalyzer())
    encoders = list(map(NameEncoder.open, options.encoders))
    held_out = HeldOut(gold, lexicon_without(options.without), encoders, refit=options.refit)
    as_annotated, kept = not options.names_only, kept_ids(options.shared / "corpora")
    for mode, linkers in (
        ("entities", held_out.entities()),
        ("vocabulary", held_out.vocabularies(as_annotated=as_annotated)),
    ):
        figures: defaultdict[tuple[str, str], Figures] = defaultdict(Figures)
        for name, linker, documents in linkers:
            vocabulary = vocabulary_of(name, as_annotated=as_annotated)
            measure(linker, documents, vocabulary, figures[name, "all"])
            if name not in _UNKNOWN:
                rest = [document for document in documents if document.id in kept]
                measure(linker, rest, vocabulary, figures[name, "unknown to the coefficients"])
        for (name, part), one in figures.items():
            say(one, options, corpus=name, mode=mode, part=part)
    return 0


if __name__ == "__main__":
    sys.exit(main())
