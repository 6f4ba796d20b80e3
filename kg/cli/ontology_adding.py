"""The longer part of ``kg ontology add`` and ``diff``: downloads with a bar, checks in a trial folder."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kg.errors import LexiconError
from kg.locations import cache_folder, user_folder
from kg.ontology.adding import Addition, add_source
from kg.ontology.sources import FOLDER, installed_sources

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import EntityType
    from kg.ontology.manifest import Manifest


def add_file(path: Path, addition: Addition, project: Path | None) -> Manifest:
    """Add a file and compile the lexicon with it; the former lexicon stays where anything is wrong."""
    from dataclasses import replace

    from kg.ontology.lexicon import Lexicon
    from kg.ontology.readers.detect import read_source
    from kg.ontology.sources import source_files, sources_with

    def known_type(curie: str) -> EntityType | None:
        found = lexicon.try_entity(curie)  # type: ignore[arg-type]
        return None if found is None else found.type

    def check(folder: Path) -> None:
        Lexicon.open_sources(sources_with(folder, project))

    others = (one for one in installed_sources(project=project) if one.manifest.name != addition.name)
    source_files(others)  # makes known what their prefixes stand for
    if addition.type is None and read_source(path).is_mapping:
        lexicon = Lexicon.open_project(project)
        addition = replace(addition, known_type=known_type)
    return add_source(path, addition, user_folder(FOLDER, project), check)


def add_address(addition: Addition, sha256: str, project: Path | None) -> Manifest:
    """Download the file at the addition's address and add it."""
    from urllib.parse import urlsplit

    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from kg.ontology.download import download

    target = cache_folder("downloads") / (file_name(addition.address) or urlsplit(addition.address).netloc)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(addition.name, total=None)
        checksum = download(
            addition.address,
            target,
            sha256=sha256,
            progress=lambda done, whole: bar.update(task, completed=done, total=whole),
        )
    sys.stderr.write(f"kg: {target.name} sha256 {checksum}\n")
    return add_file(target, addition, project)


def is_address(source: str) -> bool:
    """Say whether a source is to be downloaded."""
    return source.lower().startswith(("http://", "https://"))


def file_name(source: str) -> str:
    """Return the name of the file that a path or an address leads to.

    >>> file_name("https://example.org/a/my.obo.gz?raw=1"), file_name("./my.obo")
    ('my.obo.gz', 'my.obo')
    """
    from pathlib import PurePosixPath
    from urllib.parse import unquote, urlsplit

    return PurePosixPath(unquote(urlsplit(source).path) if is_address(source) else source).name


def former_source(name: str, project: Path | None) -> Manifest | None:
    """Return the source of this name that the user has added before."""
    from kg.ontology.manifest import read_manifests

    return next((one for one in read_manifests(user_folder(FOLDER, project)) if one.name == name), None)


def versions_of(name: str, file: Path | None, project: Path | None) -> tuple[Path, Path]:
    """Return the two term files of a source that `diff` compares, the former first.

    Raises:
        LexiconError: no such source, or nothing to compare it with.
    """
    found = {source.manifest.name: source for source in installed_sources(project=project)}
    if name not in found:
        message = f"no source {name!r}; known are {', '.join(sorted(found))}"
        raise LexiconError(message)
    source = found[name]
    if file is not None:
        return source.path, file
    from kg.locations import shipped_folder
    from kg.ontology.manifest import read_manifests

    former = next((one for one in read_manifests(shipped_folder(FOLDER)) if one.name == name), None)
    if source.is_shipped or former is None:
        message = f"{name} is there once only: add a newer one, or give a term file to compare with"
        raise LexiconError(message)
    return shipped_folder(FOLDER) / former.file, source.path
