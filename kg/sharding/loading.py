"""Shards loaded into a graph directory, where they can be asked, corrected and added to."""

from collections.abc import Container, Iterator
from typing import Any, Final

from kg.errors import GraphError, UsageError
from kg.mapping import Run
from kg.pipeline import BuildReport, Progress, load, unseen
from kg.rdf import Quad
from kg.records import Annotation, Paper, decode_annotation, decode_paper
from kg.sharding.folder import Shards, part_name
from kg.sharding.quads import quads_in, quads_name
from kg.sharding.running import ASKED, MANIFEST
from kg.store import GraphDirectory

__all__ = ["load_shards"]

_CLAIM: Final = ("iri", "subject", "predicate", "object", "status", "papers", "confidences")


def load_shards(shards: Shards, directory: GraphDirectory, *, progress: Progress = unseen) -> BuildReport:
    """Add the papers of shards to a graph; no text is read, and into a new graph the quads go as they are.

    Args:
        shards: Made by `build_shards`, to their end.
        directory: Where the graph is, or shall be.
        progress: Sees each paper that is written and validated.

    Raises:
        UsageError: There are no shards, or they were made by another `kg`, or with other vocabularies or another base
            IRI than the graph.
        GraphError: The shards are unfinished or damaged, or the graph is; nothing is written.
        OutputError: The directory cannot be written; the former graph is untouched.
    """
    if not shards.has(ASKED):
        raise UsageError(f"{shards.uri}: no shards are here; make them: kg build INPUT --shards {shards.uri}")
    if not shards.has(MANIFEST):
        raise GraphError(f"{shards.uri}: the shards are unfinished; say again what made them, and it goes on")
    asked, told = shards.read_json(ASKED), shards.read_json(MANIFEST)
    _check(shards, told["parts"], told["keyed"])
    return load(_Loaded(shards, asked), directory, progress=progress)


def _check(shards: Shards, parts: int, keyed: int) -> None:
    """See that no file is missing: what is not there would look like nothing to say."""
    there = {name for folder in ("records", "annotations", "quads", "tables/claims") for name in shards.names(folder)}
    for part in range(parts):
        _find(shards, there, f"records/{part_name(part)}.parquet")
        _find(shards, there, f"annotations/{part_name(part)}.parquet")
        _find(shards, there, quads_name(f"papers-{part:05}"))
    for part in range(keyed):
        _find(shards, there, f"tables/claims/{part_name(part)}.parquet")
        _find(shards, there, quads_name(f"concepts-{part:05}"))
        _find(shards, there, quads_name(f"claims-{part:05}"))


def _find(shards: Shards, there: Container[str], name: str) -> None:
    if name not in there:
        raise GraphError(f"{shards / name}: is missing; delete {shards.uri}, and make the shards again")


class _Loaded:
    """What shards hold, as `kg.pipeline.Loadable`."""

    def __init__(self, shards: Shards, asked: dict[str, Any]) -> None:
        self._shards = shards
        self.base_iri: str = asked["base_iri"]
        self.run = Run(**asked["made_by"])
        self.reading: str = asked["reading"]
        self.linked: str = asked["linked"]

    def papers(self) -> Iterator[Paper]:
        return (decode_paper(paper) for _, paper in self._rows("records", "key", "paper"))

    def annotations(self) -> Iterator[tuple[str, Annotation]]:
        return ((key, decode_annotation(told)) for key, told in self._rows("annotations", "key", "annotation"))

    def quads(self) -> Iterator[Quad]:
        return quads_in(self._shards)

    def support(self) -> Iterator[tuple[str, str, tuple[str, str, str, str], float]]:
        for iri, *told, papers, confidences in self._rows("tables/claims", *_CLAIM):
            subject, predicate, value, status = told
            for paper, confidence in zip(papers, confidences, strict=True):
                yield paper, iri, (subject, predicate, value, status), confidence

    def _rows(self, folder: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        for name in self._shards.names(folder):
            yield from self._shards.rows(name, *columns)
