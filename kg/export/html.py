"""The page of ``kg annotate --format html``: the text with its mentions coloured by type, and what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.export.jsonl import to_json
from kg.model import Curie
from kg.prefixes import try_expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Annotation

_HUES = {
    "drug": 210, "disease": 0, "gene_protein": 275, "cell": 130, "process": 170, "organisation": 38,
    "procedure": 320, "phase": 60, "application": 90,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; with a mention it is marked."""

    text: str
    mention: dict[str, Any] | None = None
    href: str | None = None


def to_html(annotations: Sequence[Annotation]) -> str:
    """Return one page that stands alone: no script, no request, everything from the documents escaped."""
    from jinja2 import Environment, PackageLoader

    loader = PackageLoader("kg.export")
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    documents = [_document(annotation) for annotation in annotations]
    types = [kind for kind in _HUES if any(kind in document["types"] for document in documents)]
    return environment.get_template("annotation.html").render(documents=documents, hues=_HUES, types=types)


def _document(annotation: Annotation) -> dict[str, Any]:
    fields = to_json(annotation)
    for group in ("statements", "events", "claims"):
        for finding in fields[group]:
            for role in ("subject", "object", "agent", "recipient", "product", "indication", "about", "stated_by"):
                participant = finding.get(role)
                if participant:
                    participant["href"] = href_of(participant["id"])
    return fields | {
        "pieces": list(cut_text(annotation.document.text, fields["mentions"])),
        "types": {mention["type"] for mention in fields["mentions"]},
    }


def href_of(curie: str | None) -> str | None:
    """Return the address behind an identifier; only http and https become links."""
    iri = try_expand(Curie(curie)) if curie else None
    return iri if iri and iri.startswith(("http://", "https://")) else None


def cut_text(text: str, mentions: Sequence[dict[str, Any]]) -> Iterator[Piece]:
    """Yield the text in pieces, in order and complete; of mentions that overlap the longer one is marked."""
    end = 0
    for mention in _without_overlaps(mentions):
        if mention["start"] > end:
            yield Piece(text[end : mention["start"]])
        yield Piece(text[mention["start"] : mention["end"]], mention, href_of(mention["id"]))
        end = mention["end"]
    if end < len(text):
        yield Piece(text[end:])


def _without_overlaps(mentions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for mention in sorted(mentions, key=lambda m: (m["start"] - m["end"], m["start"], m["type"])):
        if all(mention["end"] <= other["start"] or mention["start"] >= other["end"] for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: int(mention["start"]))
