"""Judges the statements on the corpora that mark relations: with gold mentions, or of the whole pipeline.

Run as ``python -m kg.evaluation.relations SHARED [--part train] [--end-to-end]``; prints precision, recall and F1
beside a baseline.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.pubtator_format import read_pubtator
from kg.evaluation.relations_found import found_statements
from kg.evaluation.relations_gold import iter_corpus
from kg.evaluation.score import Score
from kg.model import EntityType
from kg.statements.extractor import StatementExtractor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.evaluation.pubtator_format import CorpusDocument
    from kg.model import Analysis, LinkedMention, Statement
    from kg.pipeline import Pipeline

Pair = tuple[str, str, str, str]
"""Document, relation, and the two ends."""

_CHEMICAL, _GENE, _DISEASE = EntityType.DRUG, EntityType.GENE_PROTEIN, EntityType.DISEASE


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus that marks relations: its files, and what its relation types mean for us, by the types of the ends."""

    name: str
    files: dict[str, str]
    meanings: dict[tuple[str, frozenset[EntityType]], str]
    directed: bool


def _between(first: EntityType, second: EntityType) -> frozenset[EntityType]:
    return frozenset((first, second))


_DRUGPROT = {
    name: relation
    for relation, names in {
        "inhibits": ("INHIBITOR", "ANTAGONIST", "INDIRECT-DOWNREGULATOR"),
        "activates": ("ACTIVATOR", "AGONIST", "AGONIST-ACTIVATOR", "INDIRECT-UPREGULATOR"),
    }.items()
    for name in names
}
CORPORA = (
    Corpus(
        "DrugProt",
        {"dev": "DrugProt_development_subset.pubtator.gz", "train": "DrugProt_training_subset.pubtator.gz"},
        {(name, _between(_CHEMICAL, _GENE)): relation for name, relation in _DRUGPROT.items()},
        directed=True,
    ),
    Corpus(
        "BioRED",
        {"dev": "BioRED_dev.pubtator.gz", "train": "BioRED_train.pubtator.gz"},
        {
            ("Positive_Correlation", _between(_CHEMICAL, _GENE)): "activates",
            ("Negative_Correlation", _between(_CHEMICAL, _GENE)): "inhibits",
            ("Positive_Correlation", _between(_GENE, _GENE)): "activates",
            ("Negative_Correlation", _between(_GENE, _GENE)): "inhibits",
            ("Positive_Correlation", _between(_CHEMICAL, _DISEASE)): "causes_adverse_event",
            ("Negative_Correlation", _between(_CHEMICAL, _DISEASE)): "treats",
            ("Cotreatment", _between(_CHEMICAL, _CHEMICAL)): "combined_with",
        },
        directed=False,
    ),
    Corpus(
        "BC5CDR",
        {"dev": "BC5CDR_dev.pubtator.gz", "train": "BC5CDR_train.pubtator.gz"},
        {("CID", _between(_CHEMICAL, _DISEASE)): "causes_adverse_event"},
        directed=True,
    ),
)
SAME = {"studied_for": "treats", "prevents": "treats"}


def compare(gold: set[Pair], found: set[Pair]) -> Score:
    """Return the counts of found pairs against gold pairs."""
    return Score(len(gold & found), len(found - gold), len(gold - found))


def end_of(linked: LinkedMention) -> str:
    """Return what a gold relation calls the end: the identifier, else the name in lower case."""
    return str(linked.chosen.curie) if linked.chosen else linked.name.casefold()


def pair_of(document: str, relation: str, subject: str, target: str, *, directed: bool) -> Pair:
    """Return the comparable form of a relation; undirected ends are sorted."""
    first, second = (subject, target) if directed else sorted((subject, target))
    return document, relation, first, second


def gold_pairs(corpus: Corpus, document: CorpusDocument, linked: Sequence[LinkedMention]) -> set[Pair]:
    """Return the document's gold relations that we have a name for."""
    names = {name: mention.text.casefold() for mention in document.mentions for name in mention.identifiers[:1]}
    types: dict[str, EntityType] = {end_of(one): one.mention.type for one in linked}
    pairs = set()
    for relation in document.relations:
        ends = [end if end in types else names.get(end, end) for end in (relation.subject, relation.object)]
        kinds = frozenset(types[end] for end in ends if end in types)
        meaning = corpus.meanings.get((relation.type, kinds))
        if meaning and all(end in types for end in ends):
            pairs.add(pair_of(document.id, meaning, *ends, directed=corpus.directed))
    return pairs


def found_pairs(corpus: Corpus, document: str, statements: Iterable[Statement]) -> set[Pair]:
    """Return the positive statements between types and with relations that the corpus marks."""
    wanted = {(kinds, relation) for (_, kinds), relation in corpus.meanings.items()}
    pairs = set()
    for one in statements:
        relation = SAME.get(one.relation, one.relation) if ("treats" in corpus.meanings.values()) else one.relation
        kinds = frozenset((one.subject.mention.type, one.object.mention.type))
        if not one.negated and (kinds, relation) in wanted:
            pairs.add(pair_of(document, relation, end_of(one.subject), end_of(one.object), directed=corpus.directed))
    return pairs


def cooccurring_pairs(corpus: Corpus, analysis: Analysis, linked: Sequence[LinkedMention]) -> set[Pair]:
    """Return the baseline: each pair of fitting types in one sentence, with the most frequent relation between them."""
    by_kinds = {kinds: relation for (_, kinds), relation in reversed(corpus.meanings.items())}
    pairs = set()
    for sentence in analysis.sentences:
        inside = [one for one in linked if sentence.start <= one.mention.start < sentence.end]
        for first, second in combinations(inside, 2):
            relation = by_kinds.get(frozenset((first.mention.type, second.mention.type)))
            if relation and end_of(first) != end_of(second):
                ends = (first, second) if first.mention.type is _CHEMICAL else (second, first)
                pairs.add(pair_of(analysis.document.id, relation, *map(end_of, ends), directed=corpus.directed))
    return pairs


def evaluate_corpus(corpus: Corpus, path: Path, pipeline: Pipeline | None = None) -> Iterator[tuple[str, Score, Score]]:
    """Yield the score of each relation, then of all, each with that of the baseline.

    Without a pipeline the statements are read from the gold mentions.
    """
    extractor = StatementExtractor()
    gold: set[Pair] = set()
    found: set[Pair] = set()
    together: set[Pair] = set()
    for document, analysis, linked in iter_corpus(read_pubtator(path)):
        gold |= gold_pairs(corpus, document, linked)
        if pipeline is None:
            statements: Iterable[Statement] = extractor.extract(analysis, linked).statements
        else:
            statements = found_statements(pipeline, document, linked)
        found |= found_pairs(corpus, document.id, statements)
        together |= cooccurring_pairs(corpus, analysis, linked)
    for relation in sorted(set(corpus.meanings.values())):
        only = [{pair for pair in pairs if pair[1] == relation} for pairs in (gold, found, together)]
        yield relation, compare(only[0], only[1]), compare(only[0], only[2])
    yield "all", compare(gold, found), compare(gold, together)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the shared folder, with corpora/ in it")
    parser.add_argument("--part", choices=["dev", "train"], default="dev")
    parser.add_argument("--end-to-end", action="store_true", help="find the mentions too")
    known = parser.parse_args(arguments)
    folder = known.shared / "corpora" / "pubtator"
    if not folder.is_dir():
        sys.stderr.write(f"kg: {folder} is not there: give the shared folder that holds corpora/\n")
        return 2
    pipeline = None
    if known.end_to_end:
        from kg.assembly import make_pipeline
        from kg.config import Settings

        pipeline = make_pipeline(Settings())
    sys.stdout.write("corpus\trelation\tP\tR\tF1\tco-occurrence F1\n")
    for corpus in CORPORA:
        for relation, score, baseline in evaluate_corpus(corpus, folder / corpus.files[known.part], pipeline):
            figures = f"{score.precision:.3f}\t{score.recall:.3f}\t{score.f1:.3f}\t{baseline.f1:.3f}"
            sys.stdout.write(f"{corpus.name}\t{relation}\t{figures}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
