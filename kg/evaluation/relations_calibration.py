"""Measures how often each rule is right, writes that as the rules' confidence, and checks it on texts held out.

Run as ``python -m kg.evaluation.relations_calibration SHARED [--write] [--plot FILE]``. The table is fitted on the
training parts of DrugProt, BioRED and BC5CDR and on the development texts; it is checked on the corpora's development
parts.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.pubtator_format import read_pubtator
from kg.evaluation.relations import CORPORA, SAME, end_of, gold_pairs, pair_of
from kg.evaluation.relations_gold import iter_corpus, iter_evaluation_texts
from kg.evaluation.reliability import calibration_error, plot, reliability
from kg.statements.extractor import StatementExtractor
from kg.statements.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Statement

_STRENGTH = 8.0
_LEAST = {"inhibits": 0.4, "activates": 0.4, "causes_adverse_event": 0.45, "treats": 0.5}
"""Least chance at which the pair model speaks of a relation; lower ones find more but cost precision."""
_TABLE = Path(__file__).parent.parent / "statements" / "tables" / "confidence.toml"
_HEADER = """\
# Share of the statements of each rule that annotators agree with, smoothed towards the rule's own estimate (weight
# {strength:g}).
# Made by kg/evaluation/relations_calibration.py --write from the training parts of DrugProt, BioRED and BC5CDR and the
# development texts with gold mentions; counts of {count} statements. Not to be edited by hand.

"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement that could be judged."""

    rule: str
    finder: str
    confidence: float
    is_right: bool


def judge_corpora(folder: Path, part: str) -> Iterator[Judged]:
    """Yield the positive statements of the corpora whose types and relation the corpus marks."""
    extractor = StatementExtractor()
    for corpus in CORPORA:
        wanted = {(kinds, relation) for (_, kinds), relation in corpus.meanings.items()}
        for document, analysis, linked in iter_corpus(read_pubtator(folder / corpus.files[part])):
            gold = gold_pairs(corpus, document, linked)
            for one in extractor.extract(analysis, linked).statements:
                relation = (
                    SAME.get(one.relation, one.relation) if "treats" in corpus.meanings.values() else one.relation
                )
                kinds = frozenset((one.subject.mention.type, one.object.mention.type))
                if one.negated or (kinds, relation) not in wanted:
                    continue
                ends = end_of(one.subject), end_of(one.object)
                pair = pair_of(document.id, relation, *ends, directed=corpus.directed)
                yield _judged(one, is_right=pair in gold)


def judge_texts(folder: Path) -> Iterator[Judged]:
    """Yield the statements of the development texts; optional ones are left out."""
    extractor = StatementExtractor()
    for _, analysis, linked, annotation in iter_evaluation_texts(folder):
        gold: dict[tuple[str, str, str, bool], bool] = {}
        for relation in annotation["relations"]:
            key = (relation["subject"], relation["predicate"], relation["object"], relation["negated"])
            gold[key] = bool(relation.get("optional"))
            gold[(key[2], key[1], key[0], key[3])] = gold[key]
        known = {relation["predicate"] for relation in annotation["relations"]}
        for one in extractor.extract(analysis, linked).statements:
            key = (one.subject.name, one.relation, one.object.name, one.negated)
            if one.relation in known and not gold.get(key, False):
                yield _judged(one, is_right=key in gold)


def _judged(one: Statement, *, is_right: bool) -> Judged:
    name = one.evidence.extractor.split(":")[-1]
    return Judged(name, _finder_of(one), one.evidence.confidence, is_right)


def _finder_of(one: Statement) -> str:
    outside = not one.evidence.start <= one.subject.mention.start < one.evidence.end
    return "topic" if outside else "sentence"


def fit(judged: Sequence[Judged]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the confidence of each rule, and the factor for ends that stand outside the sentence."""
    priors = {rule.name: rule.confidence for rule in load_rules()}
    right: dict[str, float] = defaultdict(float)
    seen: dict[str, float] = defaultdict(float)
    for one in judged:
        right[one.rule] += one.is_right
        seen[one.rule] += 1
    rules = {
        name: (right[name] + _STRENGTH * priors.get(name, 0.6)) / (seen[name] + _STRENGTH)
        for name in sorted({*priors, *seen})
    }
    outside = [one for one in judged if one.finder == "topic"]
    expected = sum(rules[one.rule] for one in outside) + _STRENGTH
    factor = min(1.0, (sum(one.is_right for one in outside) + _STRENGTH) / expected)
    return rules, {"topic": factor, "anaphor": factor}


def write_table(rules: dict[str, float], finders: dict[str, float], count: int) -> None:
    """Write the table that ``kg.statements.confidence`` reads."""
    lines = [_HEADER.format(strength=_STRENGTH, count=count), "[rule]\n"]
    lines += [f'"{name}" = {value:.3f}\n' for name, value in sorted(rules.items())]
    lines += ["\n[finder]\n", *(f'"{name}" = {value:.3f}\n' for name, value in sorted(finders.items()))]
    lines += ["\n[pair]\n", *(f"{kind} = {value}\n" for kind, value in _LEAST.items())]
    _TABLE.write_text("".join(lines), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, check and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the shared folder, with corpora/ and eval/ in it")
    parser.add_argument("--write", action="store_true", help="write the table before checking it")
    parser.add_argument("--plot", type=Path, help="draw the reliability diagram into this file")
    known = parser.parse_args(arguments)
    folder = known.shared / "corpora" / "pubtator"
    if not folder.is_dir():
        sys.stderr.write(f"kg: {folder} is not there: give the shared folder that holds corpora/ and eval/\n")
        return 2
    if known.write:
        judged = [*judge_corpora(folder, "train"), *judge_texts(known.shared / "eval")]
        write_table(*fit(judged), len(judged))
        sys.stdout.write(f"fitted on {len(judged)} statements; run again without --write to check\n")
        return 0
    rows = reliability((one.confidence, one.is_right) for one in judge_corpora(folder, "dev"))
    sys.stdout.write("confidence\tright\tstatements\n")
    sys.stdout.writelines(f"{sure:.3f}\t{right:.3f}\t{count}\n" for sure, right, count in rows)
    sys.stdout.write(f"expected calibration error\t{calibration_error(rows):.3f}\n")
    if known.plot:
        plot({"statements": rows}, known.plot, "confidence of a statement", "share the annotators agree with")
    return 0


if __name__ == "__main__":
    sys.exit(main())
