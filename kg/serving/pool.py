"""Worker processes that can be killed, so that no query holds the server longer than it may.

One job at a time goes to a worker. A worker that takes too long, or too much memory, is gone with all that it held,
and another takes its place at once.
"""

import asyncio
from collections import deque
from typing import Final

from kg.errors import GraphError
from kg.serving.jobs import Job, Reply, WorkerSettings, encode
from kg.serving.metrics import Metrics
from kg.serving.process import BusyError, TooMuchMemoryError, WorkerProcess, WorkError, worker_command

__all__ = ["Pool"]

_PAUSE: Final = 1.0
"""Seconds before another worker is started in place of one that did not start."""

_SHARE: Final = 0.2
"""The part of the time limit that a job has for sure; what is left of it, it has while no other job waits."""

_SPARE: Final = 1
"""Workers that stand by, to take the place of one that is killed without the time it takes to start one."""

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
        self._command = worker_command(settings)
        self._spare = 0 if settings.writes else _SPARE  # two cannot write one store
        self._all: set[WorkerProcess] = set()
        self._idle: list[WorkerProcess] = []
        self._waiting: deque[asyncio.Future[WorkerProcess]] = deque()
        self._replacing: set[asyncio.Task[None]] = set()
        self._closed = False
        self._busy = 0
        self._share = settings.timeout * (1 if settings.writes else _SHARE)  # what writes is not cut off for others
        self._clearing: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Start the workers, and wait until they are there.

        Raises:
            GraphError: What they work on cannot be opened.
        """
        await asyncio.gather(*(self._start() for _ in range(self._size + self._spare)))

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
        if (worker := self._free()) is not None:
            return worker
        if self._closed or len(self._waiting) >= self._queue:
            raise BusyError
        loop = asyncio.get_running_loop()
        place: asyncio.Future[WorkerProcess] = loop.create_future()
        self._waiting.append(place)
        end = loop.call_later(self._timeout, _leave, place)
        if self._clearing is None:
            self._clearing = loop.call_later(self._share, self._make_room)
        try:
            return await place
        finally:
            end.cancel()

    def _free(self) -> WorkerProcess | None:
        """A worker that may begin a job, if there is one: no more work at a time than told, so some stay idle."""
        while self._idle and self._busy < self._size:
            worker = self._idle.pop()
            if not worker.dead:
                self._busy += 1
                return worker
        return None

    def _make_room(self) -> None:
        """For each job that waits cut off one that has had its share; again after a while, as long as any waits."""
        loop = asyncio.get_running_loop()
        waiting = sum(not place.done() for place in self._waiting)
        self._clearing = loop.call_later(self._share, self._make_room) if waiting else None
        latest = loop.time() - self._share
        served = [(one.since, number, one) for number, one in enumerate(self._all) if one.since is not None]
        for since, _, worker in sorted(served)[:waiting]:
            if since <= latest:
                worker.give_up(BusyError)

    def _give_back(self, worker: WorkerProcess) -> None:
        self._busy -= 1
        self._add(worker)

    def _add(self, worker: WorkerProcess | None = None) -> None:
        """Take in a worker that has no job, and let those that wait have what is free."""
        if worker is not None and not worker.dead:
            self._idle.append(worker)
        while self._waiting:
            if self._waiting[0].done():
                self._waiting.popleft()
            elif (free := self._free()) is not None:
                self._waiting.popleft().set_result(free)
            else:
                return

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
        self._add(worker)

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
            if not self._closed:
                self._metrics.note(str(error))


def _leave(place: "asyncio.Future[WorkerProcess]") -> None:
    if not place.done():
        place.set_exception(BusyError())
