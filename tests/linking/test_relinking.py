import hashlib
from pathlib import Path
from typing import Any

import pytest

from kg.linking.linker import EntityLinker
from kg.linking.plain_text import analyse_plainly
from kg.model import Annotation, Document, Evidence, Findings, Sentence, Statement
from kg.ontology.lexicon import Lexicon
from kg.rdf.annotation_quads import to_quads
from kg.rdf.reading_back import read_annotation, read_run
from kg.rdf.run import Run
from kg.relinking import LinkChange, relink
from kg.store.store import Store
from tests.linking.conftest import TERMS
from tests.linking.documents import marked

TEXT = "[Zorblatinib|drug] treats [severe hypertension|disease]."


class PlainAnalyzer:
    def analyze(self, document: Document) -> Any:
        analysis = analyse_plainly(document.text)
        return type(analysis)(document, analysis.tokens, analysis.sentences, analysis.abbreviations)


def annotated(lexicon: Lexicon) -> Any:
    analysis, mentions = marked(TEXT)
    drug, disease = EntityLinker(lexicon).link(analysis, mentions)
    text = analysis.document.text
    statement = Statement(drug, "treats", disease, Evidence(0, len(text), text, "pattern:test", 0.9))
    return Annotation(analysis.document, (Sentence(0, len(text)),), (drug, disease), Findings((statement,)))


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("newer")
    terms = folder / "small.tsv"
    terms.write_text(TERMS + "UNII:0000000001\tdrug\tzorblatinib\t\t\t\n", encoding="utf-8")
    digest = hashlib.sha256(terms.read_bytes()).hexdigest()
    (folder / "small.toml").write_text(
        f'name = "small"\ntitle = "Small"\nprefix = "UNII"\nfile = "small.tsv"\nsha256 = "{digest}"\n'
        'types = ["disease", "drug", "cell", "gene_protein", "process", "organisation"]\n',
        encoding="utf-8",
    )
    return Lexicon.open(folder, tmp_path_factory.mktemp("newer-cache"))


def test_relinking_changes_links_and_statements_and_says_so(tmp_path: Path, lexicon: Lexicon, newer: Any) -> None:
    annotation = annotated(lexicon)
    iri = annotation.document.iri
    with Store.open(tmp_path / "store") as store:
        store.replace_document(iri, to_quads(annotation, Run("kg test", lexicon.version), lexicon))
        store.publish()
        report = relink(store, newer, PlainAnalyzer(), EntityLinker(newer))
        change = LinkChange("Zorblatinib", "drug", "NIL Zorblatinib", "UNII:0000000001 zorblatinib")
        assert report.changes == {change: 1}
        assert (report.documents, report.current, report.changed_documents) == (1, 0, 1)
        quads = store.quads(iri)
        again = read_annotation(iri, quads)
        statement = again.findings.statements[0]
        chosen = [end.chosen.curie for end in (statement.subject, statement.object) if end.chosen]
        assert chosen == ["UNII:0000000001", "MONDO:0005044"]
        assert again.document.text == annotation.document.text
        assert read_run(iri, quads).lexicon == newer.version


def test_what_was_linked_with_this_lexicon_is_left_alone(tmp_path: Path, lexicon: Lexicon) -> None:
    annotation = annotated(lexicon)
    with Store.open(tmp_path / "store") as store:
        store.replace_document(annotation.document.iri, to_quads(annotation, Run("kg", lexicon.version), lexicon))
        generation = store.publish()
        report = relink(store, lexicon, PlainAnalyzer(), EntityLinker(lexicon))
        assert (report.documents, report.current, sum(report.changes.values())) == (1, 1, 0)
        assert store.publish() == generation
