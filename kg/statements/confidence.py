"""How sure a statement is: the share of its rule's statements that held on annotated texts (confidence.toml)."""

from __future__ import annotations

from functools import cache

from kg.statements.tables import read_table


@cache
def _measured() -> tuple[dict[str, float], dict[str, float]]:
    table = read_table("confidence")
    return dict(table["rule"]), dict(table["finder"])


def confidence_of(rule: str, finders: tuple[str, ...], otherwise: float) -> float:
    """Return the confidence of a statement that a rule read with these finders.

    Args:
        rule: the rule's name.
        finders: how the two ends were found; ends that the sentence does not hold make a statement less sure.
        otherwise: the rule's own estimate, for a rule that was never seen to be right or wrong.
    """
    rules, factors = _measured()
    value = rules.get(rule, otherwise)
    for finder in finders:
        value *= factors.get(finder, 1.0)
    return round(min(0.99, max(0.02, value)), 3)
