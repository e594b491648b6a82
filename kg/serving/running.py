"""The server from start to end: what it serves is opened, workers are started, and all is closed again."""

import asyncio
import shutil
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import uvicorn

from kg.errors import GraphError, UsageError
from kg.serving.app import make_app
from kg.serving.drawing import Drawing
from kg.serving.jobs import Ask, Job, WorkerSettings
from kg.serving.metrics import Metrics
from kg.serving.pool import Pool
from kg.serving.process import WorkError
from kg.serving.service import Limits, Service
from kg.serving.sources import BuiltSource, FixedSource, PlainSource, Source
from kg.serving.transport import BoundedProtocol
from kg.store.plain import is_plain_store, plain_store

new_event_loop: Callable[[], asyncio.AbstractEventLoop]
try:
    from uvloop import new_event_loop
except ImportError:  # there is none for Windows
    from asyncio import new_event_loop

__all__ = ["Options", "serve"]

_LOOPBACK: Final = frozenset({"localhost", "::1"})
_TRIAL: Final = Ask("ASK {}", None, None, "text/csv", None)
_CONNECTIONS: Final = 512
"""More at a time are answered with 503."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a graph is served.

    Attributes:
        host: Name or address to listen at.
        port: 0 takes a free one.
        token: With it requests may write the plain store; None for reading only.
        services: Beginnings of the addresses that SERVICE may call (`kg.store.guard.service_prefix`).
        origins: Whose web pages may read answers, beside those of this machine; ``*`` is everybody.
        quiet: Log only what went wrong on our side.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    services: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    quiet: bool = False
    limits: Limits = field(default_factory=Limits)


def serve(graph: Path, options: Options, ready: Callable[[str], None]) -> None:
    """Serve a graph until the process is interrupted or told to end.

    Args:
        graph: A graph directory, a plain store, or an RDF file.
        options: How.
        ready: Called with the server's address when it answers.

    Raises:
        GraphError: There is no graph, or it cannot be served like this.
        InputError: The RDF file cannot be read.
        UsageError: The address cannot be listened at.
    """
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_serve(graph, options, ready))


async def _serve(graph: Path, options: Options, ready: Callable[[str], None]) -> None:
    metrics = Metrics(quiet=options.quiet)
    with _listening(options) as listener:
        async with _service(graph, options, metrics) as service:
            loopback = options.host in _LOOPBACK or options.host.startswith("127.")
            config = uvicorn.Config(
                make_app(service, loopback=loopback, origins=options.origins),
                http=BoundedProtocol,
                access_log=False,
                date_header=False,
                lifespan="off",
                limit_concurrency=_CONNECTIONS,
                log_config=None,
                log_level="critical",
                proxy_headers=False,
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=5,
            )
            server = _Server(config, lambda: ready(_address(options.host, listener)))
            await server.serve([listener])


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End in good order when told to, and leave it at that: raised again, a signal would end us half closed."""
        former = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in former.items():
                signal.signal(one, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen."""
        await super().startup(sockets)
        self._ready()


def _listening(options: Options) -> socket.socket:
    try:
        found = socket.getaddrinfo(options.host, options.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        family, kind, protocol, _, address = found[0]
        # Only where the protocol is told does asyncio send small answers at once (TCP_NODELAY).
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except (OSError, UnicodeError) as error:
        place = f"{options.host}:{options.port}"
        raise UsageError(f"{place}: cannot be listened at ({error}); give another --host or --port") from error
    return listener


def _address(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


@asynccontextmanager
async def _service(graph: Path, options: Options, metrics: Metrics) -> AsyncIterator[Service]:
    """Open what is served, and start the workers."""
    async with AsyncExitStack() as stack:
        source = await _source(graph, options, metrics, stack)
        pool = await _pool(options, None, metrics, stack)
        await _try(pool, source)
        drawing = Drawing(metrics)
        stack.push_async_callback(drawing.close)
        yield Service(pool, drawing, source, options.limits, metrics, options.token)


async def _try(pool: Pool, source: Source) -> None:
    """See that the store can be read, before anybody asks.

    Raises:
        GraphError: It cannot.
    """
    store, _ = await source.current()
    try:
        reply, _ = await pool.run(Job(store, gzip=False, task=_TRIAL))
    except WorkError as error:
        raise GraphError(
            f"{store}: cannot be read within the limits ({error.name}); give more time or memory"
        ) from error
    if reply.detail:
        raise GraphError(reply.detail)


async def _source(graph: Path, options: Options, metrics: Metrics, stack: AsyncExitStack) -> Source:
    if options.token is not None or is_plain_store(graph):
        folder = stack.enter_context(plain_store(graph))
        snapshots = graph / "snapshots"
        stack.callback(shutil.rmtree, snapshots, ignore_errors=True)
        return PlainSource(await _pool(options, folder, metrics, stack), snapshots)
    if graph.is_dir():
        return BuiltSource(graph)
    if not graph.exists():
        raise GraphError(f"{graph}: there is no graph here; make one with: kg build INPUT -g {graph}")
    return stack.enter_context(FixedSource.of_file(graph))


async def _pool(options: Options, writes: Path | None, metrics: Metrics, stack: AsyncExitStack) -> Pool:
    limits = options.limits
    settings = WorkerSettings(
        writes=str(writes) if writes else None,
        timeout=limits.timeout,
        memory=limits.memory,
        max_result=limits.max_result,
        services=options.services,
    )
    pool = Pool(settings, 1 if writes else limits.workers, limits.queue, metrics)
    stack.push_async_callback(pool.close)
    await pool.start()
    return pool
