"""Words in names of genes and proteins that lists spell out: "IL-1 receptor antagonist", "basic FGF".

HGNC's approved names have the words behind these short forms in full (genenames.org, naming guidelines).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPELLED = {
    "BMP": "bone morphogenetic protein",
    "CSF": "colony stimulating factor",
    "EGF": "epidermal growth factor",
    "FGF": "fibroblast growth factor",
    "FSH": "follicle stimulating hormone",
    "GH": "growth hormone",
    "GHRH": "growth hormone releasing hormone",
    "GLP-1": "glucagon like peptide 1",
    "GnRH": "gonadotropin releasing hormone",
    "HGF": "hepatocyte growth factor",
    "IFN": "interferon",
    "IGF": "insulin like growth factor",
    "IL": "interleukin",
    "LDL": "low density lipoprotein",
    "LH": "luteinizing hormone",
    "LPS": "lipopolysaccharide",
    "MMP": "matrix metallopeptidase",
    "NGF": "nerve growth factor",
    "NPY": "neuropeptide Y",
    "PDGF": "platelet derived growth factor",
    "PPAR": "peroxisome proliferator activated receptor",
    "PTH": "parathyroid hormone",
    "RXR": "retinoid X receptor",
    "TGF": "transforming growth factor",
    "TNF": "tumor necrosis factor",
    "TRH": "thyrotropin releasing hormone",
    "TSH": "thyroid stimulating hormone",
    "VEGF": "vascular endothelial growth factor",
    "VIP": "vasoactive intestinal peptide",
    "VLDL": "very low density lipoprotein",
}
_SHORT = re.compile(rf"(?<![\w-])({'|'.join(sorted(_SPELLED, key=len, reverse=True))})(?![a-zA-Z])")
_MOST_WORDS = 4


def spelled_out(text: str) -> Iterator[str]:
    """Yield the name with its short words in full; none where the whole name is one such word and a number.

    >>> list(spelled_out("IL-1 receptor antagonist")), list(spelled_out("IL-6"))
    (['interleukin-1 receptor antagonist'], [])
    """
    if " " in text.strip() and _SHORT.search(text):
        yield _SHORT.sub(lambda word: _SPELLED[word[1]], text)


def reordered(text: str) -> Iterator[str]:
    """Yield a short name with its words turned round, and with two neighbours changed; none with a single letter.

    >>> list(reordered("H3 histamine receptor"))[:2]
    ['histamine receptor H3', 'receptor H3 histamine']
    """
    words = text.split()
    if not 1 < len(words) <= _MOST_WORDS or any(len(word) == 1 for word in words):
        return
    yield from (" ".join((*words[at:], *words[:at])) for at in range(1, len(words)))
    yield from (" ".join((*words[:at], words[at + 1], words[at], *words[at + 2 :])) for at in range(len(words) - 1))
