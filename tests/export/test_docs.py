"""The pages on formats name what the code writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.export.jsonl import to_json
from kg.model import EntityType, Modality
from kg.rdf.events import EVENT_CLASSES
from kg.relations import RELATIONS
from kg.store.query_library import load_queries
from tests.rdf.sample_annotations import imatinib_release

DOCS = Path(__file__).parents[2] / "docs"


def quoted(page: str) -> set[str]:
    """Return all words that a page sets as code."""
    codes = re.findall(r"`([^`\n]+)`", (DOCS / page).read_text("utf-8"))
    return {word for code in codes for word in re.findall(r"[\w:-]+", code)}


def test_every_field_of_the_json_is_documented() -> None:
    fields = to_json(imatinib_release())
    names = set(fields) | set(fields["document"])
    for group in ("mentions", "statements", "events", "claims"):
        names |= {name for item in fields[group] for name in item}
    names |= set(fields["statements"][0]["evidence"]) | {"low", "high", "coreference", "antecedent"}
    assert names <= quoted("json.md")


def test_every_type_modality_and_kind_is_documented() -> None:
    assert {*EntityType, *Modality, *EVENT_CLASSES} <= quoted("json.md")


@pytest.mark.parametrize("relation", sorted(RELATIONS))
def test_every_relation_is_documented_with_its_predicate(relation: str) -> None:
    assert {relation, RELATIONS[relation].predicate} <= quoted("schema.md")


@pytest.mark.parametrize("name", sorted(load_queries()))
def test_every_named_query_is_documented_with_its_parameters(name: str) -> None:
    query = load_queries()[name]
    row = next(line for line in (DOCS / "queries.md").read_text("utf-8").splitlines() if line.startswith(f"| `{name}`"))
    assert query.summary in row
    assert all(f"`{parameter.name}`" in row for parameter in query.parameters)
