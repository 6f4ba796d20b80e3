"""The templates and what all pages share."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kg.prefixes import BASE, try_compress
from kg.serve.static import has_built

if TYPE_CHECKING:
    from jinja2 import Environment

    from kg.serve.faults import Fault

_OWN_PAGES = ("document/", "statement/", "event/", "claim/", "mention/", "run/", "entity/", "vocab/", "graph/")
_TYPE_WORDS = {
    "gene_protein": "gene or protein",
    "organisation": "organisation",
    "procedure": "procedure",
    "phase": "trial phase",
    "application": "application",
}


@cache
def environment() -> Environment:
    """Return the template environment; it escapes everything."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = Path(__file__).resolve().parent.parent / "templates"
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"words": words, "percent": percent, "number": number, "type_words": type_words, "short": short}
    return made


def preload() -> None:
    """Compile all templates and the prefix map, so that forked workers share them."""
    curie_of("http://purl.obolibrary.org/obo/GO_0006915")
    made = environment()
    for name in made.list_templates(extensions=["html"]):
        made.get_template(name)


def render_template(name: str, prefix: str, **values: Any) -> bytes:
    """Return a page as bytes; ``prefix`` goes before every link."""
    template = environment().get_template(name)
    links = {"prefix": prefix, "local": lambda iri: local_address(iri, prefix), "curie": curie_of}
    assets = {"has_editor": has_built("editor.js"), "has_picture": has_built("picture.js")}
    return template.render(**links, **assets, **values).encode("utf-8", "replace")


def render_fault(fault: Fault, prefix: str) -> bytes:
    """Return the page that says what went wrong."""
    return render_template("fault.html", prefix, fault=fault, title=f"{fault.status}")


def local_address(iri: str, prefix: str) -> str:
    """Return where this server shows an IRI of the store.

    >>> local_address("https://w3id.org/kg-loader/document/a-1", "")
    '/document/a-1'
    >>> local_address("http://purl.obolibrary.org/obo/GO_0006915", "/kg")
    '/kg/entity/GO:0006915'
    """
    if iri.startswith(BASE):
        rest = iri[len(BASE) :]
        if rest.startswith(_OWN_PAGES) and "#" not in rest:
            return f"{prefix}/{quote(rest, safe='/:')}"
    curie = try_compress(iri)
    if curie is not None and not iri.startswith(BASE):
        return f"{prefix}/entity/{quote(curie, safe=':')}"
    return f"{prefix}/entity?iri={quote(iri, safe='')}"


def curie_of(iri: str) -> str:
    """Return the CURIE of an IRI, or the IRI where no prefix fits."""
    return try_compress(iri) or iri


def words(name: str) -> str:
    """Return a short name such as studied_for as words.

    >>> words("re_examination")
    're-examination'
    """
    return name.replace("_", " ").replace("re exam", "re-exam")


def type_words(name: str) -> str:
    """Return an entity type as words."""
    return _TYPE_WORDS.get(name, name.replace("_", " "))


def percent(score: float | str | None) -> str:
    """Return a score in [0, 1] as a percentage."""
    return "" if score is None else f"{float(score) * 100:.0f} %"


def number(value: int) -> str:
    """Return a count with thin spaces between the thousands."""
    return f"{value:,}".replace(",", "\u202f")


def short(text: str, length: int = 90) -> str:
    """Return the beginning of a text, cut at a word."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0] + " …"
