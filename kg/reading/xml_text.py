"""The running text of an XML element: inline marks gone, what is not text left out."""

from __future__ import annotations

from html.entities import html5
from typing import TYPE_CHECKING

from kg.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_NO_TEXT = frozenset({"tex-math", "graphic", "inline-graphic", "object-id", "label", "annotation", "math-source"})


def local_name(element: _Element) -> str:
    """Return the element's name without its namespace; comments and entities have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def find_first(element: _Element, path: str) -> _Element | None:
    """Return the first element on a path of local names, or None."""
    return next(iter_path(element, path), None)


def iter_path(element: _Element, path: str) -> Iterator[_Element]:
    """Yield the elements on a path of local names such as "front/article-meta", whatever their namespace."""
    name, _, rest = path.partition("/")
    for child in element:
        if local_name(child) == name:
            if rest:
                yield from iter_path(child, rest)
            else:
                yield child


def text_of(element: _Element | None, leave_out: frozenset[str] = frozenset()) -> str:
    """Return the text of an element; ``leave_out`` names elements below it that are read apart from it.

    Raises:
        ReadingError: the text uses an entity that only a DTD could explain.
    """
    if element is None:
        return ""
    parts: list[str] = []
    _collect(element, leave_out, parts)
    return "".join(parts)


def _collect(element: _Element, leave_out: frozenset[str], parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        name = local_name(child)
        if not name:
            parts.append(_entity_text(child))
        elif name == "sup":
            _collect_raised(child, leave_out, parts)
        elif name not in _NO_TEXT and name not in leave_out:
            _collect(child, leave_out, parts)
        if name in ("break", "p", "title", "list-item"):
            parts.append(" ")
        parts.append(child.tail or "")


def _collect_raised(element: _Element, leave_out: frozenset[str], parts: list[str]) -> None:
    """Leave out raised numbers of references, and mark powers, so that 10 to the 9th does not become 109."""
    if any(local_name(child) == "xref" and child.get("ref-type") == "bibr" for child in element):
        return
    raised: list[str] = []
    _collect(element, leave_out, raised)
    is_power = "".join(parts)[-1:].isdigit() and "".join(raised).strip("+-−–").isdigit()
    parts += ["^" if is_power else "", *raised]


def _entity_text(entity: _Element) -> str:
    """Return the character of an entity of HTML; comments and instructions have none.

    An entity that a file declares itself stays unexpanded: it could be a bomb, or name another file.
    """
    text = entity.text or ""
    if not (text.startswith("&") and text.endswith(";")):
        return ""
    if text[1:] not in html5:
        message = f"uses the entity {text}, which kg does not expand: write it out"
        raise ReadingError(message)
    return html5[text[1:]]
