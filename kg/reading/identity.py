"""Who a document is: the strongest identifier that it has, and the IRI made of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from kg.model import Curie, Iri
from kg.prefixes import DOCUMENT

if TYPE_CHECKING:
    from kg.reading.draft import Draft

_STRENGTH = ("PMID", "PMC", "DOI")
_SLUG_LENGTH = 60
_HASH_LENGTH = 12
_SUFFIXES = re.compile(
    r"(?:\.(?:txt|text|md|markdown|html?|xhtml|jsonl|ndjson|xml|nxml|pdf))?(?:\.gz)?$", re.IGNORECASE
)
_FORMS = (
    (
        "PMID",
        re.compile(r"(?:PMID\s*:?\s*|https?://(?:www\.|pubmed\.)?ncbi\.nlm\.nih\.gov/(?:pubmed/)?)(0*\d{1,9})/?", re.I),
    ),
    (
        "PMC",
        re.compile(
            r"(?:PMC(?:ID)?\s*:\s*|https?://(?:www\.|pmc\.)?ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/)?(PMC\d{1,9})/?",
            re.I,
        ),
    ),
    ("DOI", re.compile(r"(?:doi\s*:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.I)),
)


def to_identifier(name: str) -> Curie | None:
    """Return the PMID, PMCID or DOI that a name or an address is, as a CURIE; None for anything else.

    >>> to_identifier("pmid: 18809400"), to_identifier("https://doi.org/10.1000/ABC"), to_identifier("PMC2423123")
    ('PMID:18809400', 'DOI:10.1000/abc', 'PMC:PMC2423123')
    >>> to_identifier("release-7") is None
    True
    """
    for prefix, form in _FORMS:
        match = form.fullmatch(name.strip())
        if match:
            return _curie(prefix, match.group(1))
    return None


def _curie(prefix: str, local: str) -> Curie:
    """Write the local part in its one form: DOIs do not tell case, PMCIDs are upper case, PMIDs lose leading zeros."""
    if prefix == "DOI":
        return Curie(f"DOI:{local.lower()}")
    if prefix == "PMC":
        return Curie(f"PMC:{local.upper()}")
    return Curie(f"PMID:{local.lstrip('0') or '0'}")


def sort_identifiers(identifiers: list[Curie]) -> tuple[Curie, ...]:
    """Return the identifiers without repeats, the strongest kind first.

    >>> sort_identifiers([Curie("DOI:10.1/x"), Curie("PMID:7"), Curie("DOI:10.1/x")])
    ('PMID:7', 'DOI:10.1/x')
    """
    return tuple(sorted(set(identifiers), key=lambda curie: (_STRENGTH.index(curie.split(":", 1)[0]), curie)))


def strongest_identifier(draft: Draft) -> str:
    """Return what the document's IRI is made of: PMID, PMCID, DOI, given id, address, path, else its content."""
    if draft.identifiers:
        return draft.identifiers[0]
    if draft.given_id:
        return to_identifier(draft.given_id) or f"id:{draft.given_id}"
    if draft.url:
        return to_identifier(draft.url) or f"url:{urldefrag(draft.url).url}"
    if draft.path:
        return f"path:{draft.path}"
    return f"text:{sha256_of(draft.text)}"


def document_id(draft: Draft) -> str:
    """Return the name a user knows the document by: the given id, else a PMID, PMCID or DOI, else address or path."""
    if draft.given_id:
        return draft.given_id
    if draft.identifiers:
        return draft.identifiers[0]
    return draft.url or draft.path or f"stdin-{sha256_of(draft.text)[:_HASH_LENGTH]}"


def document_iri(identifier: str) -> Iri:
    """Return the IRI of a document: a readable part, then a hash that tells identifiers apart.

    >>> document_iri("PMID:18809400")
    'https://w3id.org/kg-loader/document/pmid-18809400-497789f4677f'
    """
    kind, _, rest = identifier.partition(":")
    readable = {"path": _SUFFIXES.sub("", rest), "id": rest, "url": re.sub(r"^https?://(?:www\.)?", "", rest)}
    slug = _slug(readable.get(kind, "text" if kind == "text" else identifier))
    return Iri(f"{DOCUMENT}{slug}-{sha256_of(identifier)[:_HASH_LENGTH]}")


def sha256_of(text: str) -> str:
    """Return the hexadecimal SHA-256 of the text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def _slug(name: str) -> str:
    """Return lower-case ASCII words joined by hyphens; of a long name the last words, which tell most."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > _SLUG_LENGTH:
        slug = slug[-_SLUG_LENGTH:].partition("-")[2] or slug[-_SLUG_LENGTH:]
    return slug or "document"
