"""In the worker: which page a path is, in which form the client wants it, and its bytes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kg.serve.negotiation import SHORT_NAMES, choose_media_type
from kg.serve.pages import frame
from kg.serve.pages.reader import Reader
from kg.serve.pages.request import PageFault, PageRequest, Rendered
from kg.serve.pages.routes import ROUTES

if TYPE_CHECKING:
    import pyoxigraph as ox

_OFFERED = ("text/html", "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
_FORMS = {
    "text/html": "html",
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
}
_SUFFIX = re.compile(r"\.(ttl|jsonld|nt|rdf)$")


def preload() -> None:
    """Import and compile what rendering needs."""
    frame.preload()


def render(store: ox.Store, job: dict[str, Any]) -> bytes:
    """Return a page for the front: a line of JSON with status and headers, then the body."""
    try:
        rendered = _render(store, job)
    except PageFault as fault:
        rendered = _refuse(fault, job)
    head = {
        "status": rendered.status,
        "media_type": rendered.media_type,
        "headers": rendered.headers,
        "keep": rendered.keep and rendered.status == 200,
    }
    return json.dumps(head).encode() + b"\n" + rendered.body


def _render(store: ox.Store, job: dict[str, Any]) -> Rendered:
    path = unquote(job["path"])
    route, _, rest = path.lstrip("/").partition("/")
    view = ROUTES.get(route)
    if view is None or (rest and not view.takes_rest):
        raise PageFault(404, f"there is no page {path}")
    fields = dict(job["fields"])
    if view.only_form:
        form = view.only_form
    else:
        form, rest = _choose_form(job["accept"], fields.get("format"), rest)
    request = PageRequest(Reader(store, job["prefix"]), rest, fields, form, job)
    return view.render(request)


def _choose_form(accept: str, wanted: str | None, rest: str) -> tuple[str, str]:
    """Return the form of the answer and the rest of the path; ``format=`` or a suffix such as .ttl beat Accept."""
    suffix = _SUFFIX.search(rest)
    if suffix:
        return suffix[1], rest[: suffix.start()]
    if wanted:
        known = SHORT_NAMES.get(wanted)
        if wanted != "html" and (known is None or known.media_type not in _FORMS):
            raise PageFault(400, f"format={wanted} is not one of html, ttl, jsonld, nt, rdf")
        return (_FORMS[known.media_type] if known else "html"), rest
    media = choose_media_type(accept, _OFFERED)
    if media is None:
        raise PageFault(406, f"Accept: {accept} takes none of {', '.join(_OFFERED)}")
    return _FORMS[media], rest


def _refuse(fault: PageFault, job: dict[str, Any]) -> Rendered:
    if "html" in job["accept"]:
        shown = {"status": fault.status, "reason": fault.reason}
        body = frame.render_template("fault.html", job["prefix"], fault=shown, title=str(fault.status))
        return Rendered(body, fault.status, keep=False)
    return Rendered(f"{fault.reason}\n".encode(), fault.status, "text/plain; charset=utf-8", keep=False)
