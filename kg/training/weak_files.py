"""Passages with weak labels as JSON lines, so that labelling and training can run in two environments."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.training.passages import Passage, TypedSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


def read_weak(path: Path) -> Iterator[Passage]:
    """Yield passages that ``write_weak`` wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Passage(
                id=record["id"],
                corpus=record["corpus"],
                text=record["text"],
                spans=_spans(record["spans"]),
                ignored=_spans(record["ignored"]),
                supervised=frozenset(EntityType(name) for name in record["supervised"]),
            )


def _spans(rows: Sequence[Sequence[object]]) -> tuple[TypedSpan, ...]:
    return tuple(TypedSpan(int(str(start)), int(str(end)), EntityType(str(kind))) for start, end, kind in rows)


def write_weak(passages: Iterable[Passage], path: Path) -> int:
    """Write passages as JSON lines and return how many there were."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for passage in passages:
            record = dataclasses.asdict(passage)
            record["spans"] = [dataclasses.astuple(span) for span in passage.spans]
            record["ignored"] = [dataclasses.astuple(span) for span in passage.ignored]
            record["supervised"] = sorted(passage.supervised)
            out.write(json.dumps(record) + "\n")
            count += 1
    return count
