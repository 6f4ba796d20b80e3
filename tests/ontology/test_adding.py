from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg import prefixes
from kg.errors import LexiconError
from kg.model import Curie, EntityType
from kg.ontology.adding import Addition, add_source, remove_source
from kg.ontology.comparing import compare_files
from kg.ontology.lexicon import Lexicon
from kg.ontology.manifest import read_manifest
from tests.ontology.test_readers import OBO


def add(folder: Path, path: Path, kind: EntityType | None = EntityType.DISEASE, name: str = "mine") -> None:
    add_source(path, Addition(name, kind), folder, lambda _: None)


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_an_added_obo_file_is_found_by_name_and_hierarchy(sources: Path, tmp_path: Path) -> None:
    add(sources, write(tmp_path, "myo.obo", OBO))
    lexicon = Lexicon.open(sources, tmp_path / "cache")
    assert lexicon.lookup("rod myopathies")[0].curie == "MYO:2"
    assert lexicon.ancestors(Curie("MYO:2")) == ("MYO:1",)
    assert lexicon.entity(Curie("MESH:D009135")).curie == "MYO:1"
    assert prefixes.expand(Curie("MYO:2")) == "http://purl.obolibrary.org/obo/MYO_2"
    manifest = read_manifest(sources / "mine.toml")
    assert (manifest.terms, manifest.version, manifest.prefix) == (2, "2026-05-01", "MYO")


def test_a_mapping_table_joins_what_is_there(sources: Path, tmp_path: Path) -> None:
    header = "subject_id\tpredicate_id\tobject_id\n"
    path = write(
        tmp_path, "m.tsv", f"{header}MONDO:0004975\tskos:exactMatch\tMESH:D000544\nX:1\tskos:exactMatch\tX:2\n"
    )
    before = Lexicon.open(sources, tmp_path / "cache")

    def known(curie: str) -> EntityType | None:
        entity = before.try_entity(Curie(curie))
        return entity.type if entity else None

    add_source(path, Addition("maps", known_type=known), sources, lambda _: None)
    entity = Lexicon.open(sources, tmp_path / "cache").entity(Curie("MESH:D000544"))
    assert (entity.curie, entity.label) == ("MONDO:0004975", "Alzheimer disease")


LABELLED = "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\n"


def test_labels_of_a_mapping_table_are_names_and_rename_nothing(sources: Path, tmp_path: Path) -> None:
    rows = "MONDO:0018874\taml\tskos:exactMatch\tMYX:77\tflim\nMYX:5\tzorvosis\tskos:exactMatch\tMYZ:6\tflumitis\n"
    path = write(tmp_path, "m.sssom.tsv", LABELLED + rows)
    add_source(path, Addition("maps", EntityType.DISEASE), sources, lambda _: None)
    lexicon = Lexicon.open(sources, tmp_path / "cache")
    entity = lexicon.entity(Curie("MYX:77"))
    assert (entity.curie, entity.label) == ("MONDO:0018874", "acute myeloid leukemia")
    assert {one.name for one in lexicon.names(entity.curie)} >= {"aml", "flim", "acute myeloid leukemia"}
    assert lexicon.lookup("flim")[0].curie == "MONDO:0018874"
    assert lexicon.entity(Curie("MYX:5")).label == "zorvosis"
    assert lexicon.lookup("flumitis")[0].curie == "MYX:5"


def test_what_only_a_mapping_tells_of_is_called_by_what_it_tells(sources: Path, tmp_path: Path) -> None:
    path = write(tmp_path, "m.sssom.tsv", f"{LABELLED}MYX:5\t\tskos:exactMatch\tMYZ:6\t\n")
    add_source(path, Addition("maps", EntityType.DISEASE), sources, lambda _: None)
    assert Lexicon.open(sources, tmp_path / "cache").entity(Curie("MYZ:6")).label == "MYX:5"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (OBO.replace("MYO:2", "MYO:1"), "more than one term: MYO:1"),
        (OBO.replace("name: muscle disease\n", "name: muscle disease\nis_a: MYO:2\n"), "cycle"),
        (OBO.replace("is_a: MYO:1", "".join(f"is_a: MYO:9{n}\n" for n in range(5)) + "is_a: MYO:1"), "cut off"),
        ("<html>404</html>", "HTML page"),
    ],
)
def test_a_wrong_file_leaves_the_former_source_in_place(tmp_path: Path, content: str, says: str) -> None:
    folder = tmp_path / "own"
    add(folder, write(tmp_path, "good.obo", OBO))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(LexiconError, match=says):
        add(folder, write(tmp_path, "bad.obo", content))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_failed_check_leaves_the_former_source_in_place(tmp_path: Path) -> None:
    def refuse(folder: Path) -> None:
        assert (folder / "mine.tsv.gz").is_file()
        raise LexiconError("no")

    with pytest.raises(LexiconError, match="no"):
        add_source(write(tmp_path, "a.obo", OBO), Addition("mine", EntityType.DISEASE), tmp_path / "own", refuse)
    assert list((tmp_path / "own").iterdir()) == []


def test_a_type_is_asked_for_where_the_file_has_none(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="--type"):
        add(tmp_path / "own", write(tmp_path, "a.obo", OBO), None)
    table = "name\ttype\nzorvolimab\tdrug\n"
    add(tmp_path / "own", write(tmp_path, "t.tsv", table), None)
    with pytest.raises(LexiconError, match="unknown type 'pill'"):
        add(tmp_path / "own", write(tmp_path, "u.tsv", table.replace("\tdrug", "\tpill")), None)


def test_removing_takes_only_what_was_added(tmp_path: Path) -> None:
    add(tmp_path / "own", write(tmp_path, "a.obo", OBO))
    remove_source("mine", tmp_path / "own")
    assert list((tmp_path / "own").iterdir()) == []
    with pytest.raises(LexiconError, match="only sources that you added"):
        remove_source("mine", tmp_path / "own")


def test_comparing_tells_what_is_new_gone_and_renamed(tmp_path: Path) -> None:
    add(tmp_path / "one", write(tmp_path, "a.obo", OBO))
    newer = (
        OBO.replace("rod myopathy", "nemaline myopathy")
        .replace("MYO:1", "MYO:4")
        .replace('"myopathy"', '"muscle disorder"')
    )
    add(tmp_path / "two", write(tmp_path, "b.obo", newer))
    found = compare_files(tmp_path / "one" / "mine.tsv.gz", tmp_path / "two" / "mine.tsv.gz")
    assert found.added == (("MYO:4", "muscle disease"),)
    assert found.removed == (("MYO:1", "muscle disease"),)
    assert found.relabelled == (("MYO:2", "rod myopathy", "nemaline myopathy"),)
    assert compare_files(tmp_path / "one" / "mine.tsv.gz", tmp_path / "one" / "mine.tsv.gz").is_empty


@pytest.mark.slow
def test_fifty_thousand_terms_are_added_in_under_thirty_seconds(tmp_path: Path) -> None:
    stanzas = (
        f'[Term]\nid: BIG:{n}\nname: big disorder {n}\nsynonym: "large disorder {n}" EXACT []\nis_a: BIG:{n // 2}\n'
        for n in range(1, 50_001)
    )
    path = write(tmp_path, "big.obo", "format-version: 1.2\n\n" + "\n".join(stanzas).replace("is_a: BIG:0\n", ""))
    began = time.process_time()
    add_source(path, Addition("big", EntityType.DISEASE), tmp_path / "own", lambda _: None)
    lexicon = Lexicon.open(tmp_path / "own", tmp_path / "cache")
    assert time.process_time() - began < 30
    assert lexicon.lookup("large disorders 49999")[0].curie == "BIG:49999"
