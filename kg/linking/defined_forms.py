"""What texts define a short form as, where they define it: an undefined "MS" is most often multiple sclerosis.

As Adeft does for Gilda (Steppi, Gyori and Bachman 2020, doi:10.21105/joss.01708), but by counts alone: the words around
have a say in the type only.
"""

from __future__ import annotations

import json
from functools import cache
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING

from kg.linking.compatible import type_distance
from kg.model import Curie

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.linking.questions import Question
    from kg.ontology.lexicon import Lexicon

DEFINED_FORMS = Path(__file__).with_name("defined_forms.json")


@cache
def shipped_defined_forms() -> Mapping[str, Mapping[str, int]]:
    """Return for each short form how many texts define it as what, by CURIE, as ``kg.evaluation.defined_forms`` did."""
    counts: dict[str, dict[str, int]] = json.loads(DEFINED_FORMS.read_text("utf-8"))["texts"]
    return counts


def defined_senses(question: Question, lexicon: Lexicon) -> dict[Curie, int]:
    """Return how many texts define a mention as what, of the type asked for; nothing where its own text says it."""
    counts = shipped_defined_forms().get(question.text)
    if counts is None or (question.long_form, question.fuller_name, question.guess) != (None, None, None):
        return {}
    found: dict[Curie, int] = {}
    for curie, count in counts.items():
        entity = lexicon.try_entity(Curie(curie))
        if entity is not None and type_distance(question.type, entity.type) == 0:
            found[entity.curie] = found.get(entity.curie, 0) + count
    return found


def defined_features(senses: Mapping[Curie, int], curie: Curie) -> dict[str, float]:
    """Return the logarithms of how many texts define the mention as this entity, and as another.

    >>> defined_features({Curie("A:1"): 7}, Curie("A:1")), defined_features({Curie("A:1"): 7}, Curie("A:2"))
    ({'defined_so': 3.0}, {'defined_otherwise': 3.0})
    """
    if not senses:
        return {}
    own = senses.get(curie, 0)
    counts = {"defined_so": own, "defined_otherwise": sum(senses.values()) - own}
    return {name: log2(1 + count) for name, count in counts.items() if count}
