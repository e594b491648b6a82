"""HTTP as polite as the services ask for: one request at a time, not too often, and patient with faults."""

import time
from collections.abc import Mapping
from urllib.parse import urlencode

import urllib3
from urllib3.util import Retry, Timeout

from kg.errors import FetchError
from kg.network import BUSY, PassingError, Pools, in_words, retry_after
from kg.text import printable

__all__ = ["Client"]

_LARGEST = 1 << 28
_REDIRECTS = Retry(total=5, connect=0, read=0, status=0, other=0, respect_retry_after_header=False)
"""Redirects are followed; whether and when to ask again is not urllib3's to decide."""
_EXCERPT = 200


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
        self._pools = Pools({"User-Agent": agent, "Accept-Encoding": "gzip"})
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
            raise PassingError(in_words(error)) from error

    def _answer(self, sent: str, url: str) -> bytes:
        pool, timeout = self._pools.to(sent), Timeout(connect=self._timeout, read=self._timeout)
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
        if response.status in BUSY:
            raise PassingError(said, retry_after(response))
        if response.status != 200:  # noqa: PLR2004 - OK; redirects were followed
            excerpt = " ".join(data.decode(errors="replace").split())[:_EXCERPT]
            if self._secret:  # NCBI repeats a key that is not valid
                excerpt = excerpt.replace(self._secret, "…")
            raise FetchError(url, f"refused ({said}: {printable(excerpt)})", "check the ids or the query")

    def _wait(self) -> None:
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + self.interval
