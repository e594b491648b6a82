"""Worker processes that can be killed, so that no query holds the server longer than it may.

A worker that takes too long, or too much memory, is gone with all that it held, and another takes its place at once.

To wake a process takes longer than a small query. So jobs that come together go to no more workers than there are
processors, several to each; but no job stands behind another for longer than `_PATIENCE`: then it is given to another
worker, as long as there are idle ones.
"""

import asyncio
import os
import sys
from collections import deque
from collections.abc import Iterable
from typing import Final

from kg.errors import GraphError
from kg.serving.jobs import Job, Reply, WorkerSettings, encode
from kg.serving.metrics import Metrics
from kg.serving.process import BusyError, Order, TooMuchMemoryError, WorkerProcess, WorkError, worker_command

__all__ = ["Pool"]

_PAUSE: Final = 1.0
"""Seconds before another worker is started in place of one that did not start."""

_SHARE: Final = 0.2
"""The part of the time limit that a job has for sure; what is left of it, it has while no other job waits."""

_SPARE: Final = 1
"""Workers that stand by, to take the place of one that is killed without the time it takes to start one."""

_PATIENCE: Final = 0.025
"""Seconds that a job may stand behind another while there is an idle worker."""

_TOGETHER: Final = 8
"""Jobs given to a worker at once, at most; fewer after some were slow."""

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
        self._timeout, self._size, self._metrics = settings.timeout, size, metrics
        self._most = size + queue
        self._command = worker_command(settings)
        self._spare = 0 if settings.writes else _SPARE  # two cannot write one store
        self._together = 1 if settings.writes else _TOGETHER
        self._together_now = 1
        self._all: set[WorkerProcess] = set()
        self._idle: list[WorkerProcess] = []
        self._waiting: deque[Order] = deque()
        self._inside = 0
        self._replacing: set[asyncio.Task[None]] = set()
        self._closed = False
        self._share = settings.timeout * (1 if settings.writes else _SHARE)  # what writes is not cut off for others
        self._planned = False
        self._hurrying: asyncio.TimerHandle | None = None
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
        self._refuse(self._waiting)
        for worker in self._all:
            worker.give_up(BusyError)
        await asyncio.gather(*(worker.ended.wait() for worker in self._all))

    async def run(self, job: Job) -> tuple[Reply, bytes]:
        """Have a job done.

        Raises:
            WorkError: It was given up.
        """
        self._inside += 1
        try:
            if self._closed or self._inside > self._most:
                raise BusyError
            order = Order(encode(job))
            self._waiting.append(order)
            self._plan()
            reply, body = await order.answer
            if reply.status == _OUT_OF_MEMORY:
                raise TooMuchMemoryError
        except WorkError as error:
            self._metrics.given_up[error.name] += 1
            raise
        finally:
            self._inside -= 1
        return reply, body

    def _plan(self, _: WorkerProcess | None = None) -> None:
        """Give jobs to workers when all that has come in by now is known."""
        if self._waiting and not self._planned:
            self._planned = True
            asyncio.get_running_loop().call_soon(self._give)

    def _give(self) -> None:
        self._planned = False
        now = asyncio.get_running_loop().time()
        busy = self._busy()
        places = self._size - len(busy)
        quick = _PROCESSORS - sum(now - one.since < _PATIENCE for one in busy)
        while self._waiting and places > 0 and quick > 0 and (worker := self._free()) is not None:
            number = min(-(-len(self._waiting) // min(places, quick)), self._together_now)
            worker.give([self._waiting.popleft() for _ in range(number)], self._timeout)
            places, quick = places - 1, quick - 1
        self._look_after()

    def _free(self) -> WorkerProcess | None:
        while self._idle:
            if not (worker := self._idle.pop()).dead:
                return worker
        return None

    def _look_after(self) -> None:
        """See to it that jobs that stand behind others are looked at again."""
        loop = asyncio.get_running_loop()
        if self._waiting and self._clearing is None:
            longest = min((one.since for one in self._busy()), default=loop.time())
            self._clearing = loop.call_at(longest + self._share, self._make_room)
        if self._hurrying is None and (self._waiting or any(len(one.orders) > 1 for one in self._all)):
            self._hurrying = loop.call_later(_PATIENCE, self._hurry)

    def _busy(self) -> list[WorkerProcess]:
        return [one for one in self._all if one.orders and not one.dead and not one.failed]

    def _hurry(self) -> None:
        """Take back what stands behind a slow job; fewer jobs are given together then, and more again later."""
        self._hurrying = None
        latest = asyncio.get_running_loop().time() - _PATIENCE
        back = [order for one in self._all if len(one.orders) > 1 and one.since <= latest for order in one.take_back()]
        more = max(1, self._together_now // 2) if back else self._together_now + 1
        self._together_now = min(more, self._together)
        self._waiting.extendleft(reversed(back))
        self._give()

    def _make_room(self) -> None:
        """For each job that waits cut off one that has had its share; again after a while, as long as any waits."""
        loop = asyncio.get_running_loop()
        self._clearing = None
        now = loop.time()
        self._refuse(order for order in self._waiting if order.since <= now - self._timeout)
        self._waiting = deque(order for order in self._waiting if not order.answer.done())
        for worker in sorted(self._busy(), key=lambda one: one.since)[: len(self._waiting)]:
            if worker.since <= now - self._share:
                worker.give_up(BusyError)
        self._look_after()

    @staticmethod
    def _refuse(orders: Iterable[Order]) -> None:
        for order in orders:
            if not order.answer.done():
                order.answer.set_exception(BusyError())

    def _rest(self, worker: WorkerProcess) -> None:
        if not worker.dead:
            self._idle.append(worker)
        self._plan()

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

    def _replace(self, worker: WorkerProcess, orders: list[Order]) -> None:
        """Start another worker in place of one that is gone; others do what it had not begun."""
        self._all.discard(worker)
        if self._closed:
            self._refuse(orders)
            return
        self._waiting.extendleft(reversed(orders))
        self._plan()
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
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


_PROCESSORS: Final = _processors()
