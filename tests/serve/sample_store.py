"""A small store with two documents that agree and disagree, written by kg's own writer; no model is needed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kg.rdf.annotation_quads import to_quads
from kg.rdf.vocabulary import vocabulary_quads
from kg.store.store import Store
from tests.rdf.sample_annotations import AML, CML, IMATINIB, RUN, SampleHierarchy, Scribe, imatinib_release

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Annotation

RELEASE = "imatinib-release"
REVIEW = "imatinib-review"


def review() -> Annotation:
    """A second document: it agrees on one statement, says the opposite of another, and holds markup as text."""
    scribe = Scribe(REVIEW, dt.date(2003, 2, 1))
    scribe.write("Imatinib treats chronic myelogenous leukemia in most patients.")
    scribe.state(("Imatinib", IMATINIB), "treats", ("chronic myelogenous leukemia", CML), trigger="treats")
    scribe.write("Imatinib treats acute myeloid leukemia <b>with KIT</b> & more.")
    scribe.state(("Imatinib", IMATINIB), "treats", ("acute myeloid leukemia", AML), trigger="treats")
    return scribe.finish()


def make_sample_store(folder: Path) -> Path:
    """Write and publish the two documents."""
    with Store.open(folder) as store:
        store.add_shared(vocabulary_quads())
        add_documents(store, imatinib_release(), review())
        store.publish()
    return folder


def add_documents(store: Store, *annotations: Annotation) -> None:
    """Put documents into a store that is open for writing."""
    for annotation in annotations:
        store.replace_document(annotation.document.iri, to_quads(annotation, RUN, SampleHierarchy()))
