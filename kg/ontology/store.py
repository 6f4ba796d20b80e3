"""Keeps compiled indexes in the cache folder: one folder for each content of the sources.

A folder appears whole, by rename, or not at all; a lock file lets one process build while others wait. What is found
damaged is built again, and a warning says so.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import shutil
import tempfile
import time
from typing import TYPE_CHECKING

from kg.errors import LexiconError
from kg.ontology.compile import compile_index
from kg.ontology.sealed import STAMP, is_sound, locked, put_in_place, seal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

logger = logging.getLogger(__name__)

FORMAT = 11
"""Raise when the index's layout, the joining of terms or the normalisation of names changes."""
_VERSION_LETTERS = 20
_KEPT = 3
_IN_USE_SECONDS = 2 * 3600


def content_version(sources: Sequence[tuple[str, Path]]) -> str:
    """Return the hash of the sources' names, order and bytes, and of the index's format.

    Raises:
        LexiconError: a term file is missing.
    """
    digest = hashlib.sha256(f"format {FORMAT}".encode())
    for name, path in sources:
        try:
            with path.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256")
        except OSError as error:
            message = f"term file {path} of source {name!r} cannot be read: {error.strerror}; restore or remove it"
            raise LexiconError(message) from error
        digest.update(f"\n{name} {content.hexdigest()}".encode())
    return digest.hexdigest()


def ready_index(sources: Sequence[tuple[str, Path]], cache: Path) -> tuple[str, Path]:
    """Return the version and the folder of the sources' index, building it where it is missing or damaged.

    Raises:
        LexiconError: a source is damaged, or the cache folder cannot be written.
    """
    version = content_version(sources)
    folder = cache / version[:_VERSION_LETTERS]
    if is_sound(folder, FORMAT):
        _mark_used(folder)
        return version, folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with locked(cache / f"{version[:_VERSION_LETTERS]}.lock"):
            if not is_sound(folder, FORMAT):
                _build(sources, cache, folder)
    except OSError as error:
        message = (
            f"the lexicon's index cannot be written to {cache}: {error.strerror or error}; "
            "free about 200 MB there, or set KG_CACHE to another folder"
        )
        raise LexiconError(message) from error
    return version, folder


def check_index(sources: Sequence[tuple[str, Path]], cache: Path) -> str:
    """Return what is wrong with the sources' index, reading all of it; empty where it is sound or not there yet."""
    folder = cache / content_version(sources)[:20]
    if not folder.exists():
        return ""
    (folder / STAMP).unlink(missing_ok=True)
    return "" if is_sound(folder, FORMAT) else f"{folder} is damaged; it is built again at the next use"


def _build(sources: Sequence[tuple[str, Path]], cache: Path, folder: Path) -> None:
    _sweep(cache, folder)
    logger.warning("compiling the lexicon's index into %s: some seconds, this once", cache)
    work = tempfile.mkdtemp(prefix=".building-", dir=cache)
    try:
        target = type(cache)(work)
        began = time.monotonic()
        counts = compile_index(sources, target)
        seal(target, {"format": FORMAT, "sources": [name for name, _ in sources], "counts": counts})
        put_in_place(target, folder, FORMAT)
        logger.info("lexicon compiled in %.1f s: %s", time.monotonic() - began, counts)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sweep(cache: Path, keep: Path) -> None:
    """Remove indexes that nobody has used lately, with what others keep for them: all but the latest few."""
    last_use: dict[str, float] = {}
    folders = [path for path in cache.iterdir() if path.is_dir()]
    for path in folders:
        with contextlib.suppress(OSError):
            last_use[_group(path)] = max(path.stat().st_mtime, last_use.get(_group(path), 0))
    latest = sorted(last_use, key=last_use.__getitem__, reverse=True)[:_KEPT]
    limit = time.time() - _IN_USE_SECONDS
    for path in folders:
        group = _group(path)
        if group not in latest and group != keep.name and last_use.get(group, limit) < limit:
            shutil.rmtree(path, ignore_errors=True)


def _group(path: Path) -> str:
    """Return the version that a folder belongs to; a left-over build folder is its own."""
    return path.name[:_VERSION_LETTERS]


def _mark_used(folder: Path) -> None:
    with contextlib.suppress(OSError):
        if folder.stat().st_mtime < time.time() - _IN_USE_SECONDS / 2:
            os.utime(folder)
