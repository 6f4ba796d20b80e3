"""One document through all the stages that read text; each stage is stated here as what the pipeline needs of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kg.model import Annotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Analysis, Document, Findings, LinkedMention, Mention

READ_LANGUAGE = "en"
"""The language of the rules and models; other texts are not forced through them."""


class Analyzer(Protocol):
    """Finds tokens, sentences, sections and abbreviations."""

    def analyze(self, document: Document) -> Analysis:
        """Return the analysis of the untouched text."""


class Recognizer(Protocol):
    """Finds mentions; the one the pipeline holds merges what several others found."""

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        """Return mentions in text order."""


class Linker(Protocol):
    """Chooses an entity, or NIL, for each mention."""

    def link(self, analysis: Analysis, mentions: Sequence[Mention]) -> Sequence[LinkedMention]:
        """Return one linked mention for each mention, in the same order."""


class Extractor(Protocol):
    """Reads statements, events and claims."""

    def extract(self, analysis: Analysis, mentions: Sequence[LinkedMention]) -> Findings:
        """Return what the document says about the linked mentions."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The stages, ready to run."""

    analyzer: Analyzer
    recognizer: Recognizer
    linker: Linker
    extractor: Extractor

    def annotate(self, document: Document) -> Annotation:
        """Return everything read out of the document; one that is not English is kept, but nothing is read out of it.

        Raises:
            KgError: a stage cannot handle this document.
        """
        if document.language != READ_LANGUAGE:
            return Annotation(document, sentences=(), mentions=())
        analysis = self.analyzer.analyze(document)
        mentions = self.recognizer.recognize(analysis)
        linked = tuple(self.linker.link(analysis, mentions))
        findings = self.extractor.extract(analysis, linked)
        return Annotation(document, analysis.sentences, linked, findings)
