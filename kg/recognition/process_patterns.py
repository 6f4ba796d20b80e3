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
    r"|(?:vascular|immune|metabolic|epigenetic)\s+(?:disruption|dysregulation|regulation|modulation|reprogramming)"
    r"|immune-mediated\s+(?:destruction|killing|clearance))"
)
_PROCESS = re.compile(rf"(?<![\w-])(?:{_HARMED}\s+{_HARM}|{_ACTOR}\s+{_ACTION}|{_OTHERS})(?![\w-])".lower())
"""In small letters, as the copy of the text that it is looked for in."""


def process_mentions(text: str) -> Iterator[Mention]:
    """Yield the processes of the text, in order.

    >>> [mention.text for mention in process_mentions("It prevents mitochondrial damage.")]
    ['mitochondrial damage']
    """
    for match in _PROCESS.finditer(lower_copy(text)):
        start, end = match.span()
        yield Mention(start, end, text[start:end], EntityType.PROCESS, (_NAME,), _SCORE)
