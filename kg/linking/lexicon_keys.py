"""The lexicon's keys by number, and where what belongs to one compiled lexicon is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.locations import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting


def iter_keys(lexicon: Lexicon) -> Iterator[str]:
    """Yield all keys in the order of their numbers."""
    trie = lexicon._index.keys
    for number in range(len(trie)):
        yield trie.restore_key(number)


def postings_of_key(lexicon: Lexicon, key_id: int) -> tuple[Posting, ...]:
    """Return the names that have a key, by its number."""
    return lexicon._index.postings(key_id)


def arrays_folder(lexicon: Lexicon, name: str) -> Path:
    """Return the folder for arrays computed from this version of the lexicon."""
    _, cache = lexicon._opened_with
    return (cache or cache_folder("lexicon")) / f"{lexicon.version[:20]}-{name}"
