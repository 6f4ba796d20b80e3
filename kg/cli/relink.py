"""``kg relink``: the stored mentions linked again, after the lexicon has changed."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.store_folder import store_folder

if TYPE_CHECKING:
    from kg.relinking import LinkChange, RelinkReport


class RelinkFormat(StrEnum):
    """What ``kg relink`` can print."""

    TABLE = "table"
    JSON = "json"


def relink(
    store: StoreOption = None,
    output_format: Annotated[
        RelinkFormat, typer.Option("--format", "-f", help="Changes as a table, or as one JSON object.")
    ] = RelinkFormat.TABLE,
) -> None:
    """Link the stored mentions again with the lexicon in force, and say what changed.

    No text is read anew and no model is run: use it after `kg ontology add` or an update of the program. Documents
    that were linked with this lexicon already are left as they are.

    Example: `kg ontology add ./my-terms.tsv --type drug && kg relink`
    """
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.assembly import open_lexicon
    from kg.errors import StoreError
    from kg.linking.linker import EntityLinker
    from kg.relinking import relink as relink_store
    from kg.store.store import Store

    folder = store_folder(store)
    if not folder.is_dir():
        message = f"there is no store at {folder}: give another --store, or load documents first with `kg load`"
        raise StoreError(message)
    lexicon = open_lexicon()
    with Store.open(folder) as opened:
        report = relink_store(opened, lexicon, ScispacyAnalyzer(), EntityLinker(lexicon))
    if output_format is RelinkFormat.JSON:
        _print_json(report)
    else:
        _print_table(report)
    sys.stderr.write(
        f"kg: {report.documents - report.current} of {report.documents} documents linked again, "
        f"{sum(report.changes.values())} of {report.mentions} links changed in {report.changed_documents} documents\n"
    )


def _print_json(report: RelinkReport) -> None:
    found = {
        "documents": report.documents,
        "current": report.current,
        "mentions": report.mentions,
        "changed_documents": report.changed_documents,
        "changes": [
            {"text": one.text, "type": one.type, "before": one.before, "after": one.after, "mentions": count}
            for one, count in _ordered(report)
        ],
    }
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def _print_table(report: RelinkReport) -> None:
    if not report.changes:
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("mentions", "text", "type", "before", "after")
    for one, count in _ordered(report):
        table.add_row(str(count), *map(escape, (one.text, one.type, one.before, one.after)))
    Console().print(table)


def _ordered(report: RelinkReport) -> list[tuple[LinkChange, int]]:
    return sorted(report.changes.items(), key=lambda item: (-item[1], item[0].text, item[0].type, item[0].before))
