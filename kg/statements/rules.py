"""Compiles the rule tables: a rule is a pattern over the line of a view, plus where each end is looked for.

In a pattern ``<s:DG>`` captures a subject that is a drug or a gene, ``<o:S>`` an object, ``<D>`` any drug; ``~4`` is
up to four words without a mention, ``!4`` such words without prepositions, ``≈4`` any four, ``{name}`` a word list or
the forms of the verb class, and a space any white space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.model import Modality
from kg.statements.tables import inflect, one_of, read_table

HOPES = frozenset({"anticipated", "intended", "risk", "hypothetical", "reported"})
"""What a sentence may add to a statement short of denying it."""
RULE_TABLES = ("rules_mechanism", "rules_use", "rules_safety", "rules_business", "rules_regulatory")
_WORD = r"(?:[^\sA-Z,;:()–—]+|(?:pro|anti)-[SP]+)\s+"
_PASSED = r"[A-Z]++-(?:induced|mediated|dependent|stimulated|driven|evoked)\s+(?:[a-z]+\s+(?:of\s+)?){0,2}|G++\s+(?=G)"
"""What may stand before the object and is not it: "TNF-induced expression of Y", "the kinase Y"."""
_CAPTURE = re.compile(r"<(?:(?P<role>[a-z]+):)?(?P<letters>[A-Z]+)>")
_CLASS = re.compile(r"\[[^\[\]\s]* [^\[\]]*\]")
_GAP = re.compile(r"\s*([~≈!])(\d+)\s*")
_PLAIN_WORD = rf"(?!(?:in|on|by|for|with|from|at|to|into|via|through|after|following|during|before|than)\b){_WORD}"
_AND = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|and/or)\s+|/)"
_ANY_WORD = r"[^\s;:()–—]+\s+"


@dataclass(frozen=True, slots=True)
class End:
    """Where one end of a statement is looked for: types by letter, and the finders in the order they are tried."""

    letters: str
    finders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying a relation; ``relations`` gives the relation by the letter of the object.

    ``ignored``: what the context may say without an effect on this statement; a table's ``presupposed`` stands for all
    of it ("our agreement with X" holds whatever is hoped or denied of it), ``descriptive`` for all but denial.
    ``literals``: at least one of them stands in any line that the pattern matches (empty: unknown).
    ``without``: what must not stand between the ends, ``unless`` nor close to them. ``as_drug``: the
    object is a protein given as a medicine.
    """

    name: str
    pattern: re.Pattern[str]
    relations: dict[str, str]
    subject: End
    object: End
    literals: tuple[str, ...] = ()
    confidence: float = 0.8
    negated: bool = False
    modality: Modality | None = None
    ignored: frozenset[str] = frozenset()
    voice: str = ""
    brackets: bool = False
    fallback: bool = False
    as_drug: bool = False
    without: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    sections: tuple[str, ...] = ()


def compile_pattern(template: str, macros: dict[str, str]) -> re.Pattern[str]:
    """Return the regular expression of a pattern template.

    >>> bool(compile_pattern("<s:D> ~2 blocks? <o:G>", {}).search("DDD potently blocks GG"))
    True
    """
    for _ in range(3):
        template = re.sub(r"\{([a-z_]+)\}", lambda match: f"(?:{macros[match.group(1)]})", template)
    template = _CLASS.sub(lambda match: match.group().replace(" ", r"\s"), template)
    template = _GAP.sub(_gap, template)
    template = template.replace(" ,", ",").replace(", ", ",\x00").replace(",\x00", r"\s*,\s*")
    template = template.replace(" ", "\x00").replace("\x00", r"(?:\s+|(?<=[\s(]))")
    return re.compile(_CAPTURE.sub(_capture, template))


def _gap(match: re.Match[str]) -> str:
    word, lazy = {"~": (_WORD, ""), "!": (_PLAIN_WORD, ""), "≈": (_ANY_WORD, "?")}[match[1]]
    return f"\x00(?:{word}){{0,{match[2]}}}{lazy}"


def _capture(match: re.Match[str]) -> str:
    run = "(?:" + "|".join(f"(?<!{letter}){letter}++" for letter in match["letters"]) + ")"
    if not match["role"]:
        return run
    more = rf"(?:{_AND}(?:(?!(?:an?|the|its)\b)[a-z-]+\s+)?{run})*" if match.end() < len(match.string) else ""
    part = "" if match.start() == 0 else r"(?:[^\sA-Z,;:()]+[-/])?"
    if match["role"] == "o" and "G" in match["letters"] and match.start():
        part = rf"(?:{_PASSED})?{part}"
    return rf"{part}(?P<{match['role']}>{run}){more}"


@cache
def verb_classes() -> dict[str, dict[str, str]]:
    """Return for each verb class its macros: finite, base, past, gerund, noun, agent."""
    return {name: _class_macros(entry) for name, entry in read_table("verbs").items()}


def _choice(words: list[str]) -> str:
    """Return the words as a choice, longest first."""
    return "|".join(sorted(set(words), key=lambda word: (-len(word), word)))


def _class_macros(entry: dict[str, Any]) -> dict[str, str]:
    forms = [inflect(verb) for verb in entry["verbs"]]
    after = entry.get("particle", "")
    return {
        "finite": rf"\b(?P<v>{one_of(w for f in forms for w in (f.base, f.third, f.past, f.gerund))})\b{after}",
        "base": one_of(word for form in forms for word in (form.base, form.third)),
        "past": one_of(form.participle for form in forms),
        "gerund": one_of(form.gerund for form in forms),
        "noun": _choice(entry.get("nouns", ["(?!)"])),
        "agent": _choice(entry.get("agents", ["(?!)"])),
        "stems": _choice(
            [form.base[: max(3, len(form.base) - 1)] for form in forms]
            + [noun[:5] for noun in entry.get("nouns", []) if noun[0] != "("]
            + entry.get("stems", [])
            + [agent[:5] for agent in entry.get("agents", [])]
            + [form.past for form in forms if not form.past.startswith(form.base[:3])]
        ),
    }


def _shortest(stems: list[str]) -> tuple[str, ...]:
    """Return the stems that no other stem begins."""
    kept: list[str] = []
    for stem in sorted(set(stems), key=len):
        if not any(stem.startswith(short) for short in kept):
            kept.append(stem)
    return tuple(sorted(kept))


def _finders(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _words(entry: dict[str, Any], key: str) -> re.Pattern[str] | None:
    return re.compile(entry[key].replace(" ", r"\s+")) if key in entry else None


def _ignored(entry: dict[str, Any]) -> frozenset[str]:
    if entry.get("presupposed"):
        return HOPES | {"negated"}
    return HOPES if entry.get("descriptive") else frozenset(entry.get("ignored", ()))


def _make_rule(entry: dict[str, Any], pattern: re.Pattern[str], literals: tuple[str, ...], suffix: str = "") -> Rule:
    relation = entry["relation"]
    relations = {"*": relation} if isinstance(relation, str) else {k: v for key, v in relation.items() for k in key}
    modality = entry.get("modality")
    return Rule(
        name=entry["name"] + suffix,
        pattern=pattern,
        relations=relations,
        subject=End(entry.get("subject_types", "D"), _finders(entry.get("subject", "match"))),
        object=End(entry.get("object_types", "S"), _finders(entry.get("object", "match"))),
        literals=literals,
        confidence=entry.get("confidence", 0.8),
        negated=entry.get("negated", False),
        modality=Modality(modality) if modality else None,
        ignored=_ignored(entry),
        voice=entry.get("voice", ""),
        brackets=entry.get("brackets", False),
        fallback=entry.get("fallback", False),
        as_drug=entry.get("as_drug", False),
        without=_words(entry, "without"),
        unless=_words(entry, "unless"),
        sections=tuple(entry.get("sections", ())),
    )


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return all rules, each pattern compiled once."""
    lists = {name: "|".join(words) for name, words in read_table("lists").items()}
    rules: list[Rule] = []
    frames = read_table("frames")["frame"]
    for verb_class, entry in read_table("verbs").items():
        macros = lists | verb_classes()[verb_class]
        literals = _shortest(macros["stems"].split("|"))
        for frame in frames:
            if frame["name"] in entry["frames"]:
                rules.extend(_frame_rules(verb_class, entry, frame, macros, literals))
    for table in RULE_TABLES:
        for entry in read_table(table).get("rule", ()):
            literals = tuple(entry.get("literals", ()))
            rules.extend(_make_rule(entry, compile_pattern(each, lists), literals) for each in entry["patterns"])
    return tuple(rules)


def _frame_rules(
    verb_class: str, entry: dict[str, Any], frame: dict[str, Any], macros: dict[str, str], literals: tuple[str, ...]
) -> list[Rule]:
    only = frame.get("only", "GPCDSO")
    relation = {
        "".join(sorted(set(key) & set(only))): value for key, value in entry["relation"].items() if set(key) & set(only)
    }
    letters = "".join(relation)
    merged = frame | {
        "name": f"{verb_class}-{frame['name']}",
        "relation": relation,
        "subject_types": entry["subject_types"],
        "object_types": letters,
        "confidence": frame["confidence"] * entry.get("confidence", 1.0),
    }
    types = {"subject": entry["subject_types"], "object": letters}
    patterns = [
        each.replace("<s>", f"<s:{types['subject']}>").replace("<o>", f"<o:{letters}>") for each in frame["patterns"]
    ]
    return [_make_rule(merged, compile_pattern(each, macros), literals) for each in patterns]
