"""Tokens, remote addresses, rate limit, headers, logs, the proxy's prefix."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.errors import ConfigError
from kg.serve.access import RateLimit, check_token
from kg.serve.faults import Fault
from kg.serve.settings import read_token
from tests.serve.running_server import TOKEN, Server, serve

if TYPE_CHECKING:
    from pathlib import Path

INSERT = "INSERT DATA { GRAPH <http://ex/g> { <http://ex/s> <http://ex/p> 1 } }"


def test_writes_need_the_token(server: Server) -> None:
    assert server.update(INSERT, token=None).status_code == 401
    assert server.update(INSERT, token="wrong").status_code == 401
    assert server.update(INSERT, token=None).headers["www-authenticate"].startswith("Bearer")
    assert server.client.put("/store?default", content=b"").status_code == 401
    assert server.client.delete("/store?default").status_code == 401
    in_address = server.client.post(f"/sparql?token={TOKEN}", data={"update": INSERT})
    assert in_address.status_code == 401


def test_without_a_token_nothing_can_be_written(sample_store: Path) -> None:
    with serve(sample_store, token=None) as server:
        assert server.update(INSERT, token="any").status_code == 403
        assert server.client.put("/store?default", content=b"").status_code == 403
        assert server.query("ASK {}").status_code == 200


def test_a_token_is_compared_whole() -> None:
    check_token("abc", "Bearer abc", "it")
    check_token("abc", "bearer  abc", "it")
    for header in (None, "", "Bearer", "Bearer ab", "Bearer abcd", "Basic abc", "abc", "Bearer äbc"):
        with pytest.raises(Fault) as caught:
            check_token("abc", header, "it")
        assert caught.value.status == 401


def test_a_token_comes_from_a_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_TOKEN", raising=False)
    file = tmp_path / "token"
    file.write_text("from-file\n")
    assert read_token(None) is None
    assert read_token(file) == "from-file"
    monkeypatch.setenv("KG_TOKEN", "from-environment")
    assert read_token(None) == "from-environment"
    file.write_text(" \n")
    with pytest.raises(ConfigError):
        read_token(file)
    with pytest.raises(ConfigError):
        read_token(tmp_path / "none")


def test_load_and_service_are_refused_in_updates(scratch: Server) -> None:
    assert scratch.update("LOAD <http://127.0.0.1:1/>").status_code == 403
    assert scratch.update("LOAD <file:///etc/passwd> INTO GRAPH <http://ex/g>").status_code == 403
    where = "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    assert scratch.update(where).status_code == 403


def test_pages_carry_headers_that_let_only_own_assets_run(server: Server) -> None:
    for path in ("/", "/documents", "/query"):
        headers = server.get(path, "text/html").headers
        policy = headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "default-src 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in server.query("ASK {}").headers["content-security-policy"]


def test_the_rate_limit_refuses_and_says_when_to_come_back(sample_store: Path) -> None:
    with serve(sample_store, "--rate", "5") as server:
        answers = [server.query("ASK {}") for _ in range(30)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len([a for a in answers if a.status_code == 200]) >= 10
    assert refused
    assert int(refused[0].headers["retry-after"]) >= 1


def test_the_rate_limit_knows_addresses_apart() -> None:
    limit = RateLimit(1)
    for _ in range(2):
        limit.check("a")
    limit.check("b")
    with pytest.raises(Fault):
        limit.check("a")


def test_under_a_prefix_every_link_begins_with_it(sample_store: Path) -> None:
    with serve(sample_store, "--prefix", "/kg") as server:
        root = server.url.removesuffix("/kg")
        assert server.url == f"{root}/kg"
        for path in ("/kg/", "/"):
            page = server.client.get(root + path, headers={"Accept": "text/html"}).text
            assert 'href="/kg/documents"' in page
            assert 'href="/documents"' not in page
            assert 'href="/kg/static/kg.css"' in page
        assert server.get("/sparql", "text/csv", query="ASK {}").text == "true"
        assert server.get("/static/kg.css").status_code == 200
        assert server.get("/health").status_code == 200


def test_the_access_log_is_json_without_the_query(sample_store: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with serve(sample_store, "--access-log", str(log), "--slow-query", "0") as server:
        server.query("ASK { <http://secret.example/> ?p ?o }")
        server.get("/nothing-here")
    records = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    asked = next(record for record in records if record["route"] == "sparql" and record.get("query"))
    assert asked["status"] == 200
    assert asked["ms"] >= 0
    assert asked["generation"] >= 1
    assert any(record["status"] == 404 for record in records)
    assert "secret.example" not in log.read_text("utf-8")


def test_paths_do_not_lead_out_of_the_static_folder(server: Server) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/", "/static"):
        assert server.client.get(path).status_code in {404, 400}
