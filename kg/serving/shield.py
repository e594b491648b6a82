"""What surrounds every answer: checks of the host, headers that keep browsers safe, the count and the log."""

import re
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serving.metrics import Metrics

__all__ = ["Shield"]

_HOST: Final = re.compile(r"([A-Za-z0-9._\-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_LOOPBACK: Final = re.compile(r"localhost|127(?:\.\d{1,3}){3}|\[::1\]", re.IGNORECASE)
_LONGEST_HOST: Final = 300
"""Bytes; a name has 253 at most (RFC 1035), and a port follows."""

_POLICY_NAME: Final = b"content-security-policy"
_POLICY: Final = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    b"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS: Final = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


class Shield:
    """Outermost part of the application.

    Args:
        app: What answers.
        metrics: Where requests are counted.
        loopback: Only requests that name this machine are answered: a name of somebody else's that was made to
            lead here (DNS rebinding) would give his pages the rights of ours.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, *, loopback: bool) -> None:
        self._app, self._metrics, self._loopback = app, metrics, loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (https://asgi.readthedocs.io/en/latest/specs/www.html)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, sent = time.perf_counter(), 500, 0

        async def sending(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _shielded(message["headers"])
            else:
                sent += len(message.get("body", b""))
            await send(message)

        try:
            app = self._app if self._knows_host(scope) else _WRONG_HOST
            await app(scope, receive, sending)
        finally:
            path = scope["raw_path"].decode("latin-1")
            self._metrics.count(scope["method"], path, status, time.perf_counter() - begun, sent)

    def _knows_host(self, scope: Scope) -> bool:
        host = next((value for name, value in scope["headers"] if name == b"host"), b"")
        return len(host) <= _LONGEST_HOST and (_is_loopback if self._loopback else _is_host)(host)


@lru_cache(maxsize=64)
def _is_host(host: bytes) -> bool:
    return _HOST.fullmatch(host.decode("latin-1")) is not None


@lru_cache(maxsize=64)
def _is_loopback(host: bytes) -> bool:
    match = _HOST.fullmatch(host.decode("latin-1"))
    return match is not None and _LOOPBACK.fullmatch(match[1]) is not None


def _shielded(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Add the headers that keep browsers safe; a page that states a policy of its own keeps that."""
    given = list(headers)
    if all(name != _POLICY_NAME for name, _ in given):
        given.append((_POLICY_NAME, _POLICY))
    return given + _HEADERS


_WRONG_HOST: Final = PlainTextResponse("error: this server answers under its own name only\n", 421)
