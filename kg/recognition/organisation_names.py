"""Reading an organisation's name backwards from the mark that gives it away, and the short forms it goes by later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.recognition.organisation_patterns import HEAD, HEADLINE_VERB, LEGAL_FORM, UPPER
from kg.recognition.words import is_common, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_WINDOW = 100
_MOST_WORDS = 6
_WORD = re.compile(r"\S+")
_CAPITALISED = re.compile(rf"[{UPPER}\d][\w’'.&/+-]*|[a-z]{{1,3}}[{UPPER}][\w&-]*|&|de|del|di|du|la|van|von")
_OPENERS = "\"“‘'([*<_"
_ENDS_OTHER = re.compile(r"[.;:!?)\]>*®™”\"]$|--$")
_FOOTNOTE = re.compile(
    rf"(?:\d{{1,2}}\.?|(?:19|20)\d\d|\d{{1,3}}(?:st|nd|rd|th)(?:\s?[Aa]nnual)?|i{{1,3}}v?)(?=[{UPPER}][A-Za-z]{{3,}})"
)
"""What is glued before a name: the number of a footnote or a meeting, a year."""
_NUMBER = re.compile(r"[\d()/.+-]*\d[\d()/.+-]*-?")
_LOST_SPACE = re.compile(
    rf"(?:at|of|with|and|by|for|from|to|in|said|the|that|both|on|outside|including|joined)(?=[{UPPER}][a-z])"
    rf"|(?:and|with|from|the)(?=[{UPPER}]{{2}})|\S*--(?=[{UPPER}])"
)
_CODE = re.compile(r"\b[A-Z]{1,6}-?\d{2,}")
_QUALIFIER = re.compile(
    r".*-(?:funded|led|based|backed|sponsored|approved|cleared|designated|listed|owned)|\d+(?:st|nd|rd|th)|anti-\w+",
    re.IGNORECASE,
)
_INITIALS = re.compile(rf"(?:[{UPPER}]\.)+|St\.|Dr\.|Co\.")
_NEVER_FIRST_TEXT = """
The A An In At By From With And For Of To On Its Our Their This That Dr. Mr. Mrs. Ms. Prof. Professor Director
President Chairman CEO CFO Chief Officer Vice Senior Executive Head About Contact Contacts Source SOURCE Media
Investors Investor Former formerly Company Partner Partners With While When As Under Both Between & de del di du
la van von Phase Following Today Yesterday However Additionally Since After Before Earlier Last Recently Meanwhile
Annual Dr Mr Mrs Ms
Also Announces Announced Announce Acquires Approves Receives Reports Presents Names Appoints Joins Via via Per Vs
"""
_NEVER_FIRST = frozenset(_NEVER_FIRST_TEXT.split())
_GENERIC_NAME_TEXT = """
American National International European Global United General First New Advanced Applied Central Royal Federal
Northern Southern Eastern Western Pacific Atlantic Bank Institute University Medical Health Life Bio Cell Gene
Pharma Therapeutics Company Corporation Group Board The Committee Department Ministry Agency Nasdaq Clinical
Research
"""
_GENERIC_NAME = frozenset(_GENERIC_NAME_TEXT.split())
_JOURNAL_BEFORE = re.compile(
    r"\b(?:Journal|Annals|Archives|Proceedings|Bulletin|Transactions)\s+(?:of|for)\s+(?:the\s+)?$"
)
_JOURNAL_WINDOW = 30
_ADDRESS = re.compile(r"[.,]*\+.*", re.DOTALL)
"""What is left of an address behind a name: "Foundation.+-+Heart"."""
_JOINTS = "_.-"
_NO_NAME_BEHIND = re.compile(r"(?![\w-])(?!\s+[A-Z])\s*")
_FAMILY = re.compile(rf"(?:[{UPPER}][\w.]*\s+)+([{UPPER}]\w+),?\s+(?:and|&)\s+(?:Company|Co\b\.?).*")
_SMALL_NAME = re.compile(r"(?:^|(?<=[\s(“\"]))[a-z][\w.-]+(?:\s(?:bio|therapeutics|pharma))?$")
_LEADING_ARTICLE = re.compile(r"(?:The|the|A|An)\s+")


def walk_left(text: str, lower: int, position: int, *, title_case: bool, stop_at: tuple[str, ...] = ()) -> int | None:
    """Return where the run of capitalised words that ends at ``position`` begins, None when there is none.

    In a headline, where every word is capitalised, only the nearest word may be plain English. A word with one of the
    endings ``stop_at`` does not belong to the name.
    """
    segment_start = max(lower, position - _WINDOW)
    begin: int | None = None
    words = list(_WORD.finditer(text, segment_start, position))
    for index, match in enumerate(reversed(words[-_MOST_WORDS:])):
        word = match[0].lstrip(_OPENERS)
        start = match.end() - len(word)
        if word.endswith(stop_at):
            break
        footnote = _FOOTNOTE.match(word) or _LOST_SPACE.match(word)
        if footnote is not None:
            return match.end() - len(word) + footnote.end()
        if not _may_belong(word, nearest=index == 0) or (title_case and _is_headline_word(word, nearest=index == 0)):
            break
        if word.lower() not in ("&", "de", "del", "di", "du", "la", "van", "von"):
            begin = start
        if len(word) != len(match[0]):
            break
    return None if begin is None else _skip_openers(text, begin, position)


def _is_headline_word(word: str, *, nearest: bool) -> bool:
    """Whether a capitalised word of a headline is no part of a name: a verb, or plain English farther off."""
    return HEADLINE_VERB.fullmatch(f" {word}") is not None or (not nearest and is_common(word))


def _may_belong(word: str, *, nearest: bool) -> bool:
    if not word or word in _NEVER_FIRST:
        return word in ("&", "de", "del", "di", "du", "la", "van", "von")
    if _NUMBER.fullmatch(word) or _QUALIFIER.fullmatch(word):
        return False
    if _ENDS_OTHER.search(word) and not _INITIALS.fullmatch(word):
        return False
    if word.endswith(","):
        return nearest and _CAPITALISED.fullmatch(word[:-1]) is not None
    return _CAPITALISED.fullmatch(word) is not None


def _skip_openers(text: str, begin: int, position: int) -> int | None:
    """Step over words that cannot begin a name; None when nothing is left."""
    for match in _WORD.finditer(text, begin, position):
        if match[0] not in _NEVER_FIRST:
            return match.start()
    return None


def short_forms(name: str) -> Iterator[str]:
    """Yield the name without its legal form, then without its head ("Pharma"), while a distinctive word is left.

    >>> list(short_forms("Zorvex Biologics, Inc."))
    ['Zorvex Biologics', 'Zorvex']
    >>> list(short_forms("American Health Corporation"))
    []
    """
    bare = without_legal_form(name)
    if bare != name and _is_distinctive(bare):
        yield bare
    last = next((match for match in HEAD.finditer(bare) if match.end() == len(bare)), None)
    stem = bare[: last.start()].rstrip(" ,") if last is not None else bare
    if stem != bare and _is_distinctive(stem):
        yield stem
    family = _FAMILY.fullmatch(name)
    if family is not None and _is_distinctive(family[1]):
        yield family[1]


def without_legal_form(name: str) -> str:
    """Return the name up to its legal form.

    >>> without_legal_form("Zorvex Co., Ltd.")
    'Zorvex'
    """
    match = LEGAL_FORM.search(name)
    while match is not None:
        if match.start() > 0 and not name[match.end() :].strip(" .,"):
            return name[: match.start()].rstrip(" ,")
        match = LEGAL_FORM.search(name, match.end())
    return name


def without_article(text: str, start: int, end: int) -> int:
    """Return the start behind a leading article."""
    match = _LEADING_ARTICLE.match(text, start, end)
    return match.end() if match else start


def without_address(text: str, start: int, end: int) -> int:
    """Return the end before the remains of an address.

    >>> without_address("Oak Foundation.+-+Oak", 0, 21)
    14
    """
    remains = _ADDRESS.search(text, start + 1, end)
    return end if remains is None else remains.start()


def is_in_journal(text: str, start: int) -> bool:
    """Whether a journal's name goes on there: "Journal of the American Medical Association".

    >>> is_in_journal("the Annals of the Oak Society", 18)
    True
    """
    return _JOURNAL_BEFORE.search(text[max(0, start - _JOURNAL_WINDOW) : start]) is not None


def _is_distinctive(name: str) -> bool:
    """Whether the name can stand alone: not one plain English or generic word, not a place."""
    words = name.split()
    if not words or name in load_words("places") or len(name) <= 1:
        return False
    return not all(word.strip(",.") in _GENERIC_NAME or is_common(word.strip(",.")) or word == "&" for word in words)


def is_name(text: str) -> bool:
    """Whether a lone run of words can be an organisation's name."""
    words = text.split()
    return (
        bool(words)
        and _CODE.search(text) is None
        and text not in load_words("places")
        and not any(word.strip(",.") in load_words("places") and len(words) == 1 for word in words)
        and not any(is_common(word) for word in words if len(words) == 1 or word.lower() not in ("and", "of", "the"))
    )


def is_all_common(name: str) -> bool:
    """Whether every word is plain English."""
    return all(is_common(word.strip(",.&*")) or not word.strip(",.&*") for word in name.split())


def lower_case_name(text: str, lower: int, position: int, form: str) -> int | None:
    """Return the start of a name written small, as some companies do, before an unmistakable legal form."""
    match = _SMALL_NAME.search(text[max(lower, position - 40) : position])
    if match is None or form.startswith(("AB", "AG")) or is_common(match[0].split()[0]):
        return None
    return max(lower, position - 40) + match.start()


def first_word(text: str, name: str) -> dict[str, float]:
    """Return the first word of a company's name where the text uses it alone more than once."""
    first, _, rest = name.partition(" ")
    if not rest or len(first) < len("Abcde") or not first[0].isupper() or not first.isalpha() or not is_name(first):
        return {}
    alone = list(_alone(text, first, rest.split()[0]))
    return {first: 0.75} if len(alone) > 1 or any(alone) else {}


def _alone(text: str, first: str, second: str) -> Iterator[bool]:
    """Yield for each place of the first word where no other word of a name follows whether it is a possessive."""
    start = text.find(first)
    while start >= 0:
        end = start + len(first)
        if not start or not (text[start - 1].isalnum() or text[start - 1] in _JOINTS):
            if text.startswith(("'s", "’s"), end) and _ends_name(text, end + len("'s"), second):
                yield True
            elif _ends_name(text, end, second):
                yield False
        start = text.find(first, end)


def _ends_name(text: str, position: int, second: str) -> bool:
    behind = _NO_NAME_BEHIND.match(text, position)
    return behind is not None and not (behind[0] and text.startswith(second, behind.end()))
