"""What is scored: the evidence for each candidate with its features, and the order of candidates."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, NamedTuple

from kg.linking.defined_forms import defined_features
from kg.linking.evidence import most_matches
from kg.linking.families import standings
from kg.linking.popularity import shipped_popularity
from kg.linking.variants import Step
from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.linking.evidence import Evidence
    from kg.linking.telling import Telling
    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon

_RANKED_PREFIXES = ("MONDO", "HGNC", "CL", "ROR", "CHEBI", "GO", "FPLX", "UNII", "HP", "MESH")
_COUNTED = {EntityType.GENE_PROTEIN}
METHODS = {step: str(step) for step in Step}
"""How a candidate was found, one string for all: they are remembered by the ten thousand."""
_PLACES = {prefix: place for place, prefix in enumerate(_RANKED_PREFIXES)}


class Scored(NamedTuple):
    """The best evidence for one entity, its features and its score.

    ``told`` says by which identifier it is told, where mentions are linked into a vocabulary.
    """

    evidence: Evidence
    features: dict[str, float]
    score: float
    told: Telling | None = None

    @property
    def identifier(self) -> Curie:
        """What the candidate is chosen as: the identifier by which it is told, else the entity's CURIE."""
        return self.evidence.posting.curie if self.told is None else self.told.identifier


def featured(
    found: Sequence[tuple[Evidence, str | None]], lexicon: Lexicon, defined: Mapping[Curie, int]
) -> Iterator[tuple[Evidence, dict[str, float]]]:
    """Yield each piece of evidence with its features beside the others.

    With each comes the name of the feature that says that the document speaks against it. ``defined`` counts the
    texts that define the mention as something.
    """
    most = most_matches([one for one, against in found if against is None])
    known = shipped_popularity()
    best_known = max((known.get(one.posting.curie, 0) for one, against in found if against is None), default=0)
    standing = standings(found, lexicon)
    most_similar = max([one.matches for one, _ in found], default=0)
    for evidence, against in found:
        features = evidence.features(most_similar if evidence.variant.step is Step.NGRAM else most)
        if against is not None:
            features[against] = 1.0
        if evidence.posting.type in _COUNTED and (own := known.get(evidence.posting.curie, 0)) < best_known:
            features["less_known"] = log2((1 + best_known) / (1 + own))
        if (name := standing.get(evidence.posting.curie)) is not None:
            features[name] = 1.0
        if defined:
            features |= defined_features(defined, evidence.posting.curie)
        yield evidence, features


def rank_key(scored: Scored) -> tuple[float, int, int, str]:
    """Return what sorts candidates: best first, of equal score by type, source and CURIE."""
    curie = scored.identifier
    place = _PLACES.get(curie.partition(":")[0], len(_PLACES))
    return (-scored.score, scored.evidence.distance, place, curie)
