"""A real HTTP server that answers as arXiv, PubMed, OpenAlex and Crossref do, and fails on demand.

What it answers follows the services' documentation; its papers are made up.
"""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from kg.records import Author, Paper
from tests.readers import writers

Parameters = dict[str, str]
Fault = Callable[["_Handler"], None]


def made_papers(count: int) -> list[Paper]:
    """Papers that every service can list."""
    return [
        Paper(
            id=f"10.5555/stone.{n}",
            title=f"Stone {n} of the River",
            abstract=f"We describe stone {n}. It is heavy.",
            authors=(Author("Ada Weir"), Author("Bo Ford")),
            date="2024-03-09",
            categories=("cs.CV",),
            doi=f"10.5555/stone.{n}",
            arxiv=f"2401.{n:05}v1",
            pmid=str(90_000_000 + n),
            openalex=f"W{n}",
        )
        for n in range(1, count + 1)
    ]


class Service:
    """A service on a port of its own.

    Attributes:
        kind: Which service it plays.
        papers: What it lists.
        asked: Path and query of each request, in order; also of those that failed.
        answered: Those that got a whole answer.
        agents: The user agents that asked.
        faults: What happens to the requests of these numbers, counted from 0, in place of an answer.
    """

    def __init__(self, kind: str, papers: list[Paper], faults: dict[int, Fault] | None = None) -> None:
        self.kind, self.papers, self.faults = kind, papers, dict(faults or {})
        self.asked: list[str] = []
        self.answered: list[str] = []
        self.agents: set[str] = set()
        self.stopped = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.service = self  # type: ignore[attr-defined]  # how a handler finds it
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, path: str, asked: Parameters) -> str:
        return _ANSWERS[self.kind](self.papers, path, asked)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def service(self) -> Service:
        return self.server.service  # type: ignore[attr-defined,no-any-return]

    def do_GET(self) -> None:
        service, number = self.service, len(self.service.asked)
        service.asked.append(self.path)
        service.agents.add(self.headers["User-Agent"])
        fault = service.faults.get(number)
        if fault is not None:
            fault(self)
            return
        parts = urlsplit(self.path)
        self.send(service.answer(parts.path, {key: one for key, (one, *_) in parse_qs(parts.query).items()}))
        service.answered.append(self.path)

    def send(self, text: str, status: int = 200, **headers: str) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
        """Say nothing."""


def status(code: int, **headers: str) -> Fault:
    return lambda handler: handler.send("<html>Not now.</html>", code, **headers)


def garbage(text: str, code: int = 200) -> Fault:
    """A page that has nothing of the format, as after a redesign or from a captive portal."""
    return lambda handler: handler.send(text, code)


def cut(handler: _Handler) -> None:
    """Announce more than is sent, and hang up."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"<feed")
    handler.close_connection = True


def hang_up(handler: _Handler) -> None:
    handler.close_connection = True
    handler.connection.close()


def silence(handler: _Handler) -> None:
    """Say nothing until the test is over."""
    handler.service.stopped.wait(10)
    handler.close_connection = True


def _arxiv(papers: list[Paper], path: str, asked: Parameters) -> str:
    assert path == "/query"
    if "id_list" in asked:
        wanted = {one.rpartition("v")[0] if "v" in one else one for one in asked["id_list"].split(",")}
        papers = [paper for paper in papers if (paper.arxiv or "").rpartition("v")[0] in wanted]
    start, size = int(asked["start"]), int(asked["max_results"])
    return writers.arxiv_atom(papers[start : start + size], len(papers))


def _pubmed(papers: list[Paper], path: str, asked: Parameters) -> str:
    assert asked["db"] == "pubmed"
    assert asked["tool"] == "kg"
    if path == "/esearch.fcgi":
        ids = [paper.pmid for paper in papers][: int(asked["retmax"])]
        result = {"count": str(len(papers)), "retmax": str(len(ids)), "retstart": "0", "idlist": ids}
        return json.dumps({"header": {"type": "esearch"}, "esearchresult": result})
    assert path == "/efetch.fcgi"
    wanted = set(asked["id"].split(","))
    assert len(wanted) <= 200
    return writers.pubmed_xml(paper for paper in papers if paper.pmid in wanted)


def _openalex(papers: list[Paper], path: str, asked: Parameters) -> str:
    assert path == "/works"
    kind, _, names = asked.get("filter", "").partition(":")
    if kind in {"openalex", "doi", "pmid"}:
        papers = [paper for paper in papers if getattr(paper, kind) in names.split("|")]
    start, size = (int(asked.get("page", "1")) - 1) * int(asked["per_page"]), int(asked["per_page"])
    assert size <= 100
    return writers.openalex_json(papers[start : start + size], len(papers))


def _crossref(papers: list[Paper], path: str, asked: Parameters) -> str:
    assert path == "/works"
    if asked.get("filter", "").startswith("doi:"):
        wanted = {one.removeprefix("doi:") for one in asked["filter"].split(",")}
        papers = [paper for paper in papers if paper.doi in wanted]
    start, size = int(asked.get("offset", "0")), int(asked["rows"])
    return writers.crossref_json(papers[start : start + size], len(papers))


_ANSWERS: dict[str, Callable[[list[Paper], str, Parameters], str]] = {
    "arxiv": _arxiv,
    "pubmed": _pubmed,
    "openalex": _openalex,
    "crossref": _crossref,
}
