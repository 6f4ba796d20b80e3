from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.model import Curie, EntityType, Span
from kg.ontology.lexicon import Lexicon
from kg.ontology.names import NameStatus
from kg.ontology.terms import Name, Term
from tests.ontology.conftest import DISEASE, DRUG, put_source, term


def tokens(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"\w+|[^\w\s]", text)]


def found(lexicon: Lexicon, text: str) -> dict[str, str]:
    return {text[start:end]: postings[0].curie for start, end, postings in lexicon.scan(text, tokens(text))}


@pytest.mark.parametrize(
    "name", ["acute myeloid leukaemia", "Acute Myeloid Leukemia", "leukemia, acute myeloid", "AML", "ANLL"]
)
def test_lookup_finds_every_writing(lexicon: Lexicon, name: str) -> None:
    assert [posting.curie for posting in lexicon.lookup(name)][:1] == ["MONDO:0018874"]


def test_lookup_puts_the_same_writing_first(tmp_path: Path) -> None:
    put_source(
        tmp_path / "o",
        "chem",
        [
            term("CHEBI:1", DRUG, "Insulins", parents=()),
            term("CHEBI:2", DRUG, "insulin"),
            term("CHEBI:3", DRUG, "INSULIN"),
        ],
    )
    names = [posting.name for posting in Lexicon.open(tmp_path / "o", tmp_path / "c").lookup("insulin")]
    assert names == ["insulin", "INSULIN", "Insulins"]


def test_an_unknown_name_has_no_postings(lexicon: Lexicon) -> None:
    assert lexicon.lookup("zorvolimab") == ()
    assert lexicon.lookup("...") == ()


def test_terms_of_several_vocabularies_are_one_entity(lexicon: Lexicon) -> None:
    entity = lexicon.entity(Curie("MESH:D015470"))
    assert entity.curie == "MONDO:0018874"
    assert entity.label == "acute myeloid leukemia"
    assert entity.xrefs == ("MESH:D015470", "DOID:9119")  # first what a source has as a term of its own
    assert lexicon.entity(Curie("MESH:D005472")).curie == "CHEBI:46345"
    assert lexicon.entity(Curie("NCBIGene:3558")).label == "IL2"


def test_two_terms_of_one_vocabulary_are_never_one_entity(tmp_path: Path) -> None:
    folder = tmp_path / "o"
    put_source(folder, "a", [term(f"MONDO:{n}", DISEASE, f"d{n}", f"dd{n}", xrefs=("MESH:D1",)) for n in (1, 2)])
    lexicon = Lexicon.open(folder, tmp_path / "c")
    assert lexicon.entity(Curie("MESH:D1")).curie == "MONDO:1"
    assert lexicon.entity(Curie("MONDO:2")).xrefs == ("MESH:D1",)  # MeSH files both under one


def test_an_identifier_of_one_thing_is_never_told_of_another(tmp_path: Path) -> None:
    folder = tmp_path / "o"
    put_source(folder, "a", [term(f"MONDO:{n}", DISEASE, f"d{n}", f"dd{n}", xrefs=("DOID:1",)) for n in (1, 2)])
    lexicon = Lexicon.open(folder, tmp_path / "c")
    assert lexicon.entity(Curie("DOID:1")).curie == "MONDO:1"
    assert lexicon.entity(Curie("MONDO:2")).xrefs == ()


def test_a_shared_match_is_told_of_both_and_joins_neither(tmp_path: Path) -> None:
    folder = tmp_path / "o"
    put_source(folder, "a", [term("MONDO:1", DISEASE, "neoplasm", "n", xrefs=("MESH:D1",))], priority=1)
    put_source(folder, "b", [term("HP:2", DISEASE, "cancer", "c", xrefs=("+MESH:D1",))], priority=2)
    lexicon = Lexicon.open(folder, tmp_path / "c")
    assert lexicon.entity(Curie("MESH:D1")).curie == "MONDO:1"
    assert lexicon.entity(Curie("HP:2")).xrefs == ("MESH:D1",)


def test_types_are_kept_apart_in_spite_of_a_match(tmp_path: Path) -> None:
    folder = tmp_path / "o"
    put_source(folder, "a", [term("MONDO:1", DISEASE, "x", "xx", xrefs=("MESH:D1",))], priority=1)
    put_source(folder, "b", [term("MESH:D1", DRUG, "y", "yy")], priority=2)
    lexicon = Lexicon.open(folder, tmp_path / "c")
    assert lexicon.entity(Curie("MESH:D1")).type is EntityType.DRUG
    assert lexicon.entity(Curie("MONDO:1")).xrefs == ()


def test_ancestors_come_nearest_first(lexicon: Lexicon) -> None:
    assert lexicon.ancestors(Curie("MONDO:0018874")) == ("MONDO:0005059", "MONDO:0004992")
    assert lexicon.parents(Curie("MESH:D015470")) == ("MONDO:0005059",)
    assert lexicon.ancestors(Curie("X:1")) == ()


def test_names_come_by_trust(lexicon: Lexicon) -> None:
    statuses = [posting.status for posting in lexicon.names(Curie("MONDO:0018874"))]
    assert statuses[0] is NameStatus.LABEL
    assert {posting.name for posting in lexicon.names(Curie("MONDO:0018874"))} >= {"AML", "ANLL"}


def test_an_unknown_curie_is_an_error_that_says_what_to_do(lexicon: Lexicon) -> None:
    assert lexicon.try_entity(Curie("MONDO:9")) is None
    with pytest.raises(LexiconError, match=r"MONDO:9.*kg ontology"):
        lexicon.entity(Curie("MONDO:9"))


def test_complete_offers_short_names_first(lexicon: Lexicon) -> None:
    assert [posting.curie for posting in lexicon.complete("leuk")] == ["MONDO:0005059", "MONDO:0018874"]
    assert lexicon.complete("") == ()
    assert len(lexicon.complete("a", limit=1)) == 1


def test_scan_finds_the_longest_name_at_each_token(lexicon: Lexicon) -> None:
    text = "Acute myeloid leukaemias (AML) and NK-cells; IL-2 was set on a patient's Alzheimer’s disease."
    assert found(lexicon, text) == {
        "Acute myeloid leukaemias": "MONDO:0018874",
        "leukaemias": "MONDO:0005059",
        "AML": "MONDO:0018874",
        "NK-cells": "CL:0000623",
        "IL-2": "HGNC:6001",
        "Alzheimer’s disease": "MONDO:0004975",
    }


def test_scan_keeps_to_token_borders(lexicon: Lexicon) -> None:
    text = "preleukemia"
    assert list(lexicon.scan(text, [Span(0, 11)])) == []
    assert [hit[:2] for hit in lexicon.scan(text, [Span(0, 3), Span(3, 11)])] == []
    text = "leukemia-like"
    assert [hit[:2] for hit in lexicon.scan(text, [Span(0, 13)])] == []
    assert [hit[:2] for hit in lexicon.scan(text, [Span(0, 8), Span(8, 9), Span(9, 13)])] == [(0, 8)]


def test_scan_wants_plain_words_in_their_exact_writing(lexicon: Lexicon) -> None:
    assert found(lexicon, "a SET of cells, a set in a box") == {"SET": "HGNC:10760"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    before=st.text(max_size=12),
    name=st.sampled_from(["acute myeloid leukemia", "NK cells", "interleukin-2", "Alzheimer's disease"]),
    after=st.text(max_size=12),
)
def test_scan_gives_offsets_of_the_untouched_text(lexicon: Lexicon, before: str, name: str, after: str) -> None:
    text = f"{before} {name} {after}"
    start = len(before) + 1
    hits = {hit[:2] for hit in lexicon.scan(text, tokens(text))}
    assert (start, start + len(name)) in hits
    assert all(0 <= one < other <= len(text) for one, other in hits)


def test_a_pickled_lexicon_opens_the_same_index(lexicon: Lexicon) -> None:
    again = pickle.loads(pickle.dumps(lexicon))
    assert again.version == lexicon.version
    assert again.lookup("AML") == lexicon.lookup("AML")


def test_the_version_follows_the_content(sources: Path, tmp_path: Path) -> None:
    first = Lexicon.open(sources, tmp_path / "cache").version
    put_source(sources, "more", [term("MONDO:77", DISEASE, "new disease")])
    second = Lexicon.open(sources, tmp_path / "cache")
    assert second.version != first
    assert second.lookup("new diseases")[0].source == "more"


def test_no_sources_is_an_error_that_says_where(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no term sources"):
        Lexicon.open(tmp_path / "nothing", tmp_path / "cache")


def test_a_mapping_without_label_leaves_the_label(sources: Path, tmp_path: Path) -> None:
    mapping = Term(Curie("MONDO:0004975"), DISEASE, "", (), (Curie("ACME:9"),))
    put_source(sources, "maps", [mapping], priority=-1)
    entity = Lexicon.open(sources, tmp_path / "cache").entity(Curie("ACME:9"))
    assert (entity.curie, entity.label) == ("MONDO:0004975", "Alzheimer disease")


def test_a_silent_name_is_told_in_the_file_and_never_found(tmp_path: Path) -> None:
    folder = tmp_path / "o"
    silent = Term(Curie("HP:1"), DISEASE, "tired", (Name("tired", NameStatus.SILENT), Name("fatigue")))
    put_source(folder, "a", [silent])
    lexicon = Lexicon.open(folder, tmp_path / "c")
    assert lexicon.entity(Curie("HP:1")).label == "tired"
    assert lexicon.lookup("tired") == ()
    assert [posting.name for posting in lexicon.lookup("fatigue")] == ["fatigue"]


def test_scan_closes_a_short_bracket_inside_a_name(tmp_path: Path) -> None:
    put_source(tmp_path / "o", "chem", [term("CHEBI:1", DRUG, "vexoprotein(a)"), term("CHEBI:2", DRUG, "vexin")])
    lexicon = Lexicon.open(tmp_path / "o", tmp_path / "c")
    assert found(lexicon, "It lowered vexoprotein(a) twice.") == {"vexoprotein(a)": "CHEBI:1"}
    assert found(lexicon, "It lowered vexin (a) twice.") == {"vexin": "CHEBI:2"}
