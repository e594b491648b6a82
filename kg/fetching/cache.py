"""Answers kept on disk: an interrupted fetch goes on where it stopped, and nothing is asked twice."""

import time
from hashlib import sha256
from pathlib import Path

from kg.files import write_file, writing

__all__ = ["Cache"]

_DAY = 86_400


class Cache:
    """A folder of answers, each under the hash of its address, which holds no key and no contact.

    Args:
        folder: Made when the first answer is kept.
        max_age: Days after which an answer is asked for anew.
    """

    def __init__(self, folder: Path, max_age: float) -> None:
        self._folder, self._max_age = folder, max_age

    def get(self, url: str) -> bytes | None:
        """Find the answer to a request, unless it is too old."""
        path = self._path(url)
        try:
            age = time.time() - path.stat().st_mtime
            return path.read_bytes() if age < self._max_age * _DAY else None
        except FileNotFoundError:
            return None

    def put(self, url: str, answer: bytes) -> None:
        """Keep an answer, whole or not at all.

        Raises:
            OutputError: It cannot be written.
        """
        write_file(self._path(url), answer)

    def forget(self, url: str) -> None:
        """Drop an answer that cannot be read."""
        with writing(self._path(url)):
            self._path(url).unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        name = sha256(url.encode()).hexdigest()
        return self._folder / name[:2] / name[2:]
