"""Where no biomedical name can stand: addresses, tickers, persons, places; and what a model mistakes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention, SectionKind
from kg.recognition.acronyms import is_telling
from kg.recognition.text_zones import datelines, persons, tickers, zones
from kg.recognition.voting import is_model_only
from kg.recognition.words import is_common, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis

_BIOMEDICAL = frozenset(
    {EntityType.DRUG, EntityType.DISEASE, EntityType.GENE_PROTEIN, EntityType.CELL, EntityType.PROCESS}
)
_VIRUS = re.compile(r"virus(?:es)?(?:[\s-]?(?:type\s)?\d+)?$", re.IGNORECASE)
_NO_ORGANISATION = re.compile(
    r"Private Securities|Litigation|^(?:\w\.?){1,3}D\.|\bM\.D|\b(?:and|of|the|International)$"
    r"|^(?:JAMA|NEJM|Nature|Science|Cell|Fortune|Forbes|Newsweek|(?:The )?Lancet)\b"
)
_BODY_AFTER = re.compile(
    r"\s+(?:Annual\s+)?(?:[A-Z]\w+\s+){0,2}(?:Conference|Congress|Summit|Symposium|Forum)\b|"
    r"\s+(?:Committee|Agency|Administration|University|Institute|Cent(?:er|re)|Panel|Division|Board)\b"
)
_EVENT_AFTER = re.compile(
    r"(?:\s+[A-Z]\w+){0,2}\s+(?:Congress|Conference|Symposium|Summit|Forum|Meeting|Month|Day|Awards?|Index|Scale|Inventory"
    r"|Questionnaire|Score|Journal)\b"
)
_LOST_SPACE = re.compile(r"(?:In|At|Of|And|The|With|For|From)(?P<rest>[A-Z][a-z]+)")
_GLUED = re.compile(r"(?<!\w)(?:in|at|of|and|the|with|for|from|by|to|on)[A-Z][a-z]{2,}|[a-z]{3}and[A-Z][a-z]{2}")
_LOST_SPACE_BEHIND = re.compile(r"(?P<name>[A-Z]\w{3,}?)(?:that|has|will|and|with|is|in)")
_BOILERPLATE = frozenset(
    {SectionKind.CONTACT, SectionKind.FORWARD_LOOKING, SectionKind.TRADEMARK, SectionKind.REFERENCES}
)
_NO_DRUG_HEAD = re.compile(
    r"(?:vaccines?|vaccination|agonists?|antagonists?|inhibitors?|antibod(?:y|ies))$", re.IGNORECASE
)
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s*\d")
_FOOTNOTED = re.compile(r"^[a-z]{5,}\d$|[a-z]{4,}\d[a-z]{4,}")
_SURE = 0.9
_CELLS_WINDOW = 60
_QUOTES = ("“", '"')
_DANGLING = re.compile(r"(?:^(?:and|or|of|with|the|for|in)\s)|(?:\s(?:and|or|of|with|the|for|in|to|by|a)$)")
_DEGREE = re.compile(r"(?:[A-Z]\.){2,}[A-Z]?\.?")
_MEETING_AFTER = re.compile(r"\s+(?:20\d\d|(?:[Aa]nnual|[Vv]irtual)\s+)?(?:[Mm]eeting|[Cc]ongress|[Cc]onference)\b")
_EXTENSION_AFTER = re.compile(r"\s+(?:open-label|extension|[Tt]rial|[Ss]tudy)\b")
_TRIAL_NAME = re.compile(r"[A-Z]{5,}")
_FREE_TIME = re.compile(r"[\s-]free\s+survival", re.IGNORECASE)
_CHANGE = re.compile(
    r"(?:p\.)?[ACDEFGHIKLMNPQRSTVWY]\d{2,4}[ACDEFGHIKLMNPQRSTVWYX*]|(?:c\.)?[ACGT]?\d{2,5}[ACGT]>?[ACGT]?"
)
_CELL_LINE = re.compile(r"[A-Z]{2,}[\w-]*\d\w*|[A-Z][a-z]{3,}-?\d")
_CELLS_AFTER = re.compile(
    r"(?:,?\s+(?:and|or)\s+[\w-]+)?\s+(?:(?:human|\w+oma|\w+emia|\w+ic|cancer|[A-Z]{2,4})\s+){0,3}cells?\b"
)
_CELLS_BEFORE = re.compile(r"\bcell\s+lines?,?\s+\(?(?:[\w-]+(?:,|\s+and|\s+or)\s+)*$")
_VIRUS_AFTER = re.compile(r"(?:\s+[A-Z][a-z]+)?\s+virus(?:es)?\b|\s+and\s+[\w-]+\s+viruses\b")
_SHORT_SPECIES = re.compile(r"[A-Z]\.\s?[a-z]{4,}")
_PLACE_BEFORE = re.compile(r"(?:New|San|Los|Santa|Saint|St\.|South|North|West|East|Fort|Port)\s$")
_STUDY_AFTER = re.compile(
    r"[\s-]*(?:\d\s+)?(?:[Pp]hase\s+[\w/]+\s+)?(?:(?:randomi[sz]ed|clinical)\s+){0,2}(?:[Tt]rial|[Ss]tudy|[Ss]cale|[Ss]core|[Qq]uestionnaire|[Cc]ohort\s+study|program\b|platform"
    r"|[Pp]rogramme)s?\b"
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the text says about where names can stand."""

    zones: Sequence[tuple[int, int]]
    persons: frozenset[str]
    tickers: tuple[str, ...]
    supported: frozenset[str]
    genes: frozenset[str] | None
    trials: Sequence[tuple[int, int]]
    datelines: Sequence[tuple[int, int]]


def allowed(
    analysis: Analysis,
    mentions: Sequence[Mention],
    supported: frozenset[str],
    trials: Sequence[tuple[int, int]],
    *,
    is_news: bool,
) -> Iterator[Mention]:
    """Yield the mentions that may stand; ``supported`` are the texts that something but the model knows.

    No mention of ours stands in ``trials``.

    In literature the model is believed but for persons. News names few genes that no list has: there the model's own
    need a neighbour that tells of genes.
    """
    text = analysis.document.text
    genes = _told_genes(text, mentions) if is_news else None
    facts = _Facts(zones(text), persons(text), tickers(text), supported, genes, trials, datelines(text))
    for mention in mentions:
        if mention.type is EntityType.ORGANISATION:
            may_stand = (
                _is_believable_organisation(text, mention, facts)
                if is_model_only(mention)
                else mention.recognizers != ("dictionary",) or not _overlaps(mention, facts.datelines)
            )
        else:
            may_stand = mention.type not in _BIOMEDICAL or _may_stand(analysis, mention, facts)
        if may_stand:
            yield mention


def _may_stand(analysis: Analysis, mention: Mention, facts: _Facts) -> bool:
    name = mention.text
    text = analysis.document.text
    if _is_organism(text, mention) or _is_place(text, mention) or _overlaps(mention, facts.zones):
        return False
    if _overlaps(mention, facts.trials) or (is_model_only(mention) and _is_no_gene(text, mention, facts)):
        return False
    if _DEGREE.fullmatch(name) or _is_in_event(text, mention) or _FREE_TIME.match(text, mention.end):
        return False
    if name in facts.supported or not is_model_only(mention):
        single = mention.recognizers == ("dictionary",) and mention.type is EntityType.DRUG and " " not in name
        return not (single and (name in facts.persons or _is_study(text, mention)))
    if facts.genes is None:
        return not any(word in facts.persons for word in name.split()) and not _DANGLING.search(name)
    if mention.type is EntityType.GENE_PROTEIN and name not in facts.genes:
        return False
    return len(name) > 1 and _is_believable(analysis, mention, facts.persons, facts.tickers)


def _overlaps(mention: Mention, places: Sequence[tuple[int, int]]) -> bool:
    return any(start < mention.end and mention.start < end for start, end in places)


def _is_organism(text: str, mention: Mention) -> bool:
    """Whether the name is a virus's, a disease's in the name of its virus, or that of a species."""
    name = mention.text
    if _VIRUS.search(name) or (mention.type is EntityType.DISEASE and _VIRUS_AFTER.match(text, mention.end)):
        return True
    genus, _, species = name.partition(" ")
    is_species = genus in load_words("genera") and (not species or (species.isalpha() and species.islower()))
    return is_species or _SHORT_SPECIES.fullmatch(name) is not None


def _is_no_gene(text: str, mention: Mention, facts: _Facts) -> bool:
    """Whether what the model alone takes for a gene is a mutation or a cell line: "V123E", "the cell line VEX-7"."""
    if mention.type is not EntityType.GENE_PROTEIN or mention.text in facts.supported:
        return False
    if _CHANGE.fullmatch(mention.text):
        return True
    before = text[max(0, mention.start - _CELLS_WINDOW) : mention.start]
    beside = _CELLS_AFTER.match(text, mention.end) or _CELLS_BEFORE.search(before)
    return beside is not None and _CELL_LINE.fullmatch(mention.text) is not None


def _is_believable_organisation(text: str, mention: Mention, facts: _Facts) -> bool:
    """Whether a name that only the model takes for an organisation's can be one."""
    name = mention.text
    joined = _LOST_SPACE_BEHIND.fullmatch(name)
    return (
        (joined is None or joined["name"] not in facts.supported)
        and name not in facts.persons
        and name not in load_words("stop_acronyms")
        and name not in facts.tickers
        and not (is_common(name) and mention.score < _SURE and text[mention.start - 1 : mention.start] not in _QUOTES)
        and name.casefold() not in _places()
        and name[0].isupper()
        and name.count("(") == name.count(")")
        and _NO_ORGANISATION.search(name) is None
        and _BODY_AFTER.match(text, mention.end) is None
        and not _overlaps(mention, facts.zones)
    )


def _is_place(text: str, mention: Mention) -> bool:
    """Whether the name is a place's, or the second half of one: "New Orleans"."""
    if mention.text.casefold() in _places():
        return True
    first = _PLACE_BEFORE.search(text[max(0, mention.start - len("South ")) : mention.start])
    return first is not None and f"{first[0]}{mention.text}".casefold() in _places()


def _is_in_event(text: str, mention: Mention) -> bool:
    """Whether a capitalised disease is part of the name of a congress or a scale: "Gout Care Summit"."""
    if mention.type is not EntityType.DISEASE or not all(word[0].isupper() for word in mention.text.split()):
        return False
    after = _MEETING_AFTER if mention.text.isupper() else _EVENT_AFTER
    return after.match(text, mention.end) is not None


@cache
def _places() -> frozenset[str]:
    return frozenset(place.casefold() for place in load_words("places"))


def _is_believable(analysis: Analysis, mention: Mention, people: frozenset[str], symbols: tuple[str, ...]) -> bool:
    """Whether a mention that only the model found can be one."""
    name = mention.text
    words = name.split()
    if " ".join(name.casefold().split()) in load_words("stop_names") or name in load_words("stop_acronyms"):
        return False
    if _GLUED.search(name) or (
        _TRIAL_NAME.fullmatch(name) and _EXTENSION_AFTER.match(analysis.document.text, mention.end)
    ):
        return False
    if _FOOTNOTED.search(name) or _MONTH.search(name) or name.count("(") != name.count(")"):
        return False
    if name.casefold() in _places() or any(word in people for word in words) or "\n\n" in name:
        return False
    if name.startswith(symbols) or _DANGLING.search(name):
        return False
    if mention.type is EntityType.DRUG and _NO_DRUG_HEAD.search(name):
        return False
    joined = _LOST_SPACE.fullmatch(name)
    if joined is not None and (joined["rest"] in load_words("places") or is_common(joined["rest"])):
        return False
    if is_common(name) and mention.score < _SURE:
        return False
    return not (_in_boilerplate(analysis, mention) or _is_study(analysis.document.text, mention))


def _told_genes(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Return the genes of several words or beside a word that tells of genes."""
    return frozenset(
        mention.text
        for mention in mentions
        if mention.type is EntityType.GENE_PROTEIN and (" " in mention.text or is_telling(text, mention))
    )


def _is_study(text: str, mention: Mention) -> bool:
    """Whether a capitalised name is that of a trial or a scale."""
    return (
        mention.text[0].isupper()
        and mention.type is not EntityType.DISEASE
        and bool(_STUDY_AFTER.match(text, mention.end))
    )


def _in_boilerplate(analysis: Analysis, mention: Mention) -> bool:
    return any(
        sentence.start <= mention.start < sentence.end and sentence.section in _BOILERPLATE
        for sentence in analysis.sentences
    )
