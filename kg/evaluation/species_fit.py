"""Fits the weights by which a gene is taken for the mouse's, on genes of man and mouse with NCBI Gene identifiers.

Run ``python -m kg.evaluation.species_fit SHARED``; it prints the table that stands in ``kg.linking.species``, and how
often it is right on each corpus when it is fitted on the others.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.corpus_types import curie_of, entity_type_of
from kg.evaluation.pubtator_format import read_pubtator
from kg.linking.species import species_cues, species_features
from kg.model import EntityType, Mention
from kg.ontology.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

CHECKED = "BioRED_dev"
"""Some of its documents are in the other corpora, too: these are left out of the fit."""
CORPORA = ("NLMgene_Train", "GNormPlus_Train", "BioRED_train")
_GENE = EntityType.GENE_PROTEIN

Row = tuple[dict[str, float], bool, float]
"""Features, whether the mouse is meant, weight."""


def rows(path: Path, lexicon: Lexicon, without: Collection[str] = ()) -> Iterator[Row]:
    """Yield the genes of man or mouse in documents that name a mouse; a document counts by the root of its genes."""
    for document in read_pubtator(path):
        if document.id in without:
            continue
        cues = species_cues(document.text)
        found = []
        for gold in document.mentions if cues.mice else ():
            if entity_type_of(gold.type) is _GENE:
                curies = [curie for one in gold.identifiers if (curie := curie_of(one, _GENE))]
                entities = [entity for curie in curies if (entity := lexicon.try_entity(curie))]
                prefixes = {entity.curie.partition(":")[0] for entity in entities}
                if len(entities) == len(gold.identifiers) and prefixes in ({"HGNC"}, {"MGI"}):
                    text = document.text[gold.start : gold.end]
                    mention = Mention(gold.start, gold.end, text, _GENE, ("gold",))
                    found.append((species_features(document.text, mention, cues), prefixes == {"MGI"}))
        for features, is_mouse in found:
            yield features, is_mouse, max(3, len(found)) ** -0.5


def fit(found: Sequence[Row]) -> dict[str, float]:
    """Return logistic weights by feature, drawn to 0."""
    import numpy as np
    from scipy.optimize import minimize  # type: ignore[import-untyped,unused-ignore]

    names = sorted(Counter(name for features, _, _ in found for name in features))
    matrix = np.array([[features.get(name, 0.0) for name in names] for features, _, _ in found])
    signs = np.array([1.0 if is_mouse else -1.0 for _, is_mouse, _ in found])
    weight = np.array([one for _, _, one in found])

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:  # type: ignore[type-arg]
        margins = signs * (matrix @ values)
        slope = -signs * weight / (1 + np.exp(margins))
        return float(weight @ np.logaddexp(0, -margins) + 0.5 * values @ values), matrix.T @ slope + values

    result = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: round(float(value), 2) for name, value in zip(names, result.x, strict=True)}


def accuracy(found: Sequence[Row], weights: dict[str, float]) -> float:
    """Return the share of genes whose species the weights tell."""
    right = sum(
        (sum(weights.get(name, 0.0) * value for name, value in features.items()) > 0) == is_mouse
        for features, is_mouse, _ in found
    )
    return round(right / len(found), 3)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the weights and the held-out shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    folder = parser.parse_args(arguments).shared / "corpora" / "pubtator"
    lexicon = Lexicon.open()
    checked = folder / f"{CHECKED}.pubtator.gz"
    hidden = {document.id for document in read_pubtator(checked)}
    parts = {name: list(rows(folder / f"{name}.pubtator.gz", lexicon, hidden)) for name in CORPORA}
    for name, part in parts.items():
        others = [row for other, those in parts.items() if other != name for row in those]
        sys.stderr.write(f"{name}: {len(part)} genes, {accuracy(part, fit(others))} held out\n")
    weights = fit([row for part in parts.values() for row in part])
    dev = list(rows(checked, lexicon))
    sys.stderr.write(f"{CHECKED}: {len(dev)} genes, {accuracy(dev, weights)}\n")
    sys.stdout.write(json.dumps(weights, indent=4) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
