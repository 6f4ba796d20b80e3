"""Which language a text is in; a text that cannot be told is taken for English."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Protocol

    class Identifier(Protocol):
        """What is used of py3langid."""

        def classify(self, text: str) -> tuple[str, float]:
            """Return the likeliest language and its probability."""


ENGLISH = "en"
_SAMPLE = 4000
_SURE = 0.9
_ENGLISH_SHARE = 0.06
_LANGUAGES_TEXT = """
ar bg ca cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv mk nb nl no pl pt ro ru sk sl sq sr sv
th tr uk vi zh
"""
_LANGUAGES = tuple(_LANGUAGES_TEXT.split())
_ENGLISH_WORDS_TEXT = """
the of and with were that this these has have by from its after which been are than may can not should into
between who announces announced reports results treatment study
"""
_ENGLISH_WORDS = frozenset(_ENGLISH_WORDS_TEXT.split())
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the text's language.

    Names of drugs and firms look foreign to any detector, so a text is foreign only when the detector is sure of it and
    hardly any of its words is one of the small words of English.
    """
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    if not words:
        return ENGLISH
    share = sum(word in _ENGLISH_WORDS for word in words) / len(words)
    language, probability = _identifier().classify(sample)
    if language == ENGLISH or probability < _SURE or share >= _ENGLISH_SHARE:
        return ENGLISH
    return "no" if language == "nb" else str(language)


@cache
def _identifier() -> Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_LANGUAGES))
    known: Identifier = identifier
    return known
