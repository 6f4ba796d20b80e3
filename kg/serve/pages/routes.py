"""The table of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.serve.pages import document, entity, lists, query, start, statement, thing, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.pages.request import PageRequest, Rendered


@dataclass(frozen=True, slots=True)
class View:
    """A page: what makes it, whether its path goes on, and the one form it has, if it has only one."""

    render: Callable[[PageRequest], Rendered]
    takes_rest: bool = False
    only_form: str = ""


_THING = View(thing.render, takes_rest=True)
ROUTES: dict[str, View] = {
    "": View(start.render),
    "search": View(lists.render_search),
    "complete": View(lists.render_completion, only_form="json"),
    "documents": View(lists.render_documents),
    "entity": View(entity.render, takes_rest=True),
    "document": View(document.render, takes_rest=True),
    "statement": View(statement.render, takes_rest=True),
    "query": View(query.render, only_form="html"),
    "results": View(query.render_results, only_form="html"),
    "event": _THING,
    "claim": _THING,
    "mention": _THING,
    "run": _THING,
    "vocab": View(vocabulary.render, takes_rest=True),
    "graph": _THING,
    "software": _THING,
}
