"""Processes named by what they happen to: "mitochondrial damage", "microglial activation", "T cell proliferation"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.words import lower_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = "curated"
_SCORE = 0.85
_HARMED = (
    r"(?:mitochondrial|neuronal|axonal|cellular|cell|DNA|oxidative|synaptic|lysosomal|endothelial|podocyte|chromosomal|"
    r"nuclear|membrane|myelin|dopaminergic|photoreceptor|hepatocyte|cardiomyocyte|proteotoxic|ribosomal|tissue)"
)
_HARM = r"(?:damage|impairment|toxicity|dysfunction|loss|death|injury|degeneration|stress|fragmentation|apoptosis)"
_ACTOR = (
    r"(?:[TB][\s-]cells?|NK[\s-]cells?|immune(?:[\s-]cells?)?|macrophages?|microglial?|platelet|complement|neutrophil|"
    r"eosinophil|monocyte|leu[ck]ocyte|granulocyte|mast[\s-]cell|dendritic[\s-]cell|"
    r"epithelial(?:[\s-]cells?)?|endothelial(?:[\s-]cells?)?|osteoblast|chondrocyte|adipocyte|astrocyte|thymocyte|"
    r"fibroblast|stem[\s-]cell|(?:tumou?r|cancer|leuk[ae]mic)(?:[\s-]cells?)?|viral|osteoclast|keratinocyte|"
    r"lymphocyte|inflammasome|cytokine)"
)
_ACTION = (
    r"(?:activation|proliferation|infiltration|differentiation|exhaustion|aggregation|responses?|signal+ing|migration|"
    r"growth|replication|killing|recruitment|expansion|cytotoxicity|invasion|release|production|surveillance|evasion|"
    r"tolerance|activity|polari[sz]ation|chemotaxis|trafficking|survival|adhesion|influx)"
)
_OTHERS = (
    r"(?:cytoskeletal\s+(?:disruption|disorgani[sz]ation|remodel+ing|rearrangement)"
    r"|(?:inflammatory|immune|leu[ck]ocyt\w+|lymphocyt\w+)\s+infiltration"
    r"|(?:apoptotic|autophagic|inflammatory|immune|degenerative|neurodegenerative)\s+(?:pathways?|cascades?)"
    r"|(?:cell|cellular|energy|glucose|lipid|fatty\s+acid|iron|bone|drug)\s+metabolism"
    r"|(?:(?:G\(?[0-2]\)?(?:/[GMS]\(?[0-2]?\)?)?|S|M)(?:[ -]phase)?\s+)?"
    r"cell[- ]cycle\s+(?:arrest|block(?:ade)?|progression)"
    r"|(?:ROS|superoxide|cytokine|chemokine|antibody|mucus|collagen)\s+(?:production|generation|release|secretion)"
    r"|cell\s+survival|apoptotic\s+(?:[\w-]+\s+){0,2}death|phosphatidylserine\s+(?:exposure|externali[sz]ation)|DNA\s+fragmentation"
    r"|(?:immune|immunological)\s+memory|(?:immune|tumou?r)\s+(?:evasion|escape|suppression|surveillance)"
    r"|(?:lipid|protein|LDL)\s+(?:per)?oxidation|(?:bone|tissue|cardiac|vascular)\s+remodel+ing"
    r"|(?:vascular|immune|metabolic|epigenetic)\s+(?:disruption|dysregulation|regulation|modulation|reprogramming"
    r"|homeostasis|suppression|silencing|modifications?)|histone\s+modifications?"
    r"|(?:anti-?tumou?r|anti-?viral|anti-?cancer|tumou?r|protective|mucosal|humoral|cellular|innate|adaptive|sterili[sz]ing)\s+immunity"
    r"|(?:foam[\s-]cell|biofilm|neointima|neointimal|granuloma|scar|thrombus|clot|fibril|amyloid|plaque|stress[\s-]fib(?:er|re)"
    r"|lamellipodi(?:a|um)|filopodi(?:a|um)|podosome|invadopodia|actin|spindle|autophagosome|inflammasome|synapse|spine"
    r"|myotube|somite|neural\s+tube|cartilage|callus|capillary|syncytium|pore|osteoclast|blood\s+vessel)\s+formation"
    r"|(?:viral|virus)\s+(?:clearance|assembly|fusion|integration|transcription|shedding|entry|neutrali[sz]ation)"
    r"|protein\s+(?:aggregation|misfolding)|(?:excito|lipo|gluco|proteo)toxicity"
    r"|immune-mediated\s+(?:destruction|killing|clearance))"
)
_ROW_NOUN = (
    r"(?:(?:cell\s+)?(?:proliferation|differentiation|migration|invasion|adhesion|apoptosis|motility|maturation)|survival|growth"
    r"|angiogenesis|autophagy|senescence|self-renewal|chemotaxis|activation|metabolism|cell\s+cycle\s+progression)"
)
_ROW = re.compile(
    rf"(?<![\w-]){_ROW_NOUN}(?:,\s+{_ROW_NOUN})*,?\s+(?:and|or|and/or|as\s+well\s+as)\s+{_ROW_NOUN}(?![\w-])".lower()
)
_STRONG = re.compile(r"proliferation|differentiation|migration|invasion|apoptosis|angiogenesis|autophagy|motility")
_NOUN = re.compile(_ROW_NOUN)
_PROCESS = re.compile(rf"(?<![\w-])(?:{_HARMED}\s+{_HARM}|{_ACTOR}\s+{_ACTION}|{_OTHERS})(?![\w-])".lower())
"""In small letters, as the copy of the text that it is looked for in."""


_INNER = re.compile(
    rf"(?:mitochondrial|lysosomal|chromosomal|nuclear|membrane|ribosomal|synaptic|oxidative|proteotoxic|dna)\s+{_HARM}"
)


def is_inside_cells(name: str) -> bool:
    """Whether a harm is done to a part of the cell: a process, not a disease, whatever a model says.

    >>> is_inside_cells("mitochondrial toxicity"), is_inside_cells("endothelial dysfunction")
    (True, False)
    """
    return _INNER.fullmatch(name.lower()) is not None


def process_mentions(text: str) -> Iterator[Mention]:
    """Yield the processes of the text, in order.

    >>> [mention.text for mention in process_mentions("It prevents mitochondrial damage.")]
    ['mitochondrial damage']
    >>> [mention.text for mention in process_mentions("It slows cell migration, invasion and growth.")]
    ['cell migration', 'invasion', 'growth']
    """
    lower = lower_copy(text)
    places = [match.span() for match in _PROCESS.finditer(lower)]
    for row in _ROW.finditer(lower) if _STRONG.search(lower) else ():
        if _STRONG.search(row[0]):
            places += [match.span() for match in _NOUN.finditer(lower, *row.span())]
    for start, end in sorted(set(places)):
        yield Mention(start, end, text[start:end], EntityType.PROCESS, (_NAME,), _SCORE)
