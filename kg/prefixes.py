"""The prefix map and the one door between CURIEs and IRIs.

Patterns are those of the Biolink Model where it has the prefix, else of the Bioregistry, else the owner's own
addresses. Everything under ``BASE`` is ours.
"""

from __future__ import annotations

from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import CurieError
from kg.model import Curie, Iri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curies import Converter

BASE = "https://w3id.org/kg-loader/"
VOCABULARY = BASE + "vocab/"
ENTITY = BASE + "entity/"
DOCUMENT = BASE + "document/"
STATEMENT = BASE + "statement/"
MENTION = BASE + "mention/"
RUN = BASE + "run/"
GRAPH = BASE + "graph/"
TERM = BASE + "term/"  # then a prefix of a user's own source that does not say what it stands for
IRI_STARTS = ("http://", "https://", "urn:")
"""How an identifier begins that is an IRI, as no prefix fits it."""

_OBO = "http://purl.obolibrary.org/obo/"
_OBO_PREFIXES = (
    "BFO", "BTO", "CHEBI", "CL", "CLO", "CTO", "DOID", "ECO", "GO", "HP", "IAO", "MAXO", "MI", "MONDO", "MP", "NCIT",
    "OBI", "OGMS", "OMIABIS", "PATO", "PR", "PW", "RO", "SO", "STATO", "SYMP", "UBERON", "UO", "VO",
)  # fmt: skip

PREFIXES: Mapping[str, str] = MappingProxyType(
    {prefix: f"{_OBO}{prefix}_" for prefix in _OBO_PREFIXES}
    | {
        "ATC": "http://identifiers.org/atc/",
        "CAS": "http://identifiers.org/cas/",
        "CHEMBL.COMPOUND": "http://identifiers.org/chembl.compound/",
        "CVCL": "http://identifiers.org/cellosaurus/",
        "DOI": "https://doi.org/",
        "DRUGBANK": "http://identifiers.org/drugbank/",
        "EC": "http://identifiers.org/ec-code/",
        "EFO": "http://www.ebi.ac.uk/efo/EFO_",
        "ENSEMBL": "http://identifiers.org/ensembl/",
        "FPLX": "https://identifiers.org/fplx:",
        "GARD": "http://identifiers.org/gard/",
        "HGNC": "http://identifiers.org/hgnc/",
        "HGNC.FAMILY": "http://identifiers.org/hgnc.family/",
        "ICD10": "http://identifiers.org/icd/",
        "ICD10CM": "http://identifiers.org/icd10cm/",
        "INCHIKEY": "http://identifiers.org/inchikey/",
        "LEI": "http://identifiers.org/lei/",
        "MEDDRA": "http://identifiers.org/meddra/",
        "MESH": "http://id.nlm.nih.gov/mesh/",
        "MGI": "http://identifiers.org/mgi/",
        "MIC": "https://w3id.org/kg-loader/mic/",
        "NCBIGene": "http://identifiers.org/ncbigene/",
        "NCBITaxon": _OBO + "NCBITaxon_",
        "NCT": "http://identifiers.org/clinicaltrials/",
        "OMIM": "http://identifiers.org/omim/",
        "OMIMPS": "https://www.omim.org/phenotypicSeries/PS",
        "ORPHANET": "http://www.orpha.net/ORDO/Orphanet_",
        "PMC": "http://identifiers.org/pmcid/",
        "PMID": "http://identifiers.org/pubmed/",
        "PUBCHEM.COMPOUND": "http://identifiers.org/pubchem.compound/",
        "REACT": "http://identifiers.org/reactome/",
        "ROR": "https://ror.org/",
        "SCTID": "http://snomed.info/id/",
        "SEC_CIK": "https://www.sec.gov/cgi-bin/browse-edgar?CIK=",
        "UMLS": "http://identifiers.org/umls/",
        "UNII": "http://identifiers.org/unii/",
        "UniProtKB": "http://purl.uniprot.org/uniprot/",
        "WIKIDATA": "http://www.wikidata.org/entity/",
        "biolink": "https://w3id.org/biolink/vocab/",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "infores": "https://w3id.org/biolink/infores/",
        "kg": VOCABULARY,
        "kgdocument": DOCUMENT,
        "kgentity": ENTITY,
        "kggraph": GRAPH,
        "kgmention": MENTION,
        "kgrun": RUN,
        "kgstatement": STATEMENT,
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Prefix -> IRI prefix. Prefixes that a user's manifest adds come on top: ``register``."""

_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ENSEMBL": ("Ensembl",),
        "FPLX": ("FamPlex",),
        "ICD10": ("ICD10WHO",),
        "MEDDRA": ("MedDRA",),
        "MESH": ("MSH", "MeSH"),
        "NCBIGene": ("NCBI_Gene", "NCBIGENE", "EGID", "ENTREZ"),
        "NCIT": ("NCIt",),
        "OMIM": ("MIM",),
        "OMIMPS": ("OMIM.PS",),
        "ORPHANET": ("Orphanet", "ORDO"),
        "SCTID": ("SNOMEDCT", "SNOMED"),
        "UniProtKB": ("UP", "UNIPROT", "UniProt"),
        "WIKIDATA": ("Wikidata",),
    }
)
_IRI_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "HGNC": ("https://identifiers.org/hgnc:",),
        "MESH": ("http://identifiers.org/mesh/",),
        "NCBIGene": ("http://www.ncbi.nlm.nih.gov/gene/", "https://identifiers.org/ncbigene:"),
        "OMIM": ("https://omim.org/entry/",),
        "OMIMPS": ("https://omim.org/phenotypicSeries/PS",),
        "PMID": ("https://pubmed.ncbi.nlm.nih.gov/", "http://www.ncbi.nlm.nih.gov/pubmed/"),
        "SCTID": ("http://identifiers.org/snomedct/",),
        "UMLS": ("http://linkedlifedata.com/resource/umls/id/",),
        "schema": ("http://schema.org/",),
    }
)


@cache
def _converter() -> Converter:
    from curies import Converter, Record  # a fifth of a second, so not at import

    return Converter(
        [
            Record(
                prefix=prefix,
                uri_prefix=iri_prefix,
                prefix_synonyms=list(_SYNONYMS.get(prefix, ())),
                uri_prefix_synonyms=list(_IRI_SYNONYMS.get(prefix, ())),
            )
            for prefix, iri_prefix in PREFIXES.items()
        ]
    )


def register(prefix: str, iri_prefix: str) -> None:
    """Add a prefix of a user's own vocabulary; saying the same again changes nothing.

    Raises:
        CurieError: the prefix, or the IRI prefix, already means something else.
    """
    converter = _converter()
    if converter.bimap.get(prefix) == iri_prefix:
        return
    try:
        converter.add_prefix(prefix, iri_prefix)
    except ValueError as error:
        message = f"prefix {prefix!r} cannot mean {iri_prefix!r}: it, or the IRI prefix, is already in use"
        raise CurieError(message) from error
    try_expand.cache_clear()
    try_compress.cache_clear()


def vocabulary_of(identifier: str) -> str:
    """Return a CURIE's prefix, or an IRI up to its last part.

    >>> vocabulary_of("MONDO:0018874"), vocabulary_of("http://skos.example/a")
    ('MONDO', 'http://skos.example/')
    """
    if identifier.startswith(IRI_STARTS):
        return identifier[: max(map(identifier.rfind, "/#:")) + 1]
    return identifier.partition(":")[0]


@lru_cache(maxsize=65536)
def try_expand(curie: Curie) -> Iri | None:
    """Return the IRI, or None where the prefix is unknown; an identifier that is an IRI stays as it is."""
    if curie.startswith(IRI_STARTS):
        return Iri(curie)
    iri = _converter().expand(curie)
    return None if iri is None else Iri(iri)


def expand(curie: Curie) -> Iri:
    """Return the IRI that the CURIE stands for.

    >>> expand(Curie("MONDO:0018874"))
    'http://purl.obolibrary.org/obo/MONDO_0018874'

    Raises:
        CurieError: the prefix is unknown.
    """
    iri = try_expand(curie)
    if iri is None:
        message = f"no IRI for {curie!r}: its prefix is not in the prefix map (kg/prefixes.py or a source's manifest)"
        raise CurieError(message)
    return iri


@lru_cache(maxsize=65536)
def try_compress(iri: Iri) -> Curie | None:
    """Return the CURIE by the longest IRI prefix that fits, or None where none does."""
    curie = _converter().compress(iri)
    return None if curie is None else Curie(curie)


def compress(iri: Iri) -> Curie:
    """Return the CURIE by the longest IRI prefix that fits.

    >>> compress(Iri("https://w3id.org/kg-loader/vocab/inhibits"))
    'kg:inhibits'

    Raises:
        CurieError: no IRI prefix fits.
    """
    curie = try_compress(iri)
    if curie is None:
        message = f"no CURIE for {iri!r}: no IRI prefix of the prefix map fits it"
        raise CurieError(message)
    return curie


def standardize(curie: str) -> Curie | None:
    """Return the CURIE with the spelling of the prefix used here, or None where the prefix is unknown.

    >>> standardize("MSH:D015470")
    'MESH:D015470'
    """
    prefix, separator, identifier = curie.partition(":")
    if not separator or not identifier.strip():
        return None
    known = _prefix_spelling(prefix.strip())
    return None if known is None else Curie(f"{known}:{identifier.strip()}")


@lru_cache(maxsize=4096)
def _prefix_spelling(prefix: str) -> str | None:
    converter = _converter()
    return converter.standardize_prefix(prefix) or converter.standardize_prefix(prefix.upper())
