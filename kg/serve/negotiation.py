"""Which format to answer in: the tables of media types and the reading of Accept."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from kg.serve.faults import Fault


@dataclass(frozen=True, slots=True)
class Format:
    """A format of answers: its short name, its media type, and whether it can hold several graphs.

    ``content_type`` is the value of Content-Type.
    """

    name: str
    media_type: str
    has_graphs: bool = False
    content_type: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        charset = "; charset=utf-8" if self.media_type.startswith("text/") else ""
        object.__setattr__(self, "content_type", f"{self.media_type}{charset}".encode())


JSON = Format("json", "application/sparql-results+json")
XML = Format("xml", "application/sparql-results+xml")
CSV = Format("csv", "text/csv")
TSV = Format("tsv", "text/tab-separated-values")
TURTLE = Format("ttl", "text/turtle")
N_TRIPLES = Format("nt", "application/n-triples")
RDF_XML = Format("rdf", "application/rdf+xml")
JSON_LD = Format("jsonld", "application/ld+json", has_graphs=True)
TRIG = Format("trig", "application/trig", has_graphs=True)
N_QUADS = Format("nq", "application/n-quads", has_graphs=True)

RESULT_FORMATS: dict[str, Format] = {
    "application/sparql-results+json": JSON,
    "application/json": JSON,
    "application/sparql-results+xml": XML,
    "application/xml": XML,
    "text/csv": CSV,
    "text/tab-separated-values": TSV,
    "text/xml": XML,
}
GRAPH_FORMATS: dict[str, Format] = {
    "text/turtle": TURTLE,
    "application/n-triples": N_TRIPLES,
    "application/rdf+xml": RDF_XML,
    "application/ld+json": JSON_LD,
    "application/trig": TRIG,
    "application/n-quads": N_QUADS,
    "application/x-turtle": TURTLE,
    "application/json": JSON_LD,
    "application/xml": RDF_XML,
    "text/plain": N_TRIPLES,
    "text/xml": RDF_XML,
}
INPUT_FORMATS: dict[str, Format] = {
    media: form for media, form in GRAPH_FORMATS.items() if media not in {"application/xml", "text/xml"}
}
SHORT_NAMES = {form.name: form for form in (*RESULT_FORMATS.values(), *GRAPH_FORMATS.values())}
SHORT_NAMES |= {"turtle": TURTLE, "xml": XML, "rdfxml": RDF_XML, "ntriples": N_TRIPLES, "nquads": N_QUADS}


@lru_cache(maxsize=512)
def read_accept(header: str) -> tuple[tuple[str, float], ...]:
    """Return the media ranges of an Accept header with their quality, best first, as the client wrote them.

    >>> read_accept("text/csv;q=0.5, application/json")
    (('application/json', 1.0), ('text/csv', 0.5))
    """
    ranges: list[tuple[str, float]] = []
    for part in header.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if not media:
            continue
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _read_quality(value)
        ranges.append((media, quality))
    return tuple(sorted(ranges, key=lambda pair: -pair[1]))


def takes_gzip(header: str) -> bool:
    """The Accept-Encoding header names gzip and does not rule it out.

    >>> takes_gzip("deflate, gzip"), takes_gzip("gzip;q=0")
    (True, False)
    """
    return any(name in {"gzip", "x-gzip"} and quality > 0 for name, quality in read_accept(header))


def choose_media_type(header: str | None, offered: tuple[str, ...]) -> str | None:
    """Return the offered media type that the client likes best, or None when it takes none of them.

    Of equal quality, a type that the client names beats a range, and the order of ``offered`` decides the rest.
    """
    if header is None or not header.strip():
        return offered[0]
    ranges = read_accept(header)
    best: tuple[float, int, int] | None = None
    chosen: str | None = None
    for index, media in enumerate(offered):
        quality, precision = _judge(media, ranges)
        rank = (quality, precision, -index)
        if quality > 0 and (best is None or rank > best):
            best, chosen = rank, media
    return chosen


def choose_format(header: str | None, formats: dict[str, Format], what: str) -> Format:
    """Return the format to answer in.

    Raises:
        Fault: 406, with the list of what can be had.
    """
    media = choose_media_type(header, tuple(formats))
    if media is None:
        choices = ", ".join(dict.fromkeys(form.media_type for form in formats.values()))
        raise Fault(
            406, f"Accept: {header} takes none of the formats of {what}; there are {choices}", code="not-acceptable"
        )
    return formats[media]


def _read_quality(value: str) -> float:
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0


def _judge(media: str, ranges: tuple[tuple[str, float], ...]) -> tuple[float, int]:
    """Return the quality of a media type under the most precise range that fits it, and how precise that is."""
    best = (0.0, -1)
    for pattern, quality in ranges:
        if pattern == media:
            precision = 2
        elif pattern == media.split("/")[0] + "/*":
            precision = 1
        elif pattern == "*/*":
            precision = 0
        else:
            continue
        if precision > best[1]:
            best = (quality, precision)
    return best
