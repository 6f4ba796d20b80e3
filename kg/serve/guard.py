"""SERVICE and LOAD reach into the network: they are found before anything is run, and refused unless allowed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.serve.faults import Fault
from kg.serve.sparql_tokens import Token, iter_tokens, unescape_code_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

QUERY: tuple[str, ...] = ("service",)
UPDATE: tuple[str, ...] = ("service", "load")
_BEFORE_A_GRAPH_NAME = {"with", "using", "named", "graph", "to", "into", "prefix", "from"}


def refuse_network(text: str, allowed: frozenset[str] = frozenset(), words: tuple[str, ...] = UPDATE) -> None:
    """Raise a 403 when a query or update would reach a remote address that is not allowed.

    Args:
        text: the query or update.
        allowed: the IRIs that may be reached; anything else, a variable too, is refused.
        words: the keywords that there can be: ``QUERY`` or ``UPDATE``.

    Raises:
        Fault: SERVICE or LOAD is used on an address that is not on the list.
    """
    lowered = text.lower()
    if "service" in lowered or "\\u" in lowered or ("load" in lowered and "load" in words):
        _refuse_calls(text, allowed, words)


@lru_cache(maxsize=512)
def _refuse_calls(text: str, allowed: frozenset[str], words: tuple[str, ...]) -> None:
    for reading in {text, unescape_code_points(text)}:
        for keyword, target in _iter_remote_calls(list(iter_tokens(reading)), words):
            if target is not None and target in allowed:
                continue
            where = f"<{target}>" if target else "an address that is not written out"
            raise Fault(
                403,
                f"{keyword} is refused: this server does not fetch {where}; its operator can allow addresses with "
                f"--allow-remote IRI",
                code="remote-refused",
            )


def _iter_remote_calls(tokens: Sequence[Token], words: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    for index, token in enumerate(tokens):
        keyword = _find_keyword(tokens, index, words)
        if keyword is not None:
            yield keyword, _target(tokens, index) if token.kind == "word" else None


def _find_keyword(tokens: Sequence[Token], index: int, words: tuple[str, ...]) -> str | None:
    token = tokens[index]
    if token.kind == "word":
        return next((word.upper() for word in words if word in token.key), None)
    if token.kind != "name":
        return None
    prefix = token.key.partition(":")[0]
    following = tokens[index + 1].key if index + 1 < len(tokens) else ";"
    if prefix.endswith(("service", "servicesilent")) and following == "{":
        return "SERVICE"
    if "load" in words and prefix.endswith(("load", "loadsilent")) and token.depth == 0 and following in {";", "into"}:
        previous = tokens[index - 1].key if index else ""
        return None if previous in _BEFORE_A_GRAPH_NAME else "LOAD"
    return None


def _target(tokens: Sequence[Token], index: int) -> str | None:
    rest = [token for token in tokens[index + 1 : index + 3] if token.key != "silent"]
    if tokens[index].key in {"service", "load"} and rest and rest[0].kind == "iri":
        return unescape_code_points(rest[0].text[1:-1])
    return None
