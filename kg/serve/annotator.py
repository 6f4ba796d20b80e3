"""The process that annotates texts for the server: it holds the pipeline, and may be killed at any moment."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.serve.frames import Frame, JobReader, pack
from kg.serve.sandbox import die_with_parent, forbid_network

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Document

FIELDS = ("text", "id", "title", "published", "publisher", "url")


def main() -> None:
    """Annotate what comes on the connection whose number is the first argument, until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    connection = socket.socket(fileno=int(sys.argv[1]))
    forbid_network()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        _serve(connection)
    os._exit(0)


def _serve(connection: socket.socket) -> None:
    annotate: Callable[[Document], dict[str, Any]] | None = None
    jobs = JobReader(connection)
    while True:
        job = json.loads(jobs.read())
        try:
            annotate = annotate or _make_annotate()
            answers = [annotate(to_document(fields)) for fields in job["documents"]]
        except (KgError, ImportError) as error:
            status = 503 if isinstance(error, ImportError) else 422
            fault = {"status": status, "code": "not-annotated", "message": f"the text could not be annotated: {error}"}
            connection.sendall(pack(Frame.FAULT, json.dumps(fault).encode()))
        else:
            connection.sendall(pack(Frame.RESULT, json.dumps(answers, ensure_ascii=False).encode()))


def _make_annotate() -> Callable[[Document], dict[str, Any]]:
    from kg.assembly import make_pipeline
    from kg.config import read_settings
    from kg.export.jsonl import to_json

    pipeline = make_pipeline(read_settings())
    return lambda document: to_json(pipeline.annotate(document))


def to_document(fields: dict[str, str | None]) -> Document:
    """Return the document of a request; one without an id is named by its text.

    Raises:
        ReadingError: the text is empty or cannot be stored.
    """
    from kg.model import MediaType
    from kg.reading.dates import try_date
    from kg.reading.documents import to_document as finish
    from kg.reading.draft import Draft
    from kg.reading.options import ReadingOptions

    text = fields["text"] or ""
    name = fields.get("id") or "text-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    published = fields.get("published")
    draft = Draft(
        source="the request",
        text=text,
        media_type=MediaType.TEXT,
        given_id=name,
        title=fields.get("title"),
        published=try_date(published) if published else None,
        publisher=fields.get("publisher"),
        url=fields.get("url"),
    )
    return finish(draft, ReadingOptions())


if __name__ == "__main__":
    main()
