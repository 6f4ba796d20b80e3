"""Names that mean the same: their vectors, the search over them, and what the linker makes of it."""

from __future__ import annotations

import errno
import pickle
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.linking.evidence import Evidence
from kg.linking.lexicon_keys import arrays_folder
from kg.linking.linker import EntityLinker
from kg.linking.name_encoder import DEFAULT_FOLDER, NameEncoder, shipped_encoder
from kg.linking.name_vectors import NameVectors
from kg.linking.variants import Step, Variant
from kg.model import Curie, EntityType
from kg.ontology.lexicon import Lexicon
from kg.ontology.names import NameStatus, Posting
from tests.linking.documents import link, marked

if TYPE_CHECKING:
    from pathlib import Path


def cosine(one: str, other: str) -> float:
    vectors = shipped_encoder().encode([one, other])
    return float(vectors[0] @ vectors[1])


def test_what_means_the_same_is_nearer_than_what_has_the_same_letters() -> None:
    assert cosine("failure of the kidneys", "renal insufficiency") > cosine("failure of the kidneys", "heart failure")
    assert cosine("low blood sugar", "hypoglycemia") > cosine("low blood sugar", "hyperglycemia")


@pytest.mark.parametrize("other", ["Kidney Failure", "kidney failures", "kidney-failure"])
def test_another_writing_has_the_same_vector(other: str) -> None:
    assert cosine("kidney failure", other) == pytest.approx(1.0, abs=1e-5)


@given(st.text(max_size=40))
def test_a_vector_has_length_one_or_none(name: str) -> None:
    length = float(np.linalg.norm(shipped_encoder().encode([name])[0]))
    assert length == pytest.approx(1.0, abs=1e-4) or length == 0.0


@pytest.mark.parametrize(
    "config", ["{", "[]", '{"format": 1, "sha256": []}', '{"format": 1, "sha256": {}}', '{"format": 9, "sha256": {}}']
)
def test_a_damaged_config_is_refused(tmp_path: Path, config: str) -> None:
    folder = tmp_path / "names"
    shutil.copytree(DEFAULT_FOLDER, folder)
    (folder / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(LexiconError, match="install kg-loader again"):
        NameEncoder.open(folder)


@pytest.mark.parametrize("damage", ["cut", "changed", "missing"])
def test_a_damaged_encoder_is_refused(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "names"
    shutil.copytree(DEFAULT_FOLDER, folder)
    table = folder / "table.npy"
    content = table.read_bytes()
    if damage == "missing":
        table.unlink()
    else:
        table.write_bytes(content[:-9] if damage == "cut" else content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(LexiconError, match="install kg-loader again"):
        NameEncoder.open(folder)


def test_the_nearest_names_are_those_of_a_full_search(lexicon: Lexicon) -> None:
    vectors, encoder = NameVectors(lexicon), shipped_encoder()
    found = [(posting.curie, similarity) for posting, similarity in vectors.nearest("tumour of the stomach", 3)]
    best: dict[Curie, float] = {}
    for entity in lexicon.entities():
        if entity.type is EntityType.DISEASE:
            names = [posting.name for posting in lexicon.names(entity.curie)]
            best[entity.curie] = float((encoder.encode(names) @ encoder.encode(["tumour of the stomach"])[0]).max())
    expected = sorted(best.items(), key=lambda one: -one[1])[:3]
    assert [curie for curie, _ in found] == [curie for curie, _ in expected]
    assert [one for _, one in found] == pytest.approx([one for _, one in expected], abs=0.02)
    for curie, similarity in found:
        assert vectors.similarity("tumour of the stomach", curie) == pytest.approx(similarity, abs=1e-3)
    assert vectors.similarity("tumour of the stomach", Curie("HGNC:1504")) == 0.0


def _folder(lexicon: Lexicon) -> Path:
    return next(path for path in arrays_folder(lexicon, "x").parent.glob("*-name-vectors-*") if path.is_dir())


@pytest.mark.parametrize("file", ["starts", "vectors", "rows", "places"])
@pytest.mark.parametrize("damage", ["no array", "changed", "gone"])
def test_damaged_vectors_are_built_again(
    lexicon: Lexicon, caplog: pytest.LogCaptureFixture, file: str, damage: str
) -> None:
    expected = NameVectors(lexicon).nearest("renal insufficiency", 3)
    path = _folder(lexicon) / f"{file}.npy"
    content = path.read_bytes()
    path.unlink()  # not overwritten: other tests have it mapped
    if damage != "gone":
        path.write_bytes(b"not an array" if damage == "no array" else content[:-1] + bytes([content[-1] ^ 0xFF]))
    assert NameVectors(lexicon).nearest("renal insufficiency", 3) == expected
    assert "built again" in caplog.text


def test_a_full_disk_is_said_and_leaves_nothing(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = NameVectors(lexicon)

    def fails(folder: Path) -> None:
        (folder / "part").touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("kg.linking.name_vectors._FORMAT", "full")
    monkeypatch.setattr(vectors, "_build", fails)
    with pytest.raises(LexiconError, match="No space left on device; free"):
        vectors.nearest("renal insufficiency", 3)
    assert not [path for path in arrays_folder(lexicon, "x").parent.iterdir() if "building" in path.name]


def test_a_lexicon_without_diseases_has_nothing_near_in_meaning(tmp_path: Path) -> None:
    terms = tmp_path / "mine.tsv"
    terms.write_text("id\ttype\tlabel\tnames\txrefs\tparents\nCHEBI:45783\tdrug\timatinib\t\t\t\n", encoding="utf-8")
    vectors = NameVectors(Lexicon.open_sources((("mine", terms),), tmp_path / "cache"))
    for _ in range(2):
        assert vectors.nearest("fluid in the lungs", 3) == ()
        assert vectors.similarity("imatinib", Curie("CHEBI:45783")) == 0.0


def test_a_disease_is_found_by_what_it_means(linker: EntityLinker) -> None:
    assert link(linker, "[fluid in the lungs|disease]").popitem()[1] == "MONDO:0006932"
    analysis, mentions = marked("[fluid in the lungs|disease]")
    assert linker.link(analysis, mentions)[0].candidates[0].method == "meaning"


@pytest.mark.parametrize("text", ["mulitple sclerosos", "kidney failrue"])
def test_a_misspelt_disease_is_found_by_its_letters(linker: EntityLinker, text: str) -> None:
    expected = {"mulitple sclerosos": "MONDO:0005301", "kidney failrue": "MONDO:0001106"}
    assert link(linker, f"[{text}|disease]") == {text: expected[text]}


def test_how_far_a_name_is_trusted_says_nothing_of_one_that_is_only_near() -> None:
    posting = Posting(Curie("MONDO:0006932"), "cardiac event", NameStatus.CURATED, "small", EntityType.DISEASE)
    near = Evidence(posting, Variant("cardiac event", Step.MEANING), 0, 1, similarity=0.7).features(0)
    assert "status:curated" not in near
    assert near["far"] == pytest.approx(0.3)


def test_what_means_nothing_known_stays_nil(linker: EntityLinker) -> None:
    analysis, mentions = marked("[purple hobbledee of the moon|disease]")
    assert linker.link(analysis, mentions)[0].is_nil


def test_no_other_type_is_linked_by_its_meaning(linker: EntityLinker) -> None:
    analysis, mentions = marked("[fluid in the lungs|process]")
    assert all(one.method != "meaning" for one in linker.link(analysis, mentions)[0].candidates)


def test_a_linker_with_another_encoder_pickles(lexicon: Lexicon) -> None:
    encoder = NameEncoder.open(DEFAULT_FOLDER)
    linker = pickle.loads(pickle.dumps(EntityLinker(lexicon, encoder=encoder)))
    assert link(linker, "[fluid in the lungs|disease]").popitem()[1] == "MONDO:0006932"
