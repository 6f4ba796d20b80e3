"""How far the linker's scores can be taken for chances: of the mentions that are linked, how many are right by score.

Run ``python -m kg.evaluation.linking_reliability SHARED --encoders FOLDER ... [--plot FILE]``. Each document is linked
by what has not learned from it (``kg.evaluation.held_out``). Counted are mentions whose identifier the lexicon has; an
entity is right as ``kg.evaluation.linking`` says.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.held_out import HeldOut
from kg.evaluation.linking import is_known, is_right
from kg.evaluation.linking_parts import gold_documents
from kg.evaluation.reliability import calibration_error, plot, reliability
from kg.linking.name_encoder import NameEncoder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.evaluation.linking_gold import GoldDocument
    from kg.linking.linker import EntityLinker


def judged(linker: EntityLinker, documents: Iterable[GoldDocument]) -> Iterator[tuple[float, bool]]:
    """Yield the score of each mention that is linked, and whether what it is linked to is right."""
    for document in documents:
        for case, one in zip(
            document.cases, linker.link(document.analysis, [case.mention for case in document.cases]), strict=True
        ):
            if one.chosen is None or not is_known(case, linker.lexicon):
                continue
            score = next((found.score for found in one.candidates if found.entity == one.chosen), None)
            if score is not None:
                yield score, is_right(one.chosen, case.curies, linker.lexicon)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for entities and one for the corpora's vocabularies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--encoders", type=Path, nargs="+", required=True, help="as for kg.evaluation.linking_folds")
    parser.add_argument("--plot", type=Path, help="draw the reliability diagram into this file")
    options = parser.parse_args(arguments)
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.ontology.lexicon import Lexicon

    gold = gold_documents(options.shared, ScispacyAnalyzer())
    held_out = HeldOut(gold, Lexicon.open(), [NameEncoder.open(folder) for folder in options.encoders])
    curves = {
        mode: reliability(one for _, linker, documents in linkers for one in judged(linker, documents))
        for mode, linkers in (
            ("entities", held_out.entities()),
            ("into the vocabulary", held_out.vocabularies()),
        )
    }
    for name, rows in curves.items():
        sys.stdout.write(f"{name}\nscore\tright\tmentions\n")
        sys.stdout.writelines(f"{sure:.3f}\t{right:.3f}\t{count}\n" for sure, right, count in rows)
        sys.stdout.write(f"expected calibration error\t{calibration_error(rows):.3f}\n")
    if options.plot:
        plot(curves, options.plot, "score of a link", "share that is right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
