"""using-graph-uri and using-named-graph-uri, which the engine does not take, as USING clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.faults import Fault
from kg.serve.sparql_tokens import Token, iter_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.serve.protocol import UpdateRequest


def rewrite_update(request: UpdateRequest) -> str:
    """Return the update with the request's dataset written into each operation that has a WHERE.

    Raises:
        Fault: 400 when the update has a USING or WITH of its own, as the protocol asks.
    """
    if request.using_graphs is None and request.using_named_graphs is None:
        return request.text
    tokens = [token for token in iter_tokens(request.text) if token.depth == 0]
    conflict = next((token for token in tokens if token.kind == "word" and token.key in {"using", "with"}), None)
    if conflict is not None:
        raise Fault(
            400,
            f"using-graph-uri and using-named-graph-uri cannot be given with an update that has "
            f"{conflict.text.upper()} of its own",
            code="dataset-conflict",
        )
    clauses = [f"USING <{graph}>" for graph in request.using_graphs or ()]
    clauses += [f"USING NAMED <{graph}>" for graph in request.using_named_graphs or ()]
    return _insert(request.text, tokens, " ".join(clauses) + " ")


def _insert(text: str, tokens: Sequence[Token], clauses: str) -> str:
    """Put the clauses before each WHERE; DELETE WHERE, which may not have them, is first written out."""
    parts: list[str] = []
    position = 0
    for index, token in enumerate(tokens):
        if token.kind != "word" or token.key != "where":
            continue
        parts.append(text[position : token.start])
        previous = tokens[index - 1] if index else None
        if previous is not None and previous.key == "delete":
            parts.append(_pattern(text, tokens, index) + " ")
        parts.append(clauses)
        position = token.start
    return "".join(parts) + text[position:]


def _pattern(text: str, tokens: Sequence[Token], where: int) -> str:
    """Return the braces that follow a WHERE; their inside is not among tokens of depth 0."""
    opening = next((token for token in tokens[where + 1 :] if token.text == "{"), None)
    closing = next((token for token in tokens[where + 1 :] if token.text == "}"), None)
    return text[opening.start : closing.end] if opening and closing else "{}"
