"""One key for all the ways to write a name: the same function for the index, for look-ups and for text.

Keys have no separators, so "NK-cells", "NK cells" and "NK cell" meet. A key never leaves this package's index;
names keep their original writing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"['’ʼ´`][sS]\b|([\w\u0300-\u036f]+|&)")
_WORD_LIMIT = 100_000

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi",
    "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_SPELLED = str.maketrans(_GREEK | {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "_": ""})

_ROMAN = {
    "I": "1", "II": "2", "III": "3", "IV": "4", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "XI": "11",
    "XII": "12", "XIII": "13",
}  # fmt: skip

_IRREGULAR = {
    "metastases": "metastasis", "diagnoses": "diagnosis", "prognoses": "prognosis", "crises": "crisis",
    "bacteria": "bacterium", "mitochondria": "mitochondrion", "nuclei": "nucleus", "emboli": "embolus",
    "thrombi": "thrombus", "fungi": "fungus", "foci": "focus", "bronchi": "bronchus", "viruses": "virus",
    "fetuses": "fetus", "foetuses": "fetus", "sinuses": "sinus", "uteruses": "uterus", "abscesses": "abscess",
    "ova": "ovum", "sera": "serum", "septa": "septum", "diverticula": "diverticulum", "vertebrae": "vertebra",
    "fistulae": "fistula", "indices": "index", "vertices": "vertex", "cortices": "cortex", "calculi": "calculus",
    "eyes": "eye", "toes": "toe", "ears": "ear", "arms": "arm", "legs": "leg", "ribs": "rib", "lips": "lip",
    "gums": "gum", "rats": "rat", "cats": "cat", "dogs": "dog", "pigs": "pig", "ions": "ion", "mice": "mouse",
    "teeth": "tooth", "feet": "foot", "women": "woman", "children": "child", "leucocyte": "leukocyte",
    "gray": "grey", "aluminium": "aluminum", "ageing": "aging", "programme": "program", "gramme": "gram",
    "&": "and",
}  # fmt: skip

_BRITISH = (
    ("our", re.compile(r"(tum|col|behavi|lab|hum|vap|flav|od|fav|harb|neighb|rum)our"), r"\1or"),
    ("re", re.compile(r"(cent|lit|fib)re$"), r"\1er"),
    ("is", re.compile(r"is(e|ed|er|ing|ation|ational)$"), r"iz\1"),
    ("ys", re.compile(r"ys(e|ed|er|ing)$"), r"yz\1"),
)
_BAG_STOP = frozenset({"of", "the", "in", "and", "with", "to", "for", "by", "a", "an", "on", "due"})
_SHORTEST_PLURAL = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its span in the untouched text and its part of the key."""

    start: int
    end: int
    key: str


def _fold(word: str) -> str:
    """Lower case, without accents, Greek letters spelled out."""
    lower = word.lower()
    if lower.isascii():
        return lower.replace("_", "")
    decomposed = unicodedata.normalize("NFKD", lower.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.translate(_SPELLED)


def _singular(word: str) -> str:
    if word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word[:-2] if word.endswith("omata") and len(word) > 7 else word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("itides"):
        return word[:-3] + "s"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith(("noses", "roses", "toses", "coses", "boses", "lyses", "ptoses")) and len(word) > 7:
        return word[:-2] + "is"
    return word[:-1]


def _american(word: str) -> str:
    plain = word.replace("ae", "e").replace("oe", "e").replace("sulph", "sulf").replace("leuc", "leuk")
    for mark, pattern, replacement in _BRITISH:
        if mark in plain:
            plain = pattern.sub(replacement, plain)
    return plain


def _word_key(word: str) -> str:
    roman = _ROMAN.get(word)
    if roman is not None:
        return roman
    folded = _fold(word)
    irregular = _IRREGULAR.get(folded)
    if irregular is not None:
        return irregular
    if len(word) > 2 and word[-1] == "s" and word[:-1].isupper():
        return folded[:-1]
    if len(folded) < _SHORTEST_PLURAL or not folded.isalpha():
        return folded
    american = _american(_singular(folded))
    return _IRREGULAR.get(american, american)


class _WordKeys(dict[str, str]):
    """Remembers the key of each word."""

    def __missing__(self, word: str) -> str:
        value = _word_key(word) if word else ""
        self[word] = value
        return value


class _BoundedWordKeys(_WordKeys):
    """Forgets all when it has grown too large, as texts never end."""

    def __missing__(self, word: str) -> str:
        if len(self) > _WORD_LIMIT:
            self.clear()
        return super().__missing__(word)


_WORD_KEYS = _BoundedWordKeys()


def key(name: str) -> str:
    """Return the key of a name; empty where it holds no letter and no digit.

    >>> key("Tumour necrosis factor-α") == key("tumor necrosis factor alpha")
    True
    >>> key("T-cells"), key("Alzheimer's disease"), key("Type II diabetes")
    ('tcell', 'alzheimerdisease', 'type2diabete')
    """
    return "".join(map(_WORD_KEYS.__getitem__, _WORD.findall(name)))


def keys(names: Iterable[str]) -> list[str]:
    """Return the key of each name, in order."""
    find, word_key = _WORD.findall, _WordKeys().__getitem__
    return ["".join(map(word_key, find(name))) for name in names]


def bag_key(name: str) -> str:
    """Return a key that does not depend on word order; it holds spaces, so it meets no plain key.

    Empty for a name of fewer than two words that count.

    >>> bag_key("leukemia, acute myeloid") == bag_key("acute myeloid leukaemia")
    True
    >>> bag_key("cancer of the breast")
    'breast cancer'
    """
    words = [word for word in map(_WORD_KEYS.__getitem__, _WORD.findall(name)) if word and word not in _BAG_STOP]
    return " ".join(sorted(words)) if len(words) > 1 else ""


def words(text: str) -> list[Word]:
    """Return the words of a text in order; possessive endings and separators are left out."""
    return [Word(start, end, word) for start, end, word in zip(*word_spans(text), strict=True)]


def word_spans(text: str) -> tuple[list[int], list[int], list[str]]:
    """Return starts, ends and keys of the words of a text, as ``words``, for those in a hurry."""
    word_key = _WORD_KEYS.__getitem__
    found = [match for match in _WORD.finditer(text) if match[1]]
    return [match.start() for match in found], [match.end() for match in found], [word_key(match[1]) for match in found]


text_words = lru_cache(maxsize=2)(word_spans)
"""As ``word_spans``, remembered for the texts that are being read; nobody may change the lists."""
