"""The lexicon: every name of every source, what it may stand for, and the hierarchy above it."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from kg.errors import LexiconError
from kg.locations import cache_folder
from kg.ontology.compile import FILED_MARK
from kg.ontology.index import Index
from kg.ontology.names import STATUSES, NameStatus, Posting
from kg.ontology.normalize import bag_key, key
from kg.ontology.scan import scan
from kg.ontology.sources import lexicon_sources
from kg.ontology.store import ready_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kg.model import Curie, Entity, Span

Sources = tuple[tuple[str, "Path"], ...]
_COMPLETED = 2000
_key, _bag_key = lru_cache(maxsize=1024)(key), lru_cache(maxsize=1024)(bag_key)
"""A name that nothing has is asked for again, as what it may be filed under."""
_RANKS = {status: place for place, status in enumerate(STATUSES)}


class Lexicon:
    """Names and entities of the sources, read from the memory-mapped index.

    Safe to share between threads and to fork; pickles as the paths it was opened with.
    """

    def __init__(self, index: Index, version: str, opened_with: tuple[Sources, Path]) -> None:
        """Hold an open index; use ``open``."""
        self.version = version
        self._index = index
        self._opened_with = opened_with

    @classmethod
    def open(cls, sources: Path | None = None, cache: Path | None = None) -> Lexicon:
        """Open the lexicon, compiling its index first where that is missing or damaged.

        ``sources`` is a folder of manifests and term files, by default the shipped ones and the user's own;
        ``cache`` is where indexes are kept.

        Raises:
            LexiconError: a source is missing or damaged, or the index cannot be written.
        """
        return cls.open_sources(lexicon_sources(sources), cache)

    @classmethod
    def open_project(cls, project: Path | None, cache: Path | None = None) -> Lexicon:
        """Open the lexicon of the shipped sources and those of a project's folder."""
        return cls.open_sources(lexicon_sources(project=project), cache)

    @classmethod
    def open_sources(cls, sources: Sources, cache: Path | None = None) -> Lexicon:
        """Open the lexicon of term files, given as (name, path) in falling priority."""
        chosen = cache or cache_folder("lexicon")
        version, folder = ready_index(sources, chosen)
        return cls(Index(folder, tuple(name for name, _ in sources)), version, (sources, chosen))

    def __reduce__(self) -> tuple[Callable[..., Lexicon], tuple[Sources, Path]]:
        return Lexicon.open_sources, self._opened_with

    def lookup(self, name: str, *, filed: bool = False) -> tuple[Posting, ...]:
        """Return what a name may stand for; where nothing has the name, what has it in another order of words.

        ``filed`` asks for what it is filed under, too, though that is wider.

        First what is written the very same, then what differs in case only, then the rest; of these the most trusted
        status first, then the sources' priority.
        """
        plain = _key(name)
        found = self._index.lookup(plain) if plain else ()
        if filed and plain:
            found += self._index.lookup(FILED_MARK + plain)
        if not found and (bag := _bag_key(name)):
            found = self._index.lookup(bag)
            if not filed:
                found = tuple(posting for posting in found if posting.status is not NameStatus.FILED)
        if len(found) > 1:
            return tuple(sorted(found, key=lambda posting: _distance(name, posting.name)))
        return found

    def scan(self, text: str, tokens: Sequence[Span]) -> Iterator[tuple[int, int, tuple[Posting, ...]]]:
        """Yield (start, end, postings): the longest name that begins at each token start and ends at a token end.

        Hits may overlap. Names that are plain words count only in their exact writing; the case rule for short names
        (``kg.ontology.names.case_fits``) is the caller's.
        """
        return scan(self._index, text, tokens)

    def entity(self, curie: Curie) -> Entity:
        """Return the entity that a CURIE names, also by one of its exact matches.

        Raises:
            LexiconError: no source has the CURIE.
        """
        place = self._index.place(curie)
        if place is None:
            message = f"no source has {curie!r}: see `kg ontology list` for the sources, `kg ontology add` to add one"
            raise LexiconError(message)
        return self._index.entity(place)

    def try_entity(self, curie: Curie) -> Entity | None:
        """Return the entity that a CURIE names, also by one of its exact matches, or None."""
        place = self._index.place(curie)
        return None if place is None else self._index.entity(place)

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        """Return the direct superclasses; none for an unknown CURIE."""
        return tuple(parent.curie for parent in self.broader(curie))

    def broader(self, curie: Curie) -> list[Entity]:
        """Return the entities of the direct superclasses; none for an unknown CURIE."""
        place = self._index.place(curie)
        return [] if place is None else list(map(self._index.entity, self._index.parents(place)))

    def children(self, curie: Curie) -> tuple[Curie, ...]:
        """Return the direct subclasses, in the order of the sources; none for an unknown CURIE."""
        place = self._index.place(curie)
        if place is None:
            return ()
        return tuple(self._index.entity(child).curie for child in self._index.children(place))

    def parts(self, curie: Curie) -> tuple[Curie, ...]:
        """Return the direct parts, as the subunits of a complex; none for an unknown CURIE."""
        place = self._index.place(curie)
        return () if place is None else tuple(self._index.entity(one).curie for one in self._index.parts(place))

    def wholes(self, curie: Curie) -> tuple[Curie, ...]:
        """Return what it is directly a part of, as the complex of a subunit; none for an unknown CURIE."""
        place = self._index.place(curie)
        return () if place is None else tuple(self._index.entity(one).curie for one in self._index.wholes(place))

    def ancestors(self, curie: Curie) -> tuple[Curie, ...]:
        """Return all superclasses, the nearest first, of one distance by CURIE; none for an unknown CURIE."""
        place = self._index.place(curie)
        if place is None:
            return ()
        seen, level, found = {place}, [place], []
        while level:
            above = {parent for one in level for parent in self._index.parents(one)} - seen
            seen |= above
            level = sorted(above)
            found += sorted(self._index.entity(one).curie for one in level)
        return tuple(found)

    def names(self, curie: Curie) -> tuple[Posting, ...]:
        """Return the names of an entity, the most trusted first; none for an unknown CURIE."""
        place = self._index.place(curie)
        if place is None:
            return ()
        best: dict[str, Posting] = {}
        for posting in self._index.postings_of(place):
            best.setdefault(posting.name, posting)
        return tuple(sorted(best.values(), key=lambda posting: (_RANKS[posting.status], posting.name)))

    def entities(self) -> Iterator[Entity]:
        """Yield all entities, in the order of the sources."""
        return map(self._index.entity, range(self._index.entity_count()))

    def complete(self, prefix: str, limit: int = 20) -> tuple[Posting, ...]:
        """Return names that begin with the prefix, one for each entity, short names first; for search boxes."""
        wanted = key(prefix)
        if not wanted:
            return ()
        found = [match for match in islice(self._index.keys.iterkeys(wanted), _COMPLETED) if " " not in match]
        found.sort(key=lambda match: (len(match), match))
        best: dict[Curie, Posting] = {}
        for match in found:
            for posting in self._index.postings(self._index.keys[match]):
                best.setdefault(posting.curie, posting)
            if len(best) >= limit:
                break
        return tuple(islice(best.values(), limit))


def _distance(name: str, other: str) -> int:
    """Return 0 for the same writing, 1 for another case, 2 for anything else."""
    return 0 if name == other else 1 if name.casefold() == other.casefold() else 2
