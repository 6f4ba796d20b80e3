"""Many documents through the pipeline, in this process or several; a failing document never stops the others."""

from __future__ import annotations

import gc
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, TypeVar

from kg.errors import KgError
from kg.model import Annotation, Document, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from kg.config import Settings
    from kg.pipeline import Pipeline

Outcome = Annotation | Rejection
Passed = TypeVar("Passed")
_IN_FLIGHT = 4
_DIED = "the process that annotated it died (out of memory?): split the document, or use fewer --jobs"
_pipelines: dict[str, Pipeline] = {}


def annotate_documents(documents: Iterable[Document | Passed], settings: Settings) -> Iterator[Outcome | Passed]:
    """Yield an annotation or a rejection for each document, in order; what is not a document passes unchanged.

    With ``settings.jobs`` above 1 the work goes to as many processes, each with its own pipeline.

    Raises:
        KgError: the pipeline itself cannot be made, for instance because a model is not there.
    """
    if settings.jobs == 1:
        yield from _annotate_here(documents, settings)
    else:
        yield from _annotate_in_processes(documents, settings)


def _annotate_here(documents: Iterable[Document | Passed], settings: Settings) -> Iterator[Outcome | Passed]:
    pipeline: Pipeline | None = None
    for document in documents:
        if not isinstance(document, Document):
            yield document
            continue
        pipeline = pipeline or _make_pipeline(settings)
        yield _annotate_one(pipeline, document)


def _annotate_one(pipeline: Pipeline, document: Document) -> Outcome:
    try:
        return pipeline.annotate(document)
    except KgError as error:
        return Rejection(document.path or document.id, "annotating", str(error))


def _annotate_in_processes(documents: Iterable[Document | Passed], settings: Settings) -> Iterator[Outcome | Passed]:
    _make_pipeline(settings)  # a missing model is said once, here, not once a process
    waiting: deque[Passed | tuple[Document, Future[Outcome]]] = deque()
    pool = _Pool(settings)
    try:
        for document in documents:
            waiting.append((document, pool.submit(document)) if isinstance(document, Document) else document)
            if len(waiting) > _IN_FLIGHT * settings.jobs:
                yield _finish(pool, waiting.popleft())
        while waiting:
            yield _finish(pool, waiting.popleft())
    finally:
        pool.close()


def _finish(pool: _Pool, item: Passed | tuple[Document, Future[Outcome]]) -> Outcome | Passed:
    return pool.collect(*item) if isinstance(item, tuple) else item


class _Pool:
    """Worker processes that are replaced when one dies; a document that was in flight is then tried once alone."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._executor = self._start(settings.jobs)

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=(self._settings,))

    def submit(self, document: Document) -> Future[Outcome]:
        try:
            return self._executor.submit(_annotate_in_worker, document)
        except BrokenProcessPool:
            self.close()
            self._executor = self._start(self._settings.jobs)
            return self._executor.submit(_annotate_in_worker, document)

    def collect(self, document: Document, future: Future[Outcome]) -> Outcome:
        try:
            return future.result()
        except BrokenProcessPool:
            return self._try_alone(document)

    def _try_alone(self, document: Document) -> Outcome:
        with self._start(1) as alone:
            try:
                return alone.submit(_annotate_in_worker, document).result()
            except BrokenProcessPool:
                return Rejection(document.path or document.id, "annotating", _DIED)

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)


def _make_pipeline(settings: Settings) -> Pipeline:
    from kg.assembly import make_pipeline

    pipeline = make_pipeline(settings)
    spare_collector()
    return pipeline


def spare_collector() -> None:
    """Let Python look less often for lost cycles: reading makes many small values and hardly a cycle."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _start_worker(settings: Settings) -> None:
    _pipelines["pipeline"] = _make_pipeline(settings)


def _annotate_in_worker(document: Document) -> Outcome:
    return _annotate_one(_pipelines["pipeline"], document)
