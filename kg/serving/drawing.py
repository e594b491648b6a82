"""Makes the explorer of what is served, once for each version of it, in a process beside the workers.

It takes a minute where a graph is large, which is more than a query may take, and a worker that drew would be one less
for those who ask. The process is there only while it draws.
"""

import asyncio
import gzip
from typing import Final

from msgspec.structs import replace

from kg.serving.jobs import Job, Reply, WorkerSettings, encode
from kg.serving.metrics import Metrics
from kg.serving.process import BusyError, TooMuchMemoryError, WorkerProcess, WorkError, worker_command

__all__ = ["Drawing"]

_SETTINGS: Final = WorkerSettings(writes=None, timeout=300, memory=4 << 30, max_result=256 << 20, services=())
_OUT_OF_MEMORY: Final = 507


class Drawing:
    """The last page that was made.

    Args:
        metrics: Where pages that are given up are counted.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._store = ""
        self._page: tuple[Reply, bytes] | type[WorkError] = BusyError
        self._one_at_a_time = asyncio.Lock()
        self._worker: WorkerProcess | None = None

    async def run(self, job: Job) -> tuple[Reply, bytes]:
        """Give the page of a store; what could not be made is not tried again before there is another store.

        Raises:
            WorkError: It takes too long, or too much memory.
        """
        async with self._one_at_a_time:
            if self._store != job.store:
                self._page = await self._draw(job)
                self._store = job.store
        if not isinstance(self._page, tuple):
            raise self._page
        reply, body = self._page
        return (reply, body) if job.gzip or not reply.gzip else (replace(reply, gzip=False), gzip.decompress(body))

    async def close(self) -> None:
        """End the process, if it draws."""
        if self._worker is not None:
            self._worker.give_up(BusyError)
            await self._worker.ended.wait()

    async def _draw(self, job: Job) -> tuple[Reply, bytes] | type[WorkError]:
        loop = asyncio.get_running_loop()
        _, worker = await loop.subprocess_exec(WorkerProcess, *worker_command(_SETTINGS), stderr=None)
        self._worker = worker
        try:
            await worker.started()
            reply, body = await worker.run(encode(replace(job, gzip=True)), _SETTINGS.timeout)
            if reply.status == _OUT_OF_MEMORY:
                raise TooMuchMemoryError
        except WorkError as error:
            self._metrics.given_up[error.name] += 1
            return type(error)
        finally:
            worker.give_up(BusyError)
            await worker.ended.wait()
            self._worker = None
        return reply, body
