from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store as OxigraphStore

from kg.rdf.annotation_quads import to_quads
from kg.rdf.vocabulary import vocabulary_quads
from kg.store.store import Store, open_current
from tests.queries.sample_store import sample_documents
from tests.rdf.sample_annotations import RUN, SampleHierarchy


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "store"
    with Store.open(folder) as store:
        store.add_shared(vocabulary_quads())
        annotations = sample_documents()
        store.replace_documents({a.document.iri: to_quads(a, RUN, SampleHierarchy()) for a in annotations})
        store.publish()
    return folder


@pytest.fixture(scope="session")
def sample_store(sample_folder: Path) -> OxigraphStore:
    return open_current(sample_folder)
