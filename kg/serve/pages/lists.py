"""Lists: the documents of the store, the entities that a search finds."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.serve.pages.forms import to_rdf
from kg.serve.pages.frame import local_address, render_template
from kg.serve.pages.names import build_names, search_names
from kg.serve.pages.reader import DCTERMS, LABEL, SCHEMA
from kg.serve.pages.request import PageFault, Rendered

if TYPE_CHECKING:
    from kg.serve.pages.reader import DocumentReference, Reader
    from kg.serve.pages.request import PageRequest

_PAGE = 50
_COMPLETIONS = 12
_LARGEST_PAGE = 1_000_000


def newest_documents(reader: Reader, skip: int, count: int) -> tuple[list[DocumentReference], int]:
    """Return some documents by falling date, the undated last, and how many there are."""
    hashes = reader.store.quads_for_pattern(None, ox.NamedNode(SCHEMA + "sha256"), None, None)
    documents = {quad.subject.value for quad in hashes if isinstance(quad.subject, ox.NamedNode)}
    issued = reader.store.quads_for_pattern(None, ox.NamedNode(DCTERMS + "issued"), None, None)
    dates = {getattr(quad.subject, "value", ""): getattr(quad.object, "value", "") for quad in issued}
    ordered = sorted(documents)
    ordered.sort(key=lambda iri: dates.get(iri, ""), reverse=True)
    return [reader.document(iri) for iri in ordered[skip : skip + count]], len(ordered)


def render_documents(request: PageRequest) -> Rendered:
    """Return one page of the list of documents."""
    page = read_page(request.fields.get("page", "1"))
    documents, total = newest_documents(request.reader, (page - 1) * _PAGE, _PAGE)
    if request.form != "html":
        title = ox.NamedNode(DCTERMS + "title")
        triples = [ox.Triple(ox.NamedNode(d.iri), title, ox.Literal(d.title)) for d in documents]
        return to_rdf(triples, request.form)
    pages = max(1, -(-total // _PAGE))
    values = {"documents": documents, "total": total, "page": page, "pages": pages}
    return Rendered(render_template("documents.html", request.prefix, title="Documents", **values))


def read_page(text: str) -> int:
    """Return the number of a page of a list.

    Raises:
        PageFault: it is not one.
    """
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _LARGEST_PAGE:
        raise PageFault(400, f"page={text} is not the number of a page")
    return int(text)


def render_search(request: PageRequest) -> Rendered:
    """Return the entities whose names begin like the words of the search."""
    words = request.fields.get("q", "").strip()
    found = _search(request, words, _PAGE) if words else []
    if request.form != "html":
        label = ox.NamedNode(LABEL)
        triples = [ox.Triple(ox.NamedNode(str(e["iri"])), label, ox.Literal(str(e["label"]))) for e in found]
        return to_rdf(triples, request.form)
    shown = [entity | {"address": local_address(str(entity["iri"]), request.prefix)} for entity in found]
    return Rendered(render_template("search.html", request.prefix, title=f"Search: {words}", words=words, found=shown))


def render_completion(request: PageRequest) -> Rendered:
    """Return some entities for the search box, as JSON."""
    found = _search(request, request.fields.get("q", "").strip(), _COMPLETIONS)
    shown = [entity | {"address": local_address(str(entity["iri"]), request.prefix)} for entity in found]
    return Rendered(json.dumps(shown, ensure_ascii=False).encode(), media_type="application/json")


def _search(request: PageRequest, words: str, limit: int) -> list[dict[str, object]]:
    index = Path(request.job["names"])
    if not index.exists():
        build_names(request.reader.store, str(index), os.getpid())
    return search_names(index, words[:200], limit)
