"""What goes wrong with a request, as one value that every answer is made from."""

from __future__ import annotations

import re

_POSITION = re.compile(r"error at (\d+):(\d+): ")
_CLASS = re.compile(r"\[[^\[\]]*\]")
_LONGEST_EXPECTATION = 160


class Fault(Exception):  # noqa: N818 - the word of this package: it is answered, it is not a bug
    """A request that is refused or that failed: the HTTP status, a reason, and what to do next.

    ``line`` and ``column`` (1-based) say where a query is wrong; ``retry_after`` is in seconds.
    """

    def __init__(
        self,
        status: int,
        reason: str,
        *,
        code: str,
        line: int | None = None,
        column: int | None = None,
        retry_after: int | None = None,
        allow: str | None = None,
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.code = code
        self.line = line
        self.column = column
        self.retry_after = retry_after
        self.allow = allow

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Return the headers that belong to the status."""
        found = [(b"cache-control", b"no-store")]
        if self.retry_after is not None:
            found.append((b"retry-after", str(self.retry_after).encode()))
        if self.allow is not None:
            found.append((b"allow", self.allow.encode()))
        if self.status == 401:
            found.append((b"www-authenticate", b'Bearer realm="kg"'))
        return found

    def document(self) -> dict[str, object]:
        """Return the fault as RFC 9457 problem details."""
        found: dict[str, object] = {"type": "about:blank", "status": self.status, "code": self.code}
        found["detail"] = self.reason
        if self.line is not None:
            found |= {"line": self.line, "column": self.column}
        return found


def syntax_fault(message: str, text: str, what: str = "query") -> Fault:
    """Return the 400 for a text that the engine cannot parse, with the place and the line it stands in."""
    found = _POSITION.search(message)
    if not found:
        return Fault(400, f"the {what} cannot be parsed: {_shorten(message)}", code="syntax-error")
    line, column = int(found[1]), int(found[2])
    expected = _shorten(message[found.end() :])
    lines = text.splitlines() or [""]
    shown = lines[line - 1] if line <= len(lines) else ""
    start = max(0, column - 61)
    excerpt = shown[start : start + 100]
    pointer = " " * (column - 1 - start) + "^"
    reason = f"syntax error in the {what} at line {line}, column {column}: {expected}\n\n  {excerpt}\n  {pointer}"
    return Fault(400, reason, code="syntax-error", line=line, column=column)


def _shorten(message: str) -> str:
    """Drop the character classes from the engine's list of what it would have taken."""
    plain = _CLASS.sub("", message.replace("\n|", "|"))
    plain = re.sub(r"(?:,\s*)+(?=,|$)", "", re.sub(r"\s+", " ", plain)).strip(" ,")
    return plain if len(plain) <= _LONGEST_EXPECTATION else plain[:_LONGEST_EXPECTATION] + " ..."
