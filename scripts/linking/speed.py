"""Times the linker in a process of its own; called by compare.py with a file of names, or alone with one."""

import json
import resource
import sys
import time
from pathlib import Path

from kg.linking.linker import EntityLinker
from kg.linking.questions import Question
from kg.model import EntityType
from kg.ontology.lexicon import Lexicon


def main():
    """Print load time, links a CPU-second on exact names and on the mixture, and memory."""
    began = time.process_time()
    linker = EntityLinker(Lexicon.open())
    linker.candidates(Question("aspirin", None))
    figures = {"load_seconds": time.process_time() - began}
    began = time.process_time()
    linker.candidates(Question("asprinin", None))
    figures["first_similar_seconds"] = time.process_time() - began
    for kind in ("exact", "mixture"):
        linker = EntityLinker(Lexicon.open())
        asked = questions(Path(sys.argv[1]), kind)
        began = time.process_time()
        for question in asked:
            linker.candidates(question)
        figures[f"{kind}_per_second"] = len(asked) / (time.process_time() - began)
    figures["rss_mb"] = peak_memory()
    sys.stdout.write(json.dumps({name: round(value, 3) for name, value in figures.items()}))


def questions(path, kind):
    """Return the questions of a kind in a file of names; equal ones are one value, so that little of it is memory."""
    known = {}
    asked = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            of_kind, name, mention_type = json.loads(line)
            if of_kind == kind:
                question = Question(name, EntityType(mention_type))
                asked.append(known.setdefault(question, question))
    return asked


def peak_memory():
    """Return this process's peak of resident memory in MB; getrusage would count the parent's from before the start."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
