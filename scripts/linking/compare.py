"""Compares the linker with Gilda and scispaCy's candidate generator: same names, same gold mentions, same run.

usage: python -m scripts.linking.compare SHARED --peers-python /path/to/venv/bin/python --encoders FOLDER ...
[--without curated ...]

With ``--encoders`` (of folds, as ``make linking-folds`` makes them) each document of a corpus is linked with the
encoder and the counts of the other folds (``kg.evaluation.held_out``); else with what is shipped, which has learned
from it.

The peers live in an environment of their own: pip install gilda==1.6.1 scispacy==0.6.2. They are given the long form of
a short form that the document defines, and the fitting types, as ours has them. A peer's best candidate is its answer;
below the threshold (scispaCy's is 0.7 by its own default) it is NIL.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
from kg.evaluation.held_out import HeldOut
from kg.evaluation.linking import Figures, judge, measure
from kg.evaluation.linking_gold import CORPORA, TEXTS, read_gold, vocabulary_of
from kg.evaluation.linking_lexicon import lexicon_without
from kg.linking.compatible import type_distance
from kg.linking.linker import EntityLinker
from kg.linking.name_encoder import NameEncoder
from kg.linking.questions import ask
from kg.linking.telling import Teller
from kg.linking.vocabulary_linker import VocabularyLinker
from kg.model import Candidate, EntityType

THRESHOLDS = {"gilda": 0.0, "scispacy": 0.7}
MIXTURE = 50_000


def main():
    """Measure ours, then each peer, and print one JSON line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--peers-python", type=Path, required=True)
    parser.add_argument("--peers", nargs="*", default=["gilda", "scispacy"])
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--encoders", type=Path, nargs="*", default=[])
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="judge each N-th document, time each N-th name"
    )
    parser.add_argument("--work", type=Path, help="folder to keep the peers' index in")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp())
    work.mkdir(parents=True, exist_ok=True)
    lexicon = lexicon_without(options.without)
    whole = read_all(options.shared)
    gold = {name: documents[:: options.every] for name, documents in whole.items()}
    cases = [case.mention for documents in gold.values() for document in documents for case in document.cases]
    named = [(mention.text, mention.type.value) for mention in cases]
    mixture = random.Random(0).choices(named, k=MIXTURE)
    exact = list(dict.fromkeys(one for one in named if lexicon.lookup(one[0])))
    terms = work / f"terms-{lexicon.version[:12]}.tsv"
    write_terms(lexicon, terms)
    measure_ours(lexicon, whole, gold, [NameEncoder.open(folder) for folder in options.encoders])
    say(system="kg", **our_speed(mixture, exact))
    questions = ask_peers(gold)

    def timed(names):
        return names[:: 3 * options.every]

    asked = work / "questions.json"
    asked.write_text(
        json.dumps({"questions": questions, "mixture": peers_form(timed(mixture)), "exact": peers_form(timed(exact))}),
        "utf-8",
    )
    for peer in options.peers:
        answers = work / f"answers-{peer}.json"
        command = [options.peers_python, Path(__file__).with_name("peers.py"), peer, terms, asked, answers]
        subprocess.run([str(part) for part in command], check=True)
        result = json.loads(answers.read_text("utf-8"))
        by_question = dict(zip(map(str, questions), result.pop("answers"), strict=True))
        for name, documents in gold.items():
            teller = Teller(lexicon, vocabulary_of(name))
            say(corpus=name, system=peer, **judge_peer(documents, by_question, THRESHOLDS[peer], teller).rates())
        say(system=peer, **{name: round(value, 2) for name, value in result.items()})


def measure_ours(lexicon, whole, gold, encoders):
    """Print our figures; with encoders by folds of the whole corpora, each told by the documents that are judged."""
    held_out = HeldOut({name: whole[name] for name in CORPORA}, lexicon, encoders)
    asked = {name: {document.id for document in documents} for name, documents in gold.items()}
    for system, by_folds, make in (
        ("kg", held_out.entities, lambda _: EntityLinker(lexicon)),
        ("kg, vocabulary", held_out.vocabularies, lambda name: VocabularyLinker(lexicon, vocabulary_of(name))),
    ):
        learned = ((name, make(name), gold[name]) for name in CORPORA)
        figures = defaultdict(Figures)
        for name, linker, documents in by_folds() if encoders else learned:
            judged = [document for document in documents if document.id in asked[name]]
            measure(linker, judged, vocabulary_of(name), figures[name])
        for name, one in figures.items():
            say(corpus=name, system=system, **one.rates())
    say(corpus=TEXTS, system="kg", **measure(EntityLinker(lexicon), gold[TEXTS], vocabulary_of(TEXTS)).rates())


def say(**figures):
    """Print one line."""
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


def read_all(shared):
    """Return the gold documents by corpus."""
    analyzer = ScispacyAnalyzer()
    return {name: list(read_gold(name, shared, analyzer)) for name in (*CORPORA, TEXTS)}


def write_terms(lexicon, path):
    """Write every name of the lexicon, once for each entity."""
    if path.exists():
        return
    with path.open("w", encoding="utf-8") as stream:
        for entity in lexicon.entities():
            for posting in lexicon.names(entity.curie):
                name = " ".join(posting.name.split())
                stream.write("\t".join((entity.curie, entity.type, posting.status, posting.source, name)) + "\n")


def fitting_types(kind):
    """Return the types of entity that a mention of a type may stand for."""
    return sorted(other for other in EntityType if type_distance(kind, other) is not None)


def peers_form(named):
    """Return names with their fitting types, as the peers are asked."""
    return [(text, fitting_types(EntityType(kind))) for text, kind in named]


def question_of(case, question):
    """Return what a peer is asked for a mention: the defined long form, else the text, and the types that fit."""
    return [question.long_form or case.mention.text, fitting_types(case.mention.type)]


def ask_peers(gold):
    """Return the different questions of all documents."""
    found = {}
    for documents in gold.values():
        for document in documents:
            asked = ask(document.analysis, [case.mention for case in document.cases])
            for case, question in zip(document.cases, asked, strict=True):
                one = question_of(case, question)
                found.setdefault(str(one), one)
    return list(found.values())


def judge_peer(documents, answers, threshold, teller):
    """Return the figures of a peer's answers, told in the corpus's vocabulary as ours are."""
    figures, lexicon = Figures(), teller.lexicon
    for document in documents:
        asked = ask(document.analysis, [case.mention for case in document.cases])
        for case, question in zip(document.cases, asked, strict=True):
            found = answers[str(question_of(case, question))]
            candidates = [Candidate(lexicon.entity(curie), score, "peer") for curie, score in found]
            chosen = candidates[0].entity if candidates and candidates[0].score >= threshold else None
            judge(figures, case, candidates, chosen, teller)
    return figures


def our_speed(mixture, exact):
    """Return load time, links a second and memory of a process that does nothing else."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as asked:
        for kind, named in (("exact", exact), ("mixture", mixture)):
            asked.writelines(json.dumps([kind, *one]) + "\n" for one in named)
        asked.flush()
        command = [sys.executable, "-m", "scripts.linking.speed", asked.name]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
