from __future__ import annotations

import io
import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from rich.console import Console

from kg.export.html import cut_text, to_html
from kg.export.jsonl import to_json
from kg.export.table import print_annotation
from kg.model import Claim, Document, EntityType, LinkedMention, Mention, Span
from tests.rdf.sample_annotations import BMS, IMATINIB, Scribe, imatinib_release, make_document

STATEMENT_KEYS = [
    "subject", "relation", "predicate", "object", "negated", "modality", "cue", "date", "stated_by", "confidence",
    "evidence",
]  # fmt: skip
EVENT_KEYS = [
    "kind", "agent", "recipient", "product", "indication", "date", "date_text", "actual", "outcome", "procedure",
    "identifiers", "start", "end", "confidence", "evidence",
]  # fmt: skip


def test_the_json_has_the_documented_fields() -> None:
    fields = to_json(imatinib_release())
    assert list(fields) == ["document", "mentions", "statements", "events", "claims"]
    assert list(fields["document"])[:5] == ["iri", "id", "path", "title", "published"]
    mention = fields["mentions"][0]
    assert mention == {
        "start": 0,
        "end": 8,
        "text": "Imatinib",
        "type": "drug",
        "id": "CHEBI:45783",
        "xrefs": ["UNII:BKJ8M8G5HI"],
        "label": "imatinib",
        "score": 0.95,
        "recognizers": ["dictionary"],
    }
    assert [list(statement) for statement in fields["statements"]] == [STATEMENT_KEYS] * 6
    assert [list(event) for event in fields["events"]] == [EVENT_KEYS]


def test_a_statement_says_relation_predicate_negation_cue_and_evidence() -> None:
    statements = to_json(imatinib_release())["statements"]
    denied = next(statement for statement in statements if statement["negated"])
    assert denied["relation"] == "treats"
    assert denied["predicate"] == "biolink:treats"
    assert denied["cue"] == "not been shown"
    assert denied["object"] == {
        "text": "acute myeloid leukemia",
        "label": "acute myeloid leukemia",
        "id": "MONDO:0018874",
        "start": 107,
        "end": 129,
    }
    evidence = denied["evidence"]
    text = imatinib_release().document.text
    assert text[evidence["start"] : evidence["end"]] == evidence["text"]


def test_every_offset_of_the_json_cuts_its_words_out_of_the_text() -> None:
    annotation = imatinib_release()
    fields = to_json(annotation)
    ends = [statement[role] for statement in fields["statements"] for role in ("subject", "object")]
    for item in [*fields["mentions"], *ends]:
        assert annotation.document.text[item["start"] : item["end"]] == item["text"]


def test_a_mention_without_identifier_has_null_and_keeps_its_name() -> None:
    mention = next(mention for mention in to_json(imatinib_release())["mentions"] if mention["text"] == "Gleevex")
    assert (mention["id"], mention["xrefs"], mention["label"], mention["score"]) == (None, [], "Gleevex", 0.9)


def test_an_event_names_its_participants_in_full() -> None:
    scribe = Scribe().write("Bristol-Myers Squibb got news.")
    scribe.mention("Bristol-Myers Squibb", BMS)
    scribe.write("The company submitted imatinib to the FDA.")
    mention = Mention(31, 42, "The company", EntityType.ORGANISATION, ("coreference",), 0.7, True, Span(0, 20))
    scribe.mentions[(31, 42)] = LinkedMention(mention, BMS.label, (), BMS)
    scribe.happen("submission", "submitted", agent=("The company", BMS), product=("imatinib", IMATINIB))
    fields = to_json(scribe.finish())
    assert fields["events"][0]["agent"] == {
        "text": "Bristol-Myers Squibb",
        "label": "Bristol-Myers Squibb",
        "id": "SEC_CIK:0000014272",
    }
    pointing = next(mention for mention in fields["mentions"] if mention["text"] == "The company")
    assert pointing["coreference"] is True
    assert pointing["antecedent"] == {"start": 0, "end": 20}


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"value": 12.0}, {"value": 12.0}),
        ({"low": 75.0, "high": 80.0}, {"low": 75.0, "high": 80.0}),
        ({"value": 0.8, "low": 0.6, "high": 1.1}, {"low": 0.6, "high": 1.1, "value": 0.8}),
    ],
)
def test_a_claim_has_a_value_or_two_ends(numbers: dict[str, float], expected: dict[str, float]) -> None:
    scribe = Scribe().write("Some 12 patients.")
    scribe.claims.append(Claim(5, 7, scribe.evidence("12"), **numbers))  # type: ignore[arg-type]
    claim = to_json(scribe.finish())["claims"][0]
    assert {name: claim[name] for name in ("value", "low", "high") if name in claim} == expected


def test_the_json_of_an_annotation_is_always_the_same_bytes() -> None:
    assert json.dumps(to_json(imatinib_release())) == json.dumps(to_json(imatinib_release()))


class Reader(HTMLParser):
    """Collects the text of the document's own block, the tags and the links."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self._depth = 0
        self._small = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]
        if tag == "div":
            self._depth += 1
        self._small = tag == "small"

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "div"
        self._small = False

    def handle_data(self, data: str) -> None:
        if self._depth and not self._small:
            self.text += data


def read_page(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_the_page_holds_the_whole_text_and_marks_every_mention() -> None:
    annotation = imatinib_release()
    page = to_html([annotation])
    reader = read_page(page)
    assert reader.text == annotation.document.text
    assert page.count('<mark class="drug"') == 1 + sum(
        linked.mention.type is EntityType.DRUG for linked in annotation.mentions
    )
    assert "http://purl.obolibrary.org/obo/CHEBI_45783" in reader.links


def test_the_page_shows_negation_and_modality() -> None:
    page = to_html([imatinib_release()])
    assert '<span class="negated">not</span> treats' in page
    assert '<td class="hedged">anticipated (“expects”)</td>' in page


def test_nothing_of_a_document_becomes_markup() -> None:
    evil = "<script>alert(1)</script> & \"quoted\" 'text' imatinib"
    scribe = Scribe().write(f"{evil} treats all.")
    scribe.mention("<script>", None)
    scribe.mention("imatinib", IMATINIB)
    annotation = scribe.finish()
    titled = replace(annotation, document=replace(annotation.document, title="</title><img src=x onerror=y>"))
    reader = read_page(to_html([titled]))
    assert "script" not in reader.tags
    assert "img" not in reader.tags
    assert reader.text == annotation.document.text


def test_the_page_asks_nobody_for_anything() -> None:
    tags = read_page(to_html([imatinib_release()])).tags
    assert not {"script", "link", "img", "iframe"} & set(tags)


def test_several_documents_share_one_page_and_none_gives_an_empty_one() -> None:
    assert to_html([imatinib_release(), imatinib_release()]).count("<article>") == 2
    assert "<article>" not in to_html([])


def test_of_overlapping_mentions_the_longer_is_marked_and_the_text_stays_whole() -> None:
    text = "acute myeloid leukemia cells"
    mentions = [
        {"start": 14, "end": 22, "type": "disease", "id": None},
        {"start": 0, "end": 22, "type": "disease", "id": None},
        {"start": 14, "end": 28, "type": "cell", "id": None},
    ]
    pieces = list(cut_text(text, mentions))
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.mention] == ["acute myeloid leukemia"]


def printed_table(document: Document | None = None) -> str:
    annotation = imatinib_release()
    target = io.StringIO()
    console = Console(file=target, width=200)
    print_annotation(replace(annotation, document=document or annotation.document), console)
    return target.getvalue()


def test_the_table_groups_mentions_and_shows_how_things_are_said() -> None:
    printed = printed_table()
    assert "Imatinib | imatinib" in printed
    assert "not asserted (not been shown)" in printed
    assert "NIL" in printed
    assert "approval" in printed
    assert "4500" in printed


def test_square_brackets_of_a_document_are_no_console_markup() -> None:
    assert "[red]title[/red]" in printed_table(replace(make_document("x"), title="[red]title[/red]", text="x" * 400))
