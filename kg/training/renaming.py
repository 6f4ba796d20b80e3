"""Copies of annotated texts in which drugs and diseases bear other names of the lexicon: contexts are learnt too.

`python -m kg.training.renaming --out FILE` (in kg's environment) writes the names that may be put in.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.training.passages import TypedSpan

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from kg.training.passages import Passage

_RENAMED = (EntityType.DRUG, EntityType.DISEASE)
_SHORTEST, _LONGEST = 3, 40
_MOST_WORDS = 3
_SHARE = 0.5


def read_names(path: Path) -> dict[EntityType, list[str]]:
    """Read the names of each type."""
    return {EntityType(kind): names for kind, names in json.loads(path.read_text(encoding="utf-8")).items()}


def renamed(passage: Passage, names: Mapping[EntityType, Sequence[str]], generator: random.Random) -> Passage:
    """Return a copy in which about half of the names are others of their type, the same name by the same other."""
    chosen: dict[tuple[EntityType, str], str] = {}
    text, done = "", 0
    moved: list[tuple[int, int]] = []
    spans: list[TypedSpan] = []
    for span in sorted(passage.spans, key=lambda one: (one.start, -one.end)):
        if span.start < done:
            continue
        text += passage.text[done : span.start]
        old = passage.text[span.start : span.end]
        new = chosen.setdefault((span.type, old), _other(old, span.type, names, generator))
        spans.append(TypedSpan(len(text), len(text) + len(new), span.type))
        text += new
        done = span.end
        moved.append((span.end, len(text)))
    text += passage.text[done:]
    kept = tuple(_moved(span, moved) for span in passage.ignored if _is_free(span, passage.spans))
    return replace(passage, id=f"{passage.id}:renamed", text=text, spans=tuple(spans), ignored=kept)


def _other(old: str, kind: EntityType, names: Mapping[EntityType, Sequence[str]], generator: random.Random) -> str:
    if kind not in _RENAMED or generator.random() >= _SHARE or not names.get(kind):
        return old
    new = generator.choice(names[kind])
    if len(old) <= 1 or old.isupper() or new.isupper():
        return new
    return new[0].upper() + new[1:] if old[0].isupper() else new


def _is_free(span: TypedSpan, spans: Sequence[TypedSpan]) -> bool:
    return all(span.end <= one.start or one.end <= span.start for one in spans)


def _moved(span: TypedSpan, moved: Sequence[tuple[int, int]]) -> TypedSpan:
    shift = next((new - old for old, new in reversed(moved) if old <= span.start), 0)
    return replace(span, start=span.start + shift, end=span.end + shift)


def _is_plain(name: str) -> bool:
    """Say whether a text could hold this name; the others are the forms of catalogues."""
    return (
        _SHORTEST <= len(name) <= _LONGEST
        and len(name.split()) <= _MOST_WORDS
        and ", " not in name
        and " (" not in name
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the lexicon's names of drugs and diseases."""
    from kg.ontology.lexicon import Lexicon

    parser = argparse.ArgumentParser(description="Write names to exchange.")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    lexicon = Lexicon.open()
    names: dict[str, set[str]] = {str(kind): set() for kind in _RENAMED}
    for entity in lexicon.entities():
        if entity.type in _RENAMED:
            written = (posting.name for posting in lexicon.names(entity.curie) if not posting.exact_case)
            names[str(entity.type)].update(filter(_is_plain, written))
    content = {kind: sorted(kept) for kind, kept in names.items()}
    options.out.write_text(json.dumps(content), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
