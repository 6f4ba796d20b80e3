"""PubTator files: read documents with gold mentions and relations, and write predicted ones in the same format."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_TEXT_LINE = re.compile(r"(?P<id>[^|\t]+)\|(?P<part>[ta])\|(?P<text>.*)\Z", re.DOTALL)
_MENTION_FIELDS = 5


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention as a corpus marks it; ``identifiers`` are the corpus's own, empty when it gives none."""

    start: int
    end: int
    text: str
    type: str
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation between two identifiers (or mention ids) of a document."""

    type: str
    subject: str
    object: str


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """One document of a PubTator file; ``title`` is the part of the text before the first separator."""

    id: str
    title: str
    text: str
    mentions: tuple[GoldMention, ...] = ()
    relations: tuple[GoldRelation, ...] = ()


def read_pubtator(path: Path) -> Iterator[CorpusDocument]:
    """Yield the documents of a file, which may be compressed (.gz), in file order.

    Raises:
        ReadingError: the file is missing, damaged, or not in PubTator format.
    """
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        content = raw.decode("utf-8-sig")
    except (OSError, EOFError, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise ReadingError(f"cannot read {path}: {error}; give a PubTator file in UTF-8, plain or .gz") from error
    yield from parse_pubtator(content, str(path))


def parse_pubtator(content: str, name: str = "input") -> Iterator[CorpusDocument]:
    r"""Yield the documents of PubTator content; blank lines stand between documents.

    >>> document = next(parse_pubtator("1|t|Aspirin.\n1|a|It helps.\n1\t0\t7\tAspirin\tChemical\tD001241\n"))
    >>> document.text, document.mentions[0].identifiers
    ('Aspirin. It helps.', ('D001241',))

    Raises:
        ReadingError: a line is neither text, mention nor relation, or offsets do not fit the text.
    """
    block: list[tuple[int, str]] = []
    for number, line in enumerate(content.replace("\r\n", "\n").split("\n"), start=1):
        if line.strip():
            if block and _is_title(line):
                yield _document(block, name)
                block = []
            block.append((number, line))
        elif block:
            yield _document(block, name)
            block = []
    if block:
        yield _document(block, name)


def _is_title(line: str) -> bool:
    match = _TEXT_LINE.match(line)
    return match is not None and match["part"] == "t"


def _document(block: Sequence[tuple[int, str]], name: str) -> CorpusDocument:
    title, abstract, identifier = "", "", ""
    mentions: list[GoldMention] = []
    relations: list[GoldRelation] = []
    for number, line in block:
        match = _TEXT_LINE.match(line)
        fields = line.split("\t")
        if match and match["part"] == "t":
            identifier, title = match["id"], match["text"]
        elif match:
            abstract = match["text"]
        elif len(fields) >= _MENTION_FIELDS and fields[1].isdigit() and fields[2].isdigit():
            mentions.append(_mention(fields))
        elif len(fields) >= 4:
            relations.append(GoldRelation(fields[1], fields[2], fields[3]))
        else:
            raise ReadingError(f"{name}, line {number}: not a PubTator line: {line[:60]!r}; see docs/EVALUATION.md")
    if not identifier:
        raise ReadingError(f"{name}, line {block[0][0]}: a document must begin with a line ID|t|TITLE")
    text = f"{title} {abstract}"
    _check(text, mentions, identifier, name)
    return CorpusDocument(identifier, title, text, tuple(mentions), tuple(relations))


def _mention(fields: Sequence[str]) -> GoldMention:
    identifiers = fields[5].strip() if len(fields) > _MENTION_FIELDS else ""
    parts = tuple(part.strip() for part in re.split(r"[|;,]", identifiers) if part.strip() not in {"", "-", "-1"})
    return GoldMention(int(fields[1]), int(fields[2]), fields[3], fields[4].strip(), parts)


def _check(text: str, mentions: Iterable[GoldMention], identifier: str, name: str) -> None:
    for mention in mentions:
        if not mention.start < mention.end <= len(text):
            raise ReadingError(
                f"{name}, document {identifier}: mention {mention.text!r} at {mention.start}-{mention.end} is outside "
                f"the text of {len(text)} characters; offsets count characters over title, one separator, abstract"
            )


def format_pubtator(document: CorpusDocument) -> str:
    """Return one document in PubTator format, mentions in text order, with a blank line at its end."""
    abstract = document.text[len(document.title) + 1 :]
    lines = [f"{document.id}|t|{document.title}", f"{document.id}|a|{abstract}"]
    ordered = sorted(document.mentions, key=lambda mention: (mention.start, mention.end, mention.type))
    for mention in ordered:
        identifiers = "|".join(mention.identifiers) or "-"
        fields = (document.id, mention.start, mention.end, mention.text, mention.type, identifiers)
        lines.append("\t".join(str(field) for field in fields))
    lines += [
        "\t".join((document.id, relation.type, relation.subject, relation.object)) for relation in document.relations
    ]
    return "\n".join(lines) + "\n\n"


def write_text(path: Path, content: str) -> None:
    """Write a text file in UTF-8, compressed when its name ends in .gz (the same content makes the same bytes).

    Raises:
        ReadingError: the file cannot be written.
    """
    raw = content.encode("utf-8")
    try:
        path.write_bytes(gzip.compress(raw, mtime=0) if path.suffix == ".gz" else raw)
    except OSError as error:
        raise ReadingError(f"cannot write {path}: {error}; give a file in a folder that exists") from error
