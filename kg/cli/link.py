"""``kg link``: what one name stands for, and why."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.vocabulary_options import UntilOption, VocabularyOption, vocabulary_of
from kg.model import EntityType

if TYPE_CHECKING:
    from kg.linking.explain import Explanation
    from kg.model import LinkedMention

_LONGEST_SHOWN = 200
"""So many characters of a name stand before its answer: breaking longer ones into lines takes minutes."""


class LinkFormat(StrEnum):
    """What ``kg link`` can print."""

    TABLE = "table"
    JSON = "json"


def link(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names to link, or - alone for one a line.")],
    entity_type: Annotated[
        EntityType | None,
        typer.Option("--type", "-t", help="What kind of thing it is; any kind, when not given.", show_default=False),
    ] = None,
    context: Annotated[
        str, typer.Option("--context", "-c", help="The text that it stands in, which may define it and shows its type.")
    ] = "",
    *,
    explain: Annotated[
        bool, typer.Option("--explain", "-e", help="Show how each candidate was found and what its score is made of.")
    ] = False,
    wide: Annotated[
        bool, typer.Option("--wide", "-w", help="Fill the candidates up to ten: neighbours and similar names too.")
    ] = False,
    vocabulary: VocabularyOption = None,
    until: UntilOption = None,
    output_format: Annotated[
        LinkFormat, typer.Option("--format", "-f", help="A table, or one JSON object a name.")
    ] = LinkFormat.TABLE,
) -> None:
    """Print the ontology entity that a name stands for, with the other candidates.

    Example: `kg link "NADPH oxidase" --type gene_protein --explain`

    Example: `kg link EMA --context "The EMA approved the drug in the EU."`

    Example: `kg link "ankle contractures" --vocabulary mesh`

    Exit status: 1 when a name is NIL, that is, no candidate is good enough.
    """
    from kg.assembly import can_read_places
    from kg.linker import Linker

    linker = Linker(vocabulary=vocabulary_of(vocabulary, until))
    found_all = True
    _check_encoding(context)
    if context and entity_type is None and not can_read_places():
        sys.stderr.write("kg: the context tells no types here: pip install 'kg-loader[nlp]', or give --type\n")
    for name in _names(names):
        linked = (linker.link_text_widely if wide else linker.link_text)(name, entity_type, context)
        found_all &= not linked.is_nil
        why = linker.explain_text(name, entity_type, context) if explain else None
        if output_format is LinkFormat.JSON:
            sys.stdout.write(json.dumps(_to_json(name, linked, why), ensure_ascii=False) + "\n")
        else:
            _print_table(name, linked, why)
    raise typer.Exit(0 if found_all else 1)


def _names(names: list[str]) -> list[str]:
    if len(names) > 1 and "-" in names:
        message = "- stands for names from standard input, one a line: give it alone, or names without it"
        raise typer.BadParameter(message)
    if names == ["-"]:
        names = sys.stdin.buffer.read().decode(errors="surrogateescape").splitlines()
    kept = [name for name in names if name.strip()]
    if not kept:
        message = "give at least one name that is not empty"
        raise typer.BadParameter(message)
    for name in kept:
        _check_encoding(name)
    return kept


def _check_encoding(text: str) -> None:
    """Refuse what Python could not read as UTF-8: it stands in the text as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = f"{text!r} is not UTF-8: convert it first, with iconv say"
        raise typer.BadParameter(message) from error


def _to_json(name: str, linked: LinkedMention, why: Explanation | None) -> dict[str, Any]:
    chosen = linked.chosen
    found: dict[str, Any] = {
        "text": name,
        "id": chosen.curie if chosen else None,
        "label": chosen.label if chosen else None,
        "type": chosen.type if chosen else None,
        "xrefs": list(chosen.xrefs) if chosen else [],
        "candidates": [
            {
                "id": candidate.entity.curie,
                "label": candidate.entity.label,
                "type": candidate.entity.type,
                "score": candidate.score,
                "method": candidate.method,
            }
            for candidate in linked.candidates
        ],
    }
    if why is not None:
        found["explanation"] = why.to_json()
    return found


def _print_table(name: str, linked: LinkedMention, why: Explanation | None) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    chosen = linked.chosen
    answer = f"{chosen.curie} {chosen.label}" if chosen else "NIL: no candidate is good enough"
    shown = name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"
    console.print(f"[bold]{escape(shown)}[/bold] -> {escape(answer)}")
    if chosen and chosen.xrefs:
        console.print(f"  the same as {escape(' '.join(chosen.xrefs))}")
    if linked.candidates:
        table = Table("id", "label", "type", "score", "method")
        for candidate in linked.candidates:
            entity = candidate.entity
            row = (entity.curie, entity.label, str(entity.type), f"{candidate.score:.3f}", candidate.method)
            table.add_row(*map(escape, row))
        console.print(table)
    for line in why.lines() if why else ():
        console.print(f"  {escape(line)}")
