"""``kg explain``: why a statement is there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.store_folder import store_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import LinkedMention, Statement

_ALTERNATIVES = 5


def explain(
    statement: Annotated[
        str, typer.Argument(metavar="STATEMENT", help="IRI of a statement, its hash, or the beginning of it.")
    ],
    store: StoreOption = None,
) -> None:
    """Show the sentence with the spans marked, the cue, who read it, and what the linker chose from.

    Example: `kg explain 3f9a21`
    """
    from pyoxigraph import NamedNode

    from kg.errors import QueryError
    from kg.model import Iri
    from kg.rdf.iris import statement_iri
    from kg.rdf.reading_back import read_annotation
    from kg.store.statement_lookup import find_statement
    from kg.store.store import open_current

    opened = open_current(store_folder(store))
    node, graph = find_statement(opened, statement)
    document = Iri(graph.value)
    annotation = read_annotation(document, opened.quads_for_pattern(None, None, None, NamedNode(document)))
    for said in annotation.findings.statements:
        if statement_iri(document, said) == node:
            break
    else:
        message = f"the statement {node.value} is not what its document's graph says: load the document again"
        raise QueryError(message)
    sys.stdout.write("\n".join(_lines(node.value, annotation.document.title or document, document, said)) + "\n")


def _lines(iri: str, title: str, document: str, said: Statement) -> Iterator[str]:
    evidence = said.evidence
    denied = "  (denied)" if said.negated else ""
    yield f"{said.subject.name} - {said.relation} - {said.object.name}{denied}"
    yield f"  {mark_sentence(said)}"
    yield ""
    yield f"  statement   {iri}"
    yield f"  document    {title}  {document}"
    yield f"  sentence    characters {evidence.start} to {evidence.end}"
    yield f"  said how    {'negated, ' if said.negated else ''}{said.modality.value}"
    if said.cue:
        yield f"  cue         {said.cue.text!r} at {said.cue.start}"
    if said.stated_by:
        yield f"  stated by   {said.stated_by.name}"
    if said.date:
        yield f"  date        {said.date}"
    yield f"  extractor   {evidence.extractor}"
    yield f"  confidence  {evidence.confidence:.2f}"
    for role, linked in (("subject", said.subject), ("object", said.object)):
        yield ""
        yield from _linking_lines(role, linked)


def _linking_lines(role: str, linked: LinkedMention) -> Iterator[str]:
    mention = linked.mention
    found = ", ".join(mention.recognizers)
    where = f"{mention.text!r} at {mention.start}, {mention.type.value}"
    yield f"  {role:<12}{where}, found by {found} ({mention.score:.2f})"
    if mention.coreference:
        yield f"    stands for {linked.name}"
    if linked.is_nil:
        yield (
            "    no identifier: no candidate is good enough"
            if linked.candidates
            else "    no identifier: no candidates"
        )
    for candidate in linked.candidates[:_ALTERNATIVES]:
        chosen = "->" if candidate.entity == linked.chosen else "  "
        entity = candidate.entity
        yield f"    {chosen} {candidate.score:.2f}  {entity.curie}  {entity.label}  ({candidate.method})"
    rest = len(linked.candidates) - _ALTERNATIVES
    if rest > 0:
        yield f"       and {rest} more"


def mark_sentence(said: Statement) -> str:
    """Return the sentence with the spans of subject, object, trigger and cue in brackets, each named."""
    evidence = said.evidence
    spans = [
        (said.subject.mention.start, said.subject.mention.end, "subject"),
        (said.object.mention.start, said.object.mention.end, "object"),
    ]
    if evidence.trigger:
        spans.append((evidence.trigger.start, evidence.trigger.end, "trigger"))
    if said.cue:
        spans.append((said.cue.start, said.cue.end, "cue"))
    inside = [span for span in spans if evidence.start <= span[0] < span[1] <= evidence.end]
    closing = [(end, 0, -start, f"]{{{name}}}") for start, end, name in inside]
    opening = [(start, 1, -end, "[") for start, end, _ in inside]
    pieces, done = [], evidence.start
    for place, _, _, mark in sorted(closing + opening):
        pieces += [evidence.text[done - evidence.start : place - evidence.start], mark]
        done = place
    pieces.append(evidence.text[done - evidence.start :])
    return " ".join("".join(pieces).split())
