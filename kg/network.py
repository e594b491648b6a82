"""What everything that uses the network shares: the way to a host, and faults in a few words."""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.util import Retry

__all__ = ["BUSY", "PassingError", "Pools", "in_words", "retry_after"]

BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed later."""


class PassingError(Exception):
    """A fault that may be gone when the service is asked again.

    Args:
        reason: What happened.
        after: Seconds the service asks to be left alone.
    """

    def __init__(self, reason: str, after: float = 0, /) -> None:
        self.reason, self.after = reason, after

    def __str__(self) -> str:
        return self.reason


class Pools:
    """The ways to hosts: through the proxy that the environment names, or straight.

    Args:
        headers: That every request carries.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        self.headers: Final = dict(headers)
        self._pools: dict[str, urllib3.PoolManager] = {}

    def to(self, url: str) -> urllib3.PoolManager:
        """The way to the host of an address."""
        parts = urlsplit(url)
        proxy = getproxies().get(parts.scheme)
        via = proxy if proxy and not proxy_bypass(parts.netloc) else ""
        if via not in self._pools:
            make: Callable[..., urllib3.PoolManager] = urllib3.ProxyManager if via else urllib3.PoolManager
            self._pools[via] = make(*([via] if via else []), headers=self.headers)
        return self._pools[via]


def retry_after(response: urllib3.BaseHTTPResponse) -> float:
    """Seconds the service asks to be left alone; 0 where it does not say."""
    try:
        return Retry().get_retry_after(response) or 0
    except urllib3.exceptions.InvalidHeader:
        return 0


def in_words(error: urllib3.exceptions.HTTPError) -> str:
    """The cause in a few words: urllib3's own messages name objects and repeat the address, key and all."""
    reason = getattr(error, "reason", None)
    cause = reason if isinstance(reason, urllib3.exceptions.HTTPError) else error
    for kind, words in _CAUSES.items():
        if isinstance(cause, kind):
            return words
    return type(cause).__name__


_CAUSES: Mapping[type[Exception], str] = {
    urllib3.exceptions.NameResolutionError: "the name of the host is not known",
    urllib3.exceptions.NewConnectionError: "no connection",
    urllib3.exceptions.TimeoutError: "no answer in time",
    urllib3.exceptions.SSLError: "the certificate cannot be verified",
    urllib3.exceptions.DecodeError: "the answer is damaged",
    urllib3.exceptions.IncompleteRead: "the answer was cut off",
    urllib3.exceptions.ProtocolError: "the connection was cut",
}
