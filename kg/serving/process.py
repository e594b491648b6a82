"""One worker process as the server sees it."""

import asyncio
import signal
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

import msgspec

from kg.serving.jobs import HEAD, LENGTH, Reply, WorkerSettings, decode_reply

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "BusyError",
    "Order",
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


class Order:
    """A job on its way: what passes through the pipe, and where the reply is waited for."""

    __slots__ = ("answer", "job", "since")

    def __init__(self, job: bytes) -> None:
        loop = asyncio.get_running_loop()
        self.job = job
        self.since = loop.time()
        self.answer: asyncio.Future[tuple[Reply, bytes]] = loop.create_future()


class WorkerProcess(asyncio.SubprocessProtocol):
    """A worker with its pipes.

    Attributes:
        orders: Jobs that it has; it is at the first. None is one that was taken back.
        since: Time of the event loop at which that was begun.
        dead: It takes no more jobs.
        failed: It never got to take one.
        ended: The process is gone.
        at_rest: Called when it has done all its jobs.
        at_end: Called when the process is gone, with the jobs that it had not begun.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._received = bytearray()
        self._reason: type[WorkError] | None = None
        self._timeout = _STARTING
        self._timer: asyncio.TimerHandle | None = None
        self.orders: deque[Order | None] = deque()
        self.since = 0.0
        self.dead = False
        self.failed = True
        self.ended = asyncio.Event()
        self.at_rest: Callable[[WorkerProcess], None] = lambda _: None
        self.at_end: Callable[[WorkerProcess, list[Order]], None] = lambda *_: None

    async def started(self) -> Reply:
        """Wait until the process is ready.

        Raises:
            WorkError: It is not, and is gone.
        """
        order = Order(b"")
        self._begin([order], _STARTING)
        reply, _ = await order.answer
        self.failed = bool(reply.detail)
        return reply

    def give(self, orders: Sequence[Order], timeout: float) -> None:
        """Have jobs done, one after the other, each within some seconds."""
        self._begin(orders, timeout)
        self._jobs.write(b"".join(LENGTH.pack(len(order.job)) + order.job for order in orders))

    def take_back(self) -> list[Order]:
        """Take back the jobs that it has not begun, as far as can be seen from here; another may do them as well."""
        first, *others = self.orders
        back = [order for order in others if order is not None]
        if back:
            self.orders = deque([first, *(None for _ in others)])
            self._jobs.write(LENGTH.pack(0) * len(others))
        return back

    def give_up(self, reason: type[WorkError]) -> None:
        """End the process, whatever it is at."""
        self._reason = self._reason or reason
        self.dead = True
        with suppress(ProcessLookupError):
            self._process.kill()

    def _begin(self, orders: Sequence[Order], timeout: float) -> None:
        self.orders.extend(orders)
        self.since, self._timeout = self._loop.time(), timeout
        if self._timer is None:
            self._timer = self._loop.call_later(timeout, self._watch)

    def _watch(self) -> None:
        """Look whether time is over; a timer for each job would cost more than to look too often."""
        self._timer = None
        if not self.orders or self.dead:
            return
        left = self.since + self._timeout - self._loop.time()
        if left > 0:
            self._timer = self._loop.call_later(left, self._watch)
        else:
            self.give_up(TooLongError)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the process."""
        self._process = cast("asyncio.SubprocessTransport", transport)
        self._jobs = cast("asyncio.WriteTransport", self._process.get_pipe_transport(0))

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 - there is one such pipe
        """Collect replies."""
        self._received += data
        while (end := _end_of_reply(self._received)) is not None:
            self._answer(bytes(memoryview(self._received)[:end]))
            del self._received[:end]
        if not self.orders:
            self.at_rest(self)

    def _answer(self, message: bytes) -> None:
        head, _ = HEAD.unpack_from(message)
        reply = decode_reply(message[HEAD.size : HEAD.size + head])
        order = self.orders.popleft()
        self.since = self._loop.time()
        self.dead = self.dead or reply.last
        if order is not None and not order.answer.done():
            order.answer.set_result((reply, message[HEAD.size + head :]))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - why does not matter
        """Tell who waits for a reply that there will be none: the process is gone, and all it sent has been read."""
        self._process.close()
        self.dead = True
        if self._timer is not None:
            self._timer.cancel()
        first, *others = self.orders or [None]
        self.orders.clear()
        if first is not None and not first.answer.done():
            reason = self._reason or _cause(self._process.get_returncode() or 0)
            first.answer.set_exception(reason())
            first.answer.exception()  # it is no fault if nobody waits
        self.ended.set()
        self.at_end(self, [order for order in others if order is not None])


def _end_of_reply(received: bytearray) -> int | None:
    """Where the first reply ends; None where it is not whole."""
    if len(received) < HEAD.size:
        return None
    head, body = HEAD.unpack_from(received)
    end: int = HEAD.size + head + body
    return end if end <= len(received) else None


def _cause(status: int) -> type[WorkError]:
    """Why a worker ended by itself: the engine is native code, and ends its process when it cannot go on."""
    if -status == signal.SIGSEGV:
        return TooComplexError
    if sys.platform != "win32" and -status == signal.SIGALRM:
        return TooLongError
    return TooMuchMemoryError
