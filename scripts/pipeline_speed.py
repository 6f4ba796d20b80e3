"""Words a second of every stage on press releases of the shared folder, on one core, after a warm-up.

usage: python -m scripts.pipeline_speed SHARED [--model default] [--texts 200]
"""

import argparse
import gzip
import hashlib
import json
import resource
import time
from collections import Counter
from pathlib import Path

from kg.assembly import make_pipeline
from kg.config import Settings
from kg.model import Document, Iri


def read_texts(shared, number):
    path = shared / "corpora" / "unlabelled" / "press_releases.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    for place, text in enumerate(texts[:: max(1, len(texts) // number)][:number]):
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        yield Document(Iri(f"https://w3id.org/kg-loader/document/{place}"), str(place), text, sha256)


def time_stages(pipeline, documents):
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
        for stage, before, after in zip(
            ("analysis", "recognition", "linking", "statements"), marks, marks[1:], strict=False
        ):
            spent[stage] += after - before
    return spent


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--model", default="default")
    parser.add_argument("--texts", type=int, default=200)
    wanted = parser.parse_args()
    documents = list(read_texts(wanted.shared, wanted.texts))
    pipeline = make_pipeline(Settings(model=wanted.model))
    pipeline.annotate(documents[0])
    words = sum(len(document.text.split()) for document in documents[1:])
    spent = time_stages(pipeline, documents[1:])
    for stage, seconds in spent.items():
        print(f"{stage:12} {seconds:7.2f} CPU s  {words / max(seconds, 1e-9):10,.0f} words/s")
    print(f"{'whole':12} {spent.total():7.2f} CPU s  {words / spent.total():10,.0f} words/s  ({words:,} words)")
    print(f"peak memory  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
