"""Names that mean the same: their vectors, the search over them, and what the linker makes of it."""

from __future__ import annotations

import pickle
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.linking.lexicon_keys import arrays_folder
from kg.linking.linker import EntityLinker
from kg.linking.name_encoder import DEFAULT_FOLDER, NameEncoder, shipped_encoder
from kg.linking.name_vectors import NameVectors
from kg.model import Curie, EntityType
from tests.linking.documents import link, marked

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ontology.lexicon import Lexicon


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


def test_damaged_vectors_are_built_again(lexicon: Lexicon, caplog: pytest.LogCaptureFixture) -> None:
    expected = NameVectors(lexicon).nearest("renal insufficiency", 3)
    folder = next(path for path in arrays_folder(lexicon, "x").parent.glob("*-name-vectors-*") if path.is_dir())
    (folder / "starts.npy").unlink()  # not overwritten: other tests have it mapped
    (folder / "starts.npy").write_bytes(b"not an array")
    assert NameVectors(lexicon).nearest("renal insufficiency", 3) == expected
    assert "built again" in caplog.text


def test_a_disease_is_found_by_what_it_means(linker: EntityLinker) -> None:
    assert link(linker, "[fluid in the lungs|disease]").popitem()[1] == "MONDO:0006932"
    analysis, mentions = marked("[fluid in the lungs|disease]")
    assert linker.link(analysis, mentions)[0].candidates[0].method == "meaning"


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
