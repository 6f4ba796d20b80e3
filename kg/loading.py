"""Documents into a store: what is unchanged is skipped, batches are committed, the result is published."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import __version__
from kg.annotating import annotate_documents
from kg.assembly import open_lexicon
from kg.model import Annotation, Document, Rejection
from kg.rdf.annotation_quads import to_quads
from kg.rdf.run import Run, run_quads
from kg.rdf.vocabulary import vocabulary_quads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from kg.config import Settings
    from kg.model import Iri
    from kg.ontology.lexicon import Lexicon
    from kg.store.store import Store

BATCH_DOCUMENTS = 50
PUBLISH_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document that now stands in the store, with how much was read out of it."""

    iri: Iri
    source: str
    language: str
    mentions: int
    statements: int
    events: int
    claims: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A document that the store held already, read in the same way."""

    iri: Iri
    source: str


def make_run(settings: Settings, lexicon: Lexicon) -> Run:
    """Return what a result depends on besides the text."""
    read_with = f"model={settings.model} keep_text={settings.keep_text}"
    return Run(f"kg {__version__}", lexicon.version, hashlib.sha256(read_with.encode()).hexdigest()[:12])


def load_documents(
    documents: Iterable[Document | Rejection], settings: Settings, store: Store
) -> Iterator[Loaded | Unchanged | Rejection]:
    """Load documents and yield what became of each; what was committed stays when a later one fails.

    Readers of the store see the documents when the load ends, and every half a minute while it goes on.

    Raises:
        KgError: the lexicon, the model or the store cannot be used at all.
    """
    lexicon = open_lexicon()
    run = make_run(settings, lexicon)
    batch = _Batch(store, run)
    rejected = 0
    store.add_shared(vocabulary_quads())
    try:
        known = _skip_known(documents, run, store)
        outcomes: Iterator[Annotation | Unchanged | Rejection] = annotate_documents(known, settings)
        for outcome in outcomes:
            if isinstance(outcome, Annotation):
                batch.add(outcome, to_quads(outcome, run, lexicon, keep_text=settings.keep_text))
                yield from batch.flush_when_full()
            else:
                rejected += isinstance(outcome, Rejection)
                yield outcome
        yield from batch.flush()
    finally:
        batch.finish(rejected)


def _skip_known(
    documents: Iterable[Document | Rejection], run: Run, store: Store
) -> Iterator[Document | Unchanged | Rejection]:
    seen: dict[Iri, tuple[str, str]] = {}
    for document in documents:
        if isinstance(document, Rejection):
            yield document
            continue
        source = document.path or document.id
        sha256, first = seen.setdefault(document.iri, (document.sha256, source))
        if sha256 != document.sha256:
            reason = f"has the same identifier ({document.id}) as {first}, but another text: give it an id of its own"
            yield Rejection(source, "loading", reason)
        elif store.is_current(document.iri, document.sha256, run.lexicon, run.settings):
            yield Unchanged(document.iri, source)
        else:
            yield document


@dataclass(slots=True)
class _Batch:
    """Documents that wait for the next transaction."""

    store: Store
    run: Run
    started: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    waiting: dict[Iri, list[Quad]] = field(default_factory=dict)
    loaded: list[Loaded] = field(default_factory=list)
    written: list[Iri] = field(default_factory=list)
    published: float = field(default_factory=time.monotonic)

    def add(self, annotation: Annotation, quads: list[Quad]) -> None:
        document, findings = annotation.document, annotation.findings
        self.waiting[document.iri] = quads
        self.loaded.append(
            Loaded(
                document.iri,
                document.path or document.id,
                document.language,
                len(annotation.mentions),
                len(findings.statements),
                len(findings.events),
                len(findings.claims),
            )
        )

    def flush_when_full(self) -> Iterator[Loaded]:
        if len(self.waiting) >= BATCH_DOCUMENTS:
            yield from self.flush()
        if self.written and time.monotonic() - self.published > PUBLISH_SECONDS:
            yield from self.flush()
            self.store.publish()
            self.published = time.monotonic()

    def flush(self) -> list[Loaded]:
        """Commit what waits in one transaction and return it as loaded."""
        if self.waiting:
            self.store.replace_documents(self.waiting)
            self.written += self.waiting
        done, self.loaded, self.waiting = self.loaded, [], {}
        return done

    def finish(self, rejected: int) -> None:
        """Describe the run, if it wrote anything, and publish; also after an interruption."""
        if self.written:
            ended = dt.datetime.now(dt.UTC)
            self.store.add_shared(run_quads(self.run, self.started, ended, self.written, rejected))
        self.store.publish()
