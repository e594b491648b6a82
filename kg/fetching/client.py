"""HTTP as polite as the services ask for: one request at a time, not too often, and patient with faults."""

import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.util import Retry, Timeout

from kg.errors import FetchError
from kg.text import printable

__all__ = ["Client", "PassingError"]

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_LARGEST = 1 << 28
_REDIRECTS = Retry(total=5, connect=0, read=0, status=0, other=0, respect_retry_after_header=False)
"""Redirects are followed; whether and when to ask again is not urllib3's to decide."""
_EXCERPT = 200


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


class Client:
    """Sends requests to one service.

    Args:
        agent: The user agent: the program, its version, and whom to write to.
        interval: Seconds from the start of one request to that of the next.
        timeout: Seconds without any answer after which a request is given up; ten times as many for all of it.
        identity: Parameters that each request carries beside its own, such as a contact.
        key: The parameter and the value of a key; no message shows it.
    """

    def __init__(
        self,
        agent: str,
        *,
        interval: float,
        timeout: float,
        identity: Mapping[str, str],
        key: tuple[str, str] | None = None,
    ) -> None:
        self.interval, self._timeout = interval, timeout
        self._identity = dict(identity) | (dict([key]) if key else {})
        self._secret = key[1] if key else None
        self._headers = {"User-Agent": agent, "Accept-Encoding": "gzip"}
        self._pools: dict[str, urllib3.PoolManager] = {}
        self._next = 0.0

    def get(self, url: str) -> bytes:
        """Send one request, when it is time.

        Raises:
            PassingError: It may succeed later.
            FetchError: The service refuses it.
        """
        self._wait()
        separator = "&" if "?" in url else "?"
        sent = f"{url}{separator}{urlencode(self._identity)}" if self._identity else url
        try:
            return self._answer(sent, url)
        except urllib3.exceptions.HTTPError as error:
            raise PassingError(_said(error)) from error

    def _answer(self, sent: str, url: str) -> bytes:
        pool, timeout = self._pool(sent), Timeout(connect=self._timeout, read=self._timeout)
        deadline = time.monotonic() + 10 * self._timeout
        response = pool.request("GET", sent, preload_content=False, retries=_REDIRECTS, timeout=timeout)
        try:
            data = bytearray()
            for piece in response.stream():
                data += piece
                if len(data) > _LARGEST or time.monotonic() > deadline:
                    raise PassingError("the answer does not end")
        finally:
            response.close()
        self._check_status(response, bytes(data), url)
        return bytes(data)

    def _check_status(self, response: urllib3.BaseHTTPResponse, data: bytes, url: str) -> None:
        said = f"HTTP {response.status} {response.reason or ''}".strip()
        if response.status in _BUSY:
            raise PassingError(said, _retry_after(response))
        if response.status != 200:  # noqa: PLR2004 - OK; redirects were followed
            excerpt = " ".join(data.decode(errors="replace").split())[:_EXCERPT]
            if self._secret:  # NCBI repeats a key that is not valid
                excerpt = excerpt.replace(self._secret, "…")
            raise FetchError(url, f"refused ({said}: {printable(excerpt)})", "check the ids or the query")

    def _wait(self) -> None:
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + self.interval

    def _pool(self, url: str) -> urllib3.PoolManager:
        """The way to a host: through the proxy that the environment names, or straight."""
        parts = urlsplit(url)
        proxy = getproxies().get(parts.scheme)
        via = proxy if proxy and not proxy_bypass(parts.netloc) else ""
        if via not in self._pools:
            make: Callable[..., urllib3.PoolManager] = urllib3.ProxyManager if via else urllib3.PoolManager
            self._pools[via] = make(*([via] if via else []), headers=self._headers)
        return self._pools[via]


def _retry_after(response: urllib3.BaseHTTPResponse) -> float:
    try:
        return _REDIRECTS.get_retry_after(response) or 0
    except urllib3.exceptions.InvalidHeader:
        return 0


def _said(error: urllib3.exceptions.HTTPError) -> str:
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
