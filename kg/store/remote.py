"""Write to any server that speaks the SPARQL 1.1 Graph Store HTTP Protocol: one PUT a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import httpx
    from pyoxigraph import Quad

    from kg.model import Iri

_TIMEOUT = 60.0
_SHOWN = 200


class RemoteStore:
    """The graphs of a server; each document is replaced as a whole, as in the store on disk.

    Shared graphs are put as a whole too: what another program wrote into them is replaced.
    """

    def __init__(self, address: str, token: str | None = None, transport: httpx.BaseTransport | None = None) -> None:
        """Use the Graph Store at an address, such as http://localhost:7878/store."""
        import httpx

        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.address = address
        self._client = httpx.Client(headers=headers, timeout=_TIMEOUT, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def put_graph(self, graph: Iri, quads: Iterable[Quad]) -> None:
        """Replace one graph by these quads.

        Raises:
            StoreError: the server cannot be reached or refuses.
        """
        body = "".join(sorted({f"{quad.triple} .\n" for quad in quads})).encode("utf-8")
        self._send("PUT", graph, body)

    def delete_graph(self, graph: Iri) -> None:
        """Take one graph out; one that is not there is no fault.

        Raises:
            StoreError: the server cannot be reached or refuses.
        """
        self._send("DELETE", graph, None)

    def _send(self, method: str, graph: Iri, body: bytes | None) -> None:
        import httpx

        headers = {"Content-Type": "application/n-triples"} if body is not None else {}
        try:
            answer = self._client.request(method, self.address, params={"graph": graph}, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            message = f"{self.address} cannot be reached: {error}: is a Graph Store served there?"
            raise StoreError(message) from error
        gone = method == "DELETE" and answer.status_code == httpx.codes.NOT_FOUND
        if not answer.is_success and not gone:
            reason = " ".join(answer.text.split())[:_SHOWN]
            message = f"{self.address} refuses {method} of {graph}: {answer.status_code} {reason}"
            raise StoreError(message)
