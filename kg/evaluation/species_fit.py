"""Fits the weights by which a gene is taken for the mouse's, on genes of man and mouse with NCBI Gene identifiers.

Run ``python -m kg.evaluation.species_fit SHARED``; it writes kg/linking/species_weights.json and prints how often a
gene's species is told in documents that the fit did not see.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.corpus_types import curie_of, entity_type_of
from kg.evaluation.pubtator_format import read_pubtator
from kg.linking.species import WEIGHTS, murine_genes, species_cues, species_features
from kg.model import EntityType, Mention
from kg.ontology.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kg.evaluation.pubtator_format import GoldMention

TRAINED = ("NLMgene_Train", "BioRED_train")
ONE_SIDED = "GNormPlus_Train"
"""Only human genes have identifiers here, in documents on mice, too: looked at, not learnt from."""
CHECKED = "BioRED_dev"
"""Some of its documents are in the other corpora, too: these are left out of the fit."""
_FOLDS = 8
_RIDGE = 2.0
_FEWEST = 3
_GENE = EntityType.GENE_PROTEIN


@dataclass(frozen=True, slots=True)
class Example:
    """A document with all its genes, and whether the mouse is meant by those that are of man or mouse."""

    id: str
    text: str
    genes: tuple[Mention, ...]
    is_mouse: Mapping[Mention, bool]

    @property
    def fold(self) -> int:
        """The part of the documents that it is held out with: the same in all corpora."""
        return sha256(self.id.encode()).digest()[0] % _FOLDS


def examples(path: Path, lexicon: Lexicon, without: Collection[str] = ()) -> Iterator[Example]:
    """Yield the documents that have genes of man or mouse."""
    for document in read_pubtator(path):
        told: dict[Mention, bool] = {}
        genes = []
        for gold in document.mentions if document.id not in without else ():
            if entity_type_of(gold.type) is _GENE:
                text = document.text[gold.start : gold.end]
                genes.append(Mention(gold.start, gold.end, text, _GENE, ("gold",)))
                prefixes = _vocabularies(gold, lexicon)
                if prefixes in ({"HGNC"}, {"MGI"}):
                    told[genes[-1]] = prefixes == {"MGI"}
        if told:
            yield Example(document.id, document.text, tuple(genes), told)


def _vocabularies(gold: GoldMention, lexicon: Lexicon) -> set[str]:
    curies = [curie for one in gold.identifiers if (curie := curie_of(one, _GENE))]
    entities = [lexicon.try_entity(curie) for curie in curies]
    return {entity.curie.partition(":")[0] if entity else "" for entity in entities}


def fit(found: Sequence[Example]) -> dict[str, float]:
    """Return logistic weights by feature, drawn to 0; a document counts by the root of its genes."""
    import numpy as np
    from scipy.optimize import minimize  # type: ignore[import-untyped,unused-ignore]

    rows, signs, weight = [], [], []
    for one in found:
        cues = species_cues(one.text, one.genes)
        for gene, is_mouse in one.is_mouse.items():
            rows.append({**cues.features, **species_features(gene, cues)})
            signs.append(1.0 if is_mouse else -1.0)
            weight.append(max(_FEWEST, len(one.is_mouse)) ** -0.5)
    names = sorted({name for row in rows for name in row})
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    sign, share = np.array(signs), np.array(weight)

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:  # type: ignore[type-arg]
        margins = sign * (matrix @ values)
        slope = -sign * share / (1 + np.exp(margins))
        value = float(share @ np.logaddexp(0, -margins) + 0.5 * _RIDGE * values @ values)
        return value, matrix.T @ slope + _RIDGE * values

    result = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: round(float(value), 2) for name, value in zip(names, result.x, strict=True)}


def right(found: Sequence[Example], weights: Mapping[str, float]) -> int:
    """Return for how many genes the weights tell the species."""
    total = 0
    for one in found:
        of_mouse = murine_genes(one.text, one.genes, weights)
        total += sum((gene in of_mouse) is is_mouse for gene, is_mouse in one.is_mouse.items())
    return total


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the weights and print the held-out shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    folder = parser.parse_args(arguments).shared / "corpora" / "pubtator"
    lexicon = Lexicon.open()
    hidden = {document.id for document in read_pubtator(folder / f"{CHECKED}.pubtator.gz")}
    parts = {name: list(examples(folder / f"{name}.pubtator.gz", lexicon, hidden)) for name in (*TRAINED, ONE_SIDED)}
    known = [one for name in TRAINED for one in parts[name]]
    folds = [fit([one for one in known if one.fold != fold]) for fold in range(_FOLDS)]
    for name, part in parts.items():
        held_out = sum(right([one for one in part if one.fold == fold], folds[fold]) for fold in range(_FOLDS))
        _say(name, part, held_out)
    weights = fit(known)
    checked = list(examples(folder / f"{CHECKED}.pubtator.gz", lexicon))
    _say(CHECKED, checked, right(checked, weights))
    recipe = f"python -m kg.evaluation.species_fit: {', '.join(TRAINED)} without the documents of {CHECKED}"
    WEIGHTS.write_text(json.dumps({"recipe": recipe, "weights": weights}, indent=1) + "\n", encoding="utf-8")
    return 0


def _say(name: str, part: Sequence[Example], count: int) -> None:
    genes = sum(len(one.is_mouse) for one in part)
    sys.stderr.write(f"{name}: {genes} genes, of {count / genes:.3f} the species is told\n")


if __name__ == "__main__":
    sys.exit(main())
