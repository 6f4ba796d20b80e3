"""``kg evaluate``: how good recognition and linking are on a corpus in PubTator format."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.vocabulary_options import UntilOption, VocabularyOption, vocabulary_of


class EvaluateFormat(StrEnum):
    """What ``kg evaluate`` can print."""

    TABLE = "table"
    JSON = "json"


def evaluate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Corpora in PubTator format, plain or .gz.",
            show_default=False,
            exists=True,
            dir_okay=False,
        ),
    ],
    model: Annotated[
        str,
        typer.Option(
            "--model",
            metavar="NAME",
            help="pipeline (all together), model, network (the model without the dictionary), dictionary, patterns or "
            "organisations alone, the folder of a model, or an installed spaCy or scispaCy model, "
            "e.g. en_ner_bc5cdr_md; several with commas between them, one table each.",
        ),
    ] = "pipeline",
    vocabulary: VocabularyOption = None,
    until: UntilOption = None,
    *,
    parts: Annotated[
        bool,
        typer.Option(
            "--parts", help='Part "breast and ovarian cancers" as kg load does; most corpora mark it as one mention.'
        ),
    ] = False,
    predictions: Annotated[
        Path | None,
        typer.Option("--predictions", metavar="OUT", help="Write what was found, in PubTator format (.gz compresses)."),
    ] = None,
    output_format: Annotated[
        EvaluateFormat, typer.Option("--format", "-f", help="A table, or one JSON object a file.")
    ] = EvaluateFormat.TABLE,
) -> None:
    """Compare what is found with a corpus: strict and overlap P, R, F1 by type, linking accuracy, relations.

    Example: `kg evaluate --model model BC5CDR_dev.pubtator.gz`

    Example: `kg evaluate --vocabulary pubtator --until 2013 BC5CDR_dev.pubtator.gz`
    """
    import json

    from kg.assembly import open_lexicon
    from kg.evaluation.annotators import make_annotator
    from kg.evaluation.pubtator import evaluate_corpus
    from kg.evaluation.pubtator_format import format_pubtator, read_pubtator, write_text
    from kg.evaluation.report import to_json, to_table

    if predictions is not None and "," in model:
        raise typer.BadParameter("--predictions needs one --model, not several")
    chosen = vocabulary_of(vocabulary, until)
    lexicon = open_lexicon()
    annotators = {name: make_annotator(name, lexicon, chosen, parts=parts) for name in model.split(",")}
    written: list[str] = []
    for path in files:
        for name, annotate in annotators.items():
            report = evaluate_corpus(read_pubtator(path), annotate, lexicon)
            written += [format_pubtator(document) for document in report.predicted]
            if output_format is EvaluateFormat.JSON:
                sys.stdout.write(json.dumps(to_json(report, str(path), name)) + "\n")
            else:
                sys.stdout.write(to_table(report, str(path), name) + "\n\n")
            sys.stdout.flush()
    if predictions is not None:
        write_text(predictions, "".join(written))
