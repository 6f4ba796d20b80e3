"""A lexicon with some sources or entities taken out, to see what they are worth and what is made of what is missing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ontology.lexicon import Lexicon
from kg.ontology.sources import installed_sources, lexicon_sources
from kg.ontology.terms import read_terms, write_terms

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet

    from kg.model import Curie


def lexicon_without(names: Collection[str]) -> Lexicon:
    """Return the lexicon in force without the sources of these names (a name's beginning will do)."""
    if not names:
        return Lexicon.open()
    folder = Path(tempfile.mkdtemp(prefix="kg-sources-"))
    for source in installed_sources():
        if not source.manifest.name.startswith(tuple(names)):
            shutil.copy(source.path, folder / source.path.name)
            manifest = source.folder / f"{source.manifest.name}.toml"
            shutil.copy(manifest, folder / manifest.name)
    return Lexicon.open(folder)


def lexicon_hiding(curies: AbstractSet[Curie], folder: Path) -> Lexicon:
    """Return the lexicon in force as if no source had any of these identifiers; its files are written to a folder."""
    kept = []
    for name, path in lexicon_sources():
        shorter = folder / f"{name}.tsv"
        write_terms(shorter, (term for term in read_terms(path) if term.curie not in curies))
        kept.append((name, shorter))
    return Lexicon.open_sources(tuple(kept), folder / "index")
