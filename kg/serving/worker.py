"""A process that does one job after another, and can be killed at any moment: ``python -m kg.serving.worker``.

Jobs come through standard input, replies leave through standard output. The process ends when its input does, when a
job takes longer than it may (the kernel sees to that even if the server is gone), and after a job that took much
memory, which the allocator would keep.
"""

import gzip
import io
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from kg.errors import KgError
from kg.serving.jobs import HEAD, LENGTH, PASSED, Job, Reply, WorkerSettings, decode_job, decode_settings, encode
from kg.serving.tasks import Desk
from kg.store.asking import StoreGoneError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

if sys.platform != "win32":
    import resource

__all__ = ["main"]

_GRACE = 2.0
"""Seconds after which the kernel stops what the server did not: it is gone, or could not."""

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
    # A process begins with the peak of the one that started it, which says nothing of its own (getrusage(2)).
    last, much = False, max(settings.memory // 2, _peak_memory())
    while not last and len(length := jobs.read(LENGTH.size)) == LENGTH.size:
        job = decode_job(jobs.read(LENGTH.unpack(length)[0]))
        if 0 < job.begin_by < time.monotonic():
            _send(replies, Reply(PASSED))
            continue
        _set_timer(settings.timeout + _GRACE)
        reply, body = _done(desk, job, settings)
        _set_timer(0)
        last = _peak_memory() > much
        _send(replies, msgspec.structs.replace(reply, last=last) if last else reply, body)


def _send(replies: BinaryIO, reply: Reply, body: bytes = b"") -> None:
    head = encode(reply)
    replies.write(HEAD.pack(len(head), len(body)) + head)
    replies.write(body)
    replies.flush()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take standard input and output for ourselves, so that nothing a library prints gets among the replies."""
    jobs, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return jobs, replies


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
