"""One worker process as the server sees it."""

import asyncio
import signal
import sys
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

import msgspec

from kg.serving.jobs import HEAD, LENGTH, PASSED, Reply, WorkerSettings, decode_reply

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "BusyError",
    "PassedError",
    "TooComplexError",
    "TooLongError",
    "TooMuchMemoryError",
    "WorkError",
    "WorkerProcess",
    "worker_command",
]

_UNWANTED: Final = 1.0
"""Seconds for a job that nobody waits for any more: others may lie behind it."""

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


class PassedError(WorkError):
    """The job was not begun, since those before it took long; another worker may do it."""

    name = "passed"


class TooComplexError(WorkError):
    """The job is nested so deeply that the engine's stack was too small for it."""

    name = "depth"


def worker_command(settings: WorkerSettings) -> list[str]:
    """The command line of a worker."""
    return [sys.executable, "-m", "kg.serving.worker", msgspec.json.encode(settings).decode()]


class WorkerProcess(asyncio.SubprocessProtocol):
    """A worker with its pipes. Jobs lie in the pipe until it comes to them, and are done in their order.

    Attributes:
        since: Time of the event loop at which the job was begun that it is at; None when it has none, or only starts.
        dead: It takes no more jobs.
        failed: It never got to take one.
        at_rest: Called when it has no job any more, and has not ended.
        ended: The process is gone.
        at_end: Called then.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._received = bytearray()
        self._calls: deque[asyncio.Future[tuple[Reply, bytes]]] = deque()
        self._reason: type[WorkError] | None = None
        self._blamed: asyncio.Future[tuple[Reply, bytes]] | None = None
        self._timeout = _STARTING
        self._timer: asyncio.TimerHandle | None = None
        self.since: float | None = None
        self.dead = False
        self.failed = True
        self.ended = asyncio.Event()
        self.at_rest: Callable[[WorkerProcess], None] = lambda _: None
        self.at_end: Callable[[WorkerProcess], None] = lambda _: None
        self._ready = self._add_call()

    @property
    def jobs(self) -> int:
        """How many jobs it has, those included that nobody waits for any more."""
        return len(self._calls)

    async def started(self) -> Reply:
        """Wait until the process is ready.

        Raises:
            WorkError: It is not, and is gone.
        """
        reply, _ = await self._ready
        self.failed = bool(reply.detail)
        return reply

    async def run(self, job: bytes, timeout: float, patience: float | None = None) -> tuple[Reply, bytes]:
        """Have one job done.

        Args:
            job: As it passes through the pipe.
            timeout: Seconds that it may take once it is begun.
            patience: Seconds after which a job that lies behind another is not waited for; None where none is before.

        Raises:
            PassedError: It was not begun: others before it took too long, or the process is gone.
            WorkError: It was given up, and the process is gone.
        """
        if self.ended.is_set():
            raise PassedError
        self._timeout = timeout
        call = self._add_call()
        waiting = None if patience is None else self._loop.call_later(patience, self._pass_over, call)
        self._jobs.write(LENGTH.pack(len(job)) + job)
        try:
            reply, body = await call
        except asyncio.CancelledError:
            if self._calls and self._calls[0] is call:
                self.give_up(WorkError)
            raise
        finally:
            if waiting is not None:
                waiting.cancel()
        if reply.status == PASSED:
            raise PassedError
        return reply, body

    def give_up(self, reason: type[WorkError]) -> None:
        """End the process, whatever it is at."""
        if self._reason is None:
            self._reason = reason
            self._blamed = self._calls[0] if self._calls else None
        self.dead = True
        with suppress(ProcessLookupError):
            self._process.kill()

    def _add_call(self) -> "asyncio.Future[tuple[Reply, bytes]]":
        call: asyncio.Future[tuple[Reply, bytes]] = self._loop.create_future()
        self._calls.append(call)
        if len(self._calls) == 1:
            self._begin()
        return call

    def _begin(self) -> None:
        """Note that it now is at the first of its jobs, if it has any; one that nobody waits for has little time."""
        if self._timer is not None:
            self._timer.cancel()
        timeout = min(_UNWANTED, self._timeout) if self._calls and self._calls[0].done() else self._timeout
        self._timer = self._loop.call_later(timeout, self.give_up, TooLongError) if self._calls else None
        self.since = self._loop.time() if self._calls and not self.failed else None

    def _pass_over(self, call: "asyncio.Future[tuple[Reply, bytes]]") -> None:
        if not call.done() and self._calls[0] is not call:
            call.set_exception(PassedError())

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the process."""
        self._process = cast("asyncio.SubprocessTransport", transport)
        self._jobs = cast("asyncio.WriteTransport", self._process.get_pipe_transport(0))

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 - there is one such pipe
        """Collect replies."""
        self._received += data
        while len(self._received) >= HEAD.size:
            head, body = HEAD.unpack_from(self._received)
            start, end = HEAD.size + head, HEAD.size + head + body
            if len(self._received) < end:
                return
            reply = decode_reply(self._received[HEAD.size : start])
            content = bytes(memoryview(self._received)[start:end])
            self._received = self._received[end:]
            if reply.last:
                self.dead, self._reason = True, self._reason or PassedError
            call = self._calls.popleft()
            self._begin()
            if not call.done():
                call.set_result((reply, content))
            if not self._calls:
                self.at_rest(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - why does not matter
        """Tell who waits for a reply that there will be none: the process is gone, and all it sent has been read."""
        self._process.close()
        self.dead = True
        reason = self._reason or _cause(self._process.get_returncode() or 0)
        blamed = self._calls[0] if self._calls and self._reason is None else self._blamed
        for call in self._calls:
            if not call.done():
                call.set_exception(reason() if call is blamed else PassedError())  # the others were not begun
                call.exception()  # it is no fault if nobody waits
        self._calls.clear()
        self._begin()
        self.ended.set()
        self.at_end(self)


def _cause(status: int) -> type[WorkError]:
    """Why a worker ended by itself: the engine is native code, and ends its process when it cannot go on."""
    if -status == signal.SIGSEGV:
        return TooComplexError
    if sys.platform != "win32" and -status == signal.SIGALRM:
        return TooLongError
    return TooMuchMemoryError
