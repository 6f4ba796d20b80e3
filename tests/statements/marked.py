"""Sentences with their mentions marked, as in ``[drug Zolamib] inhibits [gene_protein FLT9].``"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from kg.evaluation.relations_gold import linked_mention, make_document
from kg.model import Analysis, EntityType, Findings, LinkedMention, SectionKind, Sentence, Span
from kg.statements.extractor import StatementExtractor

_MARK = re.compile(r"\[(?P<kind>[a-z_]+)(?P<reference>\*?) (?P<text>[^\]]+)\]")
Triple = tuple[str, str, str]


def read_marked(marked: str, published: dt.date | None = None) -> tuple[Analysis, tuple[LinkedMention, ...]]:
    """A star after the type makes a coreference; each line is a sentence, after ``# risk`` a forward-looking one."""
    pieces: list[str] = []
    mentions: list[LinkedMention] = []
    sentences: list[Sentence] = []
    for line in marked.strip().split("\n"):
        section = SectionKind.FORWARD_LOOKING if line.startswith("# risk ") else SectionKind.BODY
        start = sum(map(len, pieces))
        at = start
        plain: list[str] = []
        spans: list[tuple[int, int, str, bool]] = []
        position = 0
        body = line.removeprefix("# risk ")
        for match in _MARK.finditer(body):
            plain.append(body[position : match.start()])
            at += match.start() - position
            spans.append((at, at + len(match["text"]), match["kind"], bool(match["reference"])))
            plain.append(match["text"])
            at += len(match["text"])
            position = match.end()
        plain.append(body[position:] + "\n")
        pieces.append("".join(plain))
        sentences.append(Sentence(start, start + len(pieces[-1]) - 1, section))
        text = "".join(pieces)
        for low, high, kind, reference in spans:
            one = linked_mention(text, low, high, EntityType(kind), text[low:high], None)
            mentions.append(replace(one, mention=replace(one.mention, coreference=reference)))
    document = replace(make_document("test", "".join(pieces)), published=published)
    tokens = tuple(Span(*match.span()) for match in re.finditer(r"\w+|[^\w\s]", document.text))
    return Analysis(document, tokens, tuple(sentences)), tuple(mentions)


def extract(marked: str, published: dt.date | None = None) -> Findings:
    analysis, mentions = read_marked(marked, published)
    return StatementExtractor().extract(analysis, mentions)


def triples(marked: str) -> set[Triple]:
    """The positive statements."""
    return {(one.subject.name, one.relation, one.object.name) for one in extract(marked).statements if not one.negated}
