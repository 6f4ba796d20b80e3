"""Which sources the lexicon is made of: the shipped ones, and the user's own, which replace those of the same name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import LexiconError
from kg.locations import shipped_folder, user_folder
from kg.ontology.manifest import Manifest, read_manifests
from kg.prefixes import register

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDER = "ontologies"
_MOST = 255


@dataclass(frozen=True, slots=True)
class InstalledSource:
    """A manifest and the folder that it lies in; ``is_shipped`` says it came with the program."""

    manifest: Manifest
    folder: Path
    is_shipped: bool

    @property
    def path(self) -> Path:
        """The term file."""
        return self.folder / self.manifest.file


def installed_sources(folder: Path | None = None, project: Path | None = None) -> tuple[InstalledSource, ...]:
    """Return the sources in falling priority: those of ``folder`` only, or the shipped and the user's.

    Raises:
        LexiconError: a manifest is wrong, or there is no source.
    """
    if folder is not None:
        found = _of_folder(folder, is_shipped=False)
    else:
        shipped, own = shipped_folder(FOLDER), user_folder(FOLDER, project)
        found = _of_folder(shipped, is_shipped=True)
        if own.resolve() != shipped.resolve():
            found |= _of_folder(own, is_shipped=False)
    if not found:
        message = f"no term sources in {folder or shipped_folder(FOLDER)}: reinstall the program, or run: make lexicon"
        raise LexiconError(message)
    if len(found) > _MOST:
        message = f"{len(found)} sources are more than the {_MOST} an index can tell apart: kg ontology remove some"
        raise LexiconError(message)
    return _by_priority(found.values())


def _of_folder(folder: Path, *, is_shipped: bool) -> dict[str, InstalledSource]:
    return {manifest.name: InstalledSource(manifest, folder, is_shipped) for manifest in read_manifests(folder)}


def source_files(sources: Iterable[InstalledSource]) -> tuple[tuple[str, Path], ...]:
    """Return (name, term file) of sources; what they say of prefixes is made known to kg.prefixes."""
    found = tuple(sources)
    for source in found:
        if source.manifest.iri_prefix:
            register(source.manifest.prefix, source.manifest.iri_prefix)
    return tuple((source.manifest.name, source.path) for source in found)


def lexicon_sources(folder: Path | None = None, project: Path | None = None) -> tuple[tuple[str, Path], ...]:
    """Return (name, term file) of the installed sources in falling priority."""
    return source_files(installed_sources(folder, project))


def uncurated_sources(project: Path | None = None) -> tuple[tuple[str, Path], ...]:
    """Return (name, term file) without the project's curated tables, to measure what these bring."""
    return source_files(one for one in installed_sources(project=project) if one.manifest.reader != "curated")


def sources_with(folder: Path, project: Path | None = None) -> tuple[tuple[str, Path], ...]:
    """Return (name, term file) as they would be if the sources in ``folder`` were the user's too."""
    found = {source.manifest.name: source for source in installed_sources(project=project)}
    return source_files(_by_priority((found | _of_folder(folder, is_shipped=False)).values()))


def _by_priority(sources: Iterable[InstalledSource]) -> tuple[InstalledSource, ...]:
    return tuple(sorted(sources, key=lambda source: (source.manifest.priority, source.manifest.name)))
