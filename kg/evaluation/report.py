"""Corpus figures for people (a table) and for programs (one JSON object a file)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.evaluation.pubtator import Count

if TYPE_CHECKING:
    from kg.evaluation.pubtator import CorpusReport, TypeReport
    from kg.evaluation.score import Score

_THREE = f"{'P':>6}{'R':>6}{'F1':>6}"
_HEADER = f"{'type':<28}{'gold':>7}{'found':>7} | {_THREE} strict | {_THREE} overlap | linking"


def to_table(report: CorpusReport, name: str, model: str) -> str:
    """Return the figures as text, percentages with one digit after the point."""
    lines = [f"{name}: {report.documents} documents, model {model}", _HEADER]
    lines += [_row(kind, figures) for kind, figures in report.types.items()]
    lines.append(_row("all", report.total))
    if report.relations:
        lines.append(f"{'relation':<28}{'gold':>7}{'found':>7} | {_THREE}")
        lines += [_relation_row(name, score) for name, score in report.relations.items()]
    return "\n".join(lines)


def _relation_row(name: str, score: Score) -> str:
    gold, found = score.right + score.missed, score.right + score.wrong
    return f"{name:<28}{gold:>7}{found:>7} | {_three(Count(score.right, found, gold))}"


def _row(kind: str, figures: TypeReport) -> str:
    strict, overlap, linked = figures.strict, figures.overlap, figures.linked
    linking = f"{100 * linked.recall:5.1f} ({linked.right}/{linked.gold})" if linked.gold else "    -"
    return (
        f"{kind:<28}{strict.gold:>7}{strict.found:>7} | {_three(strict)}        | {_three(overlap)}         | {linking}"
    )


def _three(count: Count) -> str:
    return f"{100 * count.precision:>6.1f}{100 * count.recall:>6.1f}{100 * count.f1:>6.1f}"


def to_json(report: CorpusReport, name: str, model: str) -> dict[str, Any]:
    """Return the figures as JSON values; shares lie in [0, 1], linking is null where nothing could be judged."""
    return {
        "file": name,
        "model": model,
        "documents": report.documents,
        "types": {kind: _values(figures) for kind, figures in report.types.items()},
        "all": _values(report.total),
        "relations": {
            name: _count(Count(score.right, score.right + score.wrong, score.right + score.missed))
            for name, score in report.relations.items()
        },
    }


def _values(figures: TypeReport) -> dict[str, Any]:
    linked = figures.linked
    linking = (
        {"accuracy": round(linked.recall, 4), "right": linked.right, "judged": linked.gold} if linked.gold else None
    )
    return {"strict": _count(figures.strict), "overlap": _count(figures.overlap), "linking": linking}


def _count(count: Count) -> dict[str, float | int]:
    return {
        "precision": round(count.precision, 4),
        "recall": round(count.recall, 4),
        "f1": round(count.f1, 4),
        "right": count.right,
        "found": count.found,
        "gold": count.gold,
    }
