"""SPARQL text as tokens: enough to know keywords from names, strings, IRIs and comments.

The engine's parser has no separate tokens: it reads ``trueSERVICE<iri>`` as ``true`` and ``SERVICE <iri>``. What is
a keyword is therefore judged by ``words_within``, which also looks inside bare words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
      (?P<space>\s+|\#[^\n\r]*)
    | (?P<string>\"{3}(?:\\.|(?!\"{3})[^\\])*\"{3}|'{3}(?:\\.|(?!'{3})[^\\])*'{3}
        |"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*')
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<variable>[?$]\w[\w·]*)
    | (?P<blank>_:[\w·][\w·.-]*)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w·.-]*[\w·-])?)?:(?:(?:[\w·:-]|\.(?=[\w·:%\\.-])|%[0-9A-Fa-f]{2}|\\.)*))
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>[^\W\d_]\w*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LAST_CODE_POINT = 0x10FFFF
_FORMS = {"select", "ask", "construct", "describe"}
_VOLATILE = {"now", "rand", "uuid", "struuid", "bnode"}
_NEEDS_TOKENS = re.compile(r"\bfrom|(?:now|rand|uuid|bnode)\s*[(#]|\\u", re.IGNORECASE)
_PROLOGUE = re.compile(
    r"(?:\s+|\#[^\n\r]*|PREFIX\s+[^\s:<>]*:\s*<[^<>\s]*>|BASE\s*<[^<>\s]*>)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text with its kind; ``depth`` counts the braces that are open where it stands."""

    kind: str
    text: str
    start: int
    end: int
    depth: int

    @property
    def key(self) -> str:
        """The text in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class QueryShape:
    """What can be said of a query without running it.

    ``form`` is select, ask, construct, describe or None; ``has_dataset`` says that it has FROM clauses; ``is_volatile``
    that the same query may answer differently each time.
    """

    form: str | None
    has_dataset: bool
    is_volatile: bool


def iter_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query or update, without white space and comments.

    >>> [token.text for token in iter_tokens('ASK { ?s a "SERVICE" } # SERVICE')]
    ['ASK', '{', '?s', 'a', '"SERVICE"', '}']
    """
    depth = 0
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "mark"
        if kind == "space":
            continue
        piece = found.group()
        if piece == "}":
            depth = max(0, depth - 1)
        yield Token(kind, piece, found.start(), found.end(), depth)
        if piece == "{":
            depth += 1


def unescape_code_points(text: str) -> str:
    r"""Return the text with ``\uXXXX`` read as SPARQL 1.1 section 19.2 says, before anything else.

    >>> unescape_code_points("\\u0053ERVICE")
    'SERVICE'
    """

    def character(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return chr(code) if code <= _LAST_CODE_POINT else found.group()

    return _ESCAPE.sub(character, text)


@lru_cache(maxsize=512)
def read_shape(text: str) -> QueryShape:
    """Return the form of a query and what decides how it is run and kept.

    Most queries hold none of the words that need a closer look, and then their first word says it all.
    """
    plain = _PROLOGUE.match(text)
    lowered = text.lower()
    # Written out: this is run for each new query.
    may_need = (
        "from" in lowered
        or "now" in lowered
        or "rand" in lowered
        or "uuid" in lowered
        or "bnode" in lowered
        or "\\u" in lowered
    )
    if plain is not None and not (may_need and _NEEDS_TOKENS.search(text)):
        return QueryShape(plain[1].lower(), has_dataset=False, is_volatile=False)
    form: str | None = None
    has_dataset = is_volatile = False
    for token in iter_tokens(text):
        if token.kind != "word":
            continue
        key = token.key
        if form is None and key in _FORMS:
            form = key
        elif key == "from" and token.depth == 0:
            has_dataset = True
        elif key in _VOLATILE:
            is_volatile = True
    return QueryShape(form, has_dataset, is_volatile)
