"""``kg conflicts``: where documents contradict each other or changed their mind."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kg.cli.options import StoreOption
from kg.cli.store_folder import store_folder

if TYPE_CHECKING:
    from pyoxigraph import QuerySolution, Store

_SENTENCES = 3
_NONE = "-"
_WORDS = frozenset({"relation", "kind", "favourable", "unfavourable"})
_KINDS = (
    ("contradictions", "{subjectLabel} {relation} {objectLabel}: said and denied", "asserting", "denying"),
    ("opposite-effects", "{subjectLabel} inhibits and activates {objectLabel}", "inhibiting", "activating"),
    ("disputed-dates", "{drugLabel}: {kind} on {oneDate} or on {otherDate}", "one", "other"),
)
"""Query, headline, and the two sides whose sentences are shown."""


def conflicts(store: StoreOption = None) -> None:
    """Show contradictions, opposite effects, disputed dates and decisions that changed, each with its sentences.

    The same answers as tables: `kg query contradictions`, `opposite-effects`, `disputed-dates`, `changed-decisions`.
    """
    from kg.store.store import open_current

    opened = open_current(store_folder(store))
    found = sum(_print_kind(opened, *kind) for kind in _KINDS) + _print_changes(opened)
    sys.stderr.write(f"kg: {found} conflict{'' if found == 1 else 's'}\n")


def _ask(store: Store, name: str) -> tuple[str, list[_Values]]:
    from pyoxigraph import QuerySolutions

    from kg.store.query_library import load_query
    from kg.store.querying import run_query

    query = load_query(name)
    solutions = run_query(store, query.text)
    return query.title, [_Values(row) for row in solutions] if isinstance(solutions, QuerySolutions) else []


def _print_kind(store: Store, name: str, headline: str, one: str, other: str) -> int:
    title, rows = _ask(store, name)
    groups: dict[str, list[_Values]] = {}
    for row in rows:
        groups.setdefault(headline.format_map(row), []).append(row)
    _print_title(title, len(groups))
    for line, group in groups.items():
        sys.stdout.write(f"  {line}\n")
        for sign, side in (("+", one), ("-", other)):
            _print_sentences(sign, [f"{row[f'{side}Sentence']}  {row[f'{side}Document']}" for row in group])
    return len(groups)


def _print_changes(store: Store) -> int:
    """Print the decisions on each drug in the order of their dates; the undated ones last."""
    title, rows = _ask(store, "changed-decisions")
    drugs: dict[str, dict[tuple[str, str, str], str]] = {}
    for row in rows:
        for side in ("unfavourable", "favourable"):
            decision = (row[f"{side}Date"], row[side], row[f"{side}Agent"])
            drugs.setdefault(row["drugLabel"], {}).setdefault(decision, row[f"{side}Sentence"])
    _print_title(title, len(drugs))
    for drug, decisions in drugs.items():
        sys.stdout.write(f"  {drug}\n")
        for date, kind, agent in sorted(decisions, key=lambda decision: (decision[0] == _NONE, decision)):
            sentence = " ".join(decisions[date, kind, agent].split())
            by = "" if agent == _NONE else f" by {agent}"
            sys.stdout.write(f"    {'undated' if date == _NONE else date:<10} {kind}{by}: {sentence}\n")
    return len(drugs)


def _print_title(title: str, count: int) -> None:
    if count:
        sys.stdout.write(f"{title} ({count})\n")


def _print_sentences(sign: str, sentences: list[str]) -> None:
    unique = list(dict.fromkeys(" ".join(sentence.split()) for sentence in sentences))
    sys.stdout.writelines(f"    {sign} {sentence}\n" for sentence in unique[:_SENTENCES])
    if len(unique) > _SENTENCES:
        sys.stdout.write(f"    {sign} and {len(unique) - _SENTENCES} more\n")


class _Values(dict[str, str]):
    """The values of a row as text; what has none is "-"."""

    def __init__(self, row: QuerySolution) -> None:
        super().__init__()
        self._row = row

    def __missing__(self, name: str) -> str:
        term = self._row[name]
        if term is None:
            return _NONE
        value = str(getattr(term, "value", term))
        return value.replace("_", " ") if name in _WORDS else value
