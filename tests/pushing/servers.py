"""Real servers to push to: `oxigraph serve`, and one that stands before it, notes what comes, and fails on demand."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import urllib3
from pyoxigraph import Quad, RdfFormat, parse

Fault = Callable[["Handler"], None]


class Request(NamedTuple):
    method: str
    path: str
    authorization: str | None


class Front(ThreadingHTTPServer):
    """Passes requests on to another server.

    Attributes:
        seen: Each request, in order.
        faults: What happens to requests of these numbers, counted from 0, in place of an answer.
    """

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behind, self.seen, self.faults = behind, list[Request](), dict[int, Fault]()
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Front

    def _answer(self) -> None:
        number = len(self.server.seen)
        self.server.seen.append(Request(self.command, self.path, self.headers["Authorization"]))
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if fault := self.server.faults.pop(number, None):
            fault(self)
            return
        told = {name: self.headers[name] for name in ("Content-Type", "Authorization") if self.headers[name]}
        answer = urllib3.request(self.command, self.server.behind + self.path, body=body, headers=told)
        self.send(answer.status, answer.data)

    do_PUT = do_POST = do_DELETE = _answer  # noqa: N815 - the names they have there

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
        """Say nothing."""


@contextmanager
def front(behind: str) -> Iterator[Front]:
    with Front(behind) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def oxigraph() -> Iterator[str]:
    """Run `oxigraph serve` in memory, on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(1000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise TimeoutError(port)


def held(url: str) -> set[Quad]:
    """All that `oxigraph serve` holds."""
    answer = urllib3.request("GET", f"{url}/store", headers={"Accept": "application/n-quads"})
    assert answer.status == 200
    return set(parse(answer.data, format=RdfFormat.N_QUADS))


def status(code: int, **headers: str) -> Fault:
    return lambda handler: handler.send(code, b"", **headers)


def hang_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)
