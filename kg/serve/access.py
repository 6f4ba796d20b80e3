"""Who may do what: tokens, the rate limit, and the headers that keep browsers safe."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict

from kg.serve.faults import Fault

_MOST_ADDRESSES = 10_000
_BURST_SECONDS = 2.0

SECURITY_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
)
# The one style sheet that cytoscape writes into the page, by its hash; the pages have the same rule of their own.
_PICTURE_STYLE = b"'sha256-pgvDUBa4IjFA2yuSJ2cqcyxmNYJMborsd0ORcRv9vw8='"
PAGE_POLICY = (
    b"content-security-policy",
    b"default-src 'none'; script-src 'self'; style-src 'self' "
    + _PICTURE_STYLE
    + b"; img-src 'self' data:; font-src 'self'; "
    b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
)
# The query editor writes style attributes as it draws, so its page alone may have them.
EDITOR_POLICY = (PAGE_POLICY[0], PAGE_POLICY[1].replace(_PICTURE_STYLE, b"'unsafe-inline'"))
DATA_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
CORS: tuple[tuple[bytes, bytes], ...] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Last-Modified, Location, Retry-After, X-KG-Generation"),
)
PREFLIGHT: tuple[tuple[bytes, bytes], ...] = (
    (b"access-control-allow-methods", b"GET, HEAD, POST, PUT, DELETE, OPTIONS"),
    (b"access-control-allow-headers", b"Accept, Authorization, Content-Type, If-None-Match, If-Modified-Since"),
    (b"access-control-max-age", b"86400"),
)


def check_token(token: str | None, authorization: str | None, what: str) -> None:
    """Let a request pass that carries the token.

    Args:
        token: the server's token; None means that nobody may.
        authorization: the request's Authorization header.
        what: what the request wants, for the message.

    Raises:
        Fault: 403 when the server has no token, 401 when the request has none or another one.
    """
    if token is None:
        raise Fault(
            403, f"{what} is off: the server was started without a token (KG_TOKEN or --token-file)", code="read-only"
        )
    scheme, _, given = (authorization or "").partition(" ")
    is_right = hmac.compare_digest(given.strip().encode("utf-8", "replace"), token.encode())
    if scheme.lower() != "bearer" or not is_right:
        reason = "the token is wrong" if authorization else "a token is needed"
        raise Fault(401, f"{what}: {reason}; send the header Authorization: Bearer TOKEN", code="unauthorized")


class RateLimit:
    """A token bucket for each address: ``rate`` requests a second, with two seconds' worth at once."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._most = max(1.0, rate * _BURST_SECONDS)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(self, address: str) -> None:
        """Count a request of an address.

        Raises:
            Fault: 429, it has sent too many.
        """
        if self._rate <= 0:
            return
        now = time.monotonic()
        left, then = self._buckets.pop(address, (self._most, now))
        left = min(self._most, left + (now - then) * self._rate)
        self._buckets[address] = (left - 1 if left >= 1 else left, now)
        if len(self._buckets) > _MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        if left < 1:
            wait = max(1, round((1 - left) / self._rate))
            reason = f"more than {self._rate:g} requests a second from {address}"
            raise Fault(429, reason, code="rate-limited", retry_after=wait)
