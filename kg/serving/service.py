"""What all requests share: the workers, what they read, and how a reply becomes a response."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.serving.drawing import Drawing
from kg.serving.jobs import Ask, Explore, Job, Reading, Reply, Writing, encode
from kg.serving.metrics import Metrics
from kg.serving.pool import Pool
from kg.serving.process import TooComplexError, TooLongError, TooMuchMemoryError, WorkError
from kg.serving.sources import PlainSource, Source
from kg.serving.statistics import Statistics
from kg.store.media import content_type

__all__ = ["Limits", "Service", "given_up"]

_GONE: Final = frozenset({410, 599})
"""Replies that are no answer to the client: perhaps a build took the store away under the reader."""

_UNSTABLE: Final = re.compile(r"rand|now|uuid|bnode|service", re.IGNORECASE)
"""Names in queries that may be answered in another way each time."""

_GZIP: Final = re.compile(rb"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s*,|\s*$))", re.IGNORECASE)
_VARY: Final = b"Accept, Accept-Encoding"

_Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may take.

    Attributes:
        timeout: Seconds for a query.
        memory: Bytes for a worker process.
        max_result: Bytes of an answer.
        max_request: Bytes of a request's body.
        workers: Queries at a time.
        queue: Queries that may wait.
        nodes: Nodes that the explorer shows before one asks for more.
    """

    timeout: float = 30.0
    memory: int = 1 << 30
    max_result: int = 64 << 20
    max_request: int = 16 << 20
    workers: int = 4
    queue: int = 64
    nodes: int = 20_000


@dataclass(frozen=True, slots=True)
class Service:
    """A running server.

    Attributes:
        drawing: What makes the explorer, beside the workers that queries need.
        token: What a request that writes must show; None where nothing can be written.
        counts: Of what is served, by version; only the last is kept.
    """

    pool: Pool
    drawing: Drawing
    source: Source
    limits: Limits
    metrics: Metrics
    token: str | None = None
    counts: dict[str, Statistics] = field(default_factory=dict)

    @property
    def plain(self) -> PlainSource | None:
        """The store that requests write, if they do."""
        return self.source if isinstance(self.source, PlainSource) else None

    async def read(self, request: Request, task: Reading) -> Response:
        """Have something read, unless the client has it already, and answer with it.

        Raises:
            HTTPException: There is no answer.
        """
        sent = dict(request.scope["headers"])
        compress = _GZIP.search(sent.get(b"accept-encoding", b"")) is not None
        try:
            store, version = await self.source.current()
            tag = _tag(task, version)
            if tag is not None and tag in sent.get(b"if-none-match", b""):
                return _Answer(b"", 304, _validators(tag))
            reply, body = await self._reply(Job(store, compress, task))
        except WorkError as error:
            raise given_up(error) from error
        if reply.detail:
            raise HTTPException(reply.status, reply.detail)
        headers = [*_validators(tag), (b"content-length", b"%d" % len(body)), _content_type(reply.media)]
        if reply.gzip:
            headers.append((b"content-encoding", b"gzip"))
        return _Answer(body, reply.status, headers)

    async def write(self, task: Writing) -> Reply:
        """Have something written.

        Raises:
            HTTPException: It is not, and nothing has changed.
        """
        if self.plain is None:
            raise HTTPException(403, "this server only reads")
        try:
            reply, _ = await self.plain.write(task)
        except WorkError as error:
            raise given_up(error) from error
        if reply.detail:
            raise HTTPException(reply.status, reply.detail)
        return reply

    async def _reply(self, job: Job) -> tuple[Reply, bytes]:
        run = self.drawing.run if isinstance(job.task, Explore) else self.pool.run
        reply, body = await run(job)
        if reply.status in _GONE:
            store, _ = await self.source.current()
            if store != job.store:
                reply, body = await run(Job(store, job.gzip, job.task))
        if reply.status in _GONE:
            self.metrics.note(f"error: {reply.detail}")
            raise HTTPException(500, "the query could not be run; the server's log says why")
        return reply, body


def given_up(error: WorkError) -> HTTPException:
    """Say to a client why its job was given up."""
    if isinstance(error, TooComplexError):
        return HTTPException(400, "the request is nested too deeply; make it flatter")
    if isinstance(error, TooLongError):
        return HTTPException(504, "the time limit is over; ask for less, or narrow the pattern")
    if isinstance(error, TooMuchMemoryError):
        return HTTPException(503, "the memory limit is reached; ask for less, or narrow the pattern")
    return HTTPException(503, "the server is busy; try again", {"retry-after": "1"})


class _Answer(Response):
    """A response whose headers are there already."""

    def __init__(self, body: bytes, status: int, headers: _Headers) -> None:
        self.status_code, self.body, self.raw_headers, self.background = status, body, headers, None


def _tag(task: Reading, version: str) -> bytes | None:
    """The entity tag of an answer: the same as long as the graph and the question are."""
    if isinstance(task, Ask) and _UNSTABLE.search(task.text):
        return None
    return f'W/"{blake2b(encode(task), digest_size=9, key=version.encode()[:64]).hexdigest()}"'.encode()


def _validators(tag: bytes | None) -> _Headers:
    if tag is None:
        return [(b"cache-control", b"no-store")]
    return [(b"etag", tag), (b"cache-control", b"no-cache"), (b"vary", _VARY)]


@lru_cache
def _content_type(media: str) -> tuple[bytes, bytes]:
    return b"content-type", content_type(media).encode()
