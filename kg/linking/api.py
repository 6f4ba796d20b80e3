"""Linking in a line: ``Linker().link_text("NK cells")``."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from kg.linking.linker import EntityLinker
from kg.linking.short_forms import find_short_forms
from kg.model import Analysis, Document, EntityType, Iri, LinkedMention, Mention, Sentence, Span
from kg.ontology.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.linking.vocabulary import Vocabulary

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ANY_TYPE = EntityType.PROCESS
"""Stands in a mention whose type nobody said and that was not linked."""


class Linker:
    """Links names outside the pipeline; picklable, safe to share between threads and to fork.

    >>> Linker().link_text("NK cells").chosen.curie  # doctest: +SKIP
    'CL:0000623'
    """

    def __init__(
        self, lexicon: Lexicon | None = None, vocabulary: Vocabulary | str | Sequence[str] | None = None
    ) -> None:
        """Use a lexicon, by default the one in force.

        Args:
            lexicon: where names are looked up.
            vocabulary: what is linked into, as prefixes: ``("MESH", "OMIM")``, ``"mesh"``; ``"pubtator"`` is MeSH
                and OMIM for diseases, MeSH for chemicals, NCBI Gene for genes. By default what the lexicon prefers.

        Raises:
            LexiconError: the lexicon cannot be opened or built.
            ConfigError: there is no such vocabulary.
        """
        self._linker = make_linker(lexicon or Lexicon.open(), vocabulary)

    @property
    def entity_linker(self) -> EntityLinker:
        """The stage of the pipeline that does the work."""
        return self._linker

    def link_text(self, text: str, type: EntityType | str | None = None, context: str = "") -> LinkedMention:
        """Return the link of one name.

        Args:
            text: the name.
            type: what kind of thing it names; any kind, when it is not given.
            context: the text it stands in, which may define it.

        Raises:
            ValueError: the text is empty, or there is no such type.
        """
        kind = EntityType(type) if type is not None else None
        analysis, mention = in_context(text, kind, context)
        return self._linker.link_as(analysis, mention, kind)

    def link_text_widely(self, text: str, type: EntityType | str | None = None, context: str = "") -> LinkedMention:
        """Return what ``link_text`` does, with ten candidates: neighbours and names of similar letters too.

        Raises:
            ValueError: the text is empty, or there is no such type.
        """
        kind = EntityType(type) if type is not None else None
        analysis, mention = in_context(text, kind, context)
        return self._linker.link_as_widely(analysis, mention, kind)

    def link_texts(self, texts: Sequence[str], type: EntityType | str | None = None) -> tuple[LinkedMention, ...]:
        """Return the link of each name, in order."""
        return tuple(self.link_text(text, type) for text in texts)


def make_linker(lexicon: Lexicon, vocabulary: Vocabulary | str | Sequence[str] | None) -> EntityLinker:
    """Return the stage that links to entities, or into a vocabulary.

    Raises:
        ConfigError: there is no such vocabulary.
    """
    if vocabulary is None:
        return EntityLinker(lexicon)
    from kg.linking.vocabulary import Vocabulary
    from kg.linking.vocabulary_linker import VocabularyLinker

    chosen = vocabulary if isinstance(vocabulary, Vocabulary) else Vocabulary.named(vocabulary)
    return VocabularyLinker(lexicon, chosen)


def in_context(text: str, kind: EntityType | None, context: str) -> tuple[Analysis, Mention]:
    """Return an analysis of the context with the name in it, put before the context where it is not in it.

    Short forms are found where they stand in brackets behind their long form.
    """
    stripped = " ".join(text.split())
    if not stripped:
        message = "the text to link is empty"
        raise ValueError(message)
    at = context.find(stripped)
    whole = context if at >= 0 else f"{stripped}\n{context}" if context else stripped
    start = max(0, at)
    return analyse_plainly(whole), Mention(start, start + len(stripped), stripped, kind or _ANY_TYPE, ("user",))


def analyse_plainly(text: str) -> Analysis:
    """Return tokens by a regular expression, one sentence, and abbreviations: enough for linking."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(Iri(f"https://w3id.org/kg-loader/document/{digest[:12]}"), digest[:12], text, digest)
    tokens = tuple(Span(match.start(), match.end()) for match in _TOKEN.finditer(text))
    return Analysis(document, tokens, (Sentence(0, len(text)),), tuple(find_short_forms(text)))
