"""Says why a name was linked as it was: what was looked up, which name fitted, what the score is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.linking.likely_types import LikelyTypes
    from kg.linking.linker import EntityLinker
    from kg.linking.questions import Question
    from kg.linking.ranking import Scored
    from kg.model import Analysis, EntityType, Mention

_SHOWN = 5
_LEAST_SHOWN = 0.01


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one entity is a candidate: the writing that was looked up, the name it fitted, the parts of the score."""

    curie: str
    label: str
    looked_up: str
    step: str
    name: str
    status: str
    source: str
    score: float
    parts: dict[str, float]
    told_for: str = ""
    """What has the name, where it is told by an identifier of a vocabulary."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the document said of the name, the best candidates with their reasons, and where NIL begins."""

    question: Question
    reasons: tuple[Reason, ...]
    threshold: float
    likely: Mapping[EntityType, float]
    """How likely each type is at the name's place; empty where a type was given, or no context."""

    def to_json(self) -> dict[str, Any]:
        """Return the explanation as plain values."""
        return {
            "type": self.question.type,
            "likely_types": {str(kind): round(chance, 3) for kind, chance in self._likeliest()},
            "long_form": self.question.long_form,
            "threshold": self.threshold,
            "reasons": [
                {
                    "id": reason.curie,
                    "looked_up": reason.looked_up,
                    "step": reason.step,
                    "name": reason.name,
                    "status": reason.status,
                    "source": reason.source,
                    "score": reason.score,
                    "parts": reason.parts,
                    **({"told_for": reason.told_for} if reason.told_for else {}),
                }
                for reason in self.reasons
            ],
        }

    def _likeliest(self) -> list[tuple[EntityType, float]]:
        found = [one for one in self.likely.items() if one[1] >= _LEAST_SHOWN]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def lines(self) -> Iterator[str]:
        """Yield the explanation as lines to read."""
        if self.likely:
            yield "its place says " + ", ".join(f"{kind} {chance:.2f}" for kind, chance in self._likeliest())
        if self.question.type is not None:
            yield f"it is linked as a name of the type {self.question.type}"
        if self.question.long_form is not None:
            yield f"the text says that it stands for {self.question.long_form!r}"
        yield f"a candidate must reach {self.threshold:.3f}; below that the name is NIL"
        for reason in self.reasons:
            whose = f"of {reason.told_for} the" if reason.told_for else "its"
            yield (
                f"{reason.score:.3f} {reason.curie} {reason.label}: {reason.step} {reason.looked_up!r} is {whose} "
                f"{reason.status} {reason.name!r} in {reason.source}"
            )
            parts = sorted(reason.parts.items(), key=lambda part: (-abs(part[1]), part[0]))
            yield "      " + ", ".join(f"{name} {value:+.2f}" for name, value in parts)


def explain_question(
    linker: EntityLinker, analysis: Analysis, mention: Mention, kind: EntityType | None, likely: LikelyTypes
) -> Explanation:
    """Return why ``linker.link_as`` links a mention as it does."""
    document = linker.context(analysis)
    question = linker.ask_as(analysis, mention, kind, document, likely)
    scored = linker.scored(question, document)[:_SHOWN]
    reasons = tuple(_reason(linker, one, question.type) for one in scored)
    return Explanation(question, reasons, linker.scorer.threshold, dict(likely))


def _reason(linker: EntityLinker, one: Scored, kind: EntityType | None) -> Reason:
    evidence, weights = one.evidence, linker.scorer.table(kind)
    named = linker.lexicon.entity(evidence.posting.curie)
    told = one.told
    is_other = told is not None and told.owner.curie != named.curie
    return Reason(
        named.curie if told is None else told.identifier,
        named.label if told is None else told.owner.label,
        evidence.variant.text,
        evidence.variant.step,
        evidence.posting.name,
        evidence.posting.status,
        evidence.posting.source,
        one.score,
        {name: round(weights.get(name, 0.0) * value, 3) for name, value in one.features.items()},
        f"{named.curie} {named.label}" if is_other else "",
    )
