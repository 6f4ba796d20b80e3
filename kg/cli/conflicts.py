"""``kg conflicts``: where documents contradict each other or changed their mind."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kg.cli.options import StoreOption
from kg.cli.store_folder import store_folder

if TYPE_CHECKING:
    from pyoxigraph import QuerySolution

_SENTENCES = 3
_WORDS = frozenset({"relation", "kind", "favourable", "unfavourable"})
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
    """Show contradictions, opposite effects, changed decisions and disputed dates, each with both sides' sentences.

    The same answers as tables: `kg query contradictions`, `opposite-effects`, `changed-decisions`, `disputed-dates`.
    """
    from pyoxigraph import QuerySolutions

    from kg.store.query_library import load_query
    from kg.store.querying import run_query
    from kg.store.store import open_current

    opened = open_current(store_folder(store))
    found = 0
    for name, headline, one, other in _KINDS:
        query = load_query(name)
        solutions = run_query(opened, query.text)
        rows = [_Values(row) for row in solutions] if isinstance(solutions, QuerySolutions) else []
        groups: dict[str, list[_Values]] = {}
        for row in rows:
            groups.setdefault(headline.format_map(row), []).append(row)
        if groups:
            sys.stdout.write(f"{query.title} ({len(groups)})\n")
        for title, group in groups.items():
            sys.stdout.write(f"  {title}\n")
            for sign, side in (("+", one), ("-", other)):
                _print_sentences(sign, [f"{row[f'{side}Sentence']}  {row[f'{side}Document']}" for row in group])
        found += len(groups)
    sys.stderr.write(f"kg: {found} conflict{'' if found == 1 else 's'}\n")


def _print_sentences(sign: str, sentences: list[str]) -> None:
    unique = list(dict.fromkeys(" ".join(sentence.split()) for sentence in sentences))
    sys.stdout.writelines(f"    {sign} {sentence}\n" for sentence in unique[:_SENTENCES])
    if len(unique) > _SENTENCES:
        sys.stdout.write(f"    {sign} and {len(unique) - _SENTENCES} more\n")


class _Values(dict[str, str]):
    """The values of a row as text; what has none is "no date"."""

    def __init__(self, row: QuerySolution) -> None:
        super().__init__()
        self._row = row

    def __missing__(self, name: str) -> str:
        term = self._row[name]
        if term is None:
            return "no date"
        value = str(getattr(term, "value", term))
        return value.replace("_", " ") if name in _WORDS else value
