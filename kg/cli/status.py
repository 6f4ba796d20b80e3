"""``kg status``: what a store holds."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.store_folder import store_folder


class StatusFormat(StrEnum):
    """What ``kg status`` can print."""

    TABLE = "table"
    JSON = "json"


def status(
    store: StoreOption = None,
    output_format: Annotated[StatusFormat, typer.Option("--format", "-f", help="Lines, or one JSON object.")] = (
        StatusFormat.TABLE
    ),
) -> None:
    """Print how many documents, quads and statements a store holds, its lexicon versions and its size."""
    from kg.store import generations
    from kg.store.status import read_status
    from kg.store.store import open_current

    folder = store_folder(store)
    counts = read_status(open_current(folder), folder, generations.current(folder))
    if output_format is StatusFormat.JSON:
        sys.stdout.write(json.dumps({"store": str(folder)} | asdict(counts)) + "\n")
        return
    lines = {
        "store": folder,
        "documents": counts.documents,
        "quads": counts.quads,
        "entities": counts.entities,
        "mentions": counts.mentions,
        "statements": counts.statements,
        "events": counts.events,
        "claims": counts.claims,
        "lexicon": ", ".join(counts.lexicons) or "none",
        "generation": counts.generation,
        "size": f"{counts.size / 2**20:.1f} MB",
    }
    sys.stdout.writelines(f"{name:<12}{value}\n" for name, value in lines.items())
