"""Worker processes that can be killed, so that no query holds the server longer than it may.

A worker that takes too long, or too much memory, is gone with all that it held, and another takes its place at once.

Most questions take less time than it takes to wake a process whose memory has left the processor's caches. So no more
workers are woken than there are processors beside the server's own, as long as these are quick: further jobs lie behind
others, for a moment. A job whose worker turns out to be slow goes to another one.
"""

import asyncio
import os
import time
from collections import deque
from contextlib import suppress
from typing import Final

from msgspec.structs import replace

from kg.errors import GraphError
from kg.serving.jobs import Job, Reply, WorkerSettings, encode
from kg.serving.metrics import Metrics
from kg.serving.process import BusyError, PassedError, TooMuchMemoryError, WorkerProcess, WorkError, worker_command

__all__ = ["Pool"]

_PAUSE: Final = 1.0
"""Seconds before another worker is started in place of one that did not start."""

_SHARE: Final = 0.2
"""The part of the time limit that a job has for sure; what is left of it, it has while no other job waits."""

_SPARE: Final = 1
"""Workers that stand by, to take the place of one that is killed without the time it takes to start one."""

_OUT_OF_MEMORY: Final = 507

_QUICK: Final = 0.005
"""Seconds that quick jobs take at most; a job does not wait longer behind another."""

_MARGIN: Final = 0.003
"""Seconds more until a job is given to another worker, so that the first has surely passed it over."""

_DEPTH: Final = 8
"""Jobs of a worker, with the one that it is at."""


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
        self._busy: set[WorkerProcess] = set()
        self._lanes = min(size, max(1, _processors() - 1))  # one is busy with the server itself
        self._depth = 1 if settings.writes else _DEPTH
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
            reply, body = await self._persist(job)
            if reply.status == _OUT_OF_MEMORY:
                raise TooMuchMemoryError
        except WorkError as error:
            self._metrics.given_up[error.name] += 1
            raise
        return reply, body

    async def _persist(self, job: Job) -> tuple[Reply, bytes]:
        """Have a job done by the first worker that comes to it; only at first does it lie behind others."""
        for patient in (True, False, False):
            worker = self._free(patient=patient) or await self._wait()
            with suppress(PassedError):
                if not worker.jobs:
                    return await worker.run(encode(job), self._timeout)
                soon = replace(job, begin_by=time.monotonic() + _QUICK)
                return await worker.run(encode(soon), self._timeout, _QUICK + _MARGIN)
        raise BusyError

    async def _wait(self) -> WorkerProcess:
        """Wait until a worker has nothing to do."""
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
        except asyncio.CancelledError:
            if place.done() and not place.cancelled() and place.exception() is None:
                self._rest(place.result())
            raise
        finally:
            end.cancel()

    def _free(self, *, patient: bool) -> WorkerProcess | None:
        """A worker that may take a job, if there is one: no more work at a time than told, so some stay idle."""
        if patient and not self._waiting and len(self._busy) >= self._lanes and (quick := self._quick()) is not None:
            return quick
        while self._idle and len(self._busy) < self._size:
            worker = self._idle.pop()
            if not worker.dead:
                self._busy.add(worker)
                return worker
        return None

    def _quick(self) -> WorkerProcess | None:
        """The worker with the fewest jobs among those whose job was begun a moment ago."""
        if self._depth == 1:
            return None
        latest = asyncio.get_running_loop().time() - _QUICK
        young = [one for one in self._busy if one.since is not None and one.since > latest and not one.dead]
        best = min(young, key=_jobs_of, default=None)
        return best if best is not None and best.jobs < self._depth else None

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

    def _rest(self, worker: WorkerProcess) -> None:
        """Take in a worker that has no job."""
        self._busy.discard(worker)
        if not worker.dead:
            self._idle.append(worker)
        self._let_in()

    def _let_in(self) -> None:
        """Let those that wait have what is free."""
        while self._waiting:
            if self._waiting[0].done():
                self._waiting.popleft()
            elif (free := self._free(patient=False)) is not None:
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
        worker.at_rest = self._rest
        self._rest(worker)

    def _replace(self, worker: WorkerProcess) -> None:
        self._all.discard(worker)
        self._busy.discard(worker)
        self._let_in()
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


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _jobs_of(worker: WorkerProcess) -> int:
    return worker.jobs


def _leave(place: "asyncio.Future[WorkerProcess]") -> None:
    if not place.done():
        place.set_exception(BusyError())
