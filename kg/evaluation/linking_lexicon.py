"""A lexicon with some sources taken out, to see what they are worth."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ontology.lexicon import Lexicon
from kg.ontology.sources import installed_sources

if TYPE_CHECKING:
    from collections.abc import Collection


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
