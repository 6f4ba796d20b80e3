"""The document-level vote on the type of a name, and how far each recognizer is trusted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

DICTIONARY, PATTERNS = "dictionary", "patterns"
_WEIGHTS = {"organisations": 1.6, "curated": 1.4, DICTIONARY: 1.0, PATTERNS: 1.0}
"""Of our own recognizers; every other name is that of a model."""
_OURS = frozenset(_WEIGHTS)
_PATTERN_TRUST = 2.0
_PATTERN_DOUBT = 0.4
_SURE = 0.9
_NEWS_ORGANISATIONS = 3
_HEADLINE = 300
_WEAKLY_LEARNED = frozenset({EntityType.ORGANISATION, EntityType.PROCESS})
"""Types that no corpus of abstracts taught the model: it is not trusted more with them in literature."""
_SHARED_NAMES = frozenset({EntityType.GENE_PROTEIN, EntityType.DISEASE})
"""Types of which literature often uses one name for both: there the model says at each place which is meant."""
FIXED_TYPES = frozenset({EntityType.PHASE, EntityType.APPLICATION, EntityType.PROCEDURE})
"""Types found by fixed forms only: they take no part in the vote."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How far the model is trusted.

    ``needed_alone`` is the support that a name needs which only the dictionary knows, ``over_model`` what a name gains
    that holds spans which only the model found, ``spread`` the share of a name's places at which the model must have
    found it to be believed at the others.
    """

    model: float
    needed_alone: float
    over_model: float
    spread: float


NEWS = Weights(model=1.0, needed_alone=0.6, over_model=1.0, spread=0.3)
LITERATURE = Weights(model=2.5, needed_alone=1.1, over_model=0.35, spread=0.5)
"""The model has learned from abstracts: there it knows better than the dictionary, in news it does not."""


def is_model_only(mention: Mention) -> bool:
    """Whether a model alone found it, ours or one that the user named."""
    return _OURS.isdisjoint(mention.recognizers)


@lru_cache(maxsize=1 << 14)
def name_key(text: str) -> str:
    """Return what two writings of one name share: case counts only in short names.

    >>> name_key("Lecanemab") == name_key("lecanemab"), name_key("ALL") == name_key("all")
    (True, False)
    """
    joined = " ".join(text.split())
    return joined.casefold() if len(joined) > len("AB-12") else joined


def voted(found: Sequence[Mention], weights: Weights) -> list[Mention]:
    """Return the mentions with the type that their name has in the document."""
    votes: dict[str, dict[EntityType, float]] = defaultdict(lambda: defaultdict(float))
    in_lexicon = {name_key(mention.text) for mention in found if DICTIONARY in mention.recognizers}
    for mention in found:
        if mention.type not in FIXED_TYPES:
            name = name_key(mention.text)
            votes[name][mention.type] += weight(mention, weights) * _pattern_factor(
                mention, in_lexicon=name in in_lexicon
            )
    result: list[Mention] = []
    for mention in found:
        ballot = votes[name_key(mention.text)] if mention.type not in FIXED_TYPES else {}
        winner = max(ballot, key=lambda entity_type: (ballot[entity_type], entity_type), default=mention.type)
        stays = winner is mention.type or (weights is LITERATURE and _is_shared_name(mention, winner))
        result.append(mention if stays else replace(mention, type=winner))
    return result


def _is_shared_name(mention: Mention, winner: EntityType) -> bool:
    return is_model_only(mention) and {mention.type, winner} == _SHARED_NAMES


def weight(mention: Mention, weights: Weights) -> float:
    """Return the score times the trust in the most trusted recognizer that found it."""
    model = min(weights.model, 1.0) if mention.type in _WEAKLY_LEARNED else weights.model
    trust = max(_WEIGHTS.get(name, model) for name in mention.recognizers)
    return trust * mention.score


def _pattern_factor(mention: Mention, *, in_lexicon: bool) -> float:
    """Let the use as a drug outvote the model on a code that no list knows, and the lexicon outvote the use."""
    if mention.recognizers != (PATTERNS,):
        return 1.0
    return _PATTERN_DOUBT if in_lexicon else _PATTERN_TRUST


def weights_for(found: Sequence[Mention], length: int) -> Weights:
    """Return the weights for news, or for literature when the text names hardly any organisation.

    ``length`` is that of the text: a headline alone needs to name one.
    """
    places = {
        mention.start
        for mention in found
        if mention.type is EntityType.ORGANISATION and mention.score >= _SURE and not is_model_only(mention)
    }
    return NEWS if len(places) >= (_NEWS_ORGANISATIONS if length > _HEADLINE else 1) else LITERATURE
