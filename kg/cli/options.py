"""Options that several commands share, named once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store", metavar="DIR", help="Folder of the store [default: kg-store, or KG_STORE].", show_default=False
    ),
]

ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="Recognition model: default (shipped), none, or a spaCy/scispaCy model you have, e.g. en_ner_bc5cdr_md.",
        show_default=False,
    ),
]

PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Files, folders, globs, http addresses, or - for standard input "
        "(.txt .md .html .jsonl .xml .pdf, each also .gz).",
        show_default=False,
    ),
]

PublishedOption = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Date of documents that do not say theirs (YYYY-MM-DD)."),
]

TitleOption = Annotated[str | None, typer.Option("--title", help="Title of documents that do not say theirs.")]

PublisherOption = Annotated[
    str | None, typer.Option("--publisher", help="Publisher of documents that do not say theirs.")
]
