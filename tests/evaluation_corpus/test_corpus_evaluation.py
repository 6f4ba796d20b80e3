from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadingError
from kg.evaluation.corpus_types import curie_of, entity_type_of, shown_names
from kg.evaluation.pubtator import Reading, evaluate_corpus, to_document
from kg.evaluation.pubtator_format import (
    CorpusDocument,
    GoldMention,
    format_pubtator,
    parse_pubtator,
    read_pubtator,
    write_text,
)
from kg.evaluation.report import to_json, to_table
from kg.model import Curie, Document, Entity, EntityType, Evidence, LinkedMention, Mention, Statement
from tests.conftest import Command

DRUG, DISEASE, GENE = EntityType.DRUG, EntityType.DISEASE, EntityType.GENE_PROTEIN
ASPIRIN = Entity(Curie("CHEBI:15365"), "aspirin", DRUG, (Curie("MESH:D001241"),))
GOUT = Entity(Curie("MONDO:0005393"), "gout", DISEASE, (Curie("MESH:D006073"),))
CORPUS = """7|t|Aspirin and gout.
7|a|Aspirin may worsen severe gout in mice.
7\t0\t7\tAspirin\tChemical\tD001241
7\t12\t16\tgout\tSpecificDisease\tD006073
7\t18\t25\tAspirin\tChemical\tD001241
7\t37\t48\tsevere gout\tDiseaseClass\tD006073
7\t52\t56\tmice\tSpecies\t10090
7\tCID\tD001241\tD006073
"""


class FixedNames:
    def try_entity(self, curie: Curie) -> Entity | None:
        return next((one for one in (ASPIRIN, GOUT) if curie in (one.curie, *one.xrefs)), None)

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        return ()

    def entities(self) -> Iterator[Entity]:
        return iter((ASPIRIN, GOUT))


def linked(text: str, start: int, end: int, kind: EntityType, chosen: Entity | None) -> LinkedMention:
    return LinkedMention(Mention(start, end, text[start:end], kind, ("test",)), text[start:end], (), chosen)


def annotator(*rows: tuple[int, int, EntityType, Entity | None]) -> Callable[[Document], Reading]:
    def annotate(document: Document) -> Reading:
        return Reading([linked(document.text, *row) for row in rows])

    return annotate


def document() -> CorpusDocument:
    return next(parse_pubtator(CORPUS))


def test_mentions_relations_and_text_are_read() -> None:
    read = document()
    assert read.text == "Aspirin and gout. Aspirin may worsen severe gout in mice."
    assert all(read.text[m.start : m.end] == m.text for m in read.mentions)
    assert [relation.type for relation in read.relations] == ["CID"]


@pytest.mark.parametrize("name", ["a.pubtator", "a.PubTator.gz", "a.txt", "a.txt.gz"])
def test_plain_and_compressed_files_are_read(tmp_path: Path, name: str) -> None:
    write_text(tmp_path / name, CORPUS)
    assert len(list(read_pubtator(tmp_path / name))) == 1


def test_what_is_written_is_read_back_the_same() -> None:
    read = document()
    assert next(parse_pubtator(format_pubtator(read))) == read


words = st.text("abc äβ.", min_size=1, max_size=20)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=4))
def test_any_number_of_documents_survives_the_format(rows: list[tuple[str, str]]) -> None:
    documents = [
        CorpusDocument(str(n), title, f"{title} {text}", (GoldMention(0, 1, title[0], "Gene", ("12",)),))
        for n, (title, text) in enumerate(rows)
    ]
    assert list(parse_pubtator("".join(format_pubtator(one) for one in documents))) == documents


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("1|t|Title\n1|a|\nnonsense\n", "line 3"),
        ("1\t0\t3\tabc\tGene\t1\n", r"ID\|t\|TITLE"),
        ("1|t|Title\n1|a|x\n1\t3\t99\tabc\tGene\t1\n", "outside the text"),
    ],
)
def test_damaged_content_is_said_with_its_place(content: str, message: str) -> None:
    with pytest.raises(ReadingError, match=message):
        list(parse_pubtator(content, "corpus.txt"))


def test_a_broken_gzip_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"1|t|T\n")[:-9])
    with pytest.raises(ReadingError, match=r"a\.gz"):
        list(read_pubtator(tmp_path / "a.gz"))


def test_the_four_kinds_of_ncbi_disease_are_one() -> None:
    names = ["SpecificDisease", "DiseaseClass", "Modifier", "CompositeMention"]
    assert {entity_type_of(name) for name in names} == {DISEASE}
    assert shown_names(names) == {DISEASE: "Disease"}


def test_a_corpus_with_one_name_for_a_type_keeps_it() -> None:
    assert shown_names(["ChemicalEntity", "OrganismTaxon"]) == {DRUG: "ChemicalEntity"}


def test_identifiers_become_curies_by_the_type_they_stand_for() -> None:
    assert curie_of("D001241", DRUG) == "MESH:D001241"
    assert curie_of("MESH:C535434", DRUG) == "MESH:C535434"
    assert curie_of("1956", GENE) == "NCBIGene:1956"
    assert curie_of("OMIM:143100", DISEASE) == "OMIM:143100"
    assert curie_of("T12", DRUG) is None


def test_strict_needs_the_whole_span_and_overlap_does_not() -> None:
    rows = [(0, 7, DRUG, None), (12, 16, DISEASE, None), (44, 48, DISEASE, None)]
    report = evaluate_corpus([document()], annotator(*rows), FixedNames())
    disease = report.types["Disease"]
    assert (disease.strict.right, disease.strict.found, disease.strict.gold) == (1, 2, 2)
    assert disease.overlap.right == 2
    assert report.types["Chemical"].strict.recall == 0.5


def test_types_that_the_corpus_does_not_annotate_are_not_judged() -> None:
    report = evaluate_corpus([document()], annotator((0, 7, DRUG, None), (8, 11, GENE, None)), FixedNames())
    assert report.total.strict.found == 1
    assert [mention.type for mention in report.predicted[0].mentions] == ["Chemical"]


def test_one_found_mention_counts_for_one_gold_mention_only() -> None:
    report = evaluate_corpus([document()], annotator((12, 48, DISEASE, None)), FixedNames())
    assert report.types["Disease"].overlap.right == 1


def test_a_link_is_right_through_an_exact_match() -> None:
    rows = [(0, 7, DRUG, ASPIRIN), (12, 16, DISEASE, ASPIRIN), (18, 25, DRUG, None)]
    report = evaluate_corpus([document()], annotator(*rows), FixedNames())
    assert (report.types["Chemical"].linked.right, report.types["Chemical"].linked.gold) == (1, 2)
    assert (report.types["Disease"].linked.right, report.types["Disease"].linked.gold) == (0, 1)


def test_what_is_found_is_written_with_the_identifiers_of_the_corpus() -> None:
    report = evaluate_corpus([document()], annotator((0, 7, DRUG, ASPIRIN), (12, 16, DISEASE, GOUT)), FixedNames())
    assert [mention.identifiers for mention in report.predicted[0].mentions] == [("D001241",), ("D006073",)]


def test_a_relation_is_right_by_its_ends_and_counts_once_though_its_links_are_wrong() -> None:
    def annotate(read: Document) -> Reading:
        drug, disease = linked(read.text, 18, 25, DRUG, None), linked(read.text, 44, 48, DISEASE, ASPIRIN)
        evidence = Evidence(18, 57, read.text[18:57], "test", 1.0)
        right = Statement(drug, "causes_adverse_event", disease, evidence)
        return Reading([drug, disease], [right, right, Statement(disease, "causes_adverse_event", drug, evidence)])

    report = evaluate_corpus([document()], annotate, FixedNames())
    score = report.relations["causes_adverse_event"]
    assert (score.right, score.wrong, score.missed) == (1, 1, 0)
    assert to_json(report, "a.txt", "test")["relations"]["all"]["recall"] == 1.0
    assert "causes_adverse_event" in to_table(report, "a.txt", "test")


def test_relations_of_unknown_types_are_not_judged() -> None:
    other = next(parse_pubtator(CORPUS.replace("CID", "LIKES")))
    assert evaluate_corpus([other], annotator(), FixedNames()).relations == {}


def test_the_title_is_a_section_of_its_own() -> None:
    first, second = to_document(document()).sections
    assert (first.start, first.end, second.start) == (0, 17, 18)


def test_the_table_and_the_json_say_the_same() -> None:
    report = evaluate_corpus([document()], annotator((0, 7, DRUG, ASPIRIN)), FixedNames())
    values = to_json(report, "a.txt", "test")
    assert values["types"]["Chemical"]["strict"] == {
        "precision": 1.0, "recall": 0.5, "f1": 0.6667, "right": 1, "found": 1, "gold": 2,
    }  # fmt: skip
    assert values["types"]["Disease"]["linking"] is None
    assert "66.7" in to_table(report, "a.txt", "test")


def test_the_command_writes_figures_and_predictions(kg: Command, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.pubtator"
    corpus.write_text(CORPUS, encoding="utf-8")
    done = kg("evaluate", corpus, "--model", "dictionary", "--format", "json", "--predictions", tmp_path / "out.txt")
    assert done.returncode == 0, done.stderr
    values = json.loads(done.stdout)
    assert values["types"]["Chemical"]["strict"]["f1"] == 1.0
    (predicted,) = read_pubtator(tmp_path / "out.txt")
    assert {mention.type for mention in predicted.mentions} == {"Chemical", "Disease"}


def test_the_command_names_a_model_that_is_not_there(kg: Command, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.pubtator"
    corpus.write_text(CORPUS, encoding="utf-8")
    done = kg("evaluate", corpus, "--model", "en_ner_not_there_md")
    assert done.returncode == 1
    assert "en_ner_not_there_md" in done.stderr


def test_the_command_explains_that_training_needs_its_environment(kg: Command, tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text("[shares]\nbc5cdr = 1.0\n", encoding="utf-8")
    done = kg("train", tmp_path / "r.toml", "--encoder", tmp_path, "--out", tmp_path / "run")
    if done.returncode == 0:
        pytest.skip("torch is installed here")
    assert "training/requirements.txt" in done.stderr
