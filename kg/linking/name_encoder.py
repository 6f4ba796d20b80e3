"""Vectors of names: the names of one thing lie near each other, also where they share few letters.

A name's vector is the sum of those of its words and of their letter n-grams, as in fastText (Bojanowski et al. 2017,
doi:10.1162/tacl_a_00051), but learned from pairs of names of one entity, as SapBERT is (Liu et al. 2021,
doi:10.18653/v1/2021.naacl-main.334). ``kg.training.name_encoder`` makes the table, docs/MODEL.md is its card.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from kg.errors import LexiconError
from kg.ontology.normalize import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Numbers = npt.NDArray[Any]

DEFAULT_FOLDER = Path(__file__).parent.parent / "models" / "kg_names"
FORMAT = 1
"""Raise when the arrays, or the features that rows stand for, change."""
NGRAM_SIZES = (3, 4)
_FILES = ("table.npy", "scales.npy", "centroids.npy")


def name_features(name: str, rows: int) -> list[int]:
    """Return the rows of the table that a name is made of: those of its words.

    >>> len(name_features("gut", 1 << 16)), name_features("Gut", 1 << 16) == name_features("gut", 1 << 16)
    (6, True)
    """
    return [row for word in words(name) for row in word_features(word.key, rows)]


def word_features(word: str, rows: int) -> list[int]:
    """Return the rows of a word's key: a hash of it, and of its letter n-grams with its edges."""
    edged = f"<{word}>"
    grams = (edged[at : at + size] for size in NGRAM_SIZES for at in range(len(edged) - size + 1))
    return [crc32(f"w:{word}".encode()) % rows, *(crc32(gram.encode()) % rows for gram in grams)]


@dataclass(frozen=True, slots=True)
class NameEncoder:
    """The table of vectors, 8 bits a number, and the factor of each row; ``mark`` tells them from others.

    ``centroids`` (regions, width) are where names lie thickest: what is near a name lies in the regions nearest to it.
    """

    table: Numbers
    scales: Numbers
    centroids: Numbers
    mark: str

    @classmethod
    def open(cls, folder: Path) -> NameEncoder:
        """Map the table of a model folder into memory, after a look at its checksum.

        Raises:
            LexiconError: a file is missing, is not the one that the folder's config.json names, or has another format.
        """
        import numpy as np

        try:
            config = json.loads((folder / "config.json").read_text("utf-8"))
            if config["format"] != FORMAT:
                message = (
                    f"the name model in {folder} has format {config['format']}, not {FORMAT}: install kg-loader again"
                )
                raise LexiconError(message)
            for name, expected in config["sha256"].items():
                if _sha256(folder / name) != expected:
                    message = f"{folder / name} is not the file that config.json names: install kg-loader again"
                    raise LexiconError(message)
            table = np.load(folder / "table.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
            scales = np.load(folder / "scales.npy", allow_pickle=False)
            centroids = np.load(folder / "centroids.npy", allow_pickle=False)
            mark = hashlib.sha256("".join(config["sha256"][name] for name in _FILES).encode()).hexdigest()[:12]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"the name model in {folder} cannot be read ({error}): install kg-loader again"
            raise LexiconError(message) from error
        return cls(table, scales, centroids, mark)

    @property
    def width(self) -> int:
        """The length of a vector."""
        return int(self.table.shape[1])

    def encode(self, names: Sequence[str]) -> Numbers:
        """Return the vectors of names, of length 1, as (names, width) float32; zeros for a name without letters."""
        import numpy as np

        vectors = np.zeros((len(names), self.width), np.float32)
        known: dict[str, Numbers] = {}
        for place, name in enumerate(names):
            for word in words(name):
                if (vector := known.get(word.key)) is None:
                    rows = word_features(word.key, len(self.table))
                    vector = known[word.key] = self.scales[rows] @ self.table[rows].astype(np.float32)
                vectors[place] += vector
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.where(lengths > 0, lengths, 1.0)
        return vectors


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@cache
def shipped_encoder() -> NameEncoder:
    """Return the encoder that came with the program.

    Raises:
        LexiconError: its files are missing or damaged.
    """
    return NameEncoder.open(DEFAULT_FOLDER)
