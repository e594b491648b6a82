"""A question to a service: answered from the cache, or asked until there is a usable answer."""

import time
from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import urlencode

from kg.errors import FetchError, InputError
from kg.fetching.cache import Cache
from kg.fetching.client import Client
from kg.network import PassingError

__all__ = ["Asker"]

_Answer = TypeVar("_Answer")
_TRIES: Final = 6
_LONGEST: Final = 300
"""Seconds to wait at most when a service asks to be left alone; beyond that the user decides."""
_NOTICED: Final = 5
_LATER: Final = "run the same command later: it goes on where it stopped"


class Asker:
    """Asks one service.

    Waits grow from the interval between requests, twice as long each time, and are never shorter than the service
    says.

    Args:
        url: Where its API is.
        client: Sends requests.
        cache: Keeps the answers.
        on_note: Takes a line when there is a wait that a user would wonder about.
    """

    def __init__(self, url: str, client: Client, cache: Cache, on_note: Callable[[str], None]) -> None:
        self._url, self._client, self._cache, self._on_note = url.rstrip("/"), client, cache, on_note

    def __call__(self, path: str, parameters: dict[str, str], read: Callable[[bytes], _Answer], /) -> _Answer:
        """Ask for ``path``, and give what ``read`` makes of the answer.

        Args:
            path: Below the service's address.
            parameters: Of the query, in the order they are sent.
            read: Raises ValueError or InputError where the answer is not usable; it is then not kept.

        Raises:
            FetchError: There is no usable answer.
            OutputError: The answer cannot be kept.
        """
        url = f"{self._url}/{path}?{urlencode(parameters)}"
        known = self._cache.get(url)
        if known is not None:
            try:
                return read(known)
            except (ValueError, InputError):  # kept by a version of `kg` that took it for usable
                self._cache.forget(url)
        return self._asked(url, read)

    def _asked(self, url: str, read: Callable[[bytes], _Answer]) -> _Answer:
        wait = self._client.interval
        for last in (False,) * (_TRIES - 1) + (True,):
            try:
                answer = self._client.get(url)
                value = _usable(answer, read)
            except PassingError as fault:
                wait = 2 * wait
                if last or fault.after > _LONGEST:
                    asked = f"; it asks to wait {fault.after:.0f} s" if fault.after > _LONGEST else ""
                    raise FetchError(url, f"no usable answer ({fault}{asked})", _LATER) from fault
                self._sleep(max(wait, fault.after), fault)
            else:
                self._cache.put(url, answer)
                return value
        raise AssertionError(url)

    def _sleep(self, seconds: float, fault: PassingError) -> None:
        if seconds > _NOTICED:
            self._on_note(f"{self._url}: {fault}; asking again in {seconds:.0f} s")
        time.sleep(seconds)


def _usable(answer: bytes, read: Callable[[bytes], _Answer]) -> _Answer:
    try:
        return read(answer)
    except InputError as error:
        raise PassingError(error.reason) from error
    except ValueError as error:
        raise PassingError(f"not the answer that was expected: {error}") from error
