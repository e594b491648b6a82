"""The server's HTTP over TCP, with the head and the body of a small answer in one packet."""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.auto import AutoHTTPProtocol

__all__ = ["JoiningProtocol"]

_COPIED: Final = 1 << 16
"""Bytes; more are not copied to be sent together."""


class JoiningProtocol(AutoHTTPProtocol):  # type: ignore[misc,valid-type]  # which of two it is, is known when it runs
    """HTTP as uvicorn speaks it; each system call less counts where an answer takes a few hundred microseconds."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Take a new connection."""
        super().connection_made(_Joining(transport))


class _Joining:
    """A transport that sends together what is written in one step of the event loop."""

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
