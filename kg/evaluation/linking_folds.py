"""How well mentions of the training documents are linked by what has not learned from them.

Run ``python -m kg.evaluation.linking_folds SHARED --encoders FOLDER ...``, with the encoders that
``kg.evaluation.linking_fit`` had: each links the documents of its fold, with what is usual in the others. Only the
coefficients know these documents. Then the shipped linker on all that is kept.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.linking import Figures, measure, say
from kg.evaluation.linking_fit import usage_of
from kg.evaluation.linking_gold import vocabulary_of
from kg.evaluation.linking_parts import fold_of, kept_parts, training_parts
from kg.linking.linker import EntityLinker
from kg.linking.name_encoder import NameEncoder
from kg.linking.vocabulary_linker import VocabularyLinker

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of every training corpus as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--encoders", type=Path, nargs="+", required=True, help="as for kg.evaluation.linking_fit")
    parser.add_argument("--names-only", action="store_true", help="leave out what annotators tell a name by")
    parser.add_argument("--types", action="store_true", help="show each type of mention, too")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args(arguments)
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.ontology.lexicon import Lexicon

    lexicon, analyzer = Lexicon.open(), ScispacyAnalyzer()
    gold = training_parts(options.shared, analyzer)
    encoders = [NameEncoder.open(folder) for folder in options.encoders]
    folds = len(encoders)
    usages = [usage_of(gold, fold, folds) for fold in range(folds)]
    for name, documents in gold.items():
        vocabulary = vocabulary_of(name, as_annotated=not options.names_only)
        strict, into = Figures(), Figures()
        for fold, encoder in enumerate(encoders):
            own = [document for document in documents if fold_of(document.id, folds) == fold]
            measure(EntityLinker(lexicon, encoder=encoder), own, vocabulary, strict)
            linker = VocabularyLinker(lexicon, vocabulary, encoder=encoder, usage=usages[fold])
            measure(linker, own, vocabulary, into)
        say(strict, options, corpus=name, mode="entities", part="training, by folds")
        say(into, options, corpus=name, mode="vocabulary", part="training, by folds")
    for name, kept in kept_parts(options.shared, analyzer).items():
        vocabulary = vocabulary_of(name, as_annotated=not options.names_only)
        entities, told = EntityLinker(lexicon), VocabularyLinker(lexicon, vocabulary)
        say(measure(entities, kept, vocabulary), options, corpus=name, mode="entities", part="kept")
        say(measure(told, kept, vocabulary), options, corpus=name, mode="vocabulary", part="kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
