"""Linking in a line: ``Linker().link_text("NK cells")``."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kg.linking.explain import explain_question
from kg.linking.likely_types import UNKNOWN
from kg.linking.plain_text import in_context
from kg.model import EntityType
from kg.ontology.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.linking.explain import Explanation
    from kg.linking.likely_types import LikelyTypes
    from kg.linking.linker import EntityLinker
    from kg.linking.vocabulary import Vocabulary
    from kg.model import Analysis, LinkedMention, Mention
    from kg.recognition.place_types import PlaceTypes


class Linker:
    """Links names outside the pipeline; picklable, safe to share between threads and to fork.

    A name without a type is read at its place, where it stands in the context: the recognizers and the token model of
    the pipeline say of which type it is. They are loaded when the first such name comes, and come with the extra
    ``nlp``; without it names alone tell their type.

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
        from kg.assembly import make_linker

        self._linker = make_linker(lexicon or Lexicon.open(), vocabulary)

    def __getstate__(self) -> dict[str, object]:
        """Leave the recognizers behind: another process makes its own."""
        return {"_linker": self._linker}

    @property
    def entity_linker(self) -> EntityLinker:
        """The stage of the pipeline that does the work."""
        return self._linker

    @cached_property
    def _places(self) -> PlaceTypes:
        from kg.assembly import make_place_types

        return make_place_types(self._linker.lexicon)

    def link_text(self, text: str, type: EntityType | str | None = None, context: str = "") -> LinkedMention:
        """Return the link of one name.

        Args:
            text: the name.
            type: what kind of thing it names; any kind, when it is not given.
            context: a text that may define it and, where it stands in it, shows its type.

        Raises:
            ValueError: the text is empty, or there is no such type.
            RecognitionError: the token model that reads the context cannot be loaded.
        """
        return self._linker.link_as(*self._asked(text, type, context))

    def link_text_widely(self, text: str, type: EntityType | str | None = None, context: str = "") -> LinkedMention:
        """Return what ``link_text`` does, with ten candidates: neighbours and names of similar letters too.

        Raises:
            ValueError: the text is empty, or there is no such type.
            RecognitionError: the token model that reads the context cannot be loaded.
        """
        return self._linker.link_as_widely(*self._asked(text, type, context))

    def link_texts(self, texts: Sequence[str], type: EntityType | str | None = None) -> tuple[LinkedMention, ...]:
        """Return the link of each name, in order."""
        return tuple(self.link_text(text, type) for text in texts)

    def explain_text(self, text: str, type: EntityType | str | None = None, context: str = "") -> Explanation:
        """Return why ``link_text`` links a name as it does.

        Raises:
            ValueError: the text is empty, or there is no such type.
            RecognitionError: the token model that reads the context cannot be loaded.
        """
        return explain_question(self._linker, *self._asked(text, type, context))

    def _asked(
        self, text: str, type: EntityType | str | None, context: str
    ) -> tuple[Analysis, Mention, EntityType | None, LikelyTypes]:
        from kg.assembly import can_read_places

        kind = EntityType(type) if type is not None else None
        analysis, mention = in_context(text, kind, context)
        is_read = kind is None and analysis.document.text == context and can_read_places()
        return analysis, mention, kind, self._places.likely(analysis, [mention])[0] if is_read else UNKNOWN
