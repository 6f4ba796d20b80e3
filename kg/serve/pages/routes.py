"""The table of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.serve.pages import start

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.pages.request import PageRequest, Rendered


@dataclass(frozen=True, slots=True)
class View:
    """A page: what makes it, whether its path goes on, and the one form it has, if it has only one."""

    render: Callable[[PageRequest], Rendered]
    takes_rest: bool = False
    only_form: str = ""


ROUTES: dict[str, View] = {"": View(start.render)}
