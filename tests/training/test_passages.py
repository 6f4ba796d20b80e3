from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import ReadingError
from kg.evaluation.pubtator_format import format_pubtator, parse_pubtator
from kg.model import EntityType
from kg.training.held_out import rebuilt
from kg.training.passages import CorpusPlan, TypedSpan, is_held_out, read_corpus

PUBTATOR = (
    "11|t|Velorin for gout.\n11|a|Velorin (a xanthine) lowers urate.\n"
    "11\t0\t7\tVelorin\tChemical\t-\n11\t12\t16\tgout\tDisease\tD006073\n11\t29\t37\txanthine\tMotif\t-\n\n"
)


def texts_of(plan: CorpusPlan, folder: Path) -> list[tuple[str, EntityType]]:
    return [(p.text[s.start : s.end], s.type) for p in read_corpus(plan, folder) for s in p.spans]


def write_conll(path: Path, rows: list[str]) -> None:
    path.write_bytes(gzip.compress("\n".join(rows).encode()))


def test_a_pubtator_corpus_supervises_only_the_types_it_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PUBTATOR, encoding="utf-8")
    plan = CorpusPlan("a", ("a.txt",), {"Chemical": EntityType.DRUG}, {"Motif": EntityType.DRUG})
    (passage,) = read_corpus(plan, tmp_path)
    assert passage.supervised == {EntityType.DRUG}
    assert passage.spans == (TypedSpan(0, 7, EntityType.DRUG),)
    assert passage.ignored == (TypedSpan(29, 37, EntityType.DRUG),)


def test_a_document_in_two_files_is_read_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PUBTATOR, encoding="utf-8")
    assert len(list(read_corpus(CorpusPlan("a", ("a.txt", "b.txt"), {}), tmp_path))) == 1


def test_tokens_are_joined_as_people_write_them(tmp_path: Path) -> None:
    rows = ["Hair\tB-CL", "cells\tI-CL", "(\tO", "n\tO", "=\tO", "3\tO", ")\tO", ".\tO"]
    write_conll(tmp_path / "c.tsv.gz", rows)
    (passage,) = read_corpus(CorpusPlan("c", ("c.tsv.gz",), {"CL": EntityType.CELL}), tmp_path)
    assert passage.text == "Hair cells (n = 3)."
    assert passage.spans == (TypedSpan(0, 10, EntityType.CELL),)


def test_a_bare_cell_is_masked_not_learnt(tmp_path: Path) -> None:
    write_conll(tmp_path / "c.tsv.gz", ["Cells\tB-CL", "and\tO", "neurons\tB-CL"])
    (passage,) = read_corpus(CorpusPlan("c", ("c.tsv.gz",), {"CL": EntityType.CELL}), tmp_path)
    assert [passage.text[s.start : s.end] for s in passage.spans] == ["neurons"]
    assert [passage.text[s.start : s.end] for s in passage.ignored] == ["Cells"]


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"gone\.txt"):
        list(read_corpus(CorpusPlan("a", ("gone.txt",), {}), tmp_path))


def test_about_the_asked_share_is_held_out_and_always_the_same() -> None:
    names = [str(number) for number in range(10_000_000, 10_002_000)]
    held = [name for name in names if is_held_out(name, 0.1)]
    assert 140 < len(held) < 260
    assert held == [name for name in names if is_held_out(name, 0.1)]
    assert set(held) >= {name for name in names if is_held_out(name, 0.05)}


@pytest.mark.shared
def test_every_gold_span_of_the_shared_corpora_is_read(shared: Path) -> None:
    plan = CorpusPlan("biored", ("pubtator/BioRED_dev.pubtator.gz",), {"GeneOrGeneProduct": EntityType.GENE_PROTEIN})
    assert len(texts_of(plan, shared / "corpora")) == 905


def test_a_rebuilt_passage_can_be_written_and_read_as_a_corpus(tmp_path: Path) -> None:
    write_conll(tmp_path / "c.tsv.gz", ["Rod\tB-CL", "cells\tI-CL", "die\tO", ".\tO"])
    (passage,) = read_corpus(CorpusPlan("c", ("c.tsv.gz",), {"CL": EntityType.CELL}), tmp_path)
    (document,) = parse_pubtator(format_pubtator(rebuilt(passage)))
    assert document.text == passage.text
    assert [(mention.text, mention.type) for mention in document.mentions] == [("Rod cells", "Cell")]
