"""How well mentions are linked when the mentions are given: top-1, recall at 10, and NIL.

Run ``python -m kg.evaluation.linking SHARED``; ``--without curated`` takes sources out, ``--errors 40`` shows errors.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.corpus_identifiers import USUAL, Teller
from kg.evaluation.linking_gold import CORPORA, TEXTS, read_gold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.evaluation.corpus_identifiers import Names
    from kg.evaluation.linking_gold import GoldCase, GoldDocument
    from kg.linking.linker import EntityLinker
    from kg.model import Candidate, Curie, Entity


@dataclass(slots=True)
class Figures:
    """Counts over the mentions of a corpus; ``known`` are those whose identifier is in the lexicon."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, *, known: bool, top: bool, told: bool, at_ten: bool, nil: bool, unidentified: bool) -> None:
        """Count one mention."""
        self.counts["mentions"] += 1
        self.counts["identified"] += not unidentified
        self.counts["known"] += known
        self.counts["top"] += known and top
        self.counts["told"] += known and told
        self.counts["at_ten"] += known and at_ten
        self.counts["nil"] += nil
        self.counts["nil_gold"] += not known
        self.counts["nil_right"] += nil and not known

    def rates(self) -> dict[str, float]:
        """Return the figures as shares; NIL gold is a mention without identifier or with one the lexicon lacks."""
        count = self.counts
        return {
            "mentions": count["mentions"],
            "coverage": _share(count["known"], count["identified"]),
            "top1": _share(count["top"], count["known"]),
            "top1_told": _share(count["told"], count["known"]),
            "recall10": _share(count["at_ten"], count["known"]),
            "top1_of_identified": _share(count["top"], count["identified"]),
            "nil_precision": _share(count["nil_right"], count["nil"]),
            "nil_recall": _share(count["nil_right"], count["nil_gold"]),
        }


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


def measure(linker: EntityLinker, documents: Iterable[GoldDocument]) -> Figures:
    """Return the figures of our linker on documents."""
    figures, teller = Figures(), Teller(linker.lexicon)
    for document in documents:
        linked = linker.link_widely(document.analysis, [case.mention for case in document.cases])
        for case, one in zip(document.cases, linked, strict=True):
            judge(figures, case, one.candidates, one.chosen, teller)
    return figures


def judge(
    figures: Figures, case: GoldCase, candidates: Sequence[Candidate], chosen: Entity | None, teller: Teller
) -> None:
    """Count one answer: right, or told by a right identifier of the usual vocabularies (``corpus_identifiers``)."""
    lexicon = teller.names
    known = is_known(case, lexicon)
    top = chosen is not None and is_right(chosen, case.curies, lexicon)
    at_ten = top or any(is_right(candidate.entity, case.curies, lexicon) for candidate in candidates[:10])
    told = top or (chosen is not None and teller.tell(chosen, USUAL.get(case.mention.type, ())) in case.curies)
    figures.add(known=known, top=top, told=told, at_ten=at_ten, nil=chosen is None, unidentified=not case.curies)
    if known and not top:
        said = f"{chosen.curie} {chosen.label}" if chosen else "NIL"
        wanted = next(entity for curie in sorted(case.curies) if (entity := lexicon.try_entity(curie)))
        figures.errors[case.mention.type, case.mention.text, f"{wanted.curie} {wanted.label}", said] += 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of every corpus as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--corpora", nargs="*", default=[*CORPORA, TEXTS])
    parser.add_argument("--without", nargs="*", default=[], help="sources to leave out of the lexicon")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args(arguments)
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.evaluation.linking_lexicon import lexicon_without
    from kg.linking.linker import EntityLinker

    linker = EntityLinker(lexicon_without(options.without))
    analyzer = ScispacyAnalyzer()
    for name in options.corpora:
        figures = measure(linker, read_gold(name, options.shared, analyzer))
        sys.stdout.write(json.dumps({"corpus": name, **figures.rates()}) + "\n")
        for error, count in figures.errors.most_common(options.errors):
            sys.stdout.write(f"  {count:4d}  " + " | ".join(error) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
