"""What the identifiers of a user's own source are called here, and what its CURIE prefix stands for."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kg import prefixes
from kg.errors import CurieError, LexiconError
from kg.model import Curie, Iri

if TYPE_CHECKING:
    from kg.ontology.readers.raw import RawSource

_OBO = "http://purl.obolibrary.org/obo/"
_OBO_TERM = re.compile(re.escape(_OBO) + r"([A-Za-z]\w*)_(\w+)")
_CURIE = re.compile(r"[A-Za-z][\w.-]*:\S+")
_IRI_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_SPACE = re.compile(r"\s+")


def to_curie(text: str) -> Curie:
    """Return a CURIE or IRI as written in a source as a CURIE with our spelling of the prefix.

    An IRI that no prefix fits stays an IRI.

    >>> to_curie("http://purl.obolibrary.org/obo/MONDO_0018874"), to_curie("MSH:D015470"), to_curie("MYO:1")
    ('MONDO:0018874', 'MESH:D015470', 'MYO:1')
    >>> to_curie("http://skos.example/a")
    'http://skos.example/a'
    """
    if text.startswith(prefixes.IRI_STARTS):
        known = prefixes.try_compress(Iri(text))
        if known is not None:
            return known
        match = _OBO_TERM.fullmatch(text)
        return Curie(f"{match[1]}:{match[2]}" if match else _SPACE.sub("%20", text))
    return prefixes.standardize(text) or Curie(_SPACE.sub("_", text))


def main_vocabulary(raw: RawSource) -> str:
    """Return the prefix, or the beginning of the IRIs, that most terms have; empty where they have neither."""
    curies = (to_curie(one.curie) for one in raw.terms)
    counts = Counter(prefixes.vocabulary_of(curie) for curie in curies if _CURIE.fullmatch(curie))
    return counts.most_common(1)[0][0] if counts else ""


def choose_iri_prefix(raw: RawSource, wanted: str) -> str:
    """Return what the source's prefix stands for where the prefix map does not know it, and make it known.

    That is what the user wants, else what the prefix means already, else what the file says, else an address of ours.

    Raises:
        LexiconError: the prefix, or the IRI prefix, means something else already, or this is no IRI.
    """
    main = main_vocabulary(raw)
    if wanted and (not main or main.startswith(prefixes.IRI_STARTS)):
        message = f"--iri-prefix {wanted}: the terms have no CURIEs of which it could say what they stand for"
        raise LexiconError(message)
    if not main or main.startswith(prefixes.IRI_STARTS) or (main in prefixes.PREFIXES and not wanted):
        return ""
    chosen = wanted or prefixes.try_expand(Curie(f"{main}:")) or _said(raw, main) or f"{prefixes.TERM}{main}/"
    if not _IRI_PREFIX.fullmatch(chosen):
        message = f"{chosen!r}, which {main} is to stand for, is no beginning of an IRI: give another --iri-prefix"
        raise LexiconError(message)
    try:
        prefixes.register(main, chosen)
    except CurieError as error:
        raise LexiconError(str(error)) from error
    return "" if main in prefixes.PREFIXES else chosen


def _said(raw: RawSource, prefix: str) -> str:
    """Return what the file says that the prefix stands for, in its header or by the IRIs of its terms."""
    obo = f"{_OBO}{prefix}_"
    is_obo = any(one.curie.startswith(obo) for one in raw.terms)
    return raw.iri_prefixes.get(prefix) or (obo if is_obo else "")
