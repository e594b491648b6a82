"""A process that does one job after another, and can be killed at any moment: ``python -m kg.serving.worker``.

Jobs come through standard input, replies leave through standard output. The process ends when its input does, when a
job takes longer than it may (the kernel sees to that even if the server is gone), and after a job that took much
memory, which the allocator would keep.
"""

import gzip
import io
import os
import select
import signal
import sys
from collections import deque
from typing import TYPE_CHECKING

import msgspec

from kg.errors import KgError
from kg.serving.jobs import HEAD, LENGTH, Job, Reply, WorkerSettings, decode_job, decode_settings, encode
from kg.serving.tasks import Desk
from kg.store.asking import StoreGoneError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

if sys.platform != "win32":
    import resource

__all__ = ["main"]

_GRACE = 2.0
"""Seconds after which the kernel stops what the server did not: it is gone, or could not."""

_TAKEN_BACK = 204
"""Status of a job that was not begun; nobody looks at it."""

_READ = 1 << 16

_SMALLEST_GZIP = 1_000
"""Bytes; below, compressing saves no packet."""


class _TooLongError(Exception):
    """The answer is longer than it may be."""


class _Bounded(io.BytesIO):
    """A file in memory that takes so many bytes and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._left = most

    def write(self, part: "ReadableBuffer", /) -> int:
        self._left -= memoryview(part).nbytes
        if self._left < 0:
            raise _TooLongError
        return super().write(part)


def main() -> None:
    """Do jobs until there are no more."""
    settings = decode_settings(sys.argv[1])
    jobs, replies = _pipes()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)  # whoever sends these to us too means the server, which ends its workers
    _limit_memory(settings.memory)
    try:
        desk = Desk(settings)
    except KgError as error:
        _send(replies, Reply(500, detail=str(error), last=True))
        return
    _send(replies, Reply(200))
    last = False
    while not last and (job := jobs.take()) is not None:
        if not job:
            _send(replies, Reply(_TAKEN_BACK))
            continue
        _set_timer(settings.timeout + _GRACE)
        reply, body = _done(desk, decode_job(job), settings)
        _set_timer(0)
        last = _peak_memory() > settings.memory // 2
        _send(replies, msgspec.structs.replace(reply, last=last) if last else reply, body)


def _send(file: int, reply: Reply, body: bytes = b"") -> None:
    head = encode(reply)
    message = memoryview(b"".join((HEAD.pack(len(head), len(body)), head, body)))
    while message:
        message = message[os.write(file, message) :]


class _Jobs:
    """The jobs that come through a pipe. All that have come are read before one is begun: it may be taken back."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._received = bytearray()
        self._jobs: deque[bytes] = deque()
        self._taken_back = 0

    def take(self) -> bytes | None:
        """Wait for the next job; None where there will be no more, and no bytes for one that was taken back."""
        while not (self._jobs or self._taken_back) or select.select([self._file], [], [], 0)[0]:
            part = os.read(self._file, _READ)
            if not part:
                return None
            self._received += part
            self._split()
        if self._jobs:
            return self._jobs.popleft()
        self._taken_back -= 1
        return b""

    def _split(self) -> None:
        while len(self._received) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._received)[0]
            if len(self._received) < end:
                return
            job = bytes(memoryview(self._received)[LENGTH.size : end])
            del self._received[:end]
            if job:
                self._jobs.append(job)
            elif self._jobs:
                self._jobs.pop()
                self._taken_back += 1


def _pipes() -> tuple[_Jobs, int]:
    """Take standard input and output for ourselves, so that nothing a library prints gets among the replies."""
    jobs, replies = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    return _Jobs(jobs), replies


def _done(desk: Desk, job: Job, settings: WorkerSettings) -> tuple[Reply, bytes]:
    file = _Bounded(settings.max_result)
    try:
        reply = desk.do(job, file)
    except Exception as error:  # noqa: BLE001 - one bad job must not end the next
        return _refusal(error, settings), b""
    return _compressed(reply, file.getvalue(), wanted=job.gzip)


def _refusal(error: Exception, settings: WorkerSettings) -> Reply:
    """Say why there is no answer; what is nobody's fault but ours goes to the server's log."""
    match error:
        case _TooLongError():
            most = f"{settings.max_result:,} bytes"
            return Reply(422, detail=f"the answer is longer than {most}; ask for less, with LIMIT")
        case MemoryError():
            return Reply(507, detail="memory")
        case SyntaxError():
            return Reply(400, detail=f"not valid: {error.msg}")
        case StoreGoneError():
            return Reply(410, detail=str(error))
        case KgError() | ValueError() | RuntimeError():
            return Reply(400, detail=str(error))
        case _:
            return Reply(599, detail=f"{type(error).__name__}: {error}")


def _compressed(reply: Reply, body: bytes, *, wanted: bool) -> tuple[Reply, bytes]:
    if not wanted or len(body) < _SMALLEST_GZIP:
        return reply, body
    return Reply(reply.status, reply.media, gzip=True, detail=reply.detail), gzip.compress(body, 5, mtime=0)


def _set_timer(seconds: float) -> None:
    """Have the kernel end this process after some time, whatever it is at; 0 calls it off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(most: int) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _peak_memory() -> int:
    """Bytes that this process held at most; 0 where nobody tells."""
    if sys.platform == "win32":
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
