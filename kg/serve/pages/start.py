"""The start page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.pages.frame import render_template
from kg.serve.pages.request import Rendered
from kg.store.query_library import load_queries

if TYPE_CHECKING:
    from kg.serve.pages.request import PageRequest


def render(request: PageRequest) -> Rendered:
    """Return the start page."""
    return Rendered(render_template("start.html", request.prefix, title="kg", queries=load_queries().values()))
