"""What can be set of the server, with the defaults that are safe on a researcher's machine."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import ConfigError

MEGABYTE = 1024 * 1024
_MORE_THAN_NONE = (
    "query_time", "update_time", "annotate_time", "slice_time", "workers", "long_queries", "queue", "connections",
)  # fmt: skip


def default_clerks() -> int:
    """Return how many clerks keep the cores of this machine busy."""
    return max(2, min(8, os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one query and of all together.

    Times in seconds, sizes in bytes. ``slice_time`` is how long a query may hold a lane of small queries before it
    goes on as one of at most ``long_queries``; ``queue`` is how many may wait for a lane. ``clerks`` is how many
    workers may answer on the connections of busy clients by themselves. ``buffer`` is held back
    before status 200 is sent. ``rate`` is requests a second from one address, 0 for no limit. ``head_time`` is how
    long the head of a request, and each next piece of its body, may take, ``body_time`` the whole body.
    """

    query_time: float = 30.0
    update_time: float = 120.0
    annotate_time: float = 60.0
    slice_time: float = 0.2
    memory: int = 2048 * MEGABYTE
    result: int = 1024 * MEGABYTE
    buffer: int = 4 * MEGABYTE
    body: int = 64 * MEGABYTE
    annotate_body: int = 1 * MEGABYTE
    cache: int = 64 * MEGABYTE
    workers: int = 3
    clerks: int = field(default_factory=default_clerks)
    long_queries: int = 4
    queue: int = 256
    idle_client_time: float = 60.0
    head_time: float = 20.0
    body_time: float = 600.0
    connections: int = 1000
    rate: float = 0.0

    def __post_init__(self) -> None:
        for name in (
            "query_time",
            "update_time",
            "annotate_time",
            "slice_time",
            "workers",
            "long_queries",
            "queue",
            "connections",
        ):
            if getattr(self, name) <= 0:
                message = f"{name.replace('_', '-')} must be more than 0, not {getattr(self, name)}"
                raise ConfigError(message)


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """How the server runs; ``prefix`` is the path under which a reverse proxy shows it, without a slash at the end."""

    store: Path
    host: str = "127.0.0.1"
    port: int = 7878
    prefix: str = ""
    token: str | None = field(default=None, repr=False)
    union_default_graph: bool = True
    show_text: bool = True
    allow_remote: frozenset[str] = frozenset()
    access_log: str | None = None
    slow_query_time: float = 5.0
    trust_proxy: bool = False
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.prefix and (not self.prefix.startswith("/") or self.prefix.endswith("/")):
            message = f"--prefix must look like /kg, not {self.prefix!r}"
            raise ConfigError(message)


def read_token(token_file: Path | None) -> str | None:
    """Return the token that writes need, from a file or KG_TOKEN; None means that nothing can be written.

    Raises:
        ConfigError: the file cannot be read, or the token is empty or too short to be safe.
    """
    if token_file is not None:
        try:
            token = token_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            message = f"the token file {token_file} cannot be read: {error}"
            raise ConfigError(message) from error
        source = str(token_file)
    else:
        token, source = os.environ.get("KG_TOKEN", "").strip(), "KG_TOKEN"
        if not token:
            return None
    if not token or not token.isascii() or any(character.isspace() for character in token):
        message = f"the token in {source} must be one word of ASCII characters"
        raise ConfigError(message)
    return token
