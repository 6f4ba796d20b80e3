"""Trains the encoder of names; numpy and scipy are enough, one core takes some minutes.

Run ``python -m kg.training.name_encoder SHARED --out FOLDER``. A batch holds pairs of names of one entity, and mentions
with a name of theirs; each text is to be nearer to the names of its entity than to those of others in the batch
(InfoNCE with several right answers), among them the ones that the table takes for nearest, looked for anew at times.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix, vstack  # type: ignore[import-untyped,unused-ignore]

from kg.evaluation.linking_parts import fold_of, gold_documents
from kg.linking.name_encoder import FORMAT
from kg.model import EntityType
from kg.training.name_pairs import NameSet, gold_mentions, lexicon_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """``names`` and ``mentions`` are the pairs of a batch, ``hard`` the nearest wrong names that come with each.

    ``dropped`` is the share of features that a query loses, ``temperature`` divides cosines, ``refresh`` counts the
    steps after which nearest names are looked for anew.
    """

    rows: int = 1 << 16
    width: int = 64
    steps: int = 4000
    names: int = 160
    mentions: int = 96
    hard: int = 3
    nearest: int = 20
    refresh: int = 1000
    sampled: int = 12_000
    rate: float = 0.01
    temperature: float = 0.07
    dropped: float = 0.15
    seed: int = 7


class Table:
    """Vectors of features with the moments of Adam, of which only the rows of a batch are moved."""

    def __init__(self, settings: Settings, chance: np.random.Generator) -> None:
        shape = (settings.rows, settings.width)
        self.vectors = chance.normal(0, 0.1, shape).astype(np.float32)
        self._first, self._second = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        self._step = 0

    def encode(self, features: csr_matrix) -> tuple[Numbers, Numbers]:
        """Return unit vectors (texts, width) and the lengths that they had."""
        sums: Numbers = np.asarray(features @ self.vectors)
        lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
        sums /= lengths
        return sums, lengths

    def move(self, features: csr_matrix, gradient: Numbers, rate: float) -> None:
        """Move the rows of the texts' features against the gradient of their sums."""
        rows, columns = np.unique(features.indices, return_inverse=True)
        compact = csr_matrix((features.data, columns, features.indptr), shape=(features.shape[0], len(rows)))
        slope = np.asarray(compact.T @ gradient)
        self._step += 1
        first = self._first[rows] = 0.9 * self._first[rows] + 0.1 * slope
        second = self._second[rows] = 0.999 * self._second[rows] + 0.001 * slope**2
        first, second = first / (1 - 0.9**self._step), second / (1 - 0.999**self._step)
        self.vectors[rows] -= rate * first / (np.sqrt(second) + 1e-8)


class Trainer:
    """Draws batches of names and mentions and moves the table."""

    def __init__(self, names: NameSet, mentions: NameSet, settings: Settings) -> None:
        self.settings = settings
        self.chance = np.random.default_rng(settings.seed)
        self.table = Table(settings, self.chance)
        self._names, self._name_entities = names.matrix(settings.rows), names.entities
        self._order = np.argsort(names.entities, kind="stable")
        self._sorted = names.entities[self._order]
        is_named = np.isin(mentions.entities, names.entities)
        self._mentions = mentions.matrix(settings.rows)[is_named]
        self._mention_entities = mentions.entities[is_named]
        counts = np.bincount(names.entities)
        self._shared = np.nonzero(counts[names.entities] > 1)[0]
        self._hard_names: dict[int, Numbers] = {}
        self._hard_mentions: dict[int, Numbers] = {}

    def _some_name(self, entities: Numbers) -> Numbers:
        """Draw a name of each entity."""
        first = np.searchsorted(self._sorted, entities, "left")
        last = np.searchsorted(self._sorted, entities, "right")
        found: Numbers = self._order[first + (self.chance.random(len(entities)) * (last - first)).astype(int)]
        return found

    def train(self) -> None:
        """Do all steps; the rate falls to nothing."""
        steps = self.settings.steps
        for step in range(steps):
            if step and step % self.settings.refresh == 0:
                self._look_for_nearest()
            loss = self._step(self.settings.rate * (1 - step / steps))
            if step % 250 == 0:
                sys.stderr.write(f"step {step} of {steps}: loss {loss:.3f}\n")

    def centroids(self) -> Numbers:
        """Return the centres of the regions in which the names lie."""
        vectors, _ = self.table.encode(self._names)
        return centroids_of(vectors, self.chance)

    def _step(self, rate: float) -> float:
        names = self.chance.choice(self._shared, self.settings.names)
        mentions = self.chance.integers(0, len(self._mention_entities), self.settings.mentions)
        entities = np.concatenate((self._name_entities[names], self._mention_entities[mentions]))
        asked = self._without_some(vstack((self._names[names], self._mentions[mentions]), "csr"))
        hard = [
            near[self.chance.integers(0, len(near), self.settings.hard)]
            for known, drawn in ((self._hard_names, names), (self._hard_mentions, mentions))
            for place in drawn
            if len(near := known.get(int(place), ()))
        ]
        answers = np.concatenate((self._some_name(entities), *hard))
        features = vstack((asked, self._names[answers]), "csr")
        vectors, lengths = self.table.encode(features)
        right = entities[:, None] == self._name_entities[answers][None, :]
        loss, slope = contrast(vectors, right, self.settings.temperature)
        slope = (slope - vectors * (slope * vectors).sum(axis=1, keepdims=True)) / lengths
        self.table.move(features, slope, rate)
        return loss

    def _without_some(self, features: csr_matrix) -> csr_matrix:
        kept = self.chance.random(len(features.data)) >= self.settings.dropped
        return csr_matrix((features.data * kept, features.indices, features.indptr), shape=features.shape)

    def _look_for_nearest(self) -> None:
        """Find the nearest names of other entities, for all mentions and a sample of the names."""
        vectors, _ = self.table.encode(self._names)
        sample = self.chance.choice(self._shared, self.settings.sampled)
        self._hard_names = dict(
            zip(map(int, sample), self._nearest(vectors[sample], vectors, self._name_entities[sample]), strict=True)
        )
        asked, _ = self.table.encode(self._mentions)
        self._hard_mentions = dict(enumerate(self._nearest(asked, vectors, self._mention_entities)))

    def _nearest(self, asked: Numbers, vectors: Numbers, entities: Numbers) -> list[Numbers]:
        found: list[Numbers] = []
        for start in range(0, len(asked), 256):
            cosines = asked[start : start + 256] @ vectors.T
            places = np.argpartition(-cosines, self.settings.nearest, axis=1)[:, : self.settings.nearest]
            found += [
                near[self._name_entities[near] != entity]
                for near, entity in zip(places, entities[start : start + 256], strict=True)
            ]
        return found


def contrast(vectors: Numbers, right: Numbers, temperature: float) -> tuple[float, Numbers]:
    """Return the mean loss of the queries (the first rows) over the answers (the rest), and its slope by vector."""
    count = len(right)
    asked, answers = vectors[:count], vectors[count:]
    logits = asked @ answers.T / temperature
    logits -= logits.max(axis=1, keepdims=True)
    raised = np.exp(logits)
    total, good = raised.sum(axis=1, keepdims=True), (raised * right).sum(axis=1, keepdims=True)
    slope = (raised / total - raised * right / good) / (count * temperature)
    return float(np.log(total / good).mean()), np.concatenate((slope @ answers, slope.T @ asked))


def quantised(vectors: Numbers) -> tuple[Numbers, Numbers]:
    """Return the table in 8 bits (rows, width) and the factor of each row."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-6) / 127
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def centroids_of(vectors: Numbers, chance: np.random.Generator, count: int = 1024, rounds: int = 10) -> Numbers:
    """Return the centres (count, width) of unit vectors by k-means on the sphere; an empty region keeps its centre."""
    centres: Numbers = vectors[chance.choice(len(vectors), count, replace=False)].copy()
    for _ in range(rounds):
        nearest = np.concatenate(
            [(vectors[at : at + 8192] @ centres.T).argmax(1) for at in range(0, len(vectors), 8192)]
        )
        sums = csr_matrix((np.ones(len(vectors), np.float32), (nearest, np.arange(len(vectors))))) @ vectors
        lengths = np.linalg.norm(sums, axis=1)
        filled = np.nonzero(lengths)[0]
        centres[filled] = sums[filled] / lengths[filled, None]
    return centres


def write(vectors: Numbers, centroids: Numbers, folder: Path, recipe: str) -> None:
    """Write the folder of a model: the arrays and config.json with their checksums."""
    folder.mkdir(parents=True, exist_ok=True)
    table, scales = quantised(vectors)
    for name, array in (("table", table), ("scales", scales), ("centroids", centroids)):
        np.save(folder / f"{name}.npy", array)
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.npy"))}
    config = {"name": "kg_names", "format": FORMAT, "recipe": recipe, "sha256": sums}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on the names of diseases and the mentions of the training parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument(
        "--fold", default="", help="K/N: leave out the K-th of N folds of the documents, counted from 0"
    )
    options = parser.parse_args(arguments)
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.ontology.lexicon import Lexicon

    lexicon = Lexicon.open()
    left_out, folds = map(int, options.fold.split("/")) if options.fold else (-1, 1)
    documents = [
        document
        for part in gold_documents(options.shared, ScispacyAnalyzer()).values()
        for document in part
        if fold_of(document.id, folds) != left_out
    ]
    names = lexicon_names(lexicon, EntityType.DISEASE)
    mentions = gold_mentions(lexicon, documents, EntityType.DISEASE)
    settings = Settings(steps=options.steps)
    trainer = Trainer(names, mentions, settings)
    trainer.train()
    recipe = f"python -m kg.training.name_encoder: {len(names.texts)} names, {len(mentions.texts)} mentions, {settings}"
    write(trainer.table.vectors, trainer.centroids(), options.out, recipe)
    return 0


if __name__ == "__main__":
    sys.exit(main())
