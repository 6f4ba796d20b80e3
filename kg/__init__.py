"""kg reads biomedical text, links what it names to ontologies and writes RDF with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.linker import Linker
    from kg.ontology.lexicon import Lexicon

__version__ = "0.1.0"
__all__ = ["Lexicon", "Linker"]


def __getattr__(name: str) -> Any:
    """Give the Python API's names when they are asked for, so that ``import kg`` loads nothing."""
    if name == "Lexicon":
        from kg.ontology.lexicon import Lexicon

        return Lexicon
    if name == "Linker":
        from kg.linker import Linker

        return Linker
    message = f"module 'kg' has no attribute {name!r}"
    raise AttributeError(message)
