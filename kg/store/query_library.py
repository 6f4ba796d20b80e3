"""The named queries: SPARQL files that say in their header what they answer and what they need to know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.errors import QueryCallError, QueryError
from kg.locations import shipped_folder, user_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pyoxigraph import Literal, NamedNode

FOLDER = "queries"
SUFFIX = ".rq"
_HEADER = re.compile(r"^#\+\s*(?P<key>[a-z]+)(?:\s+(?P<name>\w+))?\s*:\s*(?P<value>.*?)\s*$")
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)


class ParameterType(StrEnum):
    """What kind of value a parameter takes."""

    ENTITY = "entity"
    DOCUMENT = "document"
    IRI = "iri"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query whose value the caller gives, with an example."""

    name: str
    type: ParameterType
    example: str


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A query with what its header says; ``name`` is the file's name without ``.rq``."""

    name: str
    title: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str

    def bind(self, values: Mapping[str, NamedNode | Literal]) -> str:
        """Return the query with the values bound to its parameters; it runs on any SPARQL 1.1 endpoint.

        Raises:
            QueryCallError: a parameter has no value, or a value belongs to no parameter.
        """
        names = [parameter.name for parameter in self.parameters]
        missing = [name for name in names if name not in values]
        unknown = sorted(set(values) - set(names))
        if missing and not unknown:
            examples = " ".join(f"-p {p.name}={p.example}" for p in self.parameters if p.name in missing)
            message = f"the query {self.name} needs {', '.join(missing)}: add for example {examples}"
            raise QueryCallError(message)
        if unknown:
            known = ", ".join(names) or "none"
            message = f"the query {self.name} has no parameter {', '.join(unknown)}; its parameters: {known}"
            raise QueryCallError(message)
        return bind_values(self.text, values)


def bind_values(text: str, values: Mapping[str, NamedNode | Literal]) -> str:
    """Return a query with ``VALUES`` clauses at the start of its outermost WHERE block.

    Raises:
        QueryError: there are values and no ``WHERE {`` to put them into.
    """
    if not values:
        return text
    start = _WHERE.search(_without_comments(text))
    if start is None:
        message = "a query with parameters must write out 'WHERE {': the values are bound there"
        raise QueryError(message)
    clauses = "".join(f"\n  VALUES ?{name} {{ {values[name]} }}" for name in sorted(values))
    return text[: start.end()] + clauses + text[start.end() :]


def _without_comments(text: str) -> str:
    """Return the text with comment lines blanked, so that every offset stays."""
    return re.sub(r"(?m)^\s*#.*$", lambda comment: " " * len(comment.group()), text)


def query_folders(project: Path | None = None) -> list[Path]:
    """Return the folders of named queries; a query in the user's folder goes before a shipped one of its name."""
    return [folder for folder in (user_folder(FOLDER, project), shipped_folder(FOLDER)) if folder.is_dir()]


def load_queries(project: Path | None = None) -> dict[str, StoredQuery]:
    """Return all named queries by name, sorted.

    Raises:
        QueryError: a file has no title, or a parameter of unknown type.
    """
    files: dict[str, Path] = {}
    for folder in reversed(query_folders(project)):
        files |= {path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}"))}
    return {name: read_query(files[name]) for name in sorted(files)}


def load_query(name: str, project: Path | None = None) -> StoredQuery:
    """Return one named query.

    Raises:
        QueryError: there is none of that name.
    """
    for folder in query_folders(project):
        path = folder / f"{name}{SUFFIX}"
        if path.is_file():
            return read_query(path)
    import difflib

    names = sorted({path.stem for folder in query_folders(project) for path in folder.glob(f"*{SUFFIX}")})
    near = difflib.get_close_matches(name, names, n=3)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    message = f"there is no query named {name!r}: {hint}'kg query --list' shows all, a file must end in {SUFFIX}"
    raise QueryCallError(message)


def read_query(path: Path) -> StoredQuery:
    """Read a query file with its header.

    Raises:
        QueryError: the file cannot be read or its header is wrong.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read as a query: {error}"
        raise QueryError(message) from error
    return parse_query(path.stem, text)


def parse_query(name: str, text: str) -> StoredQuery:
    """Return the query with what its header says; a text without header is a query without parameters.

    Raises:
        QueryError: a parameter has a type that does not exist.
    """
    fields: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        header = _HEADER.match(line)
        if header is None:
            continue
        if header["key"] == "parameter" and header["name"]:
            parameters.append(_parameter(name, header["name"], header["value"]))
        else:
            fields[header["key"]] = header["value"]
    title = fields.get("title", name)
    summary = fields.get("summary", title)
    return StoredQuery(name, title, summary, fields.get("description", ""), tuple(parameters), text)


def _parameter(query: str, name: str, value: str) -> Parameter:
    kind, _, example = value.partition(",")
    try:
        return Parameter(name, ParameterType(kind.strip().lower()), example.strip())
    except ValueError as error:
        kinds = ", ".join(ParameterType)
        message = f"the query {query} gives its parameter {name} the type {kind.strip()!r}; types are {kinds}"
        raise QueryError(message) from error
