"""Measure building: a graph of many papers, one paper more, memory, and the engine alone with the same quads.

    python tools/benchmark_building.py PAPERS ANNOTATIONS [--papers N ...]

PAPERS and ANNOTATIONS are JSON Lines, the latter as ``kg extract`` prints them. They are repeated up to N papers, in
each round with other names for what the papers propose. Extraction is out of the picture. Each build runs in a
process of its own. Times are processor and wall seconds; on a noisy machine compare the ratios.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec
import pyoxigraph as ox
import rdflib

from kg.exporters import streaming_exporter
from kg.pipeline import build
from kg.queries.why import as_json, claims_asked_for, read_question
from kg.records import Annotation, Entity, Paper, Role, decode_annotation, decode_paper, encode
from kg.store import GraphDirectory, open_graph

_NEW = {Role.PROPOSED, Role.INTRODUCED}
_RDFLIB_TRIPLES = 100_000


def _shifted(text: str, by: int) -> str:
    """Another name of the same shape: each letter moved on in the alphabet."""

    def letter(char: str) -> str:
        base = 97 if "a" <= char <= "z" else 65 if "A" <= char <= "Z" else None
        return char if base is None else chr((ord(char) - base + by) % 26 + base)

    return "".join(map(letter, text))


def _varied(paper: Paper, annotation: Annotation, turn: int, number: int) -> tuple[Paper, Annotation]:
    """The paper under another id, and from the second turn on with other names for what it proposes or introduces."""
    own = {"id": f"{paper.id}-{turn}", "pmid": str(10_000_000 + number), "doi": None, "arxiv": None, "openalex": None}
    text = list(paper.text)
    for start, end in (place for one in annotation.entities if one.role in _NEW for place in one.mentions):
        text[start:end] = _shifted(paper.text[start:end], turn)
    new = "".join(text)
    names = {one.name: _renamed(one, new) for one in annotation.entities}
    if not turn or len(set(names.values())) < len(names) or any(_moved(one, new) for one in annotation.results):
        return msgspec.structs.replace(paper, **own), msgspec.structs.replace(annotation, id=own["id"])
    told = json.loads(encode(annotation))
    told["id"] = own["id"]
    for one, entity in zip(told["entities"], annotation.entities, strict=True):
        one["name"] = names[entity.name]
        one["surfaces"] = list(dict.fromkeys(new[start:end] for start, end in entity.mentions))
    for one in (*(told.get("claims") or ()), *told["results"], *told["sizes"]):
        one |= {key: names.get(value, value) for key, value in one.items() if isinstance(value, str)}
    told["relations"] = [[names[first], what, names[second]] for first, what, second in told["relations"]]
    title, abstract = new[: len(paper.title)], new[len(paper.title) + 1 :]
    changed = msgspec.structs.replace(paper, title=title, abstract=abstract, **own)
    return changed, decode_annotation(json.dumps(told))


def _renamed(entity: Entity, text: str) -> str:
    there = [text[start:end] for start, end in entity.mentions]
    return entity.name if entity.name in there or not there else there[0]


def _moved(result: Any, text: str) -> bool:  # noqa: ANN401 - a result
    return result.span is not None and text[slice(*result.span)] != result.printed


def _many(papers: Path, annotations: Path) -> Iterator[tuple[Paper, Annotation]]:
    known = {one.id: one for one in map(decode_annotation, annotations.open(encoding="utf-8"))}
    originals = [one for one in map(decode_paper, papers.open(encoding="utf-8")) if one.id in known]
    number = 0
    for turn in range(26):
        for paper in originals:
            yield _varied(paper, known[paper.id], turn, number)
            number += 1


class _Phases:
    """Sees when a build begins to write, and when it begins to validate."""

    def __init__(self) -> None:
        self.begun: dict[str, tuple[float, float]] = {}

    def __call__(self, made: Iterable[Any], _total: int, what: str = "reading", /) -> Iterable[Any]:
        self.begun[what] = (time.perf_counter(), time.process_time())
        return made


def _build(papers: Path, annotations: Path, skip: int, count: int, graph: Path) -> dict[str, Any]:
    """Build some of the papers, in this process."""
    files = [graph.with_name(name) for name in ("papers.jsonl", "annotations.jsonl")]
    with files[0].open("w", encoding="utf-8") as some_papers, files[1].open("w", encoding="utf-8") as some_annotations:
        for paper, annotation in islice(_many(papers, annotations), skip, skip + count):
            some_papers.write(f"{encode(paper)}\n")
            some_annotations.write(f"{encode(annotation)}\n")
    start = (time.perf_counter(), time.process_time())
    phases = _Phases()
    report = build(
        map(decode_paper, files[0].open(encoding="utf-8")),
        GraphDirectory(graph),
        annotations=map(decode_annotation, files[1].open(encoding="utf-8")),
        progress=phases,
    )
    end = (time.perf_counter(), time.process_time())
    writing, validating = phases.begun["writing"], phases.begun["validating"]
    return {
        "papers": report.papers,
        "whole": _between(start, end),
        "linking and before": _between(start, writing),
        "mapping and storing": _between(writing, validating),
        "validating": _between(validating, end),
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "quads": len(open_graph(graph)),
    }


def _between(first: tuple[float, float], second: tuple[float, float]) -> str:
    return f"{second[0] - first[0]:.1f} s ({second[1] - first[1]:.1f} s of processor)"


def _export(graph: Path, out: Path) -> dict[str, Any]:
    """Write Turtle and TriG as ``kg export`` does."""
    start = (time.perf_counter(), time.process_time())
    opened = open_graph(graph)
    for name in ("turtle", "trig"):
        with (out / name).open("wb") as file:
            file.writelines(streaming_exporter(name)(opened))
    return {"writing": _between(start, (time.perf_counter(), time.process_time()))}


def _engine(graph: Path, out: Path) -> dict[str, Any]:
    """Let the engine alone load the same quads and dump them as Turtle (the union) and TriG."""
    quads = out / "all.nq"
    with quads.open("wb") as file:
        file.writelines(open_graph(graph).lines())
    start = (time.perf_counter(), time.process_time())
    store = ox.Store(str(out / "engine"))
    store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS)
    store.flush()
    store.dump(str(out / "engine.trig"), format=ox.RdfFormat.TRIG)
    ox.serialize((quad.triple for quad in store), str(out / "engine.ttl"), format=ox.RdfFormat.TURTLE)
    return {"loading and dumping": _between(start, (time.perf_counter(), time.process_time())), "quads": len(store)}


def _rdflib(graph: Path, out: Path) -> dict[str, Any]:
    """Let rdflib parse and write some of the quads."""
    some = out / "some.nq"
    with some.open("wb") as file:
        file.writelines(islice(open_graph(graph).lines(), _RDFLIB_TRIPLES))
    start = (time.perf_counter(), time.process_time())
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(str(some), format="nquads")
    dataset.serialize(str(out / "rdflib.trig"), format="trig")
    rdflib.Graph().parse(str(some), format="nquads")
    return {f"{_RDFLIB_TRIPLES} quads": _between(start, (time.perf_counter(), time.process_time()))}


def _why(graph: Path) -> dict[str, Any]:
    """Ask why the claim that most papers support holds."""
    opened = open_graph(graph)
    query = """SELECT ?s ?p ?o { ?a a kg:Assertion ; kg:support ?n ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }
        ORDER BY DESC(?n) ?a LIMIT 1"""
    words = [str(term)[1:-1] for term in opened.select(query)[0].values()]
    start = time.perf_counter()
    again = open_graph(graph)
    told = as_json(list(claims_asked_for(again, read_question(again, *words), None)))
    return {"why": f"{1000 * (time.perf_counter() - start):.0f} ms", "of": " ".join(words), "bytes": len(told)}


def _apart(function: Any, *arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the above
    """Run in a process of its own, whose memory is its own."""
    with get_context("spawn").Pool(1) as pool:
        result: dict[str, Any] = pool.apply(function, arguments)
    return result


def main() -> None:
    """Print a line of figures for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path)
    parser.add_argument("annotations", type=Path)
    parser.add_argument("--papers", dest="counts", type=int, nargs="+", default=[1000, 5000])
    parser.add_argument("--engine", action="store_true", help="Also measure writing, the engine alone, and rdflib.")
    asked = parser.parse_args()
    for count in asked.counts:
        with tempfile.TemporaryDirectory() as folder:
            graph, out = Path(folder, "graph"), Path(folder)
            files = (asked.papers, asked.annotations)
            print(count, "build", _apart(_build, *files, 0, count, graph), flush=True)
            print(count, "one more", _apart(_build, *files, count, 1, graph), flush=True)
            print(count, "why", _apart(_why, graph), flush=True)
            if asked.engine:
                print(count, "write", _apart(_export, graph, out), flush=True)
                print(count, "engine", _apart(_engine, graph, out), flush=True)
                print(count, "rdflib", _apart(_rdflib, graph, out), flush=True)


if __name__ == "__main__":
    main()
