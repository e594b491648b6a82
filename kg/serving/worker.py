"""A process that does one job after another, and can be killed at any moment: ``python -m kg.serving.worker``.

Jobs come through standard input, replies leave through standard output. The process ends when its input does, when a
job takes longer than it may (the kernel sees to that even if the server is gone), and after a job that took much
memory, which the allocator would keep.
"""

import gzip
import os
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

import msgspec

from kg.errors import KgError
from kg.serving.jobs import HEAD, LENGTH, Job, Reply, WorkerSettings, decode_job, decode_settings, encode
from kg.serving.tasks import Desk
from kg.store.asking import StoreGoneError

__all__ = ["main"]

_GRACE = 2.0
"""Seconds after which the kernel stops what the server did not: it is gone, or could not."""

_SMALLEST_GZIP = 1_000
"""Bytes; below, compressing saves no packet."""


class _TooLongError(Exception):
    """The answer is longer than it may be."""


class _Bounded:
    """A file in memory that takes so many bytes and no more."""

    def __init__(self, most: int) -> None:
        self.most, self.held = most, bytearray()

    def write(self, part: bytes) -> int:
        if len(self.held) + len(part) > self.most:
            raise _TooLongError
        self.held += part
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""


def main() -> None:
    """Do jobs until there are no more."""
    settings = decode_settings(sys.argv[1])
    jobs, replies = _pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    _limit_memory(settings.memory)
    try:
        desk = Desk(settings)
    except KgError as error:
        _send(replies, Reply(500, detail=str(error), last=True))
        return
    _send(replies, Reply(200))
    last = False
    while not last and len(length := jobs.read(LENGTH.size)) == LENGTH.size:
        job = jobs.read(LENGTH.unpack(length)[0])
        _set_timer(settings.timeout + _GRACE)
        reply, body = _done(desk, decode_job(job), settings)
        _set_timer(0)
        last = _peak_memory() > settings.memory // 2
        _send(replies, msgspec.structs.replace(reply, last=last) if last else reply, body)


def _send(replies: BinaryIO, reply: Reply, body: bytes | bytearray = b"") -> None:
    head = encode(reply)
    replies.write(HEAD.pack(len(head), len(body)) + head)
    replies.write(body)
    replies.flush()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take standard input and output for ourselves, so that nothing a library prints gets among the replies."""
    jobs, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return jobs, replies


def _done(desk: Desk, job: Job, settings: WorkerSettings) -> tuple[Reply, bytes | bytearray]:
    file = _Bounded(settings.max_result)
    try:
        reply = desk.do(job, file)
    except _TooLongError:
        return Reply(422, detail=f"the answer is longer than {settings.max_result:,} bytes; ask for less, with LIMIT"), b""
    except MemoryError:
        return Reply(507, detail="memory"), b""
    except SyntaxError as error:
        return Reply(400, detail=f"not valid: {error.msg}"), b""
    except StoreGoneError as error:
        return Reply(410, detail=str(error)), b""
    except (KgError, ValueError) as error:
        return Reply(400, detail=str(error)), b""
    except Exception as error:  # noqa: BLE001 - one bad job must not end the next; the server logs what it was
        return Reply(599, detail=f"{type(error).__name__}: {error}"), b""
    return _compressed(reply, file.held, wanted=job.gzip)


def _compressed(reply: Reply, body: bytearray, *, wanted: bool) -> tuple[Reply, bytes | bytearray]:
    if not wanted or len(body) < _SMALLEST_GZIP:
        return reply, body
    return Reply(reply.status, reply.media, gzip=True, detail=reply.detail), gzip.compress(body, 5, mtime=0)


def _set_timer(seconds: float) -> None:
    """Have the kernel end this process after some time, whatever it is at; 0 calls it off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(most: int) -> None:
    with suppress(ImportError):  # there is no such limit on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _peak_memory() -> int:
    """Bytes that this process held at most; 0 where nobody tells."""
    with suppress(ImportError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return 0


if __name__ == "__main__":
    main()
