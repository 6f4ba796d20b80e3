"""Documents and analyses for tests, made from a text."""

import hashlib

from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
from kg.model import Analysis, Document, Iri, Section

ANALYZER = ScispacyAnalyzer()


def document(text: str, language: str = "en", sections: tuple[Section, ...] = ()) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(Iri("https://example.org/d"), "d", text, digest, language=language, sections=sections)


def analysis(text: str, language: str = "en", sections: tuple[Section, ...] = ()) -> Analysis:
    return ANALYZER.analyze(document(text, language, sections))


def sentences(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in analysis(text).sentences]
