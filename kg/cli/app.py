"""The ``kg`` command with its sub-commands; their modules import nothing heavy, so that ``kg --help`` is quick."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from kg import __version__
from kg.cli import (
    annotate,
    conflicts,
    evaluate,
    explain,
    export,
    graph,
    link,
    load,
    ontology,
    push,
    query,
    relink,
    remove,
    serve,
    status,
    train,
)
from kg.errors import ConfigError, KgError

NLP_PACKAGES = frozenset(
    {
        "dateparser",
        "lxml",
        "onnxruntime",
        "pint",
        "py3langid",
        "pypdf",
        "scispacy",
        "spacy",
        "tokenizers",
        "trafilatura",
    }
)
"""The packages of the extra [nlp]: a core install serves and queries without them."""

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 done, 1 some items failed, 2 wrong call. Start with: `kg annotate FILE`, "
    "`kg load FOLDER`, `kg query --list`, `kg serve`.",
)


def _print_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def kg(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and leave.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """Read biomedical text into a knowledge graph that answers SPARQL.

    kg finds drugs, diseases, genes and proteins, cells, processes and organisations, links them to ontology
    identifiers, reads out statements, events and numbers with their evidence, and writes RDF.
    """


app.command("annotate")(annotate.annotate)
app.add_typer(ontology.app, name="ontology")
app.command("load")(load.load)
app.command("link")(link.link)
app.command("serve")(serve.serve)
app.command("evaluate")(evaluate.evaluate)
app.command("train")(train.train)
app.command("query")(query.query)
app.command("export")(export.export)
app.command("push")(push.push)
app.command("status")(status.status)
app.command("remove")(remove.remove)
app.command("relink")(relink.relink)
app.command("explain")(explain.explain)
app.command("graph")(graph.graph)
app.command("conflicts")(conflicts.conflicts)


def run() -> int:
    """Run the command line on ``sys.argv`` and return the exit code."""
    try:
        app()
    except ConfigError as error:
        sys.stderr.write(f"kg: {error}\n")
        return 2
    except KgError as error:
        sys.stderr.write(f"kg: {error}\n")
        return 1
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in NLP_PACKAGES:
            raise
        sys.stderr.write(f"kg: reading text needs {error.name}: install the extra, pip install 'kg-loader[nlp]'\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("kg: interrupted\n")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else int(bool(leave.code))
    return 0
