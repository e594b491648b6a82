"""Runs the real server in a process of its own, and speaks HTTP with it."""

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["TOKEN", "Answer", "Server", "running"]

TOKEN = "a-token-of-the-tests"  # noqa: S105 - it opens nothing else
_ADDRESS = re.compile(r"at (http://\S+/) ")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Server:
    """A server that runs.

    Attributes:
        url: Ends with a slash.
        process: Of the server; its workers are its children.
        log: File of its standard error.
    """

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Send one request on a connection of its own; ``content_type`` is the header Content-Type."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in {**self.headers, **headers}.items()}
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str = "application/sparql-results+json", **headers: str) -> Answer:
        sent = {"content_type": "application/sparql-query", "accept": accept, **headers}
        return self.ask("POST", "/sparql", text.encode(), **sent)

    def workers(self) -> list[int]:
        """Ids of the worker processes."""
        listed = subprocess.run(
            ["ps", "--ppid", str(self.process.pid), "-o", "pid="], capture_output=True, check=False, text=True
        )
        return [int(one) for one in listed.stdout.split()]


@contextmanager
def running(
    graph: Path, *options: str, log: Path, headers: Mapping[str, str] | None = None, **environment: str
) -> Iterator[Server]:
    """Start ``kg serve`` at a free port, and end it as an administrator would."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "kg", "serve", "-g", str(graph), "--port", "0", *options],
            stderr=file,
            env=os.environ | environment,
        )
        try:
            yield Server(_address(process, log), process, log, headers or {})
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0, log.read_text("utf-8")


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Wait until the server says where it is."""
    while process.poll() is None:
        found = _ADDRESS.search(log.read_text("utf-8"))
        if found:
            return found[1]
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(log.read_text("utf-8"))
