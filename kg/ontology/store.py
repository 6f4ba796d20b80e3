"""Keeps compiled indexes in the cache folder: one folder for each content of the sources.

A folder appears whole, by rename, or not at all; a lock file lets one process build while others wait. What is found
damaged is built again, and a warning says so.
"""

from __future__ import annotations

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
_BUILDING = ".building-"
_KEPT = 3
_MOST = 8
_IN_USE_SECONDS = 1800
"""The indexes used last are kept, and of those used since then the most; what others hold open they go on to read."""
_OPENING_SECONDS = 60
"""What was used since then may be opened just now."""


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
    last_use = _mark_used(folder)
    if is_sound(folder, FORMAT):
        if last_use < time.time() - _IN_USE_SECONDS:
            _sweep(cache, folder)
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
    work = tempfile.mkdtemp(prefix=_BUILDING, dir=cache)
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
    """Remove indexes other than the one to keep that nobody used lately, with what the linker keeps for them."""
    folders = [path for path in cache.iterdir() if path.is_dir() and _group(path) != keep.name]
    last_use: dict[str, float] = {}
    for path in folders:
        last_use[_group(path)] = max(_used(path), last_use.get(_group(path), 0))
    kept = _kept(last_use, time.time())
    for path in folders:
        group = _group(path)
        if group not in kept and _used(cache / group) <= last_use[group]:  # nobody has come in the meantime
            shutil.rmtree(path, ignore_errors=True)


def _kept(last_use: dict[str, float], now: float) -> set[str]:
    """Return the groups of folders that stay, by when each was last used; a build may be going on."""
    latest = sorted((group for group in last_use if not group.startswith(_BUILDING)), key=last_use.__getitem__)[::-1]
    recent = {group for group, used in last_use.items() if used >= now - _OPENING_SECONDS}
    lately = {group for group, used in last_use.items() if used >= now - _IN_USE_SECONDS}
    return {*latest[:_KEPT], *recent, *lately.intersection(latest[:_MOST]), *lately.difference(latest)}


def _used(folder: Path) -> float:
    """Return when a folder was last used; 0 where it is gone."""
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0


def _group(path: Path) -> str:
    """Return the version that a folder belongs to; a build's folder is its own."""
    return path.name[:_VERSION_LETTERS]


def _mark_used(folder: Path) -> float:
    """Say by the folder's time that it is in use now, before anybody sweeps; return when it was used before.

    That is now where there is none, or where it cannot be written.
    """
    try:
        before = folder.stat().st_mtime
        os.utime(folder)
    except OSError:
        return time.time()
    return before
