"""Checks what is on disk against what the manifests and the index say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import LexiconError
from kg.locations import cache_folder
from kg.ontology.manifest import file_sha256
from kg.ontology.sources import installed_sources, source_files
from kg.ontology.store import check_index
from kg.ontology.terms import read_terms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def verify_sources(project: Path | None = None) -> Iterator[tuple[str, str]]:
    """Yield (what, problem) for each source and for the compiled index; an empty problem means it is sound."""
    sources = installed_sources(project=project)
    for source in sources:
        yield source.manifest.name, _problem(source.path, source.manifest.sha256, source.manifest.terms)
    try:
        yield "index", check_index(source_files(sources), cache_folder("lexicon"))
    except LexiconError as error:
        yield "index", str(error)


def _problem(path: Path, sha256: str, terms: int) -> str:
    try:
        checksum = file_sha256(path)
        if checksum != sha256:
            return f"{path} has the checksum {checksum[:12]}..., its manifest says {sha256[:12]}..."
        count = sum(1 for _ in read_terms(path))
    except OSError as error:
        return f"{path} cannot be read: {error.strerror}"
    except LexiconError as error:
        return str(error)
    return "" if count == terms else f"{path} holds {count} terms, its manifest says {terms}"
