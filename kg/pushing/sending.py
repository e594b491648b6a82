"""Requests that change a server: sent until it says yes, and never to another place than was named."""

import time
from collections.abc import Callable
from typing import IO, Final

import urllib3
from urllib3.util import Timeout

from kg import __version__
from kg.errors import FetchError
from kg.network import BUSY, PassingError, Pools, in_words, retry_after
from kg.pushing.credentials import Credentials
from kg.text import printable

__all__ = ["Sender"]

_TRIES: Final = 6
_LONGEST: Final = 300
_NOTICED: Final = 5
_EXCERPT: Final = 200
_LARGEST: Final = 1 << 16
"""Bytes of an answer that are read: it only says yes, or why not."""


class Sender:
    """Sends to one server.

    Redirects are not followed: credentials and data go where the user said, and nowhere else.

    Args:
        credentials: Shown with each request; no message repeats them.
        timeout: Seconds without a sign of life after which a request is given up and sent again.
        pause: Seconds before the first repetition; each later one waits twice as long.
        on_note: Takes a line when there is a wait that a user would wonder about.
    """

    def __init__(
        self,
        credentials: Credentials | None = None,
        *,
        timeout: float = 300,
        pause: float = 1,
        on_note: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._secrets = credentials.secrets if credentials else ()
        shown = {"Authorization": credentials.header} if credentials else {}
        self._pools = Pools({"User-Agent": f"kg/{__version__}", **shown})
        self._timeout, self._pause, self._on_note = Timeout(timeout), pause, on_note

    def send(
        self, method: str, url: str, body: IO[bytes] | None = None, kind: str = "", *, absent: bool = False
    ) -> None:
        """Send a request until the server has done what it says.

        Args:
            method: Such as ``PUT``; one that can be repeated.
            url: Where to.
            body: Read from its start each time it is sent.
            kind: Media type of the body.
            absent: That there is nothing there (404) is as good as done.

        Raises:
            FetchError: The server refuses it, or cannot be reached.
        """
        wait = self._pause
        for last in (False,) * (_TRIES - 1) + (True,):
            try:
                self._send_once(method, url, body, kind, absent=absent)
            except PassingError as fault:
                if last or fault.after > _LONGEST:
                    raise FetchError(url, str(fault), "try later") from fault
                self._sleep(max(wait, fault.after), url, fault)
                wait = 2 * wait
            else:
                return

    def _send_once(self, method: str, url: str, body: IO[bytes] | None, kind: str, *, absent: bool) -> None:
        headers = dict(self._pools.headers)
        if body is not None:
            headers |= {"Content-Type": kind, "Content-Length": str(body.seek(0, 2))}
            body.seek(0)
        try:
            response = self._pools.to(url).request(
                method,
                url,
                body=body,
                headers=headers,
                retries=False,
                redirect=False,
                timeout=self._timeout,
                preload_content=False,
            )
            try:
                said = response.read(_LARGEST)
            finally:
                response.close()
        except urllib3.exceptions.HTTPError as error:
            raise PassingError(in_words(error)) from error
        self._check_status(response, said, url, absent=absent)

    def _check_status(self, response: urllib3.BaseHTTPResponse, said: bytes, url: str, *, absent: bool) -> None:
        status = f"HTTP {response.status} {printable(response.reason or '')}".strip()
        if 200 <= response.status < 300 or (absent and response.status == 404):  # noqa: PLR2004 - done, and not found
            return
        if response.status in BUSY:
            raise PassingError(status, retry_after(response))
        if 300 <= response.status < 400:  # noqa: PLR2004 - redirects
            place = self._hidden(response.headers.get("Location", "nowhere"))
            raise FetchError(url, f"sends on to {place}", "redirects are not followed: give the final address")
        remedy = _REMEDIES.get(response.status, "check the URL and the server's log")
        excerpt = self._hidden(said.decode(errors="replace"))
        raise FetchError(url, f"refused ({status}{f': {excerpt}' if excerpt else ''})", remedy)

    def _hidden(self, text: str) -> str:
        """The start of what a server says, without secrets it repeats."""
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return printable(" ".join(text.split())[:_EXCERPT])

    def _sleep(self, seconds: float, url: str, fault: PassingError) -> None:
        if seconds > _NOTICED:
            self._on_note(f"{url}: {fault}; sending again in {seconds:.0f} s")
        time.sleep(seconds)


_CREDENTIALS: Final = "set KG_PUSH_TOKEN, or KG_PUSH_USER and KG_PUSH_PASSWORD, or use netrc"
_OTHER: Final = "check the URL; --update is for SPARQL update endpoints, its absence for graph stores"
_REMEDIES: Final = {
    401: _CREDENTIALS,
    403: _CREDENTIALS,
    404: _OTHER,
    405: _OTHER,
    413: "raise the server's limit, or push with --update to its update endpoint, which sends pieces",
    415: _OTHER,
}
