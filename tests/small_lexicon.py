"""A lexicon of a few terms, real in all but size."""

import hashlib
from pathlib import Path

from kg.ontology.lexicon import Lexicon


def open_terms(folder: Path, terms: str) -> Lexicon:
    """Return the lexicon of a term file's text; its source and its index go below the folder."""
    source = folder / "sources"
    source.mkdir()
    (source / "small.tsv").write_text(terms, encoding="utf-8")
    types = sorted({line.split("\t")[1] for line in terms.splitlines()[1:]})
    (source / "small.toml").write_text(
        'name = "small"\ntitle = "A small vocabulary"\nprefix = "MONDO"\nfile = "small.tsv"\n'
        f'sha256 = "{hashlib.sha256(terms.encode()).hexdigest()}"\ntypes = {types}\n',
        encoding="utf-8",
    )
    return Lexicon.open(source, folder / "cache")
