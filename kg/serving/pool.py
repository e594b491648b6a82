"""Worker processes that can be killed, so that no query holds the server longer than it may.

One job at a time goes to a worker. A worker that takes too long, or too much memory, is gone with all that it held,
and another takes its place at once.
"""

import asyncio
import sys
from collections import deque
from typing import Final

import msgspec

from kg.errors import GraphError
from kg.serving.jobs import Job, Reply, WorkerSettings, encode
from kg.serving.metrics import Metrics
from kg.serving.process import BusyError, TooMuchMemoryError, WorkerProcess, WorkError

__all__ = ["Pool"]

_PAUSE: Final = 1.0
"""Seconds before another worker is started in place of one that did not start."""

_PATIENCE: Final = 0.1
"""The part of its time that a job has for sure; afterwards it goes on while no other job waits as long as that."""

_OUT_OF_MEMORY: Final = 507


class Pool:
    """Workers that are alike.

    Args:
        settings: Of each worker.
        size: Workers, at least 1.
        queue: Jobs that may wait for one.
        metrics: Where jobs that are given up are counted.
    """

    def __init__(self, settings: WorkerSettings, size: int, queue: int, metrics: Metrics) -> None:
        self._timeout, self._size, self._queue, self._metrics = settings.timeout, size, queue, metrics
        self._command = [sys.executable, "-m", "kg.serving.worker", msgspec.json.encode(settings).decode()]
        self._all: set[WorkerProcess] = set()
        self._idle: list[WorkerProcess] = []
        self._waiting: deque[asyncio.Future[WorkerProcess]] = deque()
        self._replacing: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start the workers, and wait until they are there.

        Raises:
            GraphError: What they work on cannot be opened.
        """
        await asyncio.gather(*(self._start() for _ in range(self._size)))

    async def close(self) -> None:
        """End all workers, and wait until they are gone; jobs that run are given up."""
        self._closed = True
        for worker in self._all:
            worker.give_up(BusyError)
        await asyncio.gather(*(worker.ended.wait() for worker in self._all))

    async def run(self, job: Job) -> tuple[Reply, bytes]:
        """Have a job done.

        Raises:
            WorkError: It was given up.
        """
        try:
            worker = await self._take()
            try:
                reply, body = await worker.run(encode(job), self._timeout)
            finally:
                self._give_back(worker)
            if reply.status == _OUT_OF_MEMORY:
                raise TooMuchMemoryError
        except WorkError as error:
            self._metrics.given_up[error.name] += 1
            raise
        return reply, body

    async def _take(self) -> WorkerProcess:
        while self._idle:
            worker = self._idle.pop()
            if not worker.dead:
                return worker
        if self._closed or len(self._waiting) >= self._queue:
            raise BusyError
        loop = asyncio.get_running_loop()
        place: asyncio.Future[WorkerProcess] = loop.create_future()
        self._waiting.append(place)
        end = loop.call_later(self._timeout, _leave, place)
        cut = loop.call_later(self._timeout * _PATIENCE, self._make_room)
        try:
            return await place
        finally:
            end.cancel()
            cut.cancel()
            if place in self._waiting:
                self._waiting.remove(place)

    def _make_room(self) -> None:
        """Cut off the job that has run longest, if it has had its share: others have waited too."""
        now = asyncio.get_running_loop().time()
        busy = [one for one in self._all if one.since is not None]
        longest = min(busy, key=lambda one: one.since or now, default=None)
        if longest is not None and longest.since is not None and now - longest.since >= self._timeout * _PATIENCE:
            longest.give_up(BusyError)

    def _give_back(self, worker: WorkerProcess) -> None:
        if worker.dead:
            return
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self._idle.append(worker)

    async def _start(self) -> None:
        loop = asyncio.get_running_loop()
        _, worker = await loop.subprocess_exec(WorkerProcess, *self._command, stderr=None)
        self._all.add(worker)
        worker.at_end = self._replace
        try:
            reply = await worker.started()
        except WorkError as error:
            raise GraphError(f"a worker does not start ({error.name}); give it more time or memory") from error
        if reply.detail:
            raise GraphError(reply.detail)
        self._give_back(worker)

    def _replace(self, worker: WorkerProcess) -> None:
        self._all.discard(worker)
        if not self._closed:
            task = asyncio.get_running_loop().create_task(self._start_another(pause=worker.failed))
            self._replacing.add(task)
            task.add_done_callback(self._replacing.discard)

    async def _start_another(self, *, pause: bool) -> None:
        await asyncio.sleep(_PAUSE if pause else 0)
        try:
            await self._start()
        except GraphError as error:
            self._metrics.note(str(error))


def _leave(place: "asyncio.Future[WorkerProcess]") -> None:
    if not place.done():
        place.set_exception(BusyError())
