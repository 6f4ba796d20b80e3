from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Document, MediaType, Rejection
from kg.reading import ReadingOptions
from tests.reading.reading import Folder, read_all

FULL = {
    "text": "Imatinib inhibits KIT.\n",
    "id": "r-1",
    "title": "On imatinib",
    "published": "2008-05-27",
    "publisher": "Acme",
    "url": "https://example.org/r-1",
}


def test_all_fields_come_back(folder: Folder) -> None:
    document = folder.read("a.jsonl", json.dumps(FULL))
    assert (document.text, document.id, document.title) == (FULL["text"], "r-1", "On imatinib")
    assert (document.published, document.publisher) == (dt.date(2008, 5, 27), "Acme")
    assert (document.url, document.media_type) == ("https://example.org/r-1", MediaType.JSON_LINES)


def test_all_but_the_text_may_be_missing_or_null(folder: Folder) -> None:
    line = json.dumps({"text": "One."}) + "\n" + json.dumps({**dict.fromkeys(FULL), "text": "Two."}) + "\n"
    one, two = read_all(folder.write("a.jsonl", line))
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert (one.id, two.id) == ("a.jsonl:1", "a.jsonl:2")
    assert one.iri != two.iri


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "is not JSON"),
        ("[1]", "not an object"),
        ("null", "not an object"),
        ('{"id": "x"}', 'has no "text"'),
        ('{"text": null}', 'has no "text"'),
        ('{"text": 7}', '"text" is not a string'),
        ('{"text": "  "}', "holds no text"),
        ('{"text": "a", "published": "soon"}', "not a date"),
        ('{"text": "a", "title": ["b"]}', '"title" is not a string'),
        ('{"text": "a", "id": true}', '"id" is not a string'),
        ('{"text": "a\\ud800b"}', "lone surrogate"),
        ('{"text": "a", "publisher": "b\\ud800"}', "lone surrogate"),
        ('{"text": "a\\u0000b"}', "NUL"),
        ('{"text": "' + "a" * 300 + '"}', "larger than"),
        ("[" * 100_000, "larger than"),
    ],
)
def test_a_bad_line_costs_only_itself_and_is_told_by_its_number(folder: Folder, line: str, reason: str) -> None:
    source = folder.write("a.jsonl", f'{{"text": "One."}}\n\n{line}\n{{"text": "Three."}}\n')
    one, bad, three = read_all(source, options=ReadingOptions(max_bytes=200))
    assert isinstance(bad, Rejection)
    assert bad.source == f"{source}:3"
    assert reason in bad.reason
    assert isinstance(one, Document)
    assert isinstance(three, Document)
    assert (one.text, three.text) == ("One.", "Three.")


def test_a_line_nested_too_deep_is_refused(folder: Folder) -> None:
    (bad,) = read_all(folder.write("a.jsonl", "[" * 200_000))
    assert isinstance(bad, Rejection)


def test_two_texts_may_not_share_an_id(folder: Folder) -> None:
    lines = '{"id": 1, "text": "One."}\n{"id": 1, "text": "Two."}\n{"id": 1, "text": "One."}\n'
    one, two, again = read_all(folder.write("a.jsonl", lines))
    assert isinstance(one, Document)
    assert isinstance(two, Rejection)
    assert "already names" in two.reason
    assert isinstance(again, Document)
    assert (one.iri, one.sha256) == (again.iri, again.sha256)


def test_bad_bytes_cost_only_their_line(folder: Folder) -> None:
    source = folder.write("a.jsonl", b'{"text": "One."}\n{"text": "\xe9"}\n{"text": "Three."}')
    kinds = [type(item) for item in read_all(source)]
    assert kinds == [Document, Rejection, Document]


def test_the_header_of_a_press_release_is_read_where_fields_are_missing(folder: Folder) -> None:
    text = "Acme Reports Trial\n\nBASEL (May 27, 2008) – Acme AG today announced results of a trial."
    document = folder.read("a.jsonl", json.dumps({"text": text, "publisher": "Wire"}))
    assert (document.title, document.published, document.publisher) == (
        "Acme Reports Trial",
        dt.date(2008, 5, 27),
        "Wire",
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip),
        max_size=5,
    )
)
def test_texts_survive_the_round_trip(folder: Folder, texts: list[str]) -> None:
    source = folder.write("a.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in texts) or "\n")
    read = [item.text for item in read_all(source) if isinstance(item, Document)]
    assert read == texts
