"""Answers linking questions with Gilda or scispaCy's candidate generator; runs in the peers' own environment.

Called by scripts/linking/compare.py as: python peers.py PEER TERMS.tsv QUESTIONS.json ANSWERS.json
TERMS.tsv holds: CURIE, type, status, source, name. QUESTIONS.json: {"questions": [[text, [types]]], "mixture": [...],
"exact": [...]}. Needs only the peer and the standard library, numpy and scipy.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

TOP = 10


def main():
    """Load the peer, answer, time, write."""
    peer, terms, questions, answers = sys.argv[1:]
    asked = json.loads(Path(questions).read_text("utf-8"))
    with Path(terms).open(encoding="utf-8") as stream:
        rows = [line.rstrip("\n").split("\t") for line in stream]
    answer, load_seconds = {"gilda": gilda, "scispacy": scispacy}[peer](rows)
    del rows
    result = {"load_seconds": load_seconds}
    began = time.process_time()
    result["answers"] = [answer(text, types) for text, types in asked["questions"]]
    result["questions_per_second"] = len(asked["questions"]) / (time.process_time() - began)
    for kind in ("exact", "mixture"):
        began = time.process_time()
        for text, types in asked[kind]:
            answer(text, types)
        result[f"{kind}_per_second"] = len(asked[kind]) / (time.process_time() - began)
    result["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Path(answers).write_text(json.dumps(result), "utf-8")


def gilda(rows):
    """Gilda's Grounder over the terms; the types are its namespaces, so that it chooses among the right ones."""
    from gilda.grounder import Grounder
    from gilda.process import normalize
    from gilda.term import Term

    status = {"label": "name", "curated": "curated"}
    terms = [
        Term(normalize(name), name, kind, curie, name, status.get(state, "synonym"), source)
        for curie, kind, state, source, name in rows
    ]
    began = time.process_time()
    grounder = Grounder(terms)
    load_seconds = time.process_time() - began

    def answer(text, types):
        matches = grounder.ground(text, namespaces=types)
        return list(dict.fromkeys((match.term.id, match.score) for match in matches))[:TOP]

    return answer, load_seconds


class ExactNeighbours:
    """Stands in for the HNSW index: the true nearest names, so that the generator is judged at its best."""

    def __init__(self, vectors):
        self.columns = vectors.T.tocsr()

    def knnQueryBatch(self, queries, k):  # noqa: N802 - nmslib's name
        """Return (places, distances) of the k nearest names of each query, the nearest first."""
        import numpy as np

        found = []
        products = (queries @ self.columns).tocsr()
        for first, last in zip(products.indptr, products.indptr[1:], strict=False):
            cosines, places = products.data[first:last], products.indices[first:last]
            best = np.argsort(-cosines, kind="stable")[:k]
            found.append((places[best], 1 - cosines[best]))
        return found


def scispacy(rows):
    """scispaCy's CandidateGenerator with its vectorizer; over exact neighbours, or over HNSW with KG_PEER_HNSW=1.

    Its own builder hard-codes 60 threads and fails on scipy >= 1.11; HNSW over a million names takes longer to build
    than this comparison may take on two cores.
    """
    from scispacy.candidate_generation import CandidateGenerator
    from scispacy.linking_utils import Entity, KnowledgeBase
    from sklearn.feature_extraction.text import TfidfVectorizer

    names, labels, kinds = {}, {}, {}
    for curie, kind, state, _, name in rows:
        names.setdefault(curie, []).append(name)
        kinds[curie] = kind
        if state == "label":
            labels.setdefault(curie, name)
    began = time.process_time()
    entities = [Entity(curie, labels.get(curie, known[0]), known, [kinds[curie]]) for curie, known in names.items()]
    knowledge = KnowledgeBase(entities)
    aliases = list(knowledge.alias_to_cuis)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), min_df=10)
    vectors = vectorizer.fit_transform(aliases)
    full = [place for place, size in enumerate(vectors.indptr[1:] - vectors.indptr[:-1]) if size]
    aliases = [aliases[place] for place in full]
    index = hnsw(vectors[full]) if os.environ.get("KG_PEER_HNSW") else ExactNeighbours(vectors[full])
    generator = CandidateGenerator(index, vectorizer, aliases, knowledge)
    load_seconds = time.process_time() - began

    def answer(text, types):
        (found,) = generator([text], 30)
        scored = [
            (one.concept_id, max(map(float, one.similarities)))
            for one in found
            if types is None or kinds[one.concept_id] in types
        ]
        return sorted(scored, key=lambda one: (-one[1], one[0]))[:TOP]

    return answer, load_seconds


def hnsw(vectors):
    """Build nmslib's approximate index with 2 threads."""
    import nmslib

    index = nmslib.init(method="hnsw", space="cosinesimil_sparse", data_type=nmslib.DataType.SPARSE_VECTOR)
    index.addDataPointBatch(vectors)
    index.createIndex({"M": 16, "indexThreadQty": 2, "efConstruction": 100, "post": 0}, print_progress=False)
    index.setQueryTimeParams({"efSearch": 200})
    return index


if __name__ == "__main__":
    main()
