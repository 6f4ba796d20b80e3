"""``kg annotate``: what a text says, on standard output, without a store."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import ModelOption, PathsArgument, PublishedOption, PublisherOption, TitleOption

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.model import Annotation


class AnnotateFormat(StrEnum):
    """What ``kg annotate`` can print."""

    JSONL = "jsonl"
    TABLE = "table"
    HTML = "html"


def annotate(
    paths: PathsArgument,
    output_format: Annotated[
        AnnotateFormat,
        typer.Option("--format", "-f", help="One JSON object a document, tables, or one HTML page."),
    ] = AnnotateFormat.JSONL,
    model: ModelOption = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes to use.")] = None,
    published: PublishedOption = None,
    title: TitleOption = None,
    publisher: PublisherOption = None,
) -> None:
    """Print the mentions, statements, events and claims of documents; nothing is stored.

    Example: `kg annotate --format html release.txt > release.html`
    """
    from dataclasses import replace

    from kg.annotating import annotate_documents
    from kg.cli.progress import count_outcomes
    from kg.cli.reading import reading_options
    from kg.config import read_settings
    from kg.reading import read_documents

    settings = read_settings()
    settings = replace(settings, model=model or settings.model, jobs=jobs or settings.jobs)
    documents = read_documents(paths, reading_options(title, published, publisher))
    finished: list[Annotation] = []
    with count_outcomes("annotating") as counter:
        for outcome in counter.follow(annotate_documents(documents, settings)):
            if output_format is AnnotateFormat.HTML:
                finished.append(outcome)
            else:
                _PRINTERS[output_format](outcome)
    if output_format is AnnotateFormat.HTML:
        _print_html(finished)
    raise typer.Exit(counter.exit_code)


def _print_json(annotation: Annotation) -> None:
    import json

    from kg.export.jsonl import to_json

    sys.stdout.write(json.dumps(to_json(annotation), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _print_table(annotation: Annotation) -> None:
    from kg.export.table import print_annotation

    print_annotation(annotation)


def _print_html(annotations: Sequence[Annotation]) -> None:
    from kg.export.html import to_html

    sys.stdout.write(to_html(annotations))


_PRINTERS: dict[AnnotateFormat, Callable[[Annotation], None]] = {
    AnnotateFormat.JSONL: _print_json,
    AnnotateFormat.TABLE: _print_table,
}
