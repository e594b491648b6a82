"""One worker process as the server sees it."""

import asyncio
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

import msgspec

from kg.serving.jobs import HEAD, LENGTH, Reply, WorkerSettings, decode_reply

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "BusyError",
    "TooComplexError",
    "TooLongError",
    "TooMuchMemoryError",
    "WorkError",
    "WorkerProcess",
    "worker_command",
]

_STARTING: Final = 60.0
"""Seconds that a worker may take to start, on the slowest disk."""


class WorkError(Exception):
    """A job was given up."""

    name = "stopped"


class BusyError(WorkError):
    """Too many jobs wait, or a long one was cut off for those that wait."""

    name = "busy"


class TooLongError(WorkError):
    """The job took longer than it may."""

    name = "time"


class TooMuchMemoryError(WorkError):
    """The job took more memory than it may."""

    name = "memory"


class TooComplexError(WorkError):
    """The job is nested so deeply that the engine's stack was too small for it."""

    name = "depth"


def worker_command(settings: WorkerSettings) -> list[str]:
    """The command line of a worker."""
    return [sys.executable, "-m", "kg.serving.worker", msgspec.json.encode(settings).decode()]


class WorkerProcess(asyncio.SubprocessProtocol):
    """A worker with its pipes.

    Attributes:
        since: Time of the event loop at which its job was begun; None when it has none.
        dead: It takes no more jobs.
        failed: It never got to take one.
        ended: The process is gone.
        at_end: Called then.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._received = bytearray()
        self._awaited: asyncio.Future[tuple[Reply, bytes]] = self._loop.create_future()
        self._reason: type[WorkError] | None = None
        self.since: float | None = None
        self.dead = False
        self.failed = True
        self.ended = asyncio.Event()
        self.at_end: Callable[[WorkerProcess], None] = lambda _: None

    async def started(self) -> Reply:
        """Wait until the process is ready.

        Raises:
            WorkError: It is not, and is gone.
        """
        reply, _ = await self._reply(_STARTING)
        self.failed = bool(reply.detail)
        return reply

    async def run(self, job: bytes, timeout: float) -> tuple[Reply, bytes]:
        """Have one job done.

        Raises:
            WorkError: It was given up, and the process is gone.
        """
        self._awaited = self._loop.create_future()
        self.since = self._loop.time()
        self._jobs.write(LENGTH.pack(len(job)) + job)
        return await self._reply(timeout)

    def give_up(self, reason: type[WorkError]) -> None:
        """End the process, whatever it is at."""
        self._reason = self._reason or reason
        self.dead = True
        with suppress(ProcessLookupError):
            self._process.kill()

    async def _reply(self, timeout: float) -> tuple[Reply, bytes]:
        timer = self._loop.call_later(timeout, self.give_up, TooLongError)
        try:
            reply, body = await self._awaited
        except asyncio.CancelledError:
            self.give_up(WorkError)
            raise
        finally:
            timer.cancel()
            self.since = None
        self.dead = self.dead or reply.last
        return reply, body

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the process."""
        self._process = cast("asyncio.SubprocessTransport", transport)
        self._jobs = cast("asyncio.WriteTransport", self._process.get_pipe_transport(0))

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 - there is one such pipe
        """Collect a reply."""
        self._received += data
        if len(self._received) < HEAD.size:
            return
        head, body = HEAD.unpack_from(self._received)
        start = HEAD.size + head
        if len(self._received) < start + body:
            return
        reply = decode_reply(self._received[HEAD.size : start])
        content = bytes(memoryview(self._received)[start:])
        self._received = bytearray()
        if not self._awaited.done():
            self._awaited.set_result((reply, content))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - why does not matter
        """Tell who waits for a reply that there will be none: the process is gone, and all it sent has been read."""
        self._process.close()
        self.dead = True
        if not self._awaited.done():
            reason = self._reason or _cause(self._process.get_returncode() or 0)
            self._awaited.set_exception(reason())
            self._awaited.exception()  # it is no fault if nobody waits
        self.ended.set()
        self.at_end(self)


def _cause(status: int) -> type[WorkError]:
    """Why a worker ended by itself: the engine is native code, and ends its process when it cannot go on."""
    if -status == signal.SIGSEGV:
        return TooComplexError
    if sys.platform != "win32" and -status == signal.SIGALRM:
        return TooLongError
    return TooMuchMemoryError
