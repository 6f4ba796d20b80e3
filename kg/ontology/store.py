"""Keeps compiled indexes in the cache folder: one folder for each content of the sources.

A folder appears whole, by rename, or not at all; a lock file lets one process build while others wait. What is found
damaged is built again, and a warning says so.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
import zlib
from typing import TYPE_CHECKING

from kg.errors import LexiconError
from kg.ontology.compile import compile_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

logger = logging.getLogger(__name__)

FORMAT = 8
"""Raise when the index's layout or the normalisation of names changes."""
META = "meta.json"
_STAMP = "checked.json"
_VERSION_LETTERS = 20
_KEPT = 3
_IN_USE_SECONDS = 2 * 3600
_CHUNK = 1 << 20


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
    if _is_sound(folder):
        _mark_used(folder)
        return version, folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with _locked(cache / f"{version[:_VERSION_LETTERS]}.lock"):
            if not _is_sound(folder):
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
    (folder / _STAMP).unlink(missing_ok=True)
    return "" if _is_sound(folder) else f"{folder} is damaged; it is built again at the next use"


def _build(sources: Sequence[tuple[str, Path]], cache: Path, folder: Path) -> None:
    _sweep(cache, folder)
    logger.warning("compiling the lexicon's index into %s: some seconds, this once", cache)
    work = tempfile.mkdtemp(prefix=".building-", dir=cache)
    try:
        target = type(cache)(work)
        began = time.monotonic()
        counts = compile_index(sources, target)
        files = {path.name: _fingerprint(path) for path in sorted(target.iterdir())}
        meta = {"format": FORMAT, "sources": [name for name, _ in sources], "counts": counts, "files": files}
        (target / META).write_text(json.dumps(meta, indent=1), encoding="utf-8")
        if folder.exists():
            logger.warning("the lexicon's index in %s was damaged: built again", folder)
            shutil.rmtree(folder)
        try:
            target.rename(folder)
        except OSError:
            if not _is_sound(folder):  # where there is no lock, another process may have come first
                raise
        logger.info("lexicon compiled in %.1f s: %s", time.monotonic() - began, counts)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _fingerprint(path: Path) -> list[int]:
    """Return size and CRC-32 of a file."""
    checksum = size = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
            size += len(chunk)
    return [size, checksum]


def _is_sound(folder: Path) -> bool:
    """Check the files' checksums, unless they were checked before and no file was touched since."""
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        files = meta["files"]
        if meta["format"] != FORMAT:
            return False
        stamp = _touched(folder, files)
        if _read_stamp(folder) == stamp:
            return True
        if any(_fingerprint(folder / name) != expected for name, expected in files.items()):
            return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    with contextlib.suppress(OSError):
        temporary = folder / f"{_STAMP}.{os.getpid()}"
        temporary.write_text(json.dumps(stamp), encoding="utf-8")
        temporary.replace(folder / _STAMP)
    return True


def _touched(folder: Path, files: Sequence[str]) -> list[list[int]]:
    states = [(folder / name).stat() for name in sorted(files)]
    return [[state.st_size, state.st_mtime_ns] for state in states]


def _read_stamp(folder: Path) -> object:
    try:
        return json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock; where the platform has none, go on, as the rename is atomic anyway."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


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
