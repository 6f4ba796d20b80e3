"""``kg load``: texts into the store."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import (
    ModelOption,
    PathsArgument,
    PublishedOption,
    PublisherOption,
    StoreOption,
    TitleOption,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.config import Settings
    from kg.loading import Loaded, Unchanged


def load(
    paths: PathsArgument,
    store: StoreOption = None,
    model: ModelOption = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes to use.")] = None,
    published: PublishedOption = None,
    title: TitleOption = None,
    publisher: PublisherOption = None,
    *,
    validate: Annotated[
        bool, typer.Option("--validate", help="Check the store against the SHACL shapes after.")
    ] = False,
) -> None:
    """Read texts into the store; a text that is there already, read the same way, is skipped.

    One named graph a document, replaced as a whole. A file that cannot be read is named, the rest is loaded.

    Example: `kg load papers/ release.txt --store my-store`
    """
    from dataclasses import replace

    from kg.cli.progress import count_outcomes
    from kg.cli.reading import reading_options
    from kg.config import read_settings
    from kg.loading import load_documents
    from kg.reading import read_documents
    from kg.store.store import Store

    settings = read_settings()
    settings = replace(
        settings, store=store or settings.store, model=model or settings.model, jobs=jobs or settings.jobs
    )
    documents = read_documents(paths, reading_options(title, published, publisher))
    with Store.open(settings.store) as opened, count_outcomes("loading") as counter:
        followed: Iterator[Loaded | Unchanged] = counter.follow(load_documents(documents, settings, opened))
        outcomes = list(followed)
    _report(outcomes, counter.rejected, settings)
    if validate:
        _validate(settings)
    raise typer.Exit(counter.exit_code)


def _report(outcomes: list[Loaded | Unchanged], rejected: int, settings: Settings) -> None:
    from kg.loading import Loaded

    loaded = [outcome for outcome in outcomes if isinstance(outcome, Loaded)]
    for outcome in loaded:
        if outcome.language != "en":
            sys.stderr.write(
                f"kg: {outcome.source}: is not English ({outcome.language}): kept and marked, nothing read out of it\n"
            )
    counts = ", ".join(
        f"{sum(getattr(outcome, name) for outcome in loaded)} {name}"
        for name in ("mentions", "statements", "events", "claims")
    )
    sys.stderr.write(
        f"kg: {len(loaded)} {'document' if len(loaded) == 1 else 'documents'} loaded into {settings.store} ({counts}), "
        f"{len(outcomes) - len(loaded)} unchanged, {rejected} failed\n"
    )


def _validate(settings: Settings) -> None:
    from kg.validating import check_store

    check_store(settings.store)
