"""What is served: a graph that builds replace, an RDF file, or a plain store that requests write.

Each names a folder of the engine that nobody writes, for readers, and a version that changes with what is in it.
"""

import asyncio
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from kg.namespaces import DATA_IRI
from kg.serving.jobs import Job, Reply, Snapshot, Writing
from kg.serving.pool import Pool
from kg.store import GraphDirectory
from kg.store.plain import copy_of_file

__all__ = ["BuiltSource", "FixedSource", "PlainSource", "Source"]

_REFUSED: Final = 400
"""From this status on nothing was written."""


_TRUSTED: Final = 0.02
"""Seconds for which the name of the current graph is not read again; under load that would be a tenth of the work."""


class Source(Protocol):
    """What is served.

    Attributes:
        base_iri: Beginning of the IRIs of data, which the server answers for under ``/id/``.
        union: The default graph of the Graph Store Protocol is the union of all, as it is for queries.
    """

    base_iri: str
    union: bool

    async def current(self) -> tuple[str, str]:
        """The folder to read now, and its version.

        Raises:
            GraphError: There is no graph any more.
        """
        ...


class BuiltSource:
    """A graph directory; the next query after a build sees the new graph."""

    union = True

    def __init__(self, path: Path) -> None:
        self._directory = GraphDirectory(path)
        self.base_iri = self._directory.built().base_iri
        self._current = ("", "")
        self._until = 0.0

    async def current(self) -> tuple[str, str]:
        """See `Source`."""
        now = time.monotonic()
        if now >= self._until:
            folder = self._directory.store_path()
            self._current, self._until = (str(folder), folder.parent.name), now + _TRUSTED
        return self._current


class FixedSource:
    """A store that stays as it is."""

    union = True
    base_iri = DATA_IRI

    def __init__(self, folder: Path, version: str) -> None:
        self._current = (str(folder), version)

    async def current(self) -> tuple[str, str]:
        """See `Source`."""
        return self._current

    @classmethod
    @contextmanager
    def of_file(cls, path: Path) -> Iterator["FixedSource"]:
        """Load an RDF file, until it is no longer served.

        Raises:
            InputError: It cannot be read.
        """
        with tempfile.TemporaryDirectory(prefix="kg-serve-") as folder:
            yield cls(Path(folder) / "store", copy_of_file(path, Path(folder) / "store"))


class PlainSource:
    """A plain store; what has been written is copied for readers when the next one comes.

    Args:
        writer: A pool of one worker that writes the store.
        snapshots: Folder for the copies, on the same disk; what lies there is removed.
    """

    union = False
    base_iri = DATA_IRI

    def __init__(self, writer: Pool, snapshots: Path) -> None:
        self._writer, self._snapshots = writer, snapshots
        shutil.rmtree(snapshots, ignore_errors=True)
        self._run = secrets.token_hex(4)
        self._written, self._copied = 0, -1
        self._copying = asyncio.Lock()

    async def write(self, task: Writing) -> tuple[Reply, bytes]:
        """Have a task done on the store.

        Raises:
            WorkError: It was given up, and nothing is written.
        """
        reply, body = await self._writer.run(Job("", gzip=False, task=task))
        self._written += reply.status < _REFUSED
        return reply, body

    async def current(self) -> tuple[str, str]:
        """See `Source`; waits for the copy.

        Raises:
            WorkError: The copy was given up.
        """
        if self._copied != self._written:
            async with self._copying:
                await self._copy()
        return str(self._snapshots / str(self._copied)), f"{self._run}-{self._copied}"

    async def _copy(self) -> None:
        number = self._written
        if number == self._copied:
            return
        self._snapshots.mkdir(parents=True, exist_ok=True)
        target = self._snapshots / str(number)
        await self._writer.run(Job("", gzip=False, task=Snapshot(str(target))))
        former, self._copied = self._copied, number
        # A reader that has the former one open keeps its files; one that is about to open it is told to look again.
        shutil.rmtree(self._snapshots / str(former), ignore_errors=True)
