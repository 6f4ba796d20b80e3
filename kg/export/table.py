"""The tables of ``kg annotate --format table``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kg.export.jsonl import to_json

if TYPE_CHECKING:
    from typing import Any

    from kg.model import Annotation

_CONTEXT = 90
_WIDTH = 220
"""Columns where standard output is no terminal."""


def print_annotation(annotation: Annotation, console: Console | None = None) -> None:
    """Print the mentions, statements, events and claims of one document as tables on standard output."""
    console = console or Console(width=None if sys.stdout.isatty() else _WIDTH)
    fields = to_json(annotation)
    document = fields["document"]
    console.rule(escape(document["title"] or document["id"]))
    for table in (
        _mentions(fields["mentions"]),
        _statements(fields["statements"]),
        _events(fields["events"]),
        _claims(fields["claims"]),
    ):
        if table.row_count:
            console.print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _add(table: Table, *cells: object) -> None:
    table.add_row(*("" if cell is None else escape(str(cell)) for cell in cells))


def _mentions(mentions: list[dict[str, Any]]) -> Table:
    """Group the mentions of one thing; a table of every span would hide what was found."""
    table = _table("Mentions", "name", "type", "id", "label", "times", "first at", "score")
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for mention in mentions:
        groups.setdefault((mention["type"], mention["id"] or "", mention["label"]), []).append(mention)
    for (kind, identifier, label), group in groups.items():
        names = " | ".join(dict.fromkeys(mention["text"] for mention in group))
        score = max(mention["score"] for mention in group)
        _add(table, names, kind, identifier or "NIL", label, len(group), group[0]["start"], f"{score:.2f}")
    return table


def _statements(statements: list[dict[str, Any]]) -> Table:
    table = _table("Statements", "subject", "relation", "object", "said how", "date", "sure", "sentence")
    for statement in statements:
        manner = ("not " if statement["negated"] else "") + statement["modality"]
        if statement["cue"]:
            manner += f" ({statement['cue']})"
        _add(
            table,
            _name(statement["subject"]),
            statement["relation"],
            _name(statement["object"]),
            manner,
            statement["date"],
            f"{statement['confidence']:.2f}",
            _shorten(statement["evidence"]["text"]),
        )
    return table


def _events(events: list[dict[str, Any]]) -> Table:
    table = _table("Events", "kind", "agent", "recipient", "product", "indication", "date", "actual", "outcome")
    for event in events:
        people = (_name(event[role]) for role in ("agent", "recipient", "product", "indication"))
        actual = "yes" if event["actual"] else "no"
        _add(table, event["kind"], *people, event["date"] or event["date_text"], actual, event["outcome"])
    return table


def _claims(claims: list[dict[str, Any]]) -> Table:
    table = _table("Numbers", "value", "unit", "measures", "about", "population", "sentence")
    for claim in claims:
        value = f"{claim['low']} to {claim['high']}" if "low" in claim else claim["value"]
        value = value if claim["comparator"] == "=" else f"{claim['comparator']} {value}"
        sentence = _shorten(claim["evidence"]["text"])
        _add(table, value, claim["unit"], claim["measures"], _name(claim["about"]), claim["population"], sentence)
    return table


def _name(participant: dict[str, Any] | None) -> str | None:
    if participant is None:
        return None
    identifier = participant["id"]
    return f"{participant['label']} [{identifier}]" if identifier else participant["label"]


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _CONTEXT else text[: _CONTEXT - 1] + "…"
