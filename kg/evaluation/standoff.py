"""Annotations without their texts: offsets and identifiers here, the texts in the shared corpora.

``python -m kg.evaluation.standoff training/annotations/unread.jsonl --shared ../shared --out build/unread`` puts both
together as the scorer of ../shared/eval wants them; `kg.evaluation.texts` then judges the folder. The texts belong to
their publishers, so none of them is kept in the project; a text that has changed is refused by its SHA-256.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import shutil
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, ReadingError
from kg.evaluation.pubtator_format import read_pubtator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Record = Mapping[str, Any]


def restored(record: Record, text: str) -> dict[str, Any]:
    """Return the annotation of one text as the scorer reads it.

    Args:
        record: mentions with the span of the canonical name, relations whose ends are spans, spans to ignore.
        text: the text; offsets count its code points.

    Raises:
        ReadingError: the text is not the one that was annotated.
    """
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if sha256 != record["sha256"]:
        message = f"{record['name']}: the text in {record['source']} has the sha256 {sha256}, not {record['sha256']}"
        raise ReadingError(message)
    return {
        "doc": record["name"],
        "mentions": [_mention(one, text) for one in record["mentions"]],
        "ignore": [{"start": start, "end": end, "text": text[start:end]} for start, end in record["ignore"]],
        "relations": [_relation(one, text) for one in record["relations"]],
    }


def _mention(one: Record, text: str) -> dict[str, Any]:
    first, *others = one["ids"] if one["linked"] else (None, *one["ids"])
    span = {"start": one["start"], "end": one["end"], "text": text[one["start"] : one["end"]], "type": one["type"]}
    return span | {"id": first, "canonical": _name(one["canonical"], text)} | ({"alt_ids": others} if others else {})


def _relation(one: Record, text: str) -> dict[str, Any]:
    """Return a relation with names in place of spans; a phase is a name already."""
    return dict(one) | {part: _name(one[part], text) for part in ("subject", "object", "evidence")}


def _name(value: str | list[int], text: str) -> str:
    return value if isinstance(value, str) else text[value[0] : value[1]]


def read_texts(records: Iterable[Record], corpora: Path) -> Iterator[tuple[Record, str]]:
    """Yield each record with its text.

    Raises:
        ReadingError: a file or a document is not there.
    """
    by_source: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_source[record["source"]].append(record)
    for source, wanted in by_source.items():
        texts = dict(_texts_of(corpora / source))
        for record in wanted:
            if record["id"] not in texts:
                message = f"{record['name']}: {corpora / source} has no document {record['id']}"
                raise ReadingError(message)
            yield record, texts[record["id"]]


def _texts_of(path: Path) -> Iterator[tuple[str, str]]:
    if not path.is_file():
        message = f"{path} is not there: give the shared folder with --shared"
        raise ReadingError(message)
    if ".jsonl" not in path.suffixes:
        for document in read_pubtator(path):
            title = len(document.title)  # a line of its own here
            yield document.id, f"{document.text[:title]}\n{document.text[title + 1 :]}\n"
        return
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            release = json.loads(line)
            yield release["id"], release["text"] + "\n"


def write_folder(records: Sequence[Record], shared: Path, out: Path) -> None:
    """Write OUT/eval with docs/, ann/, the accepted identifiers, and the scorer of the shared folder."""
    folder = out / "eval"
    for part in ("docs", "ann"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for record, text in read_texts(records, shared / "corpora"):
        (folder / "docs" / f"{record['name']}.txt").write_text(text, encoding="utf-8", newline="")
        annotation = json.dumps(restored(record, text), ensure_ascii=False, indent=1)
        (folder / "ann" / f"{record['name']}.json").write_text(annotation + "\n", encoding="utf-8")
    groups = sorted({tuple(group) for record in records for group in record["equivalent"]})
    (folder / "equiv.json").write_text(json.dumps({"groups": groups}), encoding="utf-8")
    splits = {"dev": [record["name"] for record in records]}
    (folder / "splits.json").write_text(json.dumps(splits), encoding="utf-8")
    shutil.copyfile(shared / "eval" / "score.py", folder / "score.py")


def main(arguments: Sequence[str] | None = None) -> int:
    """Put annotations and texts together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotations", type=Path, help="a .jsonl file of training/annotations")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    try:
        records = [json.loads(line) for line in options.annotations.read_text(encoding="utf-8").splitlines()]
        write_folder(records, options.shared, options.out)
    except (KgError, OSError) as error:
        sys.stderr.write(f"kg: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
