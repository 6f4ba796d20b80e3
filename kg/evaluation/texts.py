"""``make evaluate``, first part: the development texts, annotated by the whole pipeline and judged by their scorer.

Events and claims are judged too where the texts mark them (events.py). The adapter
turns the stable JSON of ``kg annotate`` into the scorer's lines; it knows nothing of the texts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.evaluation.cooccurrence import with_cooccurrences
from kg.evaluation.events import Tally, judge_claims, judge_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.model import Annotation

    Change = Callable[[Annotation], Annotation]

_SAME = {"prevents": "treats"}
"""What the scorer's guidelines have no name of its own for."""
SURE = frozenset({"asserted", "reported"})


def to_prediction(name: str, annotation: dict[str, Any]) -> dict[str, Any]:
    """Return a line of the scorer: mentions, and each relation once however many sentences state it.

    Args:
        name: the text's name, as the gold files know it.
        annotation: the JSON object that ``kg annotate --format jsonl`` prints for the text.
    """
    relations: dict[tuple[str, str, str, bool], dict[str, Any]] = {}
    for statement in annotation["statements"]:
        relation = _relation(statement)
        key = (
            _end_key(statement["subject"]),
            relation["predicate"],
            _end_key(statement["object"]),
            relation["negated"],
        )
        known = relations.get(key)
        if known is None or (known["hedged"] and not relation["hedged"]):
            relations[key] = relation
    return {"doc": name, "mentions": annotation["mentions"], "relations": list(relations.values())}


def _relation(statement: dict[str, Any]) -> dict[str, Any]:
    subject, target = statement["subject"], statement["object"]
    return {
        "subject": subject["label"] or subject["text"],
        "subject_id": subject["id"],
        "subject_span": [subject["start"], subject["end"]],
        "predicate": _SAME.get(statement["relation"], statement["relation"]),
        "object": target["label"] or target["text"],
        "object_id": target["id"],
        "object_span": [target["start"], target["end"]],
        "negated": statement["negated"],
        "hedged": statement["modality"] not in SURE,
    }


def _end_key(end: dict[str, Any]) -> str:
    return str(end["id"] or (end["label"] or end["text"]).casefold())


def annotate_texts(folder: Path, model: str, change: Change) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and annotation of every text in ``folder/docs``, by the pipeline with the named model, changed."""
    from kg.assembly import make_pipeline
    from kg.config import Settings
    from kg.export.jsonl import to_json
    from kg.model import Document
    from kg.reading import ReadingOptions, read_documents

    pipeline = make_pipeline(Settings(model=model))
    for path in sorted((folder / "docs").glob("*.txt")):
        for outcome in read_documents([str(path)], ReadingOptions()):
            if isinstance(outcome, Document):
                yield path.stem, to_json(change(pipeline.annotate(outcome)))


def _as_it_is(annotation: Annotation) -> Annotation:
    return annotation


def report_findings(folder: Path, annotations: Mapping[str, dict[str, Any]]) -> str:
    """Return the scores of events and claims over the texts that mark them, or nothing when none does."""
    events, claims = Tally(), Tally()
    marked = 0
    for name, annotation in annotations.items():
        path = folder / "ann" / f"{name}.json"
        gold = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        if "events" in gold:
            marked += 1
            judge_events(gold["events"], annotation["events"], events)
            judge_claims(gold["claims"], annotation["claims"], claims)
    if not marked:
        return ""
    return f"\n== events and claims ({marked} texts)\n{_row('events', events)}\n{_row('claims', claims)}\n"


def _row(name: str, tally: Tally) -> str:
    score = tally.score
    details = "  ".join(f"{detail} {good}/{judged}" for detail, (good, judged) in sorted(tally.details.items()))
    counts = f"(tp {tally.right} fp {tally.wrong} fn {tally.missed})"
    return f"{name:<8} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  {counts}  {details}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the scorer on the development texts; options after the folder go to the scorer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the shared folder, with eval/ in it")
    parser.add_argument("--model", default="default", help="recognition model, as of kg annotate")
    parser.add_argument("--co-occurrence", action="store_true", help="the baseline in place of what is read")
    known, rest = parser.parse_known_args(arguments)
    folder = known.shared / "eval"
    if not folder.is_dir():
        sys.stderr.write(f"kg: {folder} is not there: give the shared folder that holds eval/\n")
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        predictions = Path(scratch) / "predictions.jsonl"
        change = with_cooccurrences if known.co_occurrence else _as_it_is
        annotations = dict(annotate_texts(folder, known.model, change))
        lines = [json.dumps(to_prediction(name, annotation)) for name, annotation in annotations.items()]
        predictions.write_text("\n".join(lines), "utf-8")
        command = [sys.executable, str(folder / "score.py"), str(predictions), "--gold", str(folder), *rest]
        status = subprocess.run(command, check=False).returncode
    if "--json" not in rest:
        sys.stdout.write(report_findings(folder, annotations))
    return status


if __name__ == "__main__":
    sys.exit(main())
