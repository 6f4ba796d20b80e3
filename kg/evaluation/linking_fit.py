"""Counts what is usual, and fits the coefficients of the linker's score.

Run ``python -m kg.evaluation.linking_fit SHARED`` (``make train-names`` does); it writes kg/linking/usage.json. With
``--tables --encoders FOLDER ...`` it fits the two tables of kg/linking/weights.json, too: for entities and for the
identifiers of a vocabulary. Ranking first: of the candidates of a mention and NIL, the right one is to have the highest
score (``Loss``). Then calibration: the score of the best candidate is to be the share of such candidates that are
right. What is shipped was fitted before on the training parts alone (docs/linking.md).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.evaluation.likelihood import Loss, calibrate
from kg.evaluation.linking_examples import OF, examples
from kg.evaluation.linking_gold import CORPORA, vocabulary_of
from kg.evaluation.linking_parts import fold_of, gold_documents, in_fold
from kg.linking.linker import EntityLinker
from kg.linking.name_encoder import NameEncoder
from kg.linking.questions import ask
from kg.linking.scoring import WEIGHTS, Scorer, shipped_vocabulary_scorer
from kg.linking.usage import USAGE, Usage, name_mark
from kg.linking.vocabulary_linker import VocabularyLinker
from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kg.evaluation.linking_examples import Example
    from kg.evaluation.linking_gold import GoldDocument
    from kg.linking.questions import Question
    from kg.ontology.lexicon import Lexicon

    Numbers = npt.NDArray[Any]
    Gold = Mapping[str, Sequence[GoldDocument]]

_RIDGE = 0.1
_TYPED_RIDGE = 1.0
"""How strongly what a type adds is drawn to nothing."""
_POWER = 0.7
"""How little an annotation against all evidence counts (``Loss``): .3 to 1 were within .002 of each other by folds."""
_STEPS = 150
_FEWEST_FOLDS = 2
_LEAST = 0.05
"""What a type adds less than this is left out."""
_PRIOR = {
    "alias": (-3.0, _RIDGE),
    "plain_word": (-1.5, _RIDGE),
    "case": (-1.0, _RIDGE),
    "near_type": (-2.2, 2000.0),
    "rivals": (0.2, 400.0),
    "context": (1.0, _RIDGE),
    "step:document": (1.0, _RIDGE),
    "status:curated": (2.2, 400.0),
    "contradicted": (-4.0, 2000.0),
    "doubted": (-1.5, _RIDGE),
    "step:guess": (1.0, _RIDGE),
    "foreign": (-8.0, 2000.0),
    "whole": (3.0, 2000.0),
    "family": (-4.0, 400.0),
    "written": (0.5, 400.0),
    "filed": (0.5, 2000.0),
    "similar_code": (-2.5, 400.0),
    "extra_words": (-1.0, 5.0),
    "other_words": (-1.5, 50.0),
    "step:coordination": (1.0, 400.0),
    "step:part": (-0.5, 100.0),
    "member": (-4.0, 2000.0),
    "stray": (-8.0, 2000.0),
    "defined_so": (1.5, 2000.0),
    "defined_otherwise": (-0.75, 2000.0),
    "less_known": (-0.2, 400.0),
    "told:above": (-1.5, _RIDGE),
    "told:member": (-2.0, _RIDGE),
    "steps": (-0.5, _RIDGE),
    "passed": (-2.0, _RIDGE),
    "unlike_mention": (-1.0, _RIDGE),
    "unlike_name": (-1.0, _RIDGE),
}
"""Where a coefficient is drawn to, and how strongly; the others weakly to 0. Strongly where the corpora cannot tell:
they mark a coordination as one mention, their editors look through definitions that are read wrongly, they know
nothing but MeSH, and lists of genes have no families."""
_TOLD = {
    "told:above",
    "told:member",
    "members",
    "namesake",
    "steps",
    "passed",
    "unlike_mention",
    "unlike_name",
    "unlike_meaning",
    "used",
    "used_so",
    "used_otherwise",
    "less_known_member",
}
"""Those that only identifiers of a vocabulary have."""


def _prior(name: str) -> tuple[float, float]:
    """Return where a coefficient is drawn to, and how strongly; what a type adds is drawn to 0."""
    _, of, plain = name.rpartition(OF)
    value, strength = _PRIOR.get(plain, (0.0, _RIDGE))
    return (0.0, max(strength, _TYPED_RIDGE)) if of else (value, strength)


def fit(found: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Return the coefficients by feature name, and the score from which a candidate is better than NIL."""
    import numpy as np
    from scipy.optimize import minimize  # type: ignore[import-untyped,unused-ignore]

    names, matrix = _matrix(found)
    sizes = np.array([len(example.features) for example in found])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    right = np.concatenate([[place in example.right for place in range(len(example.features))] for example in found])
    prior = np.array([_prior(name) for name in names])
    loss = Loss(
        prior[:, 0],
        prior[:, 1],
        matrix,
        sizes,
        starts,
        right.astype(float),
        np.array([example.weight for example in found]),
    )
    best = prior[:, 0]
    for power in (0.0, _POWER):  # the second has many lowest points, of which that near the first's is taken
        robust = replace(loss, power=power)
        best = minimize(robust, best, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "maxfun": 2 * _STEPS}).x
    logits = matrix @ best
    top = starts + np.array([int(np.argmax(logits[at : at + size])) for at, size in zip(starts, sizes, strict=True)])
    slope, shift = calibrate(logits[top], right[top].astype(float))
    weights = {name: round(float(slope * value), 4) for name, value in zip(names, best, strict=True)}
    weights |= {name: value for name, (value, _) in _PRIOR.items() if name not in weights and name not in _TOLD}
    weights["bias"] = round(weights.get("bias", 0.0) + shift, 4)
    return weights, round(1 / (1 + float(np.exp(-shift))), 4)


def _matrix(found: Sequence[Example]) -> tuple[list[str], Any]:
    """Return the names of the features and their values, a row a candidate."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped,unused-ignore]

    names = sorted({name for example in found for features in example.features for name in features})
    column = {name: place for place, name in enumerate(names)}
    rows = [features for example in found for features in example.features]
    places = [(row, column[name], value) for row, features in enumerate(rows) for name, value in features.items()]
    at, of, values = zip(*places, strict=True)
    return names, csr_matrix((values, (at, of)), shape=(len(rows), len(names)))


def _tables(weights: dict[str, float]) -> dict[str, dict[str, Any]]:
    """Return the coefficients for all types, and what is added for some."""
    by_type: dict[str, dict[str, float]] = {}
    for name, value in sorted(weights.items()):
        kind, of, plain = name.rpartition(OF)
        if of and abs(value) >= _LEAST:
            by_type.setdefault(kind, {})[plain] = value
    return {"weights": {name: weights[name] for name in sorted(weights) if OF not in name}, "by_type": by_type}


def entity_examples(gold: Gold, lexicon: Lexicon, encoders: Sequence[NameEncoder]) -> list[list[Example]]:
    """Return by fold the examples by which entities are scored.

    Each encoder is asked for the documents of its fold, from which it has not learned.
    """
    return [
        [
            one
            for documents in gold.values()
            for one in examples(EntityLinker(lexicon, encoder=encoder), in_fold(documents, fold, len(encoders)))
        ]
        for fold, encoder in enumerate(encoders)
    ]


def vocabulary_examples(
    gold: Gold, lexicon: Lexicon, encoders: Sequence[NameEncoder], scorer: Scorer
) -> list[list[Example]]:
    """Return by fold the examples by which identifiers of a vocabulary are scored.

    Of several ways to one identifier the best counts, by coefficients that are there already.
    """
    folds = len(encoders)
    return [
        [
            one
            for name, documents in gold.items()
            for one in examples(
                VocabularyLinker(
                    lexicon, vocabulary_of(name), scorer, encoder=encoder, usage=usage_of(gold, fold, folds)
                ),
                in_fold(documents, fold, folds),
            )
        ]
        for fold, encoder in enumerate(encoders)
    ]


def usage_of(gold: Gold, left_out: int = 0, folds: int = 1) -> Usage:
    """Return in how many documents each identifier is, and under which names, without a fold where there are several.

    A document of two corpora counts once. A mention of several identifiers is no name of any of them. Names of genes
    are not counted: which gene is meant goes by the document's species.
    """
    identified: set[tuple[str, str]] = set()
    told: set[tuple[str, str, str]] = set()
    for document in (one for documents in gold.values() for one in documents):
        if folds > 1 and fold_of(document.id, folds) == left_out:
            continue
        identified |= {(document.id, str(curie)) for case in document.cases for curie in case.curies}
        told |= {
            (document.id, name_mark(question.long_form or question.text, question.type), str(curie))
            for case, question in zip(document.cases, _questions(document), strict=True)
            if len(case.curies) == 1 and question.type is not EntityType.GENE_PROTEIN
            for curie in case.curies
        }
    counts = Counter(curie for _, curie in identified)
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, mark, curie in told:
        names[mark][curie] += 1
    return Usage(dict(sorted(counts.items())), {mark: dict(sorted(names[mark].items())) for mark in sorted(names)})


def _questions(document: GoldDocument) -> list[Question]:
    return ask(document.analysis, [case.mention for case in document.cases])


def fit_table(found: Sequence[Example]) -> dict[str, Any]:
    """Return the table that scores candidates, with its recipe."""
    weights, threshold = fit(found)
    recipe = (
        f"python -m kg.evaluation.linking_fit: {', '.join(CORPORA)} by folds ({len(found)} examples), "
        "generalized cross entropy with NIL at 0, ridge around priors, then calibration"
    )
    return {"recipe": recipe, "threshold": threshold, **_tables(weights)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Count and fit on all documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--tables", action="store_true", help="fit the tables of coefficients anew")
    parser.add_argument(
        "--encoders",
        type=Path,
        nargs="*",
        default=[],
        help="folders of name encoders, the K-th of N trained with --fold K/N",
    )
    options = parser.parse_args(arguments)
    if options.tables and len(options.encoders) < _FEWEST_FOLDS:
        parser.error("the tables need the encoders of two folds or more")
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.ontology.lexicon import Lexicon

    gold = gold_documents(options.shared, ScispacyAnalyzer())
    usage = {"recipe": "python -m kg.evaluation.linking_fit", **asdict(usage_of(gold))}
    USAGE.write_text(json.dumps(usage, indent=0) + "\n", encoding="utf-8")
    if options.tables:
        lexicon, encoders = Lexicon.open(), [NameEncoder.open(folder) for folder in options.encoders]
        stored = fit_table(list(chain.from_iterable(entity_examples(gold, lexicon, encoders))))
        found = vocabulary_examples(gold, lexicon, encoders, shipped_vocabulary_scorer())
        stored["vocabulary"] = fit_table(list(chain.from_iterable(found)))
        WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
