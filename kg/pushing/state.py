"""What is known to be on a server: a journal of one line a step, which a kill at any moment leaves true.

A line is a JSON pair: a graph's name, and the digest of what the server holds of it, empty where that is not
known, null where it holds none. The last line of a graph counts.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from kg.errors import GraphError
from kg.files import write_file, writing

__all__ = ["Journal", "opened"]


class Journal:
    """What a server holds.

    Attributes:
        digests: By name of the graph; empty where it is not known what the server holds of it.
    """

    def __init__(self, path: Path, digests: dict[str, str], file: IO[bytes]) -> None:
        self._path, self.digests, self._file = path, digests, file

    def begin(self, graph: str) -> None:
        """Note before a graph is touched that what the server holds of it is not known."""
        if self.digests.get(graph) != "":
            self._note(graph, "")
        self.digests[graph] = ""

    def done(self, graph: str, digest: str | None) -> None:
        """Note what the server now holds of a graph; None for nothing."""
        self._note(graph, digest)
        if digest is None:
            del self.digests[graph]
        else:
            self.digests[graph] = digest

    def _note(self, graph: str, digest: str | None) -> None:
        with writing(self._path):
            self._file.write(_line(graph, digest))
            self._file.flush()
            os.fsync(self._file.fileno())


@contextmanager
def opened(folder: Path, url: str) -> Iterator[Journal]:
    """Open the journal of a server, which is kept under a digest of its address.

    Raises:
        GraphError: Another push to it is at work, or the journal is damaged.
        OutputError: It cannot be written.
    """
    path = folder / f"{sha256(url.encode()).hexdigest()[:16]}.jsonl"
    with writing(path):
        path.parent.mkdir(exist_ok=True)
        lock = FileLock(path.with_suffix(".lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise GraphError(f"{path}: another push to this URL is at work; wait until it is done") from error
    try:
        digests = _read(path)
        write_file(path, (_line(graph, digest) for graph, digest in sorted(digests.items())))  # what counts, and whole
        with writing(path):
            file = path.open("ab", buffering=0)
        with file:
            yield Journal(path, digests, file)
    finally:
        lock.release()


def _line(graph: str, digest: str | None) -> bytes:
    return f"{json.dumps([graph, digest])}\n".encode()


def _read(path: Path) -> dict[str, str]:
    data = path.read_bytes() if path.exists() else b""
    digests: dict[str, str] = {}
    for number, line in enumerate(data.split(b"\n")[:-1], 1):  # a last line without its end was cut off by a kill
        try:
            graph, digest = json.loads(line)
            digests |= {str(graph): "" if digest is None else str(digest)}
        except (ValueError, TypeError) as error:
            remedy = "remove the file, and push with --full"
            raise GraphError(f"{path}:{number}: not a line of a journal; {remedy}") from error
        if digest is None:
            del digests[graph]
    return digests
