"""What is made of mentions whose entity no source has: NIL, something wider, or something else.

Run ``python -m kg.evaluation.linking_hidden SHARED --encoders FOLDER ...``. A tenth of the entities that the corpora
name are taken out of all sources, with every name and identifier; linkers that have not learned from a document
(``kg.evaluation.held_out``) are then asked for its mentions. A mention of a hidden entity is right as NIL. It is no
worse than it must be as what the entity is a kind of, or as another term of the very name, which no source joins with
it. The n-gram and vector indexes are built anew, so nothing of what is hidden is left.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from kg.evaluation.held_out import HeldOut
from kg.evaluation.linking import is_right
from kg.evaluation.linking_parts import gold_documents
from kg.linking.name_encoder import NameEncoder
from kg.linking.variants import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.evaluation.linking_gold import GoldCase, GoldDocument
    from kg.linking.linker import EntityLinker
    from kg.model import Curie, Entity, LinkedMention
    from kg.ontology.lexicon import Lexicon

_ONE_IN = 10


def hidden_entities(documents: Iterable[GoldDocument], lexicon: Lexicon) -> list[Entity]:
    """Return the tenth of the entities that documents name which is to be hidden, always the same."""
    named = {curie for document in documents for case in document.cases for curie in case.curies}
    found = {entity.curie: entity for curie in named if (entity := lexicon.try_entity(curie)) is not None}
    return [found[curie] for curie in sorted(found) if crc32(curie.encode()) % _ONE_IN == 0]


def count_answers(
    linker: EntityLinker, documents: Iterable[GoldDocument], hidden: Sequence[Entity], whole: Lexicon
) -> Counter[str]:
    """Count what mentions of hidden entities are linked to, and how the others fare.

    ``whole`` is the lexicon in which nothing is hidden: it knows what an entity is a kind of.
    """
    counts: Counter[str] = Counter()
    names = {curie: entity for entity in hidden for curie in (entity.curie, *entity.xrefs)}
    for document in documents:
        linked = linker.link(document.analysis, [case.mention for case in document.cases])
        for case, one in zip(document.cases, linked, strict=True):
            counts[_answer(case, one, names, linker, whole)] += 1
    return counts


def _answer(
    case: GoldCase, linked: LinkedMention, hidden: Mapping[Curie, Entity], linker: EntityLinker, whole: Lexicon
) -> str:
    chosen = linked.chosen
    gone = [hidden[curie] for curie in case.curies if curie in hidden]
    if not gone:
        is_known = any(linker.lexicon.try_entity(curie) is not None for curie in case.curies)
        right = chosen is not None and is_right(chosen, case.curies, linker.lexicon)
        return f"{'known' if is_known else 'unknown'}: {'NIL' if chosen is None else 'right' if right else 'wrong'}"
    if chosen is None:
        return "hidden: NIL"
    above = {curie for entity in gone for curie in whole.ancestors(entity.curie)}
    wider = whole.try_entity(chosen.curie)
    if wider is not None and wider.curie in above:
        return "hidden: wider"
    is_namesake = any(one.entity == chosen and one.method == Step.EXACT for one in linked.candidates)
    return "hidden: of the same name" if is_namesake else "hidden: other"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts of every corpus as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--encoders", type=Path, nargs="+", required=True, help="as for kg.evaluation.linking_folds")
    options = parser.parse_args(arguments)
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.evaluation.linking_lexicon import lexicon_hiding
    from kg.ontology.lexicon import Lexicon

    whole, gold = Lexicon.open(), gold_documents(options.shared, ScispacyAnalyzer())
    held_out = HeldOut(gold, whole, [NameEncoder.open(folder) for folder in options.encoders])
    hidden = hidden_entities((one for found in gold.values() for one in found), whole)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory(prefix="kg-hidden-") as folder:
        gone = {curie for entity in hidden for curie in (entity.curie, *entity.xrefs)}
        for name, linker, documents in held_out.entities(lexicon_hiding(gone, Path(folder))):
            counts[name] += count_answers(linker, documents, hidden, whole)
    for name, one in counts.items():
        sys.stdout.write(json.dumps({"corpus": name, **dict(sorted(one.items()))}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
