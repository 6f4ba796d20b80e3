"""The usual recipe, timed on the same texts: a spaCy CNN for chemicals and diseases, scispaCy's candidate generator.

Called by scripts/pipeline_speed.py in the peers' environment (pip install scispacy==0.6.2) as:
    python recipe_speed.py CORPORA TERMS.tsv TEXTS.json WORK NAMES

The CNN (width 128, no vectors) is trained on BC5CDR for a few passes, so that it finds about as much as a full one. The
index is scispaCy's (character trigrams, HNSW with its M = 100, efSearch = 200) over the drug and disease names of our
lexicon, at most NAMES of them; efConstruction is small, so that it is built in minutes. Both are kept in WORK.
Abbreviations, sections, statements, organisations and genes are no part of the recipe. Prints one JSON object of
CPU seconds.
"""

import gzip
import json
import pickle
import random
import sys
import time
from pathlib import Path

PASSES = 5
KINDS = ("drug", "disease")
NEIGHBOURS = 30


def main():
    """Make or load both parts, then time them on the texts."""
    corpora, terms, texts, work = map(Path, sys.argv[1:5])
    work.mkdir(parents=True, exist_ok=True)
    tagger = make_tagger(corpora, work / "cnn")
    generator = make_generator(terms, work, int(sys.argv[5]))
    texts = json.loads(texts.read_text("utf-8"))
    warm(tagger, generator, texts[:5])
    began = time.process_time()
    documents = list(tagger.pipe(texts, batch_size=64))
    tagged = time.process_time()
    for document in documents:
        generator([mention.text for mention in document.ents], NEIGHBOURS)
    figures = {
        "recipe: CNN": tagged - began,
        "recipe: candidates": time.process_time() - tagged,
        "mentions": sum(len(document.ents) for document in documents),
        "names": len(generator.ann_concept_aliases_list),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


def warm(tagger, generator, texts):
    """Pay for the first call of everything."""
    for document in tagger.pipe(texts):
        generator([mention.text for mention in document.ents] or ["aspirin"], NEIGHBOURS)


def make_tagger(corpora, folder):
    """Return the CNN, trained once."""
    import spacy
    from spacy.training import Example

    if folder.exists():
        return spacy.load(folder)
    random.seed(0)
    tagger = spacy.blank("en")
    sizes = {"width": 128, "depth": 4, "embed_size": 5000, "window_size": 1, "maxout_pieces": 3}
    encoder = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "subword_features": True, **sizes}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": encoder,
    }
    tagger.add_pipe("ner", config={"model": parser})
    examples = []
    for text, spans in read_bc5cdr(corpora):
        document = tagger.make_doc(text)
        marked = [document.char_span(*span, alignment_mode="expand") for span in spans]
        examples.append(Example.from_dict(document, {"entities": spacy_offsets(marked)}))
    optimizer = tagger.initialize(lambda: examples)
    for _ in range(PASSES):
        random.shuffle(examples)
        for first in range(0, len(examples), 16):
            tagger.update(examples[first : first + 16], sgd=optimizer, drop=0.1)
    tagger.to_disk(folder)
    return tagger


def spacy_offsets(spans):
    """Return offsets of spans that do not overlap."""
    from spacy.util import filter_spans

    return [(one.start_char, one.end_char, one.label_) for one in filter_spans([span for span in spans if span])]


def read_bc5cdr(corpora):
    """Yield (text, spans) of the training documents."""
    for part in ("train", "dev"):
        with gzip.open(corpora / "pubtator" / f"BC5CDR_{part}.pubtator.gz", "rt", encoding="utf-8") as lines:
            for block in lines.read().split("\n\n"):
                rows = [line.split("\t") for line in block.split("\n") if "\t" in line]
                texts = [line.split("|", 2)[2] for line in block.split("\n")[:3] if line.count("|") > 1]
                spans = [(int(row[1]), int(row[2]), row[4]) for row in rows if len(row) > 5 or row[1].isdigit()]
                if len(texts) > 1:
                    yield " ".join(texts[:2]), spans


def make_generator(terms, work, most):
    """Return scispaCy's candidate generator over the names, indexed once."""
    import nmslib
    from scispacy.candidate_generation import CandidateGenerator
    from scispacy.linking_utils import Entity, KnowledgeBase
    from sklearn.feature_extraction.text import TfidfVectorizer

    names = {}
    with terms.open(encoding="utf-8") as stream:
        rows = [line.rstrip("\n").split("\t") for line in stream]
    rows = [row for row in rows if row[1] in KINDS]
    for curie, kind, _, _, name in sorted(random.Random(0).sample(rows, min(most, len(rows)))):
        names.setdefault((curie, kind), []).append(name)
    knowledge = KnowledgeBase([Entity(curie, known[0], known, [kind]) for (curie, kind), known in names.items()])
    index = nmslib.init(method="hnsw", space="cosinesimil_sparse", data_type=nmslib.DataType.SPARSE_VECTOR)
    stored, described = work / f"hnsw-{most}.bin", work / f"hnsw-{most}.pickle"
    if not described.exists():
        aliases = list(knowledge.alias_to_cuis)
        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), min_df=10)
        vectors = vectorizer.fit_transform(aliases)
        full = (vectors.getnnz(axis=1) > 0).nonzero()[0]
        index.addDataPointBatch(vectors[full])
        index.createIndex({"M": 100, "indexThreadQty": 1, "efConstruction": 100, "post": 0}, print_progress=False)
        index.saveIndex(str(stored), save_data=True)
        described.write_bytes(pickle.dumps((vectorizer, [aliases[place] for place in full])))
    else:
        index.loadIndex(str(stored), load_data=True)
    vectorizer, aliases = pickle.loads(described.read_bytes())
    index.setQueryTimeParams({"efSearch": 200})
    return CandidateGenerator(index, vectorizer, aliases, knowledge)


if __name__ == "__main__":
    main()
