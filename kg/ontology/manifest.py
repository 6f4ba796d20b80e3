"""What is known of a source of terms: one TOML file beside its term file."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from kg.errors import LexiconError
from kg.model import EntityType

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Manifest:
    """One source: whose terms these are, under which licence, from where, and how they are read.

    ``name`` is also the file's stem. ``file`` is the term file in the same folder, ``sha256`` its checksum.
    ``address`` is where the owner publishes the source, ``reader`` how that file is read, ``origin`` what the term
    file was made of. Sources of lower ``priority`` win when two give one thing a label. ``iri_prefix`` is needed for a
    prefix that kg.prefixes does not know.
    """

    name: str
    title: str
    prefix: str
    file: str
    sha256: str
    types: tuple[EntityType, ...]
    version: str = "unknown"
    date: str = ""
    licence: str = "unknown"
    licence_url: str = ""
    attribution: str = ""
    homepage: str = ""
    address: str = ""
    reader: str = "terms"
    origin: str = ""
    iri_prefix: str = ""
    priority: int = 50
    terms: int = 0
    names: int = 0
    note: str = ""


_FIELDS = {field.name: field for field in fields(Manifest)}
_REQUIRED = ("name", "title", "prefix", "file", "sha256", "types")


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in a TOML file.

    Raises:
        LexiconError: not TOML, a field is missing, unknown, or has a wrong value.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"manifest {path} cannot be read: {error}"
        raise LexiconError(message) from error
    wrong = sorted(set(values) - set(_FIELDS)) + sorted(set(_REQUIRED) - set(values))
    if wrong:
        message = f"manifest {path}: missing or unknown fields: {', '.join(wrong)}"
        raise LexiconError(message)
    return _manifest_of(path, values)


def _manifest_of(path: Path, values: dict[str, Any]) -> Manifest:
    try:
        types = tuple(EntityType(kind) for kind in values["types"])
    except (ValueError, TypeError) as error:
        message = f"manifest {path}: types: {error}; known are {', '.join(EntityType)}"
        raise LexiconError(message) from error
    if values["name"] != path.stem or "/" in str(values["file"]):
        message = f"manifest {path}: name must be {path.stem!r}, and file a file of the same folder"
        raise LexiconError(message)
    return Manifest(**{**values, "types": types})


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest as TOML; fields that hold nothing are left out."""
    lines = []
    for name in _FIELDS:
        value = getattr(manifest, name)
        if value in ("", ()):
            continue
        lines.append(f"{name} = {json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_manifests(folder: Path) -> tuple[Manifest, ...]:
    """Return the manifests of a folder by name; none where it does not exist."""
    return tuple(read_manifest(path) for path in sorted(folder.glob("*.toml")))


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
