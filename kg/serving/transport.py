"""HTTP over TCP as uvicorn speaks it, but for two things: small answers leave in one packet, and heads are bounded."""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["BoundedProtocol"]

_COPIED: Final = 1 << 16
"""Bytes of an answer; more are not copied to be sent together."""

_LONGEST_HEAD: Final = 1 << 18
"""Bytes that may come before a request's head is whole; a query of some 100 kB still fits into its address."""

_TOO_LARGE: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class BoundedProtocol(HttpToolsProtocol):
    """One connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take a new connection."""
        self._head: int | None = 0
        super().connection_made(_Joining(transport))  # type: ignore[arg-type]  # it has all that a transport has

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head of a request has no end."""
        if self._head is not None:
            if self._head > _LONGEST_HEAD:
                self.transport.write(_TOO_LARGE)
                self.transport.close()
                return
            self._head += len(data)
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Begin with the body."""
        self._head = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for the next head."""
        self._head = 0
        super().on_message_complete()


class _Joining:
    """A transport that sends together what is written in one step of the event loop.

    uvicorn writes head and body apart, and each is a system call that wakes the client.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._parts: list[bytes] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a transport has
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._parts:
            self._loop.call_soon(self._send)
        self._parts.append(data)

    def close(self) -> None:
        self._send()
        self._transport.close()

    def _send(self) -> None:
        parts, self._parts = self._parts, []
        if sum(map(len, parts)) <= _COPIED:
            parts = [b"".join(parts)]
        for part in parts:
            self._transport.write(part)
