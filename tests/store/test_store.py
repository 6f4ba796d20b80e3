from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.errors import StoreError
from kg.model import Annotation, Entity, Iri
from kg.rdf.run import Run
from kg.rdf.vocabulary import vocabulary_quads
from kg.store import generations
from kg.store.selection import select_document
from kg.store.store import Store, open_current
from tests.rdf.sample_annotations import (
    CML,
    IMATINIB,
    RUN,
    Scribe,
    imatinib_release,
    make_document,
)
from tests.store.documents import held, load, quads_of, says, treats


def file_contents(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def test_a_loaded_document_is_what_a_reader_sees_after_publication(tmp_path: Path) -> None:
    annotation = imatinib_release()
    load(tmp_path / "store", annotation)
    assert held(tmp_path / "store") == set(quads_of(annotation))


def test_nothing_is_seen_before_publication(tmp_path: Path) -> None:
    load(tmp_path, treats("one", "imatinib", "CML"))
    before = held(tmp_path)
    with Store.open(tmp_path) as store:
        store.replace_document(
            Iri("https://w3id.org/kg-loader/document/two"), quads_of(treats("two", "dasatinib", "CML"))
        )
    assert held(tmp_path) == before


def test_what_an_interrupted_writer_left_unpublished_is_published_by_the_next(tmp_path: Path) -> None:
    two = treats("two", "dasatinib", "CML")
    load(tmp_path, treats("one", "imatinib", "CML"))
    with Store.open(tmp_path) as store:
        store.replace_document(two.document.iri, quads_of(two))
    with Store.open(tmp_path) as store:
        assert store.is_current(two.document.iri, two.document.sha256, RUN.lexicon, RUN.settings)
        store.publish()
    assert set(quads_of(two)) <= held(tmp_path)


def test_a_changed_document_replaces_the_whole_graph_and_drops_what_nobody_mentions(tmp_path: Path) -> None:
    load(tmp_path, treats("one", "imatinib", "AML"))
    changed = treats("one", "dasatinib", "CML")
    load(tmp_path, changed)
    assert held(tmp_path) == set(quads_of(changed))


def test_the_same_document_again_changes_no_byte_of_the_store(tmp_path: Path) -> None:
    annotation = imatinib_release()
    load(tmp_path, annotation)
    before = file_contents(tmp_path)
    with Store.open(tmp_path) as store:
        document = annotation.document
        assert store.is_current(document.iri, document.sha256, RUN.lexicon, RUN.settings)
        store.add_shared([])
        store.publish()
    assert file_contents(tmp_path) == before


@pytest.mark.parametrize(
    "run", [Run("kg", "lexicon-2", RUN.settings), Run("kg", RUN.lexicon, "settings-2")], ids=["lexicon", "settings"]
)
def test_another_lexicon_or_other_settings_make_a_document_stale(tmp_path: Path, run: Run) -> None:
    document = imatinib_release().document
    load(tmp_path, imatinib_release())
    with Store.open(tmp_path) as store:
        assert not store.is_current(document.iri, document.sha256, run.lexicon, run.settings)
        assert not store.is_current(document.iri, "0" * 64, RUN.lexicon, RUN.settings)


def test_known_vocabulary_is_not_written_again(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add_shared(vocabulary_quads())
        first = store.publish()
        store.add_shared(vocabulary_quads())
        assert store.publish() == first


def test_removing_the_only_document_leaves_nothing(tmp_path: Path) -> None:
    annotation = imatinib_release()
    load(tmp_path, annotation)
    with Store.open(tmp_path) as store:
        assert store.remove_document(annotation.document.iri)
        assert not store.remove_document(annotation.document.iri)
        store.publish()
    assert held(tmp_path) == set()


def test_of_one_document_all_that_its_entities_are_kinds_and_parts_of_is_selected(tmp_path: Path) -> None:
    annotation = says("one", "imatinib", "inhibits", "RELA")
    load(tmp_path, annotation, treats("two", "dasatinib", "CML"))
    chosen = select_document(open_current(tmp_path), NamedNode(annotation.document.iri))
    assert set(chosen) == set(quads_of(annotation))


def test_what_was_a_part_stays_described_only_while_something_of_it_is_mentioned(tmp_path: Path) -> None:
    one, two = says("one", "imatinib", "inhibits", "RELA"), says("two", "imatinib", "inhibits", "NFkappaB")
    load(tmp_path, one, two)
    with Store.open(tmp_path) as store:
        store.remove_document(two.document.iri)
        store.publish()
        assert held(tmp_path) == set(quads_of(one))
        store.remove_document(one.document.iri)
        store.publish()
    assert held(tmp_path) == set()


def test_a_newer_description_of_an_entity_replaces_the_older(tmp_path: Path) -> None:
    load(tmp_path, treats("one", "imatinib", "CML"))
    renamed = Entity(IMATINIB.curie, "imatinib (new name)", IMATINIB.type)
    scribe = Scribe("two").write("Imatinib treats CML.").state(("Imatinib", renamed), "treats", ("CML", CML))
    load(tmp_path, scribe.finish())
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    iri = NamedNode("http://purl.obolibrary.org/obo/CHEBI_45783")
    labels = [quad.object for quad in open_current(tmp_path).quads_for_pattern(iri, label, None, None)]
    assert labels == [pyoxigraph.Literal("imatinib (new name)")]


documents = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from(["imatinib", "dasatinib", "zorbamol"]),
    st.sampled_from(["AML", "CML", "leukemia"]) | st.sampled_from(["RELA", "NFkappaB 2", "NFkappaB"]),
)
steps = st.lists(
    st.tuples(st.just("load"), documents) | st.tuples(st.just("remove"), st.sampled_from("abc")), max_size=8
)


@settings(max_examples=50, deadline=None)
@given(steps=steps)
def test_any_order_of_loads_and_removals_leaves_what_a_fresh_store_would_hold(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, tuple[str, str, str] | str]]
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    remaining: dict[str, Annotation] = {}
    with Store.open(folder) as store:
        for step in steps:
            match step:
                case ("load", (identifier, drug, disease)):
                    annotation = treats(identifier, drug, disease)
                    remaining[annotation.document.iri] = annotation
                    store.replace_document(annotation.document.iri, quads_of(annotation))
                case (_, identifier):
                    iri = treats(str(identifier), "imatinib", "AML").document.iri
                    remaining.pop(iri, None)
                    store.remove_document(iri)
        store.publish()
    expected = {quad for annotation in remaining.values() for quad in quads_of(annotation)}
    assert (held(folder) if steps and generations.current(folder) else set()) == expected


@settings(max_examples=30, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.sampled_from(["\\u00e9 \\U0001F600", '"""', "'} ; DROP ALL"])
)
def test_any_text_survives_a_replacement_unchanged(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("text")
    annotation = imatinib_release()
    with Store.open(folder) as store:
        store.replace_document(annotation.document.iri, quads_of(annotation))
        document = make_document(annotation.document.text + text, "imatinib-release")
        changed = quads_of(replace(annotation, document=document))
        store.replace_document(annotation.document.iri, changed)
        store.publish()
    assert held(folder) == set(changed)


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    with Store.open(tmp_path), pytest.raises(StoreError, match=rf"pid {os.getpid()}\) writes to the store"):
        Store.open(tmp_path)
    Store.open(tmp_path).close()


def test_a_store_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(tmp_path / "file" / "store")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be written"):
        Store.open(tmp_path)


def test_a_full_disk_is_said_and_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(tmp_path, treats("one", "imatinib", "CML"))
    before = held(tmp_path)

    class FullDisk:
        def __init__(self, store: pyoxigraph.Store) -> None:
            self._store = store

        def __getattr__(self, name: str) -> object:
            if name in {"extend", "update", "bulk_extend"}:
                raise OSError(28, "No space left on device")
            return getattr(self._store, name)

    with Store.open(tmp_path) as store:
        live = store._writable()
        monkeypatch.setattr(store, "_live", FullDisk(live))
        two = treats("two", "dasatinib", "AML")
        with pytest.raises(StoreError, match="No space left on device"):
            store.replace_document(two.document.iri, quads_of(two))
        monkeypatch.setattr(store, "_live", live)
        store.publish()
    assert held(tmp_path) == before


def test_opening_a_folder_without_store_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg load"):
        open_current(tmp_path)


def test_a_reader_keeps_its_generation_after_it_was_unlinked(tmp_path: Path) -> None:
    load(tmp_path, treats("one", "imatinib", "CML"))
    reader = open_current(tmp_path)
    before = set(reader)
    for number in range(6):
        load(tmp_path, treats(f"more-{number}", "dasatinib", "AML"))
    numbers = sorted(int(path.name) for path in (tmp_path / "generations").iterdir())
    assert numbers == [5, 6, 7]
    assert set(reader) == before
    assert generations.current(tmp_path) == generations.Generation(7, tmp_path / "generations" / "00000007")


def test_a_damaged_pointer_is_said(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("not a number")
    with pytest.raises(StoreError, match="cannot be read"):
        generations.current(tmp_path)


def test_an_interrupted_publication_is_cleaned_away(tmp_path: Path) -> None:
    load(tmp_path, treats("one", "imatinib", "CML"))
    (tmp_path / "generations" / ".making-2").mkdir()
    load(tmp_path, treats("two", "imatinib", "AML"))
    assert not list((tmp_path / "generations").glob(".making-*"))


def test_status_counts_what_the_store_holds(tmp_path: Path) -> None:
    load(tmp_path, imatinib_release(), treats("two", "dasatinib", "CML"))
    with Store.open(tmp_path) as store:
        status = store.status()
    assert (status.documents, status.statements, status.events, status.claims) == (2, 7, 1, 1)
    assert status.quads == len(open_current(tmp_path))
    assert status.entities == 9
    assert status.lexicons == ("lexicon-1",)
    assert status.generation == 1
    assert status.size > 0
