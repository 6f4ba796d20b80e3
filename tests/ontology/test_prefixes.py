from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import prefixes
from kg.errors import CurieError
from kg.model import Curie, Iri

IDENTIFIER = st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x7F), min_size=1, max_size=12)


@given(st.sampled_from(sorted(prefixes.PREFIXES)), IDENTIFIER)
def test_compress_undoes_expand(prefix: str, identifier: str) -> None:
    curie = Curie(f"{prefix}:{identifier}")
    assert prefixes.compress(prefixes.expand(curie)) == curie


def test_an_unknown_prefix_is_named() -> None:
    assert prefixes.try_expand(Curie("NOPE:1")) is None
    with pytest.raises(CurieError, match="NOPE:1"):
        prefixes.expand(Curie("NOPE:1"))
    assert prefixes.try_compress(Iri("urn:x")) is None
    with pytest.raises(CurieError, match="urn:x"):
        prefixes.compress(Iri("urn:x"))


def test_the_longest_iri_prefix_wins() -> None:
    assert prefixes.compress(Iri("https://w3id.org/kg-loader/entity/np-1")) == "kgentity:np-1"
    assert prefixes.compress(Iri("http://purl.obolibrary.org/obo/NCBITaxon_9606")) == "NCBITaxon:9606"


def test_other_spellings_become_ours() -> None:
    assert prefixes.standardize("MSH:D1") == "MESH:D1"
    assert prefixes.standardize("orphanet:1") == "ORPHANET:1"
    assert prefixes.standardize("NOPE:1") is None
    assert prefixes.standardize("no colon") is None


def test_a_prefix_of_a_users_own_can_be_added_but_not_changed() -> None:
    prefixes.register("TESTACME", "https://acme.example/")
    prefixes.register("TESTACME", "https://acme.example/")
    assert prefixes.expand(Curie("TESTACME:1")) == "https://acme.example/1"
    with pytest.raises(CurieError, match="TESTACME"):
        prefixes.register("TESTACME", "https://other.example/")
    with pytest.raises(CurieError, match="MONDO"):
        prefixes.register("MONDO", "https://other.example/mondo/")
