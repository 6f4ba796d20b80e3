# ruff: noqa: E501 - the tables of inputs read best as long lines
"""Throw random requests at a running kg serve: none may hang, and none may be answered 500.

Usage: python scripts/load_test/fuzz.py [--url http://127.0.0.1:7878] [--cases 20000] [--seed 1] [--token TOKEN]

Without --url a server of an empty scratch store is started. Cases are made from a grammar of paths, methods, headers,
parameters, queries and updates, then damaged; raw broken HTTP is among them. Without a token nothing is written.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

HANG_SECONDS = 40.0
PATHS = (
    "/", "/sparql", "/sparql", "/sparql", "/store", "/store/a/b", "/annotate", "/search", "/complete", "/documents",
    "/entity/MONDO:1", "/entity", "/document/x", "/statement/x", "/query", "/results", "/results", "/event/x",
    "/vocab/treats", "/health", "/ready", "/metrics", "/openapi.json", "/.well-known/void", "/static/kg.css",
    "/static/../app.py", "/none",
)  # fmt: skip
METHODS = ("GET",) * 14 + ("POST",) * 3 + ("HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "QUERY")
ACCEPTS = (
    "*/*", "text/html", "text/turtle", "application/ld+json", "application/json", "text/csv", "image/png", "", ";;,q",
    "text/csv;q=nan", "application/sparql-results+xml", "application/n-quads", "text/*;q=0.5, */*;q=0.1",
)  # fmt: skip
TYPES = (
    "application/sparql-query", "application/sparql-update", "application/x-www-form-urlencoded", "text/plain",
    "application/json", "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json",
    "multipart/form-data; boundary=x", "multipart/form-data", "", "text/plain; charset=utf-16",
)  # fmt: skip
QUERIES = (
    "SELECT * { ?s ?p ?o } LIMIT 5", "ASK {}", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3", "DESCRIBE <http://ex/s>",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "SELECT ?s FROM <http://ex/g> { ?s ?p ?o }", "SELECT * {",
    "SELECT (RAND() AS ?x) {}", "SELECT * { SERVICE <http://127.0.0.1:1/> {} }", "SELECT (1/0 AS ?x) {}",
    "SELECT * { ?s <http://ex/p>+ ?o }", 'SELECT (REPLACE("aaa", "(", "b") AS ?x) {}', "SELECT (STRDT('x', <a:b>) AS ?x) {}",
    "SELECT * { VALUES ?x { 1 2 3 } FILTER(?x > 1) } ORDER BY DESC(?x) OFFSET 1", "\ud83d\ude00", "PREFIX : <> ASK { :a :b :c }",
    "INSERT DATA { <http://ex/s> <http://ex/p> 'x' }", "CLEAR ALL", "LOAD <http://127.0.0.1:1/>", "DELETE WHERE { ?s ?p ?o }",
    "(" * 3000, "SELECT * { " + "{ " * 500, "SELECT ?x { BIND(" + "1+" * 2000 + "1 AS ?x) }",
)  # fmt: skip
PARAMETERS = (
    "query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "graph", "default", "format", "timeout",
    "q", "page", "iri", "name", "part", "output",
)  # fmt: skip
VALUES = (
    "", "1", "-1", "0", "1e400", "nan", "http://ex/g", "relative", "<>", "csv", "json", "ttl", "html", "%", "\x00", "\u0000",
    "histamine", '"', "'", "é" * 50, "\ud800", "a" * 3000, "../../etc/passwd", "newest-documents", "http://ex/ space",
)  # fmt: skip
BODIES = (
    "", "{}", "[]", '{"text": "Aspirin helps."}', '{"text": 1}', '{"text": "\\ud800"}', "[" * 2000, "<http://ex/s> <http://ex/p> 1 .",
    "@prefix : <> .", "<rdf:RDF", '{"@id": "http://ex/s", "@context": "http://127.0.0.1:1/"}',
    "--x\r\nContent-Type: text/turtle\r\n\r\n<a:s> <a:p> 1 .\r\n--x--\r\n", "--x\r\nbroken", "\x00\xff",
)  # fmt: skip
RAW = (
    b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", b"GET / HTTP/1.1\r\nHost: <script>\r\nAccept: text/turtle\r\n\r\n",
    b"GET /sparql?query=ASK{} HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 70000 + b"\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET http://127.0.0.1/ HTTP/1.1\r\nHost: x\r\n\r\n",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A request as bytes, and what to call it when it fails."""

    content: bytes
    is_valid: bool


def make_case(chance: random.Random, token: str | None) -> Case:
    """Return a random request; about one in twenty is not HTTP at all."""
    if chance.random() < 0.04:
        return Case(chance.choice(RAW), is_valid=False)
    path = chance.choice(PATHS)
    if chance.random() < 0.1:
        path += quote(chance.choice(VALUES).encode("utf-8", "surrogatepass"), safe=chance.choice(("", "/:")))
    fields = [
        (chance.choice(PARAMETERS), chance.choice(QUERIES + VALUES)) for _ in range(chance.choice((0, 1, 1, 2, 3)))
    ]
    if path in {"/sparql", "/results"} and chance.random() < 0.7:
        fields.append(("query", chance.choice(QUERIES)))
    encoded = "&".join(f"{name}={quote(_damage(value, chance))}" for name, value in fields)
    method = chance.choice(METHODS)
    if path in {"/sparql", "/annotate", "/store"} and chance.random() < 0.4:
        method = "POST"
    headers = [("Host", "127.0.0.1"), ("Accept", chance.choice(ACCEPTS)), ("Connection", "close")]
    body = b""
    if method in {"POST", "PUT", "PATCH"}:
        media = chance.choice(TYPES)
        body = encoded.encode() if "form-urlencoded" in media else _damage(chance.choice(BODIES + QUERIES), chance)
        headers += [("Content-Type", media), ("Content-Length", str(len(body)))]
    if chance.random() < 0.2:
        headers.append(("Accept-Encoding", chance.choice(("gzip", "br", "gzip;q=0", "*"))))
    if chance.random() < 0.1:
        headers.append(("If-None-Match", chance.choice(('"x"', "*", 'W/"1-abc"', ""))))
    if chance.random() < 0.1:
        headers.append(("If-Modified-Since", chance.choice(("Mon, 01 Jan 2035 00:00:00 GMT", "yesterday"))))
    if chance.random() < 0.3:
        given = token if token and chance.random() < 0.8 else chance.choice(VALUES)
        headers.append(("Authorization", f"Bearer {_plain(given)}"))
    lines = [f"{method} {path}{'?' + encoded if encoded else ''} HTTP/1.{chance.choice('1110')}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return Case("\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body, is_valid=True)


def _damage(text: str, chance: random.Random) -> bytes:
    content = bytearray(text.encode("utf-8", "surrogatepass"))
    while content and chance.random() < 0.25:
        place = chance.randrange(len(content))
        content[place : place + chance.choice((0, 1, 3))] = chance.choice(
            (b"", b"\xff", b"{", b"}", b"\\u0053", b"#", b"'")
        )
    return bytes(content)


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isascii() and character.isprintable())[:50]


def send(address: tuple[str, int], case: Case) -> int:
    """Return the status of the answer; 0 for none, -1 for a hang."""
    try:
        with socket.create_connection(address, timeout=HANG_SECONDS) as connection:
            connection.sendall(case.content)
            connection.shutdown(socket.SHUT_WR) if not case.is_valid else None
            answer = connection.recv(64)
            while connection.recv(1 << 16):
                pass
    except TimeoutError:
        return -1
    except OSError:
        return 0
    parts = answer.split()
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def fuzz(url: str, cases: int, seed: int, token: str | None) -> tuple[Counter[int], list[Case]]:
    """Return how often each status came, and the cases that hung or were answered 500."""
    parts = urlsplit(url)
    address = (parts.hostname or "127.0.0.1", parts.port or 80)
    chance = random.Random(seed)
    made = [make_case(chance, token) for _ in range(cases)]
    with ThreadPoolExecutor(16) as senders:
        statuses = list(senders.map(lambda case: send(address, case), made, chunksize=1))
    bad = [
        case
        for case, status in zip(made, statuses, strict=True)
        if status in {-1, 500} or (case.is_valid and status == 0)
    ]
    return Counter(statuses), bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--token")
    given = parser.parse_args()
    started = time.monotonic()
    if given.url:
        counts, bad = fuzz(given.url, given.cases, given.seed, given.token)
    else:
        with tempfile.TemporaryDirectory() as folder:
            command = [
                sys.executable,
                "-m",
                "kg",
                "serve",
                "--store",
                f"{folder}/store",
                "--port",
                "7983",
                "--time-limit",
                "5",
            ]
            with subprocess.Popen(
                command, stderr=subprocess.DEVNULL, env=os.environ | {"KG_TOKEN": given.token or ""}
            ) as server:
                wait_for("http://127.0.0.1:7983/health")
                counts, bad = fuzz("http://127.0.0.1:7983", given.cases, given.seed, given.token)
                wait_for("http://127.0.0.1:7983/ready")
                server.terminate()
    for case in bad[:20]:
        print(case.content[:1500])
    print(
        f"{given.cases} cases in {time.monotonic() - started:.0f} s; statuses {dict(sorted(counts.items()))}; {len(bad)} bad"
    )
    return 1 if bad else 0


def wait_for(url: str) -> None:
    """Return when an address answers 200.

    Raises:
        SystemExit: it does not within half a minute.
    """
    for _ in range(300):
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    message = f"{url} does not answer"
    raise SystemExit(message)


if __name__ == "__main__":
    sys.exit(main())
