"""The options that say into which vocabulary mentions are linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.linking.vocabulary import Vocabulary

VocabularyOption = Annotated[
    str | None,
    typer.Option(
        "--vocabulary",
        "-V",
        metavar="PREFIXES",
        help="Link into this vocabulary: mesh, mesh,omim, doid ..., the most wanted first; pubtator is MeSH and OMIM "
        "for diseases, MeSH for chemicals, NCBI Gene for genes, told as annotators of corpora do. What it lacks is "
        "told by the nearest wider thing that it has.",
        show_default=False,
    ),
]
UntilOption = Annotated[
    int | None,
    typer.Option("--until", metavar="YEAR", help="Only MeSH records made until then: 2013.", show_default=False),
]


def vocabulary_of(prefixes: str | None, until: int | None) -> Vocabulary | None:
    """Return the vocabulary that the options ask for, None where none is asked for.

    Raises:
        ConfigError: there is no such vocabulary, or the year cannot be told.
    """
    from kg.linking.vocabulary import Vocabulary

    if prefixes is None and until is not None:
        message = "--until needs --vocabulary"
        raise typer.BadParameter(message)
    return None if prefixes is None else Vocabulary.named(prefixes, until)
