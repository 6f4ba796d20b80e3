"""What the words on a command line stand for: files, the files of folders and globs, addresses, standard input."""

from __future__ import annotations

import glob
import os
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Rejection
from kg.reading.formats import has_known_suffix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STANDARD_INPUT = "-"
STAGE = "reading"
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Source:
    """One file, address or standard input; ``identity`` is the path that names a document without an identifier."""

    name: str
    path: Path | None = None
    url: str | None = None
    identity: str | None = None


def find_sources(sources: Sequence[str], base: Path | None = None) -> list[Source | Rejection]:
    """Return what the given words stand for, in their order, each file once; what stands for nothing is a Rejection."""
    found: list[Source | Rejection] = []
    seen: set[str] = set()
    for word in sources:
        for item in _expand(word):
            key = item.source if isinstance(item, Rejection) else item.url or os.path.abspath(item.path or item.name)  # noqa: PTH100
            if key not in seen:
                seen.add(key)
                found.append(item)
    return _tell_apart(found, base)


def _expand(word: str) -> Iterator[Source | Rejection]:
    """Yield the sources that one word stands for."""
    if word == STANDARD_INPUT:
        yield Source("standard input")
    elif word.lower().startswith(_WEB):
        yield Source(word, url=word)
    elif "://" in word:
        yield Rejection(word, STAGE, "kg reads http and https addresses only: download it and give the file")
    elif _is_folder(word):
        yield from _folder(Path(word))
    elif os.path.lexists(word):
        yield _file(Path(word), Path(word).name)
    elif glob.has_magic(word):
        yield from _glob(word)
    else:
        yield Rejection(readable(word), STAGE, "no such file or folder: check the path")


def _is_folder(word: str) -> bool:
    try:
        return Path(word).is_dir()
    except OSError:  # a name too long for the file system, or a folder that may not be entered
        return False


def _glob(pattern: str) -> Iterator[Source | Rejection]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - a pattern may be absolute
    if not matches:
        yield Rejection(readable(pattern), STAGE, "no file matches this pattern")
    for match in matches:
        if not _is_folder(match):
            yield _file(Path(match), Path(match).name)
        elif "**" not in pattern:
            yield from _folder(Path(match))


def _folder(folder: Path) -> Iterator[Source | Rejection]:
    """Yield the documents below a folder in the order of their paths; hidden ones and other kinds are passed over."""
    errors: list[OSError] = []
    files: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(parent, name) for name in names if not name.startswith(".") and has_known_suffix(name)]
    for error in errors:
        yield Rejection(readable(str(error.filename)), STAGE, f"the folder cannot be read: {error.strerror}")
    if not files and not errors:
        yield Rejection(readable(str(folder)), STAGE, "the folder holds no document: .txt .md .html .jsonl .xml .pdf")
    for file in sorted(files):
        yield _file(file, file.relative_to(folder).as_posix())


def _file(path: Path, identity: str) -> Source:
    return Source(readable(str(path)), path=path, identity=readable(identity))


def readable(path: str) -> str:
    """Return the path as text that can be printed and stored, whatever bytes the file system holds."""
    return os.fsencode(path).decode("utf-8", "replace")


def _tell_apart(found: list[Source | Rejection], base: Path | None) -> list[Source | Rejection]:
    """Give each file its own identity: its path from ``base``, or from the folder that files of one name share."""
    if base is not None:
        return [_from_base(item, base) if isinstance(item, Source) else item for item in found]
    files = [item for item in found if isinstance(item, Source) and item.path is not None]
    counts = Counter(item.identity for item in files)
    shared = [
        os.path.abspath(item.path)  # noqa: PTH100 - a link keeps its own name
        for item in files
        if item.path is not None and counts[item.identity] > 1
    ]
    if not shared:
        return found
    common = Path(os.path.commonpath(shared))
    return [
        _from_base(item, common) if isinstance(item, Source) and counts[item.identity] > 1 else item for item in found
    ]


def _from_base(item: Source, base: Path) -> Source:
    if item.path is None:
        return item
    return replace(item, identity=readable(Path(os.path.relpath(item.path, base)).as_posix()))


def to_reason(error: Exception) -> str:
    """Return why something could not be read, in one line."""
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return " ".join(str(error).split()) or type(error).__name__
