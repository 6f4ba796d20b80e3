"""How well mentions are linked when the mentions are given: top-1, recall at 10, and NIL.

Once to entities of the lexicon, strictly and as told in the corpus's vocabulary; once into that vocabulary. Run
``python -m kg.evaluation.linking SHARED``; ``--without curated`` takes sources out, ``--errors 40`` shows errors.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.linking_gold import CORPORA, TEXTS, read_gold, vocabulary_of
from kg.linking.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.evaluation.corpus_identifiers import Names
    from kg.evaluation.linking_gold import GoldCase, GoldDocument
    from kg.linking.linker import EntityLinker
    from kg.linking.vocabulary import Vocabulary
    from kg.model import Candidate, Curie, Entity, EntityType

_TEN = 10


@dataclass(slots=True)
class Figures:
    """Counts over the mentions of a corpus; ``known`` are those whose identifier is in the lexicon."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: Counter[tuple[str, ...]] = field(default_factory=Counter)
    by_type: dict[EntityType, Figures] = field(default_factory=dict)

    def add(self, answer: Answer, kind: EntityType) -> None:
        """Count one mention, for all types and for its own."""
        self._count(answer)
        self.by_type.setdefault(kind, Figures())._count(answer)

    def _count(self, answer: Answer) -> None:
        for name in ("top", "told", "literal", "at_ten", "told_at_ten"):
            self.counts[name] += answer.known and getattr(answer, name)
        self.counts["mentions"] += 1
        self.counts["identified"] += answer.identified
        self.counts["known"] += answer.known
        self.counts["nil"] += answer.nil
        self.counts["nil_gold"] += not answer.known
        self.counts["nil_right"] += answer.nil and not answer.known

    def rates(self) -> dict[str, float]:
        """Return the figures as shares; NIL gold is a mention without identifier or with one the lexicon lacks."""
        count = self.counts
        return {
            "mentions": count["mentions"],
            "coverage": _share(count["known"], count["identified"]),
            "top1": _share(count["top"], count["known"]),
            "top1_told": _share(count["told"], count["known"]),
            "top1_literal": _share(count["literal"], count["known"]),
            "recall10": _share(count["at_ten"], count["known"]),
            "recall10_told": _share(count["told_at_ten"], count["known"]),
            "top1_of_identified": _share(count["top"], count["identified"]),
            "nil_precision": _share(count["nil_right"], count["nil"]),
            "nil_recall": _share(count["nil_right"], count["nil_gold"]),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """How right one answer is.

    ``top`` counts the entity; ``told`` the identifier by which it is told in the corpus's vocabulary, too; ``literal``
    only the very identifier that the corpus gives, not another record of the same thing.
    """

    known: bool
    identified: bool
    nil: bool
    top: bool
    told: bool
    literal: bool
    at_ten: bool
    told_at_ten: bool


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def is_right(entity: Entity, accepted: Iterable[Curie], lexicon: Names) -> bool:
    """Say whether an entity is one of the accepted ones, by its CURIE, its exact matches, or theirs."""
    own = {entity.curie, *entity.xrefs}
    if own & set(accepted):
        return True
    resolved = (lexicon.try_entity(curie) for curie in accepted)
    return any(other is not None and other.curie == entity.curie for other in resolved)


def is_known(case: GoldCase, lexicon: Names) -> bool:
    """Say whether the lexicon has an entity that would be right."""
    return any(lexicon.try_entity(curie) is not None for curie in case.curies)


def measure(
    linker: EntityLinker, documents: Iterable[GoldDocument], vocabulary: Vocabulary, counted: Figures | None = None
) -> Figures:
    """Return the figures of our linker on documents, whose identifiers are those of a vocabulary.

    ``counted`` are figures of other documents, which these are added to.
    """
    figures, teller = counted or Figures(), Teller(linker.lexicon, vocabulary)
    for document in documents:
        linked = linker.link_widely(document.analysis, [case.mention for case in document.cases])
        for case, one in zip(document.cases, linked, strict=True):
            judge(figures, case, one.candidates, one.chosen, teller)
    return figures


def judge(
    figures: Figures, case: GoldCase, candidates: Sequence[Candidate], chosen: Entity | None, teller: Teller
) -> None:
    """Count one answer: right, or told by a right identifier (the first by which its entity can be told)."""
    lexicon, kind = teller.lexicon, case.mention.type
    known = is_known(case, lexicon)
    top = chosen is not None and is_right(chosen, case.curies, lexicon)
    literal = chosen is not None and _told(chosen, kind, teller) in case.curies
    at_ten = top or any(is_right(candidate.entity, case.curies, lexicon) for candidate in candidates[:_TEN])
    told = dict.fromkeys(_told(candidate.entity, kind, teller) for candidate in candidates)
    told_at_ten = at_ten or any(curie in case.curies for curie in list(told)[:_TEN])
    answer = Answer(known, bool(case.curies), chosen is None, top, top or literal, literal, at_ten, told_at_ten)
    figures.add(answer, kind)
    if known and not top:
        said = f"{chosen.curie} {chosen.label}" if chosen else "NIL"
        wanted = next(entity for curie in sorted(case.curies) if (entity := lexicon.try_entity(curie)))
        figures.errors[kind, case.mention.text, f"{wanted.curie} {wanted.label}", said] += 1


def _told(entity: Entity, kind: EntityType, teller: Teller) -> Curie | None:
    """Return the identifier by which an entity is told; its CURIE, where it has been told already."""
    if entity.curie.partition(":")[0] in teller.vocabulary.of_type(kind):
        return entity.curie
    return next((told.identifier for told in teller.tell(entity.curie, kind)), None)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of every corpus as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--corpora", nargs="*", default=[*CORPORA, TEXTS])
    parser.add_argument("--without", nargs="*", default=[], help="sources to leave out of the lexicon")
    parser.add_argument("--names-only", action="store_true", help="leave out what annotators tell a name by")
    parser.add_argument("--types", action="store_true", help="show each type of mention, too")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args(arguments)
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.evaluation.linking_lexicon import lexicon_without
    from kg.linking.linker import EntityLinker
    from kg.linking.vocabulary_linker import VocabularyLinker

    lexicon, analyzer = lexicon_without(options.without), ScispacyAnalyzer()
    linker = EntityLinker(lexicon)
    for name in options.corpora:
        vocabulary = vocabulary_of(name, as_annotated=not options.names_only)
        documents = list(read_gold(name, options.shared, analyzer))
        say(measure(linker, documents, vocabulary), options, corpus=name, mode="entities")
        if name in CORPORA:
            figures = measure(VocabularyLinker(lexicon, vocabulary), documents, vocabulary)
            say(figures, options, corpus=name, mode="vocabulary")
    return 0


def say(figures: Figures, options: argparse.Namespace, **what: str) -> None:
    """Print figures as JSON lines, with those by type and the commonest errors where the options ask for them."""
    sys.stdout.write(json.dumps({**what, **figures.rates()}) + "\n")
    for kind, one in sorted(figures.by_type.items()) if options.types else ():
        sys.stdout.write(json.dumps({**what, "type": kind, **one.rates()}) + "\n")
    for error, count in figures.errors.most_common(options.errors):
        sys.stdout.write(f"  {count:4d}  " + " | ".join(error) + "\n")


if __name__ == "__main__":
    sys.exit(main())
