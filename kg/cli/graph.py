"""``kg graph``: how two entities are connected, with the sentences behind each step."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.store_folder import store_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.network import Chain

_SENTENCES = 3


def graph(
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="Name, CURIE or IRI of an entity.")],
    object_: Annotated[str, typer.Argument(metavar="OBJECT", help="Name, CURIE or IRI of another.")],
    max_length: Annotated[int, typer.Option("--max-length", min=1, max=6, help="Steps a path may have.")] = 3,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Paths that are shown.")] = 10,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Also draw them: .svg, .png or .pdf.")
    ] = None,
    store: StoreOption = None,
    *,
    hedged: Annotated[bool, typer.Option("--hedged", help="Also negated and hedged statements.")] = False,
) -> None:
    """Show the paths between two entities, shortest first, with the sentences behind each step.

    Example: `kg graph imatinib apoptosis --out paths.svg`
    """
    from kg.network import build_neighbourhood, find_paths, label_of
    from kg.store.entity_lookup import find_entity
    from kg.store.store import open_current

    _check_ending(out)
    opened = open_current(store_folder(store))
    ends = (find_entity(opened, subject), find_entity(opened, object_))
    neighbourhood = build_neighbourhood(opened, ends, (max_length + 1) // 2, with_hedged=hedged)
    chains = find_paths(neighbourhood, *ends, max_length, limit)
    names = {iri: label_of(opened, iri) for chain in chains for iri in chain.entities}
    if not chains:
        one, other = (label_of(opened, end.value) for end in ends)
        sys.stderr.write(f"kg: no path of at most {max_length} steps between {one} and {other}: try --max-length\n")
        raise typer.Exit(1)
    for number, chain in enumerate(chains, 1):
        _print_chain(number, chain, names)
    if out is not None:
        _draw(chains, names, {end.value for end in ends}, out)


def _check_ending(out: Path | None) -> None:
    from kg.export.picture import FORMATS

    if out is not None and out.suffix.lower() not in FORMATS:
        message = f"--out must end in {', '.join(FORMATS)}, not {out.name!r}"
        raise typer.BadParameter(message)


def _print_chain(number: int, chain: Chain, names: Mapping[str, str]) -> None:
    sys.stdout.write(f"{number}. {' - '.join(names[iri] for iri in chain.entities)}\n")
    for step in chain.steps:
        for said in step[:_SENTENCES]:
            manner = ("not " if said.negated else "") + said.modality
            sys.stdout.write(
                f"   {names[said.subject]} {said.relation} {names[said.object]}  [{manner}, {said.confidence:.2f}]\n"
                f"       {' '.join(said.sentence.split())}\n       {said.document}\n"
            )
        if len(step) > _SENTENCES:
            sys.stdout.write(f"       and {len(step) - _SENTENCES} more sentences\n")


def _draw(chains: Iterable[Chain], names: Mapping[str, str], ends: set[str], out: Path) -> None:
    from kg.errors import StoreError
    from kg.export.picture import draw_edges

    said = [said for chain in chains for step in chain.steps for said in step]
    try:
        draw_edges([(one.subject, one.relation, one.object) for one in said], names, ends, out)
    except OSError as error:
        message = f"{out} cannot be written: {error.strerror}"
        raise StoreError(message) from error
    sys.stderr.write(f"kg: drew {out}\n")
