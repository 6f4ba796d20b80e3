"""The first document of the issue, read by the whole pipeline and held against its gold graph."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.assembly import make_pipeline
from kg.config import Settings
from kg.export.jsonl import to_json
from kg.model import Document
from kg.reading import ReadingOptions, read_documents
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.shared,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # in a library that scispaCy imports
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
SURE = {"asserted", "reported"}
KINDS = {
    "kg:ReexaminationSubmission": "submission",
    "kg:CHMPNegativeOpinion": "negative_opinion",
    "kg:MAASubmission": "submission",
    "kg:AppealProceedings": "re_examination",
    "kg:MarketingAuthorizationGrant": "approval",
}
UNITS = {
    "patients": "{patients}",
    "cases/year": "{cases}/a",
    "percent": "%",
    "months": "mo",
    "patients/year": "{patients}/a",
}
Item = dict[str, Any]


@pytest.fixture(scope="module")
def folder() -> Path:
    """The shared folder, found as the fixture of every test finds it, but once a module."""
    found = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared")
    if not (found / "seed").is_dir():
        pytest.skip(f"the shared folder is not at {found}: set KG_SHARED")
    return found / "seed"


@pytest.fixture(scope="module")
def annotation(folder: Path) -> Item:
    (path,) = folder.glob("press-release-*.txt")
    (document,) = read_documents([str(path)], ReadingOptions())
    assert isinstance(document, Document)
    return to_json(make_pipeline(Settings()).annotate(document))


@pytest.fixture(scope="module")
def gold(folder: Path) -> Item:
    read: Item = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return read


def _names(end: Item) -> set[str]:
    return {end["text"].casefold(), (end["label"] or "").casefold()}


def _says(statement: Item, relation: Item) -> bool:
    subject, target = ({name.casefold() for name in relation[end]} for end in ("subject", "object"))
    ends = (_names(statement["subject"]), _names(statement["object"]))
    turned = relation["symmetric"] and ends[1] & subject and ends[0] & target
    return bool(
        statement["relation"] in relation["relation"]
        and statement["modality"] in relation["modality"]
        and statement["negated"] == relation["negated"]
        and ((ends[0] & subject and ends[1] & target) or turned)
    )


def test_at_least_twenty_of_the_relations_are_read(annotation: Item, folder: Path) -> None:
    wanted = json.loads((folder / "relations.json").read_text(encoding="utf-8"))["relations"]
    missed = [one["id"] for one in wanted if not any(_says(each, one) for each in annotation["statements"])]
    assert len(wanted) - len(missed) >= 20, missed


def _surfaces(gold: Item, entity: str) -> set[str]:
    """What the text calls an entity of the gold graph, and for what stands in no list its own name."""
    found = {one["surface"].casefold() for one in gold["mentions"] if one["entity"] == entity}
    return found or {entity.casefold()}


def _statement_traps(gold: Item) -> Iterator[tuple[str, set[str], set[str], set[str] | None]]:
    relations = {"biolink:treats": {"treats"}, "kg:approved_in": {"approved_by"}}
    for trap in gold["must_not_extract"]:
        if trap["predicate"] not in ("same_as", "equals"):
            wanted = relations.get(trap["predicate"])
            yield trap["why"], _surfaces(gold, trap["subject"]), _surfaces(gold, trap["object"]), wanted


def test_no_trap_is_stated(annotation: Item, gold: Item) -> None:
    sure = [one for one in annotation["statements"] if one["modality"] in SURE and not one["negated"]]
    for why, subjects, objects, relations in _statement_traps(gold):
        fallen = [
            one
            for one in sure
            if (relations is None or one["relation"] in relations)
            and _names(one["subject"]) & subjects
            and (_names(one["object"]) & objects or one["relation"] == "approved_by")
        ]
        assert not fallen, (why, fallen)
    assert not [one for one in annotation["statements"] if one["relation"] == "rejected_by" and one["negated"]]
    assert not [one for one in annotation["events"] if one["kind"] == "designation"]


def test_no_name_is_taken_in_the_wrong_sense(annotation: Item, gold: Item) -> None:
    traps = {one["subject"] for one in gold["must_not_extract"] if one["predicate"] in ("same_as", "equals")}
    mentions = [one for one in annotation["mentions"] if one["text"] in traps]
    meant = {one["entity"] for one in gold["mentions"] if one["surface"] in traps}
    expected = {each["curie"] for one in gold["entities"] if one["key"] in meant for each in one.get("ids", ())}
    assert mentions
    for mention in mentions:
        curies = {mention["id"], *mention["xrefs"]}
        unlisted = mention["id"] is None or mention["id"].startswith("kgentity:")
        assert unlisted or curies & expected, mention


def _is_found(event: Item, wanted: Item) -> bool:
    actual = wanted["modality"] == "actual"
    same = event["kind"] == KINDS[wanted["type"]] and event["actual"] == actual
    return same and (event["date"] == wanted["date"] if wanted["date"] else True)


def test_the_five_events_are_read_with_date_and_reality(annotation: Item, gold: Item) -> None:
    left = list(annotation["events"])
    for wanted in [one for one in gold["events"] if one["id"] in {f"e{number}" for number in range(1, 6)}]:
        found = [event for event in left if _is_found(event, wanted)]
        assert found, wanted["id"]
        left.remove(found[0])


def _values(claim: Item) -> tuple[float | None, float | None]:
    if claim.get("value") is not None:
        return claim["value"], claim["value"]
    return claim.get("low", claim.get("min")), claim.get("high", claim.get("max"))


def test_the_six_claims_are_read_with_unit_and_population(annotation: Item, gold: Item) -> None:
    for wanted in [one for one in gold["numeric_claims"] if one["id"] in {f"n{number}" for number in range(1, 7)}]:
        low, high = _values(wanted)
        numbers = {low, high} if low is not None else {high}
        unit = UNITS[re.sub(r" \(.*", "", wanted["unit"])]
        found = [one for one in annotation["claims"] if set(_values(one)) == numbers and one["unit"] == unit]
        assert found, wanted["id"]
        people = {word for word in re.findall(r"[a-z]{2,}", wanted["population"].casefold()) if word != "in"}
        assert people & set(re.findall(r"[a-z]{2,}", (found[0]["population"] or "").casefold())), wanted["id"]
