"""``kg ontology``: which sources the lexicon has, what they say, and how to add one's own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.model import EntityType

if TYPE_CHECKING:
    from rich.table import Table

    from kg.ontology.lexicon import Lexicon

_PIPE_WIDTH = 240
app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="The lexicon's sources: list, search, add your own, build, verify.",
)

ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "--project", help="Folder whose ontologies/ goes before the shipped ones [KG_PROJECT].", show_default=False
    ),
]
SourceArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="Name of a source, as `kg ontology list` shows it.")
]


def _print(*parts: object) -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() or os.environ.get("COLUMNS") else _PIPE_WIDTH)
    console.print(*parts, highlight=False)


def _note(text: str) -> None:
    sys.stderr.write(f"kg: {text}\n")


def _table(title: str, *columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title or None, box=box.SIMPLE, title_justify="left", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


@app.command("list")
def list_sources(
    *,
    available: Annotated[bool, typer.Option("--available", help="List what `add NAME` can download instead.")] = False,
    project: ProjectOption = None,
) -> None:
    """List the sources with version, licence and size."""
    if available:
        from kg.ontology.catalogue import OFFERS

        table = _table("", "name", "title", "type", "licence", "address")
        for offer in OFFERS.values():
            table.add_row(offer.name, offer.title, offer.type, offer.licence, offer.address)
        _print(table)
        return
    from kg.ontology.sources import installed_sources

    table = _table("", "name", "title", "prefix", "version", "licence", "types", "terms", "names", "from")
    for source in installed_sources(project=project):
        one = source.manifest
        where = "shipped" if source.is_shipped else str(source.folder)
        types = ", ".join(one.types)
        table.add_row(
            one.name, one.title, one.prefix, one.version, one.licence, types, f"{one.terms:,}", f"{one.names:,}", where
        )
    _print(table)


@app.command()
def show(
    name: Annotated[
        str, typer.Argument(metavar="NAME|CURIE|IRI", help="A source, or an entity such as MONDO:0018874.")
    ],
    project: ProjectOption = None,
) -> None:
    """Show all that is known of a source, or of an entity: names, exact matches, superclasses, wholes, parts."""
    from kg.errors import LexiconError
    from kg.ontology.sources import installed_sources

    if ":" in name:
        _show_entity(name, project)
        return
    found = {source.manifest.name: source for source in installed_sources(project=project)}
    if name not in found:
        message = f"no source {name!r}; known are {', '.join(sorted(found))}"
        raise LexiconError(message)
    source = found[name]
    table = _table(source.manifest.title, "field", "value")
    for field in type(source.manifest).__slots__:
        value = getattr(source.manifest, field)
        if value not in ("", ()):
            table.add_row(field, ", ".join(value) if isinstance(value, tuple) else str(value))
    table.add_row("path", str(source.path))
    _print(table)


def _show_entity(curie: str, project: Path | None) -> None:
    from kg import prefixes
    from kg.ontology.identifiers import to_curie

    lexicon = _open(project)
    entity = lexicon.entity(to_curie(curie))
    table = _table(f"{entity.curie} {entity.label}", "field", "value")
    table.add_row("type", entity.type)
    table.add_row("IRI", prefixes.try_expand(entity.curie) or "")
    table.add_row("exact matches", ", ".join(entity.xrefs))
    names = [f"{posting.name} ({posting.status}, {posting.source})" for posting in lexicon.names(entity.curie)]
    table.add_row("names", "; ".join(names))
    for field, curies in (
        ("superclasses", lexicon.ancestors(entity.curie)),
        ("part of", lexicon.wholes(entity.curie)),
        ("parts", lexicon.parts(entity.curie)),
    ):
        if curies:
            table.add_row(field, "; ".join(f"{one} {lexicon.entity(one).label}" for one in curies))
    _print(table)


def _open(project: Path | None) -> Lexicon:
    from kg.ontology.lexicon import Lexicon

    return Lexicon.open_project(project)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="A name, or the beginning of one.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many.")] = 20,
    project: ProjectOption = None,
) -> None:
    """Search names: what the text may stand for, then names that begin with it."""
    lexicon = _open(project)
    found = list(dict.fromkeys((*lexicon.lookup(text, filed=True), *lexicon.complete(text, limit))))[:limit]
    if not found:
        _note(f"no name is or begins with {text!r}")
        raise typer.Exit(1)
    table = _table("", "id", "name", "status", "type", "label", "source", "exact matches")
    for posting in found:
        entity = lexicon.entity(posting.curie)
        xrefs = ", ".join(entity.xrefs[:4])
        table.add_row(posting.curie, posting.name, posting.status, posting.type, entity.label, posting.source, xrefs)
    _print(table)


@app.command()
def add(
    source: Annotated[
        str,
        typer.Argument(
            metavar="NAME|FILE|URL", help="A file of your own, its address, or a name of `list --available`."
        ),
    ],
    entity_type: Annotated[
        EntityType | None, typer.Option("--type", help="What the terms are, unless the file says.", show_default=False)
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="Name of the source [the file's name].", show_default=False)
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Title of the source.")] = "",
    licence: Annotated[str, typer.Option("--licence", help="Licence of the source.")] = "unknown",
    iri_prefix: Annotated[str, typer.Option("--iri-prefix", help="What the terms' CURIE prefix stands for.")] = "",
    sha256: Annotated[str, typer.Option("--sha256", help="Checksum that the download must have.")] = "",
    project: ProjectOption = None,
) -> None:
    """Add a source: OBO, OWL, SKOS, OBO Graphs JSON, SSSOM, CSV or TSV, each also .gz; or download a known one.

    A source of your own that has the same name is replaced.

    Examples: `kg ontology add mondo`, `kg ontology add ./my.obo --type disease`, `kg ontology add my.tsv --type drug`,
    `kg ontology add https://example.org/my.owl --type cell --sha256 CHECKSUM`.
    """
    from kg.cli.ontology_adding import add_address, add_file, file_name, former_source, is_address
    from kg.ontology.adding import Addition
    from kg.ontology.catalogue import OFFERS

    offer = None if Path(source).exists() else OFFERS.get(source)
    if offer is not None:
        addition = Addition(name or source, offer.type, offer.title, offer.licence, offer.address)
    else:
        chosen = name or file_name(source).split(".")[0].lower().replace(" ", "-")
        address = source if is_address(source) else ""
        addition = Addition(chosen, entity_type, title, licence, address, iri_prefix)
    former = former_source(addition.name, project)
    manifest = add_address(addition, sha256, project) if addition.address else add_file(Path(source), addition, project)
    _note(f"added {manifest.name}: {manifest.terms:,} terms, {manifest.names:,} names ({', '.join(manifest.types)})")
    if manifest.iri_prefix and not iri_prefix:
        _note(f"{manifest.prefix}: stands for {manifest.iri_prefix} (--iri-prefix changes that)")
    if former is not None:
        _note(f"it replaced your source {former.name} of {former.date}, of {former.terms:,} terms (--name keeps both)")


@app.command()
def remove(name: SourceArgument, project: ProjectOption = None) -> None:
    """Remove a source that you added."""
    from kg.locations import user_folder
    from kg.ontology.adding import remove_source
    from kg.ontology.sources import FOLDER

    remove_source(name, user_folder(FOLDER, project))
    _note(f"removed {name}")


@app.command()
def build(project: ProjectOption = None) -> None:
    """Compile the lexicon's index, and what the linker needs of it, now, rather than at their first use."""
    import time

    from kg.linking.name_vectors import NameVectors
    from kg.linking.ngrams import NgramIndex

    began = time.monotonic()
    lexicon = _open(project)
    NgramIndex(lexicon).make_ready()
    NameVectors(lexicon).make_ready()
    _note(f"lexicon {lexicon.version[:12]} ready in {time.monotonic() - began:.1f} s")


@app.command()
def verify(project: ProjectOption = None) -> None:
    """Check every term file against its manifest, and the compiled index against its checksums."""
    from kg.ontology.verifying import verify_sources

    problems = 0
    for name, problem in verify_sources(project):
        problems += bool(problem)
        sys.stdout.write(f"{name}: {problem or 'ok'}\n")
    if problems:
        raise typer.Exit(1)


@app.command()
def diff(
    name: SourceArgument,
    file: Annotated[
        Path | None, typer.Argument(help="Another term file [the shipped one].", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many examples of each kind.")] = 20,
    project: ProjectOption = None,
) -> None:
    """Show what differs between a source that you added and the shipped one, or another file of it."""
    from kg.cli.ontology_adding import versions_of
    from kg.ontology.comparing import compare_files

    found = compare_files(*versions_of(name, file, project))
    table = _table("", "change", "terms", "examples")
    for change, items in (
        ("added", [" ".join(one) for one in found.added]),
        ("removed", [" ".join(one) for one in found.removed]),
        ("relabelled", [f"{curie} {old} -> {new}" for curie, old, new in found.relabelled]),
        ("names changed", list(found.renamed)),
        ("matches changed", list(found.relinked)),
    ):
        table.add_row(change, f"{len(items):,}", "; ".join(items[:limit]))
    _print(table)
