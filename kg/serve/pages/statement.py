"""The page of a statement: its evidence, what the linker had to choose from, who agrees and who does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.model import Curie
from kg.prefixes import STATEMENT, try_expand
from kg.serve.pages.findings import StatementView, is_statement, read_statement
from kg.serve.pages.forms import to_rdf, triples_of
from kg.serve.pages.frame import local_address, render_template
from kg.serve.pages.reader import KG, RDF, Reader, first, parse_json
from kg.serve.pages.request import PageFault, Rendered

if TYPE_CHECKING:
    from kg.serve.pages.request import PageRequest

_OPPOSITES = {
    "approved_by": "rejected_by",
    "rejected_by": "approved_by",
    "inhibits": "activates",
    "activates": "inhibits",
}
_MOST_OTHERS = 100


def render(request: PageRequest) -> Rendered:
    """Return the page of a statement."""
    iri = STATEMENT + request.rest
    reader = request.reader
    view = read_statement(reader, iri) if request.rest and _is_local(request.rest) else None
    if view is None:
        raise PageFault(404, f"there is no statement {request.rest}")
    record = reader.record(iri)
    mentions = [first(record, KG + name) for name in ("subjectMention", "objectMention")]
    if request.form != "html":
        return to_rdf(triples_of(reader.store, iri, *(mention for mention in mentions if mention)), request.form)
    agreeing, contradicting, others = compare(reader, view)
    values: dict[str, Any] = {
        "statement": view,
        "predicate": first(record, KG + "directPredicate") or "",
        "choices": [
            (role, mention_choice(reader, mention))
            for role, mention in zip(("subject", "object"), mentions, strict=True)
            if mention
        ],
        "agreeing": agreeing,
        "contradicting": contradicting,
        "others": others,
    }
    title = f"{view.subject.label} {view.relation.replace('_', ' ')} {view.object.label}"
    return Rendered(render_template("statement.html", request.prefix, title=title, **values))


def _is_local(rest: str) -> bool:
    return rest.isascii() and rest.replace("-", "").isalnum()


def compare(
    reader: Reader, view: StatementView
) -> tuple[list[StatementView], list[StatementView], list[StatementView]]:
    """Return the other statements on the same two entities: that agree, that contradict, that say something else."""
    about_subject = {s for s, _ in reader.subjects(RDF + "subject", view.subject.iri)}
    about_object = {s for s, _ in reader.subjects(RDF + "object", view.object.iri)}
    found: tuple[list[StatementView], list[StatementView], list[StatementView]] = ([], [], [])
    for iri in sorted((about_subject & about_object) - {view.iri})[:_MOST_OTHERS]:
        other = read_statement(reader, iri) if is_statement(reader, iri) else None
        if other is not None:
            found[_judge(view, other)].append(other)
    return found


def _judge(view: StatementView, other: StatementView) -> int:
    """Return 0 where they agree, 1 where they contradict, 2 where they say different things."""
    if other.relation == view.relation:
        return 0 if other.negated == view.negated else 1
    is_opposite = _OPPOSITES.get(view.relation) == other.relation
    return 1 if is_opposite and view.is_vouched and other.is_vouched else 2


def mention_choice(reader: Reader, mention: str) -> dict[str, Any]:
    """Return what the linker chose for a mention, and from what."""
    record = reader.record(mention)
    linking = parse_json(first(record, KG + "linking")) or {}
    quote = reader.value(f"{mention}#quote", "http://www.w3.org/ns/oa#exact")
    chosen = linking.get("chosen")
    candidates = [
        candidate | {"address": _address(candidate["id"], reader.prefix), "is_chosen": _is_same(candidate, chosen)}
        for candidate in linking.get("candidates", [])
    ]
    return {
        "text": quote or "",
        "name": first(record, KG + "name") or "",
        "is_nil": chosen is None,
        "score": first(record, KG + "linkScore"),
        "recognizers": record.get(KG + "recognizer", []),
        "coreference": first(record, KG + "coreference") == "true",
        "candidates": candidates,
    }


def _is_same(candidate: dict[str, Any], chosen: dict[str, Any] | None) -> bool:
    return chosen is not None and candidate["id"] == chosen["id"]


def _address(curie: str, prefix: str) -> str:
    iri = try_expand(Curie(curie))
    return local_address(iri, prefix) if iri else ""
