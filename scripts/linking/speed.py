"""Times the linker in a process of its own; called by compare.py with a file of names, or alone with one."""

import json
import resource
import sys
import time
from pathlib import Path

from kg.linking.linker import EntityLinker, Question
from kg.ontology.lexicon import Lexicon


def main():
    """Print load seconds, links a second on exact names and on the mixture, and memory."""
    names = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    began = time.perf_counter()
    linker = EntityLinker(Lexicon.open())
    linker.candidates(Question("aspirin", None))
    figures = {"load_seconds": time.perf_counter() - began}
    for kind in ("exact", "mixture"):
        linker = EntityLinker(Lexicon.open())
        began = time.perf_counter()
        for name in names[kind]:
            linker.candidates(Question(name, None))
        figures[f"{kind}_per_second"] = len(names[kind]) / (time.perf_counter() - began)
    figures["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({name: round(value, 3) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
