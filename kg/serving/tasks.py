"""What a worker does for each kind of task."""

from pathlib import Path
from typing import IO

import msgspec

from kg.serving import jobs
from kg.serving.jobs import Job, Reply, WorkerSettings
from kg.store import Graph
from kg.store.asking import NotAcceptableError, ask, dump_all, dump_graph, open_to_read, write_answer
from kg.store.plain import written_store
from kg.store.scope import Scope
from kg.store.writing import has_graph, parse_body, remove_graph, update, write_graph

__all__ = ["Desk"]


class Desk:
    """Holds the store that the last job asked for open, and does one task at a time."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._services = settings.services
        self._path = ""
        if settings.writes is not None:
            self._store = written_store(Path(settings.writes))

    def do(self, job: Job, file: IO[bytes]) -> Reply:
        """Carry out a job; what it answers is written to the file, and what that raises is passed on."""
        if isinstance(job.task, jobs.Writing):
            return self._write(job.task)
        if self._path != job.store:
            self._store = open_to_read(Path(job.store))
            self._path = job.store
        return self._read(job.task, file)

    def _read(self, task: jobs.Reading, file: IO[bytes]) -> Reply:
        match task:
            case jobs.Ask():
                return self._ask(task, file)
            case jobs.ReadGraph() | jobs.ReadAll():
                return self._dump(task, file)
            case jobs.Describe():
                return self._describe(task, file)
            case jobs.Page():
                return self._page(task, file)
            case jobs.Explore() | jobs.Around() | jobs.Named():
                return self._show(task, file)
            case jobs.Count():
                return self._count(file)

    def _dump(self, task: jobs.ReadGraph | jobs.ReadAll, file: IO[bytes]) -> Reply:
        if isinstance(task, jobs.ReadAll):
            dump_all(self._store, file, task.rdf_type)
        elif not dump_graph(self._store, task.graph, file, task.rdf_type, union=task.union):
            return _no_graph(task.graph)
        return Reply(200, task.rdf_type)

    def _ask(self, task: jobs.Ask, file: IO[bytes]) -> Reply:
        answer = ask(self._store, task.text, _scope(task.default, task.named), self._services)
        try:
            return Reply(200, write_answer(answer, file, task.result_type, task.rdf_type))
        except NotAcceptableError as error:
            return Reply(406, detail=str(error))

    def _describe(self, task: jobs.Describe, file: IO[bytes]) -> Reply:
        from kg.serving.entities import describe, known_node  # noqa: PLC0415 - most workers never need it

        node = known_node(Graph(self._store), task.iris)
        if node is None:
            return _unknown(task.iris)
        file.write(describe(Graph(self._store), node, task.rdf_type))
        return Reply(200, task.rdf_type)

    def _page(self, task: jobs.Page, file: IO[bytes]) -> Reply:
        from kg.serving.entities import known_node  # noqa: PLC0415 - most workers never need it
        from kg.serving.entity_page import entity_page  # noqa: PLC0415

        graph = Graph(self._store)
        node = known_node(graph, task.iris)
        if node is None:
            return _unknown(task.iris)
        file.write(entity_page(graph, node.value, task.bases).encode())
        return Reply(200, "text/html")

    def _show(self, task: jobs.Explore | jobs.Around | jobs.Named, file: IO[bytes]) -> Reply:
        from kg.exporters.explorer import render_explorer, tell_around, tell_named  # noqa: PLC0415 - only for this
        from kg.serving.entities import known_node  # noqa: PLC0415 - as above

        graph = Graph(self._store)
        if isinstance(task, jobs.Explore):
            file.write(render_explorer(graph, max_nodes=task.nodes, served=True))
            return Reply(200, "text/html")
        if isinstance(task, jobs.Named):
            file.write(tell_named(graph, task.text))
            return Reply(200, "application/json")
        node = known_node(graph, task.iris)
        told = None if node is None else tell_around(graph, node, task.start)
        if told is None:
            return _unknown(task.iris)
        file.write(told)
        return Reply(200, "application/json")

    def _count(self, file: IO[bytes]) -> Reply:
        from kg.serving.statistics import count  # noqa: PLC0415 - asked once for a graph

        file.write(msgspec.json.encode(count(Graph(self._store))))
        return Reply(200, "application/json")

    def _write(self, task: jobs.Writing) -> Reply:
        match task:
            case jobs.Snapshot():
                self._store.backup(task.target)
                return Reply(204)
            case jobs.Update():
                update(self._store, task.text, _scope(task.default, task.named))
                return Reply(204)
            case jobs.Write():
                return self._write_graph(task)
            case jobs.Remove():
                known = has_graph(self._store, task.graph)
                remove_graph(self._store, task.graph)
                return Reply(204) if known else _no_graph(task.graph)

    def _write_graph(self, task: jobs.Write) -> Reply:
        triples = parse_body(task.body, task.content_type, task.base)
        if triples is None:
            return Reply(415, detail=f"{task.content_type or 'no Content-Type'} is not RDF in UTF-8")
        known = has_graph(self._store, task.graph)
        write_graph(self._store, task.graph, triples, replace=task.replace)
        return Reply(204 if known else 201)


def _scope(default: tuple[str, ...] | None, named: tuple[str, ...] | None) -> Scope | None:
    return None if default is None and named is None else Scope(default or (), named or ())


def _no_graph(graph: str | None) -> Reply:
    return Reply(404, detail=f"there is no graph {graph}")


def _unknown(iris: tuple[str, ...]) -> Reply:
    return Reply(404, detail=f"nothing is known of {iris[0]}")
