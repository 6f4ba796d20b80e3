"""``kg conflicts``: where documents contradict each other or changed their mind."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kg.cli.options import StoreOption
from kg.cli.store_folder import store_folder

if TYPE_CHECKING:
    from pyoxigraph import QuerySolution

_KINDS = (
    ("contradictions", "{subjectLabel} {relation} {objectLabel}: said and denied", "asserting", "denying"),
    ("opposite-effects", "{subjectLabel} inhibits and activates {objectLabel}", "inhibiting", "activating"),
    (
        "changed-decisions",
        "{drugLabel}: {unfavourable} ({unfavourableDate}) and {favourable} ({favourableDate})",
        "unfavourable",
        "favourable",
    ),
    ("disputed-dates", "{drugLabel}: {kind} on {oneDate} or on {otherDate}", "one", "other"),
)
"""Query, headline, and the two sides whose sentences are shown."""


def conflicts(store: StoreOption = None) -> None:
    """Show contradictions, opposite effects, changed decisions and disputed dates, each with both sentences.

    The same answers as tables: `kg query contradictions`, `opposite-effects`, `changed-decisions`, `disputed-dates`.
    """
    from pyoxigraph import QuerySolutions

    from kg.store.query_library import load_query
    from kg.store.querying import run_query
    from kg.store.store import open_current

    opened = open_current(store_folder(store))
    found = 0
    for name, headline, *sides in _KINDS:
        query = load_query(name)
        solutions = run_query(opened, query.text)
        rows = list(solutions) if isinstance(solutions, QuerySolutions) else []
        if rows:
            sys.stdout.write(f"{query.title} ({len(rows)})\n")
        for row in rows:
            _print_conflict(row, headline, sides)
        found += len(rows)
    sys.stderr.write(f"kg: {found} conflict{'' if found == 1 else 's'}\n")


def _print_conflict(row: QuerySolution, headline: str, sides: list[str]) -> None:
    sys.stdout.write(f"  {headline.format_map(_Values(row))}\n")
    for side in sides:
        sys.stdout.write(f"    - {' '.join(_Values(row)[f'{side}Sentence'].split())}\n")


class _Values(dict[str, str]):
    """The values of a row as text; what has none is "no date"."""

    def __init__(self, row: QuerySolution) -> None:
        super().__init__()
        self._row = row

    def __missing__(self, name: str) -> str:
        term = self._row[name]
        return "no date" if term is None else str(getattr(term, "value", term)).replace("_", " ")
