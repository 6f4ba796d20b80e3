"""Evidence for what a mention stands for that is not its name: a lack, a part of a coordination, its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.linking.deficiency import deficiencies
from kg.linking.evidence import is_exact, is_loose, is_named_so
from kg.linking.name_vectors import TYPES
from kg.linking.variants import Step, marked, variants
from kg.ontology.ellipsis import holds_conjunction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.linking.evidence import Evidence
    from kg.linking.finder import EvidenceFinder
    from kg.linking.questions import Question
    from kg.ontology.lexicon import Lexicon


class OfParts(NamedTuple):
    """What was found, and whether it says all: then nothing else that merely resembles the mention is meant."""

    found: list[Evidence]
    says_all: bool

    def leaves(self, evidence: Evidence, question: Question) -> bool:
        """Say whether a name of the mention itself stays in question beside its parts."""
        is_name = is_named_so(evidence) and not is_loose(evidence) and not _is_cut_off(question)
        return is_name or not self.says_all


def is_settled(ending: Sequence[Evidence], question: Question) -> bool:
    """Say whether a mention is called so itself, so that nothing need be completed; ``ending`` are its own names."""
    return not all(map(is_loose, ending)) and not _is_cut_off(question)


def _is_cut_off(question: Question) -> bool:
    """Say whether a hyphen shows that the beginning is left out: "TGF-beta1 and [-beta2]"."""
    return question.text.startswith("-") and bool(question.expansions)


def lacks(finder: EvidenceFinder, lexicon: Lexicon, question: Question) -> Iterator[Evidence]:
    """Yield evidence for the lack of a gene that goes by another name."""
    for name in deficiencies(lexicon, question.text, question.type):
        yield from _exact(finder, name, question, Step.SWAP)


def of_parts(finder: EvidenceFinder, question: Question) -> OfParts:
    """Return the evidence for what an elliptic part is called in full, else for all that one mention names."""
    in_full = _first_named(finder, question.expansions, question, Step.COORDINATION)
    if any(map(is_named_so, in_full)):
        return OfParts(in_full, says_all=True)
    if question.unlikely_guess is not None:
        in_full += _found(finder, question.unlikely_guess, question, Step.COORDINATION)
    found, named = in_full, []
    for names in question.parts:
        own = _first_named(finder, names, question, Step.PART)
        named.append(any(map(is_named_so, own)))
        found += own or _found(finder, names[0], question, Step.PART)
    is_plain = question.type in {None, *TYPES} and holds_conjunction(question.text)
    return OfParts(found, says_all=is_plain and bool(named) and all(named))


def _found(finder: EvidenceFinder, name: str, question: Question, step: Step) -> tuple[Evidence, ...]:
    return finder.find(marked(variants(name, question.type), step), question.type, murine=question.murine)


def _first_named(finder: EvidenceFinder, names: Iterable[str], question: Question, step: Step) -> list[Evidence]:
    """Return what is called by the names, up to the first that is a name of the type asked for."""
    found: list[Evidence] = []
    for name in names:
        own = list(_exact(finder, name, question, step))
        if any(map(finder.ends, own)):
            return own
        found += own
    return found


def _exact(finder: EvidenceFinder, name: str, question: Question, step: Step) -> Iterator[Evidence]:
    named = finder.find_named(marked(variants(name, question.type), step), question.type, murine=question.murine)
    return filter(is_exact, named)
