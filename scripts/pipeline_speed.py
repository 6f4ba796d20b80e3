"""Words a second of every stage on press releases of the shared folder, on one core, after a warm-up.

usage: python -m scripts.pipeline_speed SHARED [--model default] [--texts 200]
           [--peers-python PYTHON --work FOLDER --names N]

With a Python of the peers (pip install scispacy==0.6.2) the usual recipe runs on the same texts in the same minutes
(scripts/recipe_speed.py), before and after ours, so that a machine that grows busier wrongs neither.
"""

import argparse
import gzip
import hashlib
import json
import os
import resource
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

from kg.annotating import spare_collector
from kg.assembly import make_pipeline, open_lexicon
from kg.config import Settings
from kg.model import Document, Iri
from scripts.linking.compare import write_terms

STAGES = ("analysis", "recognition", "linking", "statements")
RECIPE = ("recipe: CNN", "recipe: candidates")
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


def read_texts(shared, number):
    path = shared / "corpora" / "unlabelled" / "press_releases.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    for place, text in enumerate(texts[:: max(1, len(texts) // number)][:number]):
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        yield Document(Iri(f"https://w3id.org/kg-loader/document/{place}"), str(place), text, sha256)


def time_stages(pipeline, documents):
    """Return the CPU seconds of each stage, and how many mentions there were."""
    spent = Counter()
    for document in documents:
        marks = [time.process_time()]
        analysis = pipeline.analyzer.analyze(document)
        marks.append(time.process_time())
        mentions = pipeline.recognizer.recognize(analysis)
        marks.append(time.process_time())
        linked = tuple(pipeline.linker.link(analysis, mentions))
        marks.append(time.process_time())
        pipeline.extractor.extract(analysis, linked)
        marks.append(time.process_time())
        for stage, before, after in zip(STAGES, marks, marks[1:], strict=False):
            spent[stage] += after - before
        spent["mentions"] += len(mentions)
    return spent


def time_recipe(options, texts):
    """Return the CPU seconds of the recipe's two stages, from a process of its own."""
    terms = options.work / "terms.tsv"
    options.work.mkdir(parents=True, exist_ok=True)
    write_terms(open_lexicon(), terms)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as asked:
        json.dump(texts, asked)
        asked.flush()
        script = Path(__file__).with_name("recipe_speed.py")
        command = [
            options.peers_python,
            script,
            options.shared / "corpora",
            terms,
            asked.name,
            options.work,
            options.names,
        ]
        ran = subprocess.run(
            [str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True, env=os.environ | ONE_CORE
        )
    return json.loads(ran.stdout.splitlines()[-1])


def say(name, seconds, words):
    print(f"{name:28} {seconds:7.2f} CPU s  {words / max(seconds, 1e-9):10,.0f} words/s")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--model", default="default")
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--peers-python", type=Path)
    parser.add_argument("--names", type=int, default=1_000_000, help="at most so many in the recipe's index")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "kg-bench")
    wanted = parser.parse_args()
    documents = list(read_texts(wanted.shared, wanted.texts))
    texts = [document.text for document in documents[1:]]
    words = sum(len(text.split()) for text in texts)
    recipe = [time_recipe(wanted, texts)] if wanted.peers_python else []
    pipeline = make_pipeline(Settings(model=wanted.model))
    spare_collector()
    pipeline.annotate(documents[0])
    ours = time_stages(pipeline, documents[1:])
    print(f"{words:,} words in {len(texts)} texts, {ours['mentions']:,} mentions")
    for stage in STAGES:
        say(stage, ours[stage], words)
    read = sum(ours[stage] for stage in STAGES[:3])
    say("up to linking", read, words)
    say("whole", read + ours["statements"], words)
    print(f"peak memory of kg {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if recipe:
        recipe.append(time_recipe(wanted, texts))
        mean = {name: sum(one[name] for one in recipe) / len(recipe) for name in RECIPE}
        print(f"recipe over {recipe[0]['names']:,} names, {recipe[0]['mentions']:,} mentions of two types")
        for name, seconds in mean.items():
            say(name, seconds, words)
        say("recipe, whole", sum(mean.values()), words)
        print(f"kg up to linking is {sum(mean.values()) / read:.2f} times as fast as the recipe")


if __name__ == "__main__":
    main()
