"""From files, folders, addresses and standard input to documents whose offsets are true."""

from __future__ import annotations

from kg.reading.options import ReadingOptions
from kg.reading.reader import read_documents

__all__ = ["ReadingOptions", "read_documents"]
